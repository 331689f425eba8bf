// Two comforts for forms. Every page works without them.
//
// 1. The browser asks before a page is left on which something is not saved. Each form says what that means:
//    data-unsaved="typed": what differs from the page as it came from us, whoever or whatever filled it in;
//    data-unsaved="all": all of it, even if nobody has touched it, because we refused it or could not save it.
//    A link with data-leave says itself that nothing will be saved.
// 2. A form goes out once: a second press within a few seconds does nothing.

const SECOND_PRESS = 5000; // milliseconds
let sent = null;

const plain = (text) => text.replace(/\r\n?/g, "\n");

function differs(field) {
  if (!field.name || field.type === "hidden") return false;
  if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.type === "select-one") {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  return "defaultValue" in field && plain(field.value) !== plain(field.defaultValue);
}

function unsaved() {
  if (sent?.dataset.unsaved) return false; // it is on its way
  const forms = [...document.querySelectorAll("form[data-unsaved]")];
  return forms.some((form) => form.dataset.unsaved === "all" || [...form.elements].some(differs));
}

function ask(event) {
  if (unsaved()) event.preventDefault();
}

// A page that listens for this is not kept whole for the back button, so it listens only while it has to.
function watch() {
  if (unsaved()) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}

function release() {
  sent = null;
  document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

addEventListener("click", (event) => {
  if (event.target.closest("a[data-leave]")) removeEventListener("beforeunload", ask);
});
addEventListener("input", watch);
addEventListener("change", watch);
addEventListener("pageshow", () => {
  release();
  watch();
});
addEventListener("submit", (event) => {
  if (event.target === sent) {
    event.preventDefault();
    return;
  }
  sent = event.target;
  event.submitter?.setAttribute("aria-disabled", "true"); // unlike "disabled", it keeps the focus and sends its value
  setTimeout(release, SECOND_PRESS);
});
