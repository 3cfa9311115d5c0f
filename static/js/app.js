/* What a script adds to pages that work without one. Nothing here is required. */
"use strict";

(() => {
  const each = (root, selector, act) => root.querySelectorAll(selector).forEach(act);
  const words = {
    id: {
      restore: "Ada isian yang belum terkirim, tersimpan di perangkat ini pada {time}.",
      take: "Pulihkan isian",
      drop: "Buang",
      calendar: "Pilih dari kalender",
      remove: "Batalkan berkas",
      pick: "Pilih berkas",
      photo: "Pilih atau ambil foto",
      none: "Belum ada berkas dipilih",
      left: "Sisa {count} karakter",
      over: "Kelebihan {count} karakter",
      sending: "Mengirim… {percent}%",
      queued: "Portal sedang memeriksa banyak berkas. Berkas Anda dikirim lagi dengan sendirinya…",
      shrunk: "{name} ({size}, diperkecil dari {before})",
      failed: "Pengiriman gagal. Periksa jaringan, lalu kirim lagi; isian Anda masih ada.",
      offline: "Tidak ada jaringan. Isian Anda tersimpan di perangkat ini; kirim lagi setelah tersambung.",
    },
    en: {
      restore: "There is an unsent draft, kept on this device at {time}.",
      take: "Restore draft",
      drop: "Discard",
      calendar: "Pick from the calendar",
      remove: "Remove file",
      pick: "Choose a file",
      photo: "Choose or take a photo",
      none: "No file chosen yet",
      left: "{count} characters left",
      over: "{count} characters too many",
      sending: "Sending… {percent}%",
      queued: "The portal is examining many files. Yours is sent again by itself…",
      shrunk: "{name} ({size}, reduced from {before})",
      failed: "Sending failed. Check the network and send again; what you typed is still here.",
      offline: "No network. What you typed is kept on this device; send again once you are online.",
    },
  };
  const say = (key, values = {}) =>
    (words[document.documentElement.lang] || words.id)[key].replace(
      /\{(\w+)\}/g,
      (_, name) => values[name],
    );
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const fileSize = (bytes) =>
    bytes < 1048576
      ? `${Math.max(1, Math.round(bytes / 1024))} KB`
      : `${(bytes / 1048576).toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} MB`;

  /* The device's memory may be full or forbidden: then there are simply no drafts. */
  const memory = {
    get(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    set(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        /* no draft */
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        /* no draft */
      }
    },
    keys(prefix) {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
      } catch {
        return [];
      }
    },
  };

  /* Without network: js/offline.js keeps one page here, and sends what waits. */
  async function away() {
    const { user, away, awayScript } = document.body.dataset;
    if (!away || !window.caches) return;
    const kept = await caches.has(`offline-${user}`);
    if (kept && Math.abs(Date.now() - memory.get("away")) < 1e7 && !memory.get(`waiting:${user}`)) return;
    document.head.append(element("script", { src: awayScript }));
  }

  /* Errors: the summary takes the focus, its links go into the field. */
  function errors(root) {
    root.querySelector("[data-error-summary]")?.focus();
    each(root, "[data-error-summary] a", (link) =>
      link.addEventListener("click", (event) => {
        const field = document.getElementById(link.hash.slice(1));
        if (!field) return;
        event.preventDefault();
        field.focus({ preventScroll: true });
        (field.closest(".field") || field).scrollIntoView({ block: "start" });
      }),
    );
  }

  /* Light and dark: a cookie, so that the server writes it and no page flashes. */
  function theme(root) {
    each(root, "[data-theme-switch]", (group) => {
      const buttons = group.querySelectorAll("button");
      const show = () => {
        const now = document.documentElement.dataset.bsTheme || "";
        buttons.forEach((button) =>
          button.setAttribute("aria-pressed", String(button.dataset.theme === now)),
        );
      };
      buttons.forEach((button) =>
        button.addEventListener("click", () => {
          const chosen = button.dataset.theme;
          if (chosen) document.documentElement.dataset.bsTheme = chosen;
          else delete document.documentElement.dataset.bsTheme;
          const age = chosen ? 31536000 : 0;
          document.cookie = `theme=${chosen}; path=/; max-age=${age}; samesite=lax`;
          show();
        }),
      );
      group.hidden = false;
      show();
    });
  }

  /* Menus close when one goes elsewhere, filters open on a wide screen. */
  function menus(root) {
    if (matchMedia("(min-width: 992px)").matches)
      each(root, "[data-filters]", (filters) => (filters.open = true));
  }
  const closeMenus = (but) =>
    each(document, ":is(.menu, .more)[open]", (menu) => {
      if (menu !== but) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target.closest(".menu, .more")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const menu = document.activeElement?.closest(":is(.menu, .more)[open]");
    closeMenus(null);
    menu?.querySelector("summary").focus();
  });

  /* Lists: the arrow keys go from row to row, Enter opens one as any link. */
  document.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = step && event.target.closest?.("[data-list]");
    if (!list || !event.target.matches(".row-link")) return;
    const links = [...list.querySelectorAll(".row-link")];
    const next = links[links.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });

  /* A slash goes to the search of the portal, unless one is writing. */
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
    const box = document.querySelector("[data-slash]");
    if (!box?.checkVisibility()) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  /* "All in order" ticks what is not answered yet; the server reads it the same way. */
  function checklists(root) {
    each(root, "form[data-fills]", (form) =>
      form.elements.rest_is_met?.addEventListener("change", (event) => {
        if (!event.target.checked) return;
        each(form, '.point input[value="yes"]', (met) => {
          if (!form.elements[met.name].value) met.checked = true;
        });
      }),
    );
  }

  /* What few forms need stands in a file of its own. */
  const parts = (root) =>
    each(root, "[data-part]", ({ dataset }) => document.head.append(element("script", { src: dataset.part })));

  /* A question before a step becomes a dialogue. */
  function confirmations(root) {
    each(root, "[data-confirm]", (fold) => {
      const panel = fold.querySelector(".confirm-panel");
      const summary = fold.querySelector("summary");
      const title = panel.querySelector("h2");
      const dialog = element("dialog", { className: "confirm-dialog" });
      title.id ||= `confirm-${Math.random().toString(36).slice(2)}`;
      dialog.setAttribute("aria-labelledby", title.id);
      const close = panel.querySelector("[data-close]");
      close.hidden = false;
      close.addEventListener("click", () => dialog.close());
      dialog.addEventListener("click", (event) => {
        if (event.target === dialog) dialog.close();
      });
      fold.after(dialog);
      dialog.append(panel);
      summary.addEventListener("click", (event) => {
        event.preventDefault();
        dialog.showModal();
      });
      if (panel.querySelector("[data-error-summary]")) dialog.showModal();
    });
  }

  /* Drafts: what is typed stays on the device until the server has it. */
  const kept = 7 * 24 * 3600 * 1000;
  const draftPrefix = () => `draft:${document.body.dataset.user || "-"}:`;
  const draftable = (field) =>
    field.name &&
    !["hidden", "file", "password", "submit", "button"].includes(field.type) &&
    !field.closest("[data-no-draft]");
  function read(form) {
    const values = {};
    for (const field of form.elements) {
      if (!draftable(field)) continue;
      const list = (values[field.name] ||= []);
      if (["checkbox", "radio"].includes(field.type)) {
        if (field.checked) list.push(field.value);
      } else if (field.type === "select-multiple") {
        list.push(...[...field.selectedOptions].map((option) => option.value));
      } else list.push(field.value);
    }
    return values;
  }
  function write(form, values) {
    const left = Object.fromEntries(Object.entries(values).map(([name, list]) => [name, [...list]]));
    const take = (name, value) => {
      const place = left[name].indexOf(value);
      if (place >= 0) left[name].splice(place, 1);
      return place >= 0;
    };
    const done = new Set();
    const next = () => [...form.elements].filter((field) => draftable(field) && field.name in values && !done.has(field));
    // A change may bring more fields, which are written then.
    for (let fields = next(); fields.length; fields = next()) {
      for (const field of fields) {
        done.add(field);
        if (["checkbox", "radio"].includes(field.type)) field.checked = take(field.name, field.value);
        else if (field.type === "select-multiple")
          for (const option of field.options) option.selected = take(field.name, option.value);
        else {
          const value = left[field.name].shift() ?? "";
          field.value = value;
          if (field.value !== value) left[field.name].push(value);
        }
      }
      for (const field of fields)
        if (!field.closest("[hx-post]")) field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    refresh(form, values, Object.values(left).some((list) => list.length));
  }
  /* What depends on other fields comes from the server, with all that was typed: each
     alone would be answered as if the others were empty yet. */
  function refresh(form, values, lacking) {
    each(form, "[hx-post]", (region) => {
      if (lacking || region.getAttribute("hx-trigger").startsWith("change"))
        window.htmx?.ajax("post", region.getAttribute("hx-post"), { source: region, values });
    });
    each(form, "[hx-get]", (region) => window.htmx?.ajax("get", region.getAttribute("hx-get"), { source: region }));
  }
  function drafts(root) {
    const forms = [...root.querySelectorAll("form[data-draft]")];
    const keyOf = (form) => draftPrefix() + (form.dataset.draft || location.pathname);
    const here = new Set(forms.map(keyOf));
    const broken = document.querySelector("[data-broken]");
    for (const key of memory.keys("draft:")) {
      const draft = memory.get(key);
      // Sent, and the next page is another one of the same person: it arrived.
      const arrived = draft?.sent && key.startsWith(draftPrefix()) && !here.has(key);
      if (!draft || Date.now() - draft.at > kept || (arrived && !broken)) memory.remove(key);
      else if (arrived) memory.set(key, { at: draft.at, values: draft.values });
    }
    for (const form of forms) {
      const key = keyOf(form);
      const blank = JSON.stringify(read(form));
      let draft = memory.get(key);
      const refused = root.querySelector("[data-error-summary]");
      if (draft?.sent) {
        // The same form again: it was refused and goes on, or it arrived.
        if (root.querySelector("[data-done]")) {
          memory.remove(key);
          draft = null;
        } else memory.set(key, { at: draft.at, values: draft.values });
      }
      // Answers to a question of before: they are on the page, and offered no more.
      if (root.querySelector("[data-stale]")) memory.remove(key);
      // Sent to look for records: what was typed then stands on the page.
      const looked = draft?.looked;
      if (draft && !looked && !refused && JSON.stringify(draft.values) !== blank) offer(form, key, draft);
      let timer;
      const save = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          const values = read(form);
          if (JSON.stringify(values) === blank) memory.remove(key);
          else memory.set(key, { at: Date.now(), values });
        }, 400);
      };
      form.addEventListener("input", save);
      form.addEventListener("change", (event) => event.isTrusted && save());
      form.addEventListener("submit", ({ submitter }) => {
        clearTimeout(timer);
        const looked = ["choose", "look"].includes(submitter?.name);
        memory.set(key, { at: Date.now(), values: read(form), sent: form.method === "post", looked });
      });
    }
  }
  function offer(form, key, draft) {
    const time = new Date(draft.at).toLocaleString(document.documentElement.lang, {
      ...{ day: "numeric", month: "long", year: "numeric" },
      ...{ hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
    });
    const take = element("button", { type: "button", className: "btn btn-primary btn-sm", textContent: say("take") });
    const drop = element("button", { type: "button", className: "btn btn-link btn-sm", textContent: say("drop") });
    const notice = element(
      "div",
      { className: "alert", role: "status" },
      element(
        "div",
        {},
        element("p", { textContent: say("restore", { time }) }),
        element("div", { className: "d-flex flex-wrap gap-2 mt-2" }, take, drop),
      ),
    );
    take.addEventListener("click", () => {
      write(form, draft.values);
      notice.remove();
    });
    drop.addEventListener("click", () => {
      memory.remove(key);
      notice.remove();
    });
    form.before(notice);
  }

  /* Dates: the browser's own calendar beside the text field. */
  function calendars(root) {
    if (!("showPicker" in HTMLInputElement.prototype)) return;
    each(root, "input[data-date]", (input) => {
      const native = element("input", { type: "date", tabIndex: -1 });
      native.setAttribute("aria-hidden", "true");
      const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
      icon.setAttribute("class", "icon");
      icon.setAttribute("aria-hidden", "true");
      const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
      use.setAttribute("href", `${document.body.dataset.icons}#calendar`);
      icon.append(use);
      const label = element("span", { className: "visually-hidden", textContent: say("calendar") });
      const button = element("button", { type: "button", className: "btn btn-secondary" }, icon, label);
      button.addEventListener("click", () => {
        const typed = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(input.value.trim());
        if (typed) native.value = `${typed[3]}-${typed[2].padStart(2, "0")}-${typed[1].padStart(2, "0")}`;
        native.showPicker();
      });
      native.addEventListener("change", () => {
        if (!native.value) return;
        input.value = native.value.split("-").reverse().join("-");
        for (const type of ["input", "change"]) input.dispatchEvent(new Event(type, { bubbles: true }));
        input.focus();
      });
      const box = element("div", { className: "date-picker" });
      input.replaceWith(box);
      box.append(input, button, native);
    });
  }

  /* Long texts: how much room is left; said aloud once one pauses. */
  function room(root) {
    each(root, "textarea[data-room]", (field) => {
      const shown = element("div", { className: "room-left" });
      const said = element("div", { className: "visually-hidden", role: "status" });
      shown.setAttribute("aria-hidden", "true");
      const count = () => {
        const left = field.dataset.room - field.value.length;
        const count = Math.abs(left).toLocaleString(document.documentElement.lang);
        shown.textContent = say(left < 0 ? "over" : "left", { count });
      };
      let timer;
      field.addEventListener("change", count);
      field.addEventListener("input", () => {
        count();
        clearTimeout(timer);
        timer = setTimeout(() => (said.textContent = shown.textContent), 1000);
      });
      field.after(shown, said);
      count();
    });
  }

  /* Files: shown before they are sent; photos made small enough for a weak network. */
  async function smaller(file, longest) {
    // A page of text needs more than a photo to stay readable.
    const most = (longest > 1600 ? 900 : 300) * 1024;
    if (!/^image\/(jpeg|png|webp|hei[cf])$/.test(file.type) || file.size < most) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
      const canvas = element("canvas", {
        width: Math.round(picture.width * scale),
        height: Math.round(picture.height * scale),
      });
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      let blob = null;
      for (const quality of [0.82, 0.7, 0.55, 0.4]) {
        blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", quality));
        if (blob && blob.size < most) break;
      }
      if (!blob || blob.size >= file.size) return file;
      return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" });
    } catch {
      return file;
    }
  }
  function files(root) {
    each(root, 'input[type="file"]', (input) => {
      const list = element("ul", { className: "file-list" });
      list.setAttribute("aria-live", "polite");
      input.before(list);
      // The browser's own button speaks the browser's language, not the page's.
      const photos = input.accept && !/pdf|sheet|document/.test(input.accept);
      const button = element("span", { className: "btn btn-secondary", textContent: say(photos ? "photo" : "pick") });
      const box = element("div", { className: "file-pick" }, button, element("span", { textContent: say("none") }));
      input.replaceWith(box);
      box.append(input);
      const show = (chosen, originals) => {
        list.querySelectorAll("img").forEach((image) => URL.revokeObjectURL(image.src));
        box.children[1].hidden = chosen.length > 0;
        list.replaceChildren(
          ...chosen.map((file, place) => {
            const before = originals?.[place]?.size;
            const text =
              before > file.size
                ? say("shrunk", { name: file.name, size: fileSize(file.size), before: fileSize(before) })
                : `${file.name} (${fileSize(file.size)})`;
            const remove = element("button", { type: "button", className: "btn btn-link btn-sm", textContent: say("remove") });
            remove.addEventListener("click", () => {
              const left = chosen.filter((_, other) => other !== place);
              set(left);
              show(left);
              input.focus();
            });
            const row = element("li", {}, element("span", { className: "name", textContent: text }), remove);
            if (file.type.startsWith("image/"))
              row.prepend(element("img", { src: URL.createObjectURL(file), alt: "" }));
            return row;
          }),
        );
      };
      let held = [];
      const set = (chosen) => {
        const transfer = new DataTransfer();
        chosen.forEach((file) => transfer.items.add(file));
        input.files = transfer.files;
        held = chosen;
      };
      // A camera gives one photo at a time: where several are wanted, each is added.
      input.addEventListener("change", async () => {
        const before = input.multiple ? held : [];
        const originals = [...input.files];
        const longest = Number(input.dataset.photo);
        input.form?.setAttribute("data-busy", "");
        const added = longest ? await Promise.all(originals.map((file) => smaller(file, longest))) : originals;
        set([...before, ...added]);
        show(held, [...before, ...originals]);
        input.form?.removeAttribute("data-busy");
        input.form?.dispatchEvent(new Event("ready"));
      });
    });
  }

  /* Sending: once, with progress where there are files, and never into the void. */
  function guard(form, on) {
    each(form, "button:not([type=button])", (button) =>
      on ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled"),
    );
    form.toggleAttribute("data-sent", on);
  }
  function complain(form, text) {
    guard(form, false);
    form.querySelector(".sending")?.remove();
    const notice = element("div", { className: "alert alert-error", role: "alert" }, element("div", {}, element("p", { textContent: text })));
    form.prepend(notice);
    notice.scrollIntoView({ block: "center" });
  }
  const PATIENCE = 4;
  function upload(form, submitter) {
    const bar = element("progress", { max: 100, value: 0 });
    const label = element("p", { className: "mb-1" });
    form.append(element("div", { className: "sending", role: "status" }, label, bar));
    const data = new FormData(form);
    if (submitter?.name) data.append(submitter.name, submitter.value);
    send(form, data, bar, label, 1);
  }
  function send(form, data, bar, label, time) {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = Math.round((event.loaded / event.total) * 100);
      bar.setAttribute("aria-label", say("sending", { percent: bar.value }));
      label.textContent = say("sending", { percent: bar.value });
    });
    request.addEventListener("error", () => complain(form, say("failed")));
    request.addEventListener("load", () => {
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      // Too large to be read: the form stays as it is, with what was typed.
      if (request.status === 413) return complain(form, page.querySelector("main .lead")?.textContent ?? say("failed"));
      if (!page.querySelector("main")) return complain(form, say("failed"));
      // Too many files are being examined: nobody has to choose his a second time.
      if (page.querySelector("[data-again]") && time < PATIENCE) {
        label.textContent = say("queued");
        return setTimeout(() => send(form, data, bar, label, time + 1), 1000 * (time + Math.random()));
      }
      if (request.responseURL !== location.href) {
        history.pushState(null, "", request.responseURL);
        addEventListener("popstate", () => location.reload(), { once: true });
      }
      document.title = page.title;
      // The style sheets of that page alone.
      each(page.head, "link[rel=stylesheet]", (link) => {
        if (!document.head.querySelector(`link[href="${link.getAttribute("href")}"]`)) document.head.append(document.adoptNode(link));
      });
      document.body.replaceWith(document.adoptNode(page.body));
      start(document.body);
      window.htmx?.process(document.body);
      if (!document.querySelector("[data-error-summary]")) {
        scrollTo(0, 0);
        document.querySelector("main").focus({ preventScroll: true });
      }
    });
    request.open("POST", form.getAttribute("action") || location.href);
    request.send(data);
  }
  function sending(root) {
    each(root, "form", (form) => {
      if (form.getAttribute("method")?.toLowerCase() !== "post") return;
      form.noValidate = true;
      form.addEventListener("submit", (event) => {
        if (form.hasAttribute("data-sent")) return event.preventDefault();
        if (form.hasAttribute("data-busy")) {
          // Photos are still being made smaller: it is sent as soon as they are.
          event.preventDefault();
          const { submitter } = event;
          form.addEventListener("ready", () => form.requestSubmit(submitter), { once: true });
          return;
        }
        if (!navigator.onLine && "draft" in form.dataset) {
          event.preventDefault();
          return complain(form, say("offline"));
        }
        // At once: the second press of a double click comes before any timer. The
        // buttons are only marked, so the name of the pressed one is still sent.
        guard(form, true);
        const chosen = [...form.elements].some((field) => field.type === "file" && field.files.length);
        if (chosen) {
          event.preventDefault();
          upload(form, event.submitter);
        }
      });
    });
    each(root, "form[data-clears-drafts]", (form) =>
      form.addEventListener("submit", () => memory.keys(draftPrefix()).forEach(memory.remove)),
    );
  }
  /* Back to a form that was sent: the page comes anew, but for the portal it is the one
     of before, which has made something. */
  function keepKeys() {
    const [visit] = performance.getEntriesByType("navigation");
    const names = { back_forward: ["submission_key", "revision"], reload: ["submission_key"] }[visit?.type] ?? [];
    const before = history.state?.keys ?? {};
    const keys = {};
    each(document, "form", (form) => {
      const field = form.elements.submission_key ?? ("draft" in form.dataset && form.elements.revision);
      if (!field?.value) return;
      const place = `${form.getAttribute("action") ?? ""} ${field.name}`;
      if (names.includes(field.name) && before[place]) field.value = before[place];
      keys[place] = field.value;
    });
    if (Object.keys(keys).length) history.replaceState({ ...history.state, keys }, "");
  }
  // Back to a page the browser kept: its buttons work again.
  addEventListener("pageshow", (event) => {
    if (event.persisted) each(document, "form[data-sent]", (form) => guard(form, false));
  });

  // Back to an earlier state of a list: the filters show what its address asks for.
  document.addEventListener("htmx:historyRestore", () => {
    const asked = new URLSearchParams(location.search);
    each(document, "[data-filters] [name]", (field) => {
      if (field.type === "checkbox") field.checked = asked.has(field.name);
      else field.value = asked.get(field.name) ?? "";
    });
  });

  function start(root) {
    menus(root);
    checklists(root);
    parts(root);
    theme(root);
    confirmations(root);
    calendars(root);
    files(root);
    room(root);
    drafts(root);
    sending(root);
    errors(root);
  }
  start(document);
  keepKeys();
  away();
  document.addEventListener("htmx:load", (event) => {
    if (event.target !== document.body) start(event.target);
  });
})();
