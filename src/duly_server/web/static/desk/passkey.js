/* Passkeys: only script can ask the device for one. Without it the app of codes does the same work. */
"use strict";

const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list) => (list ?? []).map((each) => ({ ...each, id: toBytes(each.id) }));

const makeOne = (asked) => navigator.credentials.create({
  publicKey: {
    ...asked,
    challenge: toBytes(asked.challenge),
    user: { ...asked.user, id: toBytes(asked.user.id) },
    excludeCredentials: named(asked.excludeCredentials),
  },
});

const useOne = (asked) => navigator.credentials.get({
  publicKey: { ...asked, challenge: toBytes(asked.challenge), allowCredentials: named(asked.allowCredentials) },
});

const parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

const answerOf = (credential) => JSON.stringify({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: credential.type,
  clientExtensionResults: {},
  response: Object.fromEntries(parts.filter((part) => credential.response[part]).map((part) => [part, toText(credential.response[part])])),
});

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-failed]");
  if (!window.PublicKeyCredential) {
    continue;
  }
  form.hidden = false;
  for (const instead of document.querySelectorAll("[data-without-passkey]")) {
    instead.hidden = true;
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      const asked = JSON.parse(form.dataset.options).publicKey;
      const credential = await (form.dataset.passkey === "make" ? makeOne(asked) : useOne(asked));
      form.elements.answer.value = answerOf(credential);
      form.submit();
    } catch {
      failed.hidden = false;
    }
  });
}
