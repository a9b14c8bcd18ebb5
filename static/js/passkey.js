// Passkeys (WebAuthn) in a form: `data-passkey` says what for, the hidden field `credential` takes the answer of the device.
"use strict";

const toBuffer = (text) => {
  const base64 = text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
};
const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
const withBuffers = (list) => (list || []).map((item) => ({ ...item, id: toBuffer(item.id) }));

// The answer of the device as the JSON that the server reads.
function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[name];
    if (value) response[name] = toText(value);
  }
  if (credential.response.getTransports) response.transports = credential.response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

function create(options, passwordless) {
  const publicKey = {
    ...options.publicKey,
    challenge: toBuffer(options.publicKey.challenge),
    user: { ...options.publicKey.user, id: toBuffer(options.publicKey.user.id) },
    excludeCredentials: withBuffers(options.publicKey.excludeCredentials),
  };
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: passwordless,
    ...(passwordless ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({ publicKey });
}

function get(options) {
  const publicKey = {
    ...options.publicKey,
    challenge: toBuffer(options.publicKey.challenge),
    allowCredentials: withBuffers(options.publicKey.allowCredentials),
  };
  return navigator.credentials.get({ publicKey });
}

async function ask(form) {
  if (form.dataset.passkey === "inloggen") {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options for the passkey");
    return get((await answer.json()).request_options);
  }
  const data = JSON.parse(document.getElementById(form.dataset.gegevens).textContent);
  if (form.dataset.passkey === "toevoegen") {
    const box = form.elements.namedItem("passwordless");
    return create(data.creation_options, Boolean(box && box.checked));
  }
  return get(data.request_options);
}

if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-alleen-met-passkey]")) part.hidden = false;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-fout]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      try {
        form.elements.namedItem("credential").value = asJson(await ask(form));
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
}
