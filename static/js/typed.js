(() => {
  "use strict";
  // What is typed while a part of its form comes anew stays as it was typed.
  const typed = new WeakMap();
  const stateOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.value);
  const fieldsOf = (root) => [...root.querySelectorAll("input[id]:not([type=file], [type=hidden]), select[id], textarea[id]")];
  const statesOf = (root) => new Map(fieldsOf(root).map((field) => [field.id, stateOf(field)]));
  document.addEventListener("htmx:beforeRequest", ({ detail }) => typed.set(detail.xhr, { before: statesOf(detail.target) }));
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const known = typed.get(detail.xhr);
    if (known) known.since = [...statesOf(detail.target)].filter(([id, state]) => known.before.has(id) && known.before.get(id) !== state);
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    for (const [id, state] of typed.get(detail.xhr)?.since ?? []) {
      const field = document.getElementById(id);
      if (!field) continue;
      if (typeof state === "boolean") field.checked = state;
      else field.value = state;
    }
  });
})();
