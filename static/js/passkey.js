/* Passkeys: shows what needs a script, and says in words when it did not work. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const able = Boolean(window.PublicKeyCredential);
  document.querySelectorAll("[data-passkey]").forEach((part) => (part.hidden = !able));
  document.querySelectorAll("[data-passkey-unable]").forEach((part) => (part.hidden = able));
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelectorAll("[data-passkey-error]").forEach((part) => {
    part.hidden = false;
    part.focus();
  });
});
