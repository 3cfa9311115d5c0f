/* Without network: one page is kept on this device for who is signed in, and what he
   wrote there is sent. js/app.js loads this where there is something to do; why it is
   as it is stands in docs/offline.md. */
"use strict";

window.pokmasOffline ??= (() => {
  const { user, away: PAGE } = document.body.dataset;
  const WAITING = `waiting:${user}`;
  const SECONDS = 1000;
  const words = {
    id: {
      waiting: "{count} laporan di perangkat ini menunggu jaringan.",
      attention: "{count} laporan di perangkat ini perlu Anda lihat.",
      sent: "{count} laporan dari perangkat ini sudah terkirim.",
      look: "Lihat",
      leave: "Keluar dan hapus?",
      lost: "{count} laporan di perangkat ini belum terkirim. Bila Anda keluar sekarang, semuanya dihapus dari perangkat ini.",
      go: "Hapus dan keluar",
      stay: "Batal",
    },
    en: {
      waiting: "Reports on this device that wait for a network: {count}.",
      attention: "Reports on this device that need a look: {count}.",
      sent: "Reports of this device that were sent: {count}.",
      look: "Look",
      leave: "Sign out and delete?",
      lost: "Reports on this device that were not sent: {count}. If you sign out now, all of them are deleted from this device.",
      go: "Delete and sign out",
      stay: "Cancel",
    },
  };
  const say = (key, count) =>
    (words[document.documentElement.lang] || words.id)[key].replace("{count}", count);
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };

  /* What waits: entries in the order in which they were written, photos beside them. */
  let opening;
  const open = () =>
    (opening ??= new Promise((done, fail) => {
      const request = indexedDB.open("pokmas-offline", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("entries", { keyPath: "number", autoIncrement: true });
        request.result.createObjectStore("photos", { keyPath: ["key", "fingerprint"] });
      };
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    }));
  async function stores(mode, act) {
    const transaction = (await open()).transaction(["entries", "photos"], mode, { durability: "strict" });
    const over = new Promise((done, fail) => {
      transaction.oncomplete = done;
      transaction.onabort = () => fail(transaction.error);
    });
    const asked = act(transaction.objectStore("entries"), transaction.objectStore("photos"));
    await over;
    return asked?.result;
  }
  const ofEntry = (entry) => IDBKeyRange.bound([entry.key], [entry.key, []]);
  const everybodys = () => stores("readonly", (entries) => entries.getAll());
  const mine = async () => (await everybodys()).filter((entry) => entry.user === user);
  const photosOf = (entry) => stores("readonly", (_, photos) => photos.getAll(ofEntry(entry)));

  async function told() {
    const count = (await mine()).length;
    if (count) localStorage.setItem(WAITING, count);
    else localStorage.removeItem(WAITING);
    dispatchEvent(new Event("offline:changed"));
  }
  /* With each change the entry is another: what is being sent meanwhile is not this. */
  async function save(entry, added = []) {
    entry.version = (entry.version || 0) + 1;
    await stores("readwrite", (entries, photos) => {
      const put = entries.put(entry);
      put.onsuccess = () => (entry.number = put.result);
      photos.openCursor(ofEntry(entry)).onsuccess = ({ target: { result } }) => {
        if (!result) return;
        if (!entry.photos.includes(result.value.fingerprint)) result.delete();
        result.continue();
      };
      for (const photo of added) photos.put({ ...photo, key: entry.key });
    });
    await told();
  }
  async function drop(entry) {
    await stores("readwrite", (entries, photos) => {
      entries.delete(entry.number);
      photos.delete(ofEntry(entry));
    });
    await told();
  }

  /* Sending: what the portal answered decides, whatever became of an earlier answer. */
  async function ask(path, csrf, body) {
    const answer = await fetch(PAGE + path, {
      method: body ? "POST" : "GET",
      headers: { Accept: "application/json", ...(csrf && { "X-CSRFToken": csrf }) },
      body,
      cache: "no-store",
      signal: AbortSignal.timeout?.(120 * SECONDS),
    });
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) return answer.json();
    return { state: answer.status === 403 ? "forbidden" : "later" };
  }
  function sentOf(entry) {
    const sent = new URLSearchParams(entry.fields);
    for (const name of ["key", "user", "acting", "activity", "revision"]) sent.append(name, entry[name]);
    if (entry.answer.sure) sent.set("sure", entry.answer.sure);
    for (const [name, value] of Object.entries(entry.seen)) sent.append(`was_${name}`, value);
    for (const fingerprint of entry.photos) sent.append("photo", fingerprint);
    return sent;
  }
  async function sendPhoto(entry, photo, csrf) {
    const sent = new FormData();
    for (const name of ["key", "user", "acting"]) sent.append(name, entry[name]);
    sent.append("fingerprint", photo.fingerprint);
    sent.append("photo", new File([photo.bytes], photo.name, { type: photo.type }));
    const answer = await ask("photo/", csrf, sent);
    if (answer.state === "done") await mark(entry, [photo.fingerprint], true);
    return answer;
  }
  async function mark(entry, fingerprints, isSent) {
    await stores("readwrite", (_, photos) => {
      photos.openCursor(ofEntry(entry)).onsuccess = ({ target: { result } }) => {
        if (!result) return;
        if (fingerprints.includes(result.value.fingerprint)) result.update({ ...result.value, isSent });
        result.continue();
      };
    });
  }
  async function sendEntry(entry, csrf) {
    for (let time = 0; time < 3; time++) {
      for (const photo of await photosOf(entry)) {
        if (photo.isSent || !entry.photos.includes(photo.fingerprint)) continue;
        const answer = await sendPhoto(entry, photo, csrf);
        if (answer.state !== "done") return answer;
      }
      const answer = await ask("entry/", csrf, sentOf(entry));
      if (answer.state !== "photos") return answer;
      await mark(entry, answer.missing, false);
    }
    return { state: "later" };
  }
  async function settle(entry, answer) {
    const now = (await mine()).find((each) => each.key === entry.key);
    // Changed or dropped while it was on its way: the next time tells what became of it.
    if (now?.version !== entry.version) return;
    if (answer.state === "done") await drop(entry);
    else if (["refused", "conflict", "other_acting", "forbidden"].includes(answer.state))
      await save({ ...now, state: answer.state, answer });
  }
  async function sendAll() {
    const found = { sent: 0, state: "" };
    try {
      const waiting = (await mine()).filter((entry) => !["draft", "refused", "conflict"].includes(entry.state));
      if (!waiting.length && !document.querySelector("[data-away-page]")) return found;
      const who = await ask("state/");
      if (String(who.user) !== user) return { ...found, state: "signed_out" };
      for (const entry of waiting) {
        const answer = await sendEntry(entry, who.csrf);
        await settle(entry, answer);
        if (answer.state === "done") found.sent += 1;
        else if (["signed_out", "later"].includes(answer.state)) return { ...found, state: answer.state };
      }
    } catch {
      found.state = "offline";
    }
    return found;
  }
  let running = null;
  function send() {
    const alone = (act) =>
      navigator.locks
        ? navigator.locks.request("pokmas-offline", { ifAvailable: true }, (lock) => lock && act())
        : act();
    return (running ??= alone(sendAll).then(async (found) => {
      running = null;
      if (found) await notice(found);
      if (found) dispatchEvent(new CustomEvent("offline:sent", { detail: found }));
      return found;
    }));
  }

  /* On any other page: that something waits, or arrived. */
  async function notice(found) {
    if (document.querySelector("[data-away-page]")) return;
    document.querySelector("[data-away-notice]")?.remove();
    const left = await mine();
    const attention = left.filter((entry) => !["", "later"].includes(entry.state)).length;
    const lines = [];
    if (found.sent) lines.push(say("sent", found.sent));
    if (attention) lines.push(say("attention", attention));
    if (left.length - attention) lines.push(say("waiting", left.length - attention));
    if (!lines.length) return;
    const text = element("p", { textContent: `${lines.join(" ")} ` }, "");
    if (left.length) text.append(element("a", { href: PAGE, textContent: say("look") }));
    const box = element("div", { className: "alert", role: "status" }, element("div", {}, text));
    box.dataset.awayNotice = "";
    document.querySelector("main .page-head, main .container > *")?.before(box);
  }

  /* Signing out takes with it what is his; if something still waits, he is asked. */
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const count = Number(localStorage.getItem(WAITING));
      if (!form.matches("[data-clears-drafts]") || form.dataset.sure || !count) return;
      event.preventDefault();
      event.stopPropagation();
      if (!(await isSure(count))) return;
      for (const entry of await mine()) await drop(entry);
      form.dataset.sure = "1";
      form.requestSubmit();
    },
    true,
  );
  function isSure(count) {
    const go = element("button", { className: "btn btn-danger", value: "go", textContent: say("go") });
    const stay = element("button", { className: "btn btn-link", textContent: say("stay") });
    const title = element("h2", { id: "offline-leave", textContent: say("leave") });
    const form = element("form", { method: "dialog" }, element("div", { className: "buttons" }, go, stay));
    const panel = element("div", { className: "confirm-panel" }, title, element("p", { textContent: say("lost", count) }), form);
    const dialog = element("dialog", { className: "confirm-dialog" }, panel);
    dialog.setAttribute("aria-labelledby", title.id);
    document.body.append(dialog);
    dialog.showModal();
    return new Promise((done) =>
      dialog.addEventListener("close", () => {
        dialog.remove();
        done(dialog.returnValue === "go");
      }),
    );
  }

  /* The page, and the files that it is made of, as they are named now. */
  async function keep() {
    const answer = await fetch(`${PAGE}?kept=1`, { cache: "no-store" });
    const copy = answer.clone();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!answer.ok || answer.redirected || page.body.dataset.user !== user) return;
    const files = [...page.querySelectorAll("script[src], link[rel=stylesheet], img[src]")]
      .map((each) => each.getAttribute("src") || each.getAttribute("href"))
      .concat(page.body.dataset.icons, page.body.dataset.awayScript);
    for (const name of await caches.keys()) if (name !== `offline-${user}`) await caches.delete(name);
    const cache = await caches.open(`offline-${user}`);
    const held = (await cache.keys()).map((request) => new URL(request.url).pathname);
    await cache.addAll([...new Set(files)].filter((name) => !held.includes(name)));
    await cache.put(PAGE, copy);
    for (const name of held) if (name !== PAGE && !files.includes(name)) await cache.delete(name);
    localStorage.setItem("away", Date.now());
  }
  async function begin() {
    try {
      await navigator.serviceWorker.register("/sw.js");
      await keep();
    } catch {
      /* Without network or room the page kept before stays as it is. */
    }
  }

  begin();
  send();
  addEventListener("online", send);
  setInterval(() => document.hidden || send(), 60 * SECONDS);
  return { user, everybodys, mine, photosOf, save, drop, send };
})();
