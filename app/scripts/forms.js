// Two conveniences for forms, and a quick way out. Every page works without them.
//
// 1. The browser asks before someone leaves a page with unsaved input. Each form says what counts as unsaved:
//    data-unsaved="typed": whatever differs from the page as served, even if the browser filled it in;
//    data-unsaved="all": everything, even untouched, because the site rejected it or could not save it.
//    A link with data-leave or data-exit asks nothing.
// 2. A form is sent once: a second press within a few seconds does nothing.
// 3. The link that leaves this site takes the place of the page, so that the Back button does not return to it.

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

// Browsers do not cache a page with this listener for the back button, so it listens only while it must.
function watch() {
  if (unsaved()) addEventListener("beforeunload", ask);
  else removeEventListener("beforeunload", ask);
}

function release() {
  sent = null;
  document.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

addEventListener("click", (event) => {
  const link = event.target.closest("a[data-leave], a[data-exit]");
  if (!link) return;
  removeEventListener("beforeunload", ask);
  if ("exit" in link.dataset) {
    event.preventDefault();
    location.replace(link.href);
  }
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
