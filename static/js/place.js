/* A phone knows where it is; it is asked only when that is pressed. js/app.js loads this
   for a form that asks for a place, each time that such a form is shown. */
"use strict";

(() => {
  const words = {
    id: {
      locate: "Pakai lokasi perangkat ini",
      locating: "Mencari lokasi…",
      nowhere: "Lokasi tidak didapat. Ketik titiknya, atau biarkan kosong.",
    },
    en: {
      locate: "Use the location of this device",
      locating: "Looking for the location…",
      nowhere: "No location was found. Type the point, or leave it empty.",
    },
  };
  const say = (key) => (words[document.documentElement.lang] || words.id)[key];
  if (!navigator.geolocation) return;
  document.querySelectorAll("input[data-locate]:not([data-located])").forEach((input) => {
    input.dataset.located = "";
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn btn-secondary mt-2", textContent: say("locate") });
    const state = document.createElement("p");
    state.className = "text-secondary mb-0";
    state.setAttribute("role", "status");
    button.addEventListener("click", () => {
      state.textContent = say("locating");
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          input.value = `${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`;
          input.dispatchEvent(new Event("input", { bubbles: true }));
          state.textContent = "";
        },
        () => (state.textContent = say("nowhere")),
        { enableHighAccuracy: true, timeout: 20000 },
      );
    });
    input.after(button, state);
  });
})();
