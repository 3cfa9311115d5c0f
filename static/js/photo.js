/* Areas are drawn on a photo with finger or mouse; the numbers below it say the same and
   are what is sent. Without this script they are typed. */
"use strict";

(() => {
  const board = document.querySelector("[data-photo]");
  const modes = document.querySelector("[data-photo-modes]");
  if (!board || !window.PointerEvent) return;
  const areas = [...document.querySelectorAll("[data-area]")].map((place) => ({
    kind: place.dataset.area,
    inputs: [...place.querySelectorAll("input")],
    clear: place.querySelector("[data-clear]"),
  }));
  const SMALLEST = 2;
  let mode = "blur";
  let start = null;

  const read = ({ inputs }) => inputs.map((input) => input.value.trim());
  const isEmpty = (area) => read(area).every((value) => value === "");
  const write = ({ inputs }, values) => inputs.forEach((input, place) => (input.value = values[place] ?? ""));

  const draw = () => {
    board.querySelectorAll(".photo-box").forEach((box) => box.remove());
    areas.forEach((area) => {
      area.clear.hidden = isEmpty(area);
      const values = read(area).map(Number);
      if (isEmpty(area) || values.some(Number.isNaN)) return;
      const box = document.createElement("div");
      box.className = `photo-box ${area.kind}`;
      ["left", "top", "width", "height"].forEach((side, place) => (box.style[side] = `${values[place]}%`));
      board.append(box);
    });
  };

  const at = (event) => {
    const { left, top, width, height } = board.getBoundingClientRect();
    const within = (share) => Math.min(100, Math.max(0, 100 * share));
    return [within((event.clientX - left) / width), within((event.clientY - top) / height)];
  };
  /* Rounded outwards: rather too much is blurred than too little. */
  const between = ([x, y], [left, top]) => {
    const [west, north] = [Math.floor(Math.min(x, left)), Math.floor(Math.min(y, top))];
    return [west, north, Math.ceil(Math.max(x, left)) - west, Math.ceil(Math.max(y, top)) - north];
  };
  /* The next free one; when all are taken, the last is drawn anew. */
  const next = () => {
    const fitting = areas.filter(({ kind }) => kind === mode);
    return fitting.find(isEmpty) || fitting.at(-1);
  };

  board.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button) return;
    event.preventDefault();
    board.setPointerCapture(event.pointerId);
    const area = next();
    start = { area, from: at(event), before: read(area) };
  });
  board.addEventListener("pointermove", (event) => {
    if (!start) return;
    write(start.area, between(start.from, at(event)));
    draw();
  });
  const finish = (event) => {
    if (!start) return;
    const drawn = between(start.from, at(event));
    const isDrawn = event.type === "pointerup" && drawn[2] > SMALLEST && drawn[3] > SMALLEST;
    write(start.area, isDrawn ? drawn : start.before);
    start = null;
    draw();
  };
  board.addEventListener("pointerup", finish);
  board.addEventListener("pointercancel", finish);

  areas.forEach((area) => {
    area.inputs.forEach((input) => input.addEventListener("input", draw));
    area.clear.addEventListener("click", () => {
      write(area, []);
      draw();
      area.inputs[0].focus();
    });
  });
  const buttons = modes.querySelectorAll("[data-mode]");
  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      mode = button.dataset.mode;
      buttons.forEach((each) => each.setAttribute("aria-pressed", String(each === button)));
    }),
  );
  board.querySelector("img").draggable = false;
  board.classList.add("is-drawn");
  modes.hidden = false;
  draw();
})();
