// Conveniences for forms, and a quick way out. Every page works without them.
//
// 1. The browser asks before someone leaves a page with unsaved input. Each form says what counts as unsaved:
//    data-unsaved="typed": whatever differs from the page as served, even if the browser filled it in;
//    data-unsaved="all": everything, even untouched, because the site rejected it or could not save it.
//    A link with data-leave or data-exit asks nothing.
// 2. A form is sent once: a second press within a few seconds does nothing.
// 3. The link that leaves this site takes the place of the page, so that the Back button does not return to it.
// 4. Without a connection a form waits in the open page, and is sent when the connection is back. A form with something
//    unsaved first asks whether the site answers; if it does not, the page stays open and says so.
// 5. A link to return can be copied and printed.

const SECOND_PRESS = 5000; // milliseconds
const LONGEST_WAIT = 10000;
let sent = null;
let asking = null; // the form that waits for the site's answer: what is typed in it is not on its way yet
let answered = null; // the form for which the site has just answered

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

function holdsInput(form) {
  return form.dataset.unsaved === "all" || ("unsaved" in form.dataset && [...form.elements].some(differs));
}

function unsaved() {
  // What was sent is on its way; a page may have more forms, as a plan has one for each action.
  const forms = [...document.querySelectorAll("form[data-unsaved]")].filter((form) => form !== sent || form === asking);
  return forms.some(holdsInput);
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
let waiting = null; // the form and its button, pressed while there was no connection

function tellOffline() {
  const notice = document.getElementById("offline");
  if (notice) notice.hidden = navigator.onLine;
}

addEventListener("offline", tellOffline);
addEventListener("online", () => {
  tellOffline();
  const [form, button] = waiting ?? [];
  waiting = null;
  form?.requestSubmit(button);
});

document.querySelectorAll("[data-copy]").forEach((list) => {
  const { copy, copyLabel, copiedLabel, printLabel } = list.dataset;
  const offer = (label, press) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "usa-button usa-button--unstyled";
    button.textContent = label;
    button.addEventListener("click", () => press(button));
    const item = document.createElement("li");
    item.append(button);
    list.append(item);
  };
  if (navigator.clipboard) {
    offer(copyLabel, async (button) => {
      await navigator.clipboard.writeText(copy);
      button.textContent = copiedLabel;
    });
  }
  if (printLabel) offer(printLabel, () => print());
});

async function siteAnswers() {
  try {
    return (await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(LONGEST_WAIT) })).status < 500;
  } catch {
    return false;
  }
}

async function sendIfTheSiteAnswers(form, button) {
  asking = form;
  const answers = await siteAnswers();
  asking = null;
  const notice = document.getElementById("no-answer");
  if (notice) notice.hidden = answers;
  release();
  if (!answers) return;
  answered = form;
  form.requestSubmit(button);
}

function hold(form, button) {
  sent = form;
  button?.setAttribute("aria-disabled", "true"); // unlike "disabled", it keeps the focus and sends its value
}

addEventListener("submit", (event) => {
  const { target: form, submitter: button } = event;
  if (event.defaultPrevented) return;
  if (form === sent) {
    event.preventDefault();
    return;
  }
  if (!navigator.onLine && form.method === "post") {
    event.preventDefault();
    waiting = [form, button];
    tellOffline();
    return;
  }
  hold(form, button);
  if (form !== answered && holdsInput(form)) {
    event.preventDefault();
    sendIfTheSiteAnswers(form, button);
    return;
  }
  answered = null;
  setTimeout(release, SECOND_PRESS);
});
