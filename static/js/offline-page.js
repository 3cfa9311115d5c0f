/* The page "Tanpa jaringan": reports are written, listed, changed, chosen and dropped.
   Its words stand in templates/outreach/offline. */
"use strict";

(() => {
  const store = window.pokmasOffline;
  const root = document.querySelector("[data-away-page]");
  const find = (name, within = root) => within.querySelector(`[data-away-${name}]`);
  const words = document.getElementById("away-words").content;
  const say = (name, values = {}) =>
    words
      .querySelector(`[data-word="${name}"]`)
      .textContent.replace(/\{(\w+)\}/g, (_, each) => values[each]);
  const copyOf = (id) => document.getElementById(id)?.content.cloneNode(true);
  const known = JSON.parse(document.getElementById("away-known").textContent);
  const meetings = JSON.parse(document.getElementById("away-restorative-types").textContent);
  const limits = window.pokmasLimits(JSON.parse(document.getElementById("away-limits").textContent));
  const lists = find("lists");
  const place = find("place");
  const MOST_PHOTOS = 10;
  let urls = [];

  function tell(text, tone = "") {
    find("said").textContent = text;
    find("state").className = `notice ${tone && `tone-${tone}`}`;
  }

  /* The list of what waits. */
  async function list() {
    const entries = await store.mine();
    const others = (await store.everybodys()).length - entries.length;
    find("waiting").hidden = !entries.length;
    find("entries").replaceChildren(...entries.map(row));
    find("others").hidden = !others;
    find("others").textContent = say("others", { count: others });
    root.querySelectorAll("[data-away-report]").forEach((button) => {
      const entry = entries.find((each) => each.activity === button.dataset.awayReport);
      button.hidden = false;
      button.firstChild.textContent = entry ? say("edit") : button.dataset.words;
      button.onclick = () => write(entry || blank(button.dataset.awayReport), button);
    });
  }
  const valueOf = (entry, wanted) => entry.fields.find(([name]) => name === wanted)?.[1];
  const titleOf = (entry) => entry.seen.title || valueOf(entry, "title") || say("new");
  function row(entry) {
    const made = copyOf("away-entry").firstElementChild;
    const part = (name) => made.querySelector(`[data-${name}]`);
    const { state, answer = {} } = entry;
    part("title").textContent = titleOf(entry);
    part("state").textContent = say(`state_${state}`);
    part("state").className = `status tone-${state ? "warn" : "info"}`;
    part("detail").textContent = say("photos", { count: entry.photos.length });
    const errors = (answer.errors || []).map(({ label, words: what }) => (label ? `${label}: ${what}` : what));
    if (state === "conflict") errors.unshift(answer.words);
    part("errors").hidden = !errors.length;
    part("errors").append(...errors.map((text) => element("li", text)));
    if (state === "conflict") {
      part("sides").hidden = !answer.rows.length;
      part("sides").querySelector("tbody").append(
        ...answer.rows.map(({ label, mine, now }) => {
          const line = element("tr");
          const head = element("th", label);
          head.scope = "row";
          line.append(head, element("td", mine), element("td", now));
          return line;
        }),
      );
      part("mine").hidden = answer.revision === null;
      part("mine").onclick = () => resend(entry, { revision: String(answer.revision) });
      part("theirs").hidden = false;
      part("theirs").onclick = () => drop(entry);
      part("portal").hidden = false;
      part("portal").href = answer.url;
    }
    part("again").hidden = !answer.sure || (state === "draft" && !answer.errors.every(isDoubt));
    part("again").onclick = () => resend(entry, {});
    part("edit").onclick = () => write(entry, part("edit"));
    part("drop").onclick = () => {
      // A report that took an hour is not lost by one slip of the thumb.
      if (part("drop").dataset.sure) return drop(entry);
      part("drop").dataset.sure = "1";
      part("drop").textContent = say("sure");
    };
    return made;
  }
  const isDoubt = ({ doubt }) => doubt !== undefined;
  function element(tag, text = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  }
  async function drop(entry) {
    await store.drop(entry);
    tell(say("dropped"));
  }
  async function resend(entry, changes) {
    const seen = known[entry.activity] ? seenOf(known[entry.activity]) : {};
    const { sure } = entry.answer;
    await store.save({ ...entry, ...changes, seen: { ...entry.seen, ...seen }, state: "", answer: { sure } });
    store.send();
  }

  /* One report is written. */
  const seenOf = ({ title, when, place: where }) => ({ title, when, place: where });
  function blank(activity) {
    const about = known[activity];
    return {
      key: crypto.randomUUID(),
      user: store.user,
      acting: root.dataset.acting,
      activity: activity || "",
      revision: String(about?.revision ?? 0),
      type: about?.type,
      seen: about ? seenOf(about) : {},
      fields: about?.fields ?? [],
      photos: [],
      state: "",
      answer: {},
    };
  }
  async function write(entry, from) {
    const form = element("form");
    form.className = "narrow";
    form.noValidate = true;
    form.dataset.draft = entry.activity ? `report-${entry.activity}` : `offline-${entry.number || "new"}`;
    const head = element("h2", entry.activity ? titleOf(entry) : say("new"));
    head.tabIndex = -1;
    const about = [entry.seen.when, entry.seen.place].filter(Boolean).join(" · ");
    const said = element("div");
    said.setAttribute("role", "alert");
    said.dataset.awayWrong = "";
    form.append(head, ...(about ? [element("p", about)] : []), said);
    if (!entry.activity) form.append(copyOf("away-plan"));
    form.append(copyOf("away-report"));
    askMeeting(form, entry.type ?? valueOf(entry, "type"));
    const asked = askAnswers(form, entry);
    fill(form, entry.fields);
    offerAgreement(form, entry);
    form.elements.type?.addEventListener("change", ({ target }) => askMeeting(form, target.value));
    const late = find("late", form);
    const errors = entry.answer.errors || [];
    if (late) late.hidden = !valueOf(entry, "correction") && !errors.some(({ name }) => name === "correction");
    place.replaceChildren(form);
    place.hidden = false;
    lists.hidden = true;
    const summary = summaryOf(form, entry);
    said.append(...summary);
    // What the portal found odd stands above its answer.
    const beside = errors.filter(({ name }) => entry.state === "draft" || !name.startsWith("answer_"));
    for (const { name } of beside) mark(form, name, beside);
    // What app.js adds to forms: photos made small, a calendar, drafts.
    place.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }));
    const held = { entry: { ...entry, asked, photos: [...entry.photos] } };
    await showPhotos(form, held.entry);
    sum(form);
    for (const typed of ["input", "change"]) form.addEventListener(typed, () => sum(form));
    watch(form, held.entry);
    find("find", form)?.addEventListener("input", (event) => narrow(form, event.target.value));
    find("cancel", form).onclick = () => close(from);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.hasAttribute("data-busy")) form.addEventListener("ready", () => form.requestSubmit(), { once: true });
      else if (!form.hasAttribute("data-kept")) keep(form, held.entry, from);
    });
    (summary[0] || head).focus();
    place.scrollIntoView({ block: "start" });
  }
  function close(from) {
    place.replaceChildren();
    place.hidden = true;
    lists.hidden = false;
    if (from?.isConnected) from.focus();
    root.scrollIntoView({ block: "start" });
  }
  /* Some kinds of activity ask for more. */
  function askMeeting(form, type) {
    const box = find("meeting", form);
    if (!meetings.includes(Number(type))) box.replaceChildren();
    else if (!box.firstChild) box.append(copyOf("away-restorative"));
  }
  /* What the portal found odd is answered in one line each. */
  function askAnswers(form, entry) {
    const found = entry.state === "draft" ? [] : entry.answer.errors || [];
    const added = found.filter(({ name }) => name.startsWith("answer_"));
    const before = (entry.asked || []).filter(({ name }) => !added.some((each) => each.name === name));
    const asked = [...before, ...added];
    for (const { name, label, words: why } of asked) {
      const box = element("div");
      box.className = "field";
      const input = Object.assign(element("input"), { type: "text", name, id: `away-${name}`, maxLength: 200, required: true });
      const title = Object.assign(element("label", label), { htmlFor: input.id });
      box.append(title, element("p", why), input);
      find("asked", form).append(box);
    }
    return asked;
  }
  /* What was odd is there no longer; the portal asks again if it still is. */
  function forget(form, entry, name) {
    entry.asked = entry.asked.filter((each) => each.name !== name);
    form.elements[name]?.closest(".field").remove();
  }
  function fill(form, fields) {
    const left = new Map();
    for (const [name, value] of fields) left.set(name, [...(left.get(name) || []), value]);
    for (const field of form.elements) {
      const values = left.get(field.name);
      if (!values) continue;
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else field.value = values[0];
    }
  }
  /* The only agreement in force with whom he picked is picked for him; of several he is
     asked which, as in the form of the portal. What he answers himself stays. */
  function offerAgreement(form, entry) {
    const picks = form.elements.agreement;
    if (!picks) return;
    const { agreements, own } = JSON.parse(document.getElementById("away-company").textContent);
    const pick = (wanted) => form.querySelectorAll("[name=agreement]").forEach((each) => (each.checked = each.value === wanted));
    let { isAnswered = false } = entry;
    function look() {
      const data = new FormData(form);
      const typed = ["partners", "group"].flatMap((name) => data.getAll(name).filter(Boolean).map((each) => `${name} ${each}`));
      const company = [...own, ...typed];
      const day = limits.read("date", data.get("starts_at_0"));
      const holds = ([first, last]) => day === null || (Date.parse(first) <= day && day <= Date.parse(last));
      const found = agreements.filter((each) => each.with.some((one) => company.includes(one)) && holds(each.days));
      const picked = data.get("agreement");
      // What was in force with somebody else is no answer for these.
      if (picked && company.length && !found.some(({ agreement }) => agreement === picked)) isAnswered = false;
      const [only, more] = found;
      if (!isAnswered) pick(more ? null : (only?.agreement ?? ""));
      const words = more ? "several" : only ? "preset" : "none";
      form.toggleAttribute("data-answered", isAnswered);
      find("preset", form).textContent = isAnswered || !company.length ? "" : say(words);
    }
    form.addEventListener("change", ({ target }) => {
      if (target.name === "agreement") isAnswered = true;
      if (["partners", "group", "starts_at_0", "agreement"].includes(target.name)) look();
    });
    look();
  }
  function sum(form) {
    let total = 0;
    form.querySelectorAll("[data-away-counts] input").forEach(({ value }) => {
      const number = limits.read("number", value);
      if (number > 0 && Number.isInteger(number)) total += number;
    });
    find("sum", form).textContent = total.toLocaleString(document.documentElement.lang);
  }
  function narrow(form, text) {
    const wanted = text.trim().toLowerCase();
    form.querySelectorAll('input[name="partners"]').forEach((input) => {
      const option = input.closest(".option");
      option.hidden = !input.checked && !option.textContent.toLowerCase().includes(wanted);
    });
  }
  async function showPhotos(form, entry) {
    urls.forEach(URL.revokeObjectURL);
    const photos = await store.photosOf(entry);
    urls = [];
    const box = find("photos", form);
    box.replaceChildren(
      ...entry.photos.map((fingerprint) => {
        const photo = photos.find((each) => each.fingerprint === fingerprint);
        const url = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
        urls.push(url);
        const image = Object.assign(new Image(240, 180), { src: url, alt: photo.name });
        const button = element("button", say("remove"));
        button.type = "button";
        button.className = "btn btn-link btn-sm";
        const line = element("li");
        button.onclick = () => {
          entry.photos = entry.photos.filter((each) => each !== fingerprint);
          line.remove();
          forget(form, entry, "answer_photo");
        };
        line.append(image, button);
        return line;
      }),
    );
    box.hidden = !entry.photos.length;
  }

  /* It is kept on the device: at once if it can be, else what is typed stays in sight. */
  async function keep(form, entry, from) {
    const files = [...(form.elements.photos?.files || [])];
    let saved;
    form.toggleAttribute("data-kept", true);
    try {
      const added = await Promise.all(files.map(photoOf));
      const photos = [...new Set([...entry.photos, ...added.map((each) => each.fingerprint)])];
      const fields = [...new FormData(form)].filter(([, value]) => typeof value === "string");
      const answer = await judge(form, entry, photos.length);
      const isAnswered = form.hasAttribute("data-answered");
      saved = { ...entry, fields, photos, isAnswered, state: answer.errors.length ? "draft" : "", answer };
      await store.save(saved, added);
    } catch (error) {
      return wrong(form, say(error?.name === "QuotaExceededError" ? "full" : "unable"));
    }
    localStorage.removeItem(`draft:${store.user}:${form.dataset.draft}`);
    navigator.storage?.persist?.();
    if (saved.state) return write(saved, from);
    close(from);
    tell(say("saved"), "good");
    store.send();
  }
  function wrong(form, text) {
    form.toggleAttribute("data-kept", false);
    const box = element("div");
    box.className = "alert alert-error";
    box.append(element("p", text));
    find("wrong", form).replaceChildren(box);
    find("wrong", form).scrollIntoView({ block: "center" });
  }

  /* What is wrong is said beside its field; the report waits as a draft until it is right. */
  async function judge(form, entry, photos) {
    const found = limits.faults(form);
    if (!photos) found.push({ name: "photos", words: say("photo") });
    if (photos > MOST_PHOTOS) found.push({ name: "photos", words: say("many", { count: MOST_PHOTOS }) });
    if (form.elements.agreement && !new FormData(form).has("agreement")) found.push({ name: "agreement", words: say("which") });
    for (const { name } of entry.asked)
      if (!form.elements[name].value.trim()) found.push({ name, words: say("answer") });
    const errors = await unsettled(found, entry);
    const sure = [entry.answer.sure, ...errors.map(({ seen }) => seen)].filter(Boolean).join(" ");
    return { sure, errors: errors.map((each) => ({ ...each, label: labelOf(inputOf(form, each.name)) })) };
  }
  /* Without what he was asked about before; the portal marks such answers in the same way
     (pokmas/forms/doubts.py) and does not ask again. */
  async function unsettled(found, entry) {
    const settled = (entry.answer.sure || "").split(" ");
    const asked = found.map(async (fault) => {
      if (!isDoubt(fault)) return fault;
      const seen = (await digestOf(new TextEncoder().encode(`${fault.name}\n${fault.doubt}`))).slice(0, 12);
      return { ...fault, seen, words: `${fault.words} ${say("again")}` };
    });
    return (await Promise.all(asked)).filter(({ seen }) => !settled.includes(seen));
  }
  function watch(form, entry) {
    const look = async (name) => mark(form, name, await unsettled(limits.faults(form, [name]), entry));
    form.addEventListener("focusout", ({ target, relatedTarget }) => {
      const name = limits.nameOf(target.name);
      if (name && !boxOf(target).contains(relatedTarget)) look(name);
    });
    for (const typed of ["input", "change"])
      form.addEventListener(typed, ({ target }) => {
        const name = limits.nameOf(target.name);
        if (!boxOf(target)?.querySelector("[data-away-fault]")) return;
        if (name) look(name);
        else mark(form, target.name, []);
      });
  }
  const inputOf = (form, name) => {
    const found = form.elements[name] ?? form.elements[`${name}_0`];
    return found instanceof RadioNodeList ? found[0] : found;
  };
  const boxOf = (input) => input.closest("td, .field");
  function mark(form, name, errors) {
    const input = inputOf(form, name);
    const box = input && boxOf(input);
    const told = errors.filter((each) => each.name === name);
    if (!box) return;
    box.querySelector("[data-away-fault]")?.remove();
    box.classList.toggle("field-invalid", told.length > 0);
    const id = `${input.id}_fault`;
    const described = (input.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== id);
    if (told.length) {
      const list = element("ul");
      list.className = "errorlist";
      list.id = id;
      list.dataset.awayFault = "";
      for (const { words: what } of told) {
        const hidden = element("span", `${say("fault")} `);
        hidden.className = "visually-hidden";
        const line = element("li");
        line.append(hidden, what);
        list.append(line);
      }
      const before = ["legend", "label", ".helptext"].map((each) => box.querySelector(each)).filter(Boolean).pop();
      if (box.matches("td")) box.append(list);
      else if (box.querySelector(".check")) box.prepend(list);
      else before.after(list);
      described.push(id);
    }
    input.setAttribute("aria-invalid", String(told.length > 0));
    input.setAttribute("aria-describedby", described.join(" "));
  }
  function summaryOf(form, { state, answer }) {
    if (!answer.errors?.length) return [];
    const box = element("div");
    box.className = "error-summary";
    box.tabIndex = -1;
    const list = element("ul");
    for (const { name, label, words: what } of answer.errors) {
      const line = element("li");
      const input = inputOf(form, name);
      const link = element(input ? "a" : "span", label ? `${label}: ${what}` : what);
      if (input) link.href = `#${input.id}`;
      link.onclick = (event) => {
        event.preventDefault();
        input?.focus({ preventScroll: true });
        (input && boxOf(input))?.scrollIntoView({ block: "center" });
      };
      line.append(link);
      list.append(line);
    }
    box.append(element("h2", say("wrong")), ...(state === "draft" ? [element("p", say("drafted"))] : []), list);
    return [box];
  }
  function labelOf(input) {
    const named = input.closest(".field")?.querySelector("legend, label");
    // Without what stands beside it, as that it may be left out.
    const said = named?.firstChild.textContent.trim() || named?.textContent || input.getAttribute("aria-label");
    return said.trim().replace(/\.$/, "");
  }
  async function digestOf(bytes) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
    return [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
  }
  async function photoOf(file) {
    const bytes = await file.arrayBuffer();
    return { fingerprint: await digestOf(bytes), bytes, name: file.name, type: file.type, isSent: false };
  }

  /* What came of sending. */
  let isAble = true;
  function came({ sent, state }) {
    if (!isAble) return;
    if (sent) tell(say("sent", { count: sent }), "good");
    else if (state) tell(say(state), state === "later" ? "" : "warn");
    else if (find("said").textContent !== say("saved")) tell(say("ready"));
  }
  async function begin() {
    addEventListener("offline:changed", list);
    addEventListener("offline:sent", (event) => came(event.detail));
    addEventListener("offline", () => tell(say("offline"), "warn"));
    root.querySelectorAll("[data-away-report]").forEach((button) => {
      button.dataset.words = button.firstChild.textContent;
    });
    tell(say("checking"));
    try {
      await list();
    } catch {
      isAble = false;
      return tell(say("unable"), "bad");
    }
    const plan = find("new");
    if (plan) {
      plan.hidden = false;
      plan.onclick = () => write(blank(""), plan);
    }
    find("send").onclick = () => store.send();
  }
  begin();
})();
