// Adds a button to each password field that shows what was typed, so nobody has to type it twice.

const fields = document.querySelectorAll("input[type=password]");
fields.forEach((field) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "usa-button usa-button--unstyled show-password";
  button.setAttribute("aria-controls", field.id);
  // With several buttons, each names its field, for people who cannot see where it is.
  const which = document.createElement("span");
  which.className = "usa-sr-only";
  which.textContent = fields.length > 1 ? `: ${field.labels[0].textContent}` : "";
  const say = () => button.replaceChildren(field.type === "password" ? "Show password" : "Hide password", which);
  say();
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    say();
  });
  field.form.addEventListener("submit", () => (field.type = "password")); // so that browsers offer to save it
  field.after(button);
});
