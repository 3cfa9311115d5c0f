// Arrows walk over the days, Page Up and Page Down over months, weeks or lists. Without
// this script each of them is a link.
"use strict";

document.addEventListener("keydown", (event) => {
  const day = event.target.closest?.(".day h3 a");
  if (!day || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const days = [...document.querySelectorAll(".day h3 a")].filter((each) => each.checkVisibility());
  const grid = document.querySelector(".weekdays")?.checkVisibility() ? 7 : 1;
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -grid, ArrowDown: grid };
  const turns = { PageUp: "prev", PageDown: "next" };
  if (event.key in steps) days[days.indexOf(day) + steps[event.key]]?.focus();
  else if (event.key in turns) document.querySelector(`.calendar-bar [rel="${turns[event.key]}"]`).click();
  else return;
  event.preventDefault();
});
