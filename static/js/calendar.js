// Arrows walk over the days, Page Up and Page Down over months, weeks or lists. Without
// this script each of them is a link.
"use strict";

const DAYS = ".day h3 a";
const TURNS = { PageUp: "prev", PageDown: "next" };

document.addEventListener("keydown", (event) => {
  const here = event.target.closest?.(`${DAYS}, #period`);
  if (!here || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const days = [...document.querySelectorAll(DAYS)].filter((day) => day.checkVisibility());
  const week = document.querySelector(".weekdays")?.checkVisibility() ? 7 : 1;
  const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -week, ArrowDown: week };
  if (event.key in steps) (here.id ? days[0] : days[days.indexOf(here) + steps[event.key]])?.focus();
  else if (event.key in TURNS)
    location.assign(`${document.querySelector(`.calendar-bar [rel="${TURNS[event.key]}"]`).href}#period`);
  else return;
  event.preventDefault();
});
