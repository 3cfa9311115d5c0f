/* Reads codes with the camera where the browser can; the form works without it. */
"use strict";

(() => {
  const box = document.querySelector("[data-scan]");
  if (!box || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  box.hidden = false;
  const view = box.querySelector("video");
  const start = box.querySelector("[data-scan-start]");
  const failed = box.querySelector("[data-scan-failed]");
  const PAUSE = 300;
  // The same code stays before the camera for a while.
  const AGAIN = 5000;
  let last = "";
  let until = 0;

  const send = (code) => {
    const form = document.querySelector("[data-scan-form]");
    if (!form || (code === last && Date.now() < until)) return;
    last = code;
    until = Date.now() + AGAIN;
    form.elements.code.value = code;
    form.requestSubmit();
  };

  const look = async (detector) => {
    try {
      const [found] = await detector.detect(view);
      if (found) send(found.rawValue);
    } catch {
      /* no picture yet */
    }
    setTimeout(look, PAUSE, detector);
  };

  start.addEventListener("click", async () => {
    try {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      view.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      view.hidden = false;
      start.hidden = true;
      await view.play();
      look(detector);
    } catch {
      failed.hidden = false;
    }
  });
})();
