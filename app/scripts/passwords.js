// Adds to each password a button that shows it, so that it need be typed only once.

document.querySelectorAll("input[type=password]").forEach((field) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "usa-button usa-button--unstyled show-password";
  button.setAttribute("aria-controls", field.id);
  const say = () => (button.textContent = field.type === "password" ? "Show password" : "Hide password");
  say();
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    say();
  });
  field.form.addEventListener("submit", () => (field.type = "password")); // so that browsers offer to keep it
  field.after(button);
});
