// Lets the browser create or use a passkey, as the page asks, and submits the result as a form.
// Without this script the page says that a passkey needs JavaScript.

const form = document.querySelector("form[data-passkey]");
const asking = form?.querySelector(".use-passkey__asking");
const failed = form?.querySelector(".use-passkey__failed");

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const withBytes = (credentials) => (credentials ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

async function made(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    user: { ...options.user, id: bytes(options.user.id) },
    excludeCredentials: withBytes(options.excludeCredentials),
  };
  const { id, type, response } = await navigator.credentials.create({ publicKey });
  const answer = {
    clientDataJSON: text(response.clientDataJSON),
    attestationObject: text(response.attestationObject),
    transports: response.getTransports?.() ?? [],
  };
  return { id, rawId: id, type, response: answer };
}

async function used(options) {
  const publicKey = {
    ...options,
    challenge: bytes(options.challenge),
    allowCredentials: withBytes(options.allowCredentials),
  };
  const { id, type, response } = await navigator.credentials.get({ publicKey });
  const answer = {
    clientDataJSON: text(response.clientDataJSON),
    authenticatorData: text(response.authenticatorData),
    signature: text(response.signature),
    userHandle: response.userHandle ? text(response.userHandle) : null,
  };
  return { id, rawId: id, type, response: answer };
}

function say(didFail) {
  failed.hidden = !didFail;
  asking.hidden = didFail;
}

async function ask() {
  say(false);
  try {
    const options = JSON.parse(form.dataset.options);
    const credential = await (form.dataset.passkey === "create" ? made(options) : used(options));
    form.elements.credential.value = JSON.stringify(credential);
  } catch {
    say(true); // the user canceled, or the device cannot do it
    return;
  }
  form.submit();
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation();
  ask();
});
if (form) ask();
