/* What the portal would refuse of a form, said before it is sent. How dates, hours and
   numbers are read, the limits and the words are the portal's (pokmas/forms/limits.py);
   what is not among them it judges alone. */
"use strict";

window.pokmasLimits ??= ({ reading, fields }) => {
  const MINUTE = 60 * 1000;
  const whole = (pattern) => new RegExp(`^(?:${pattern})$`, "i");
  const plain = (sign) => (sign in reading.plain ? (reading.plain[sign] ?? "") : sign);
  const tidy = (text) => [...text].map(plain).join("").trim().replace(/\s+/g, " ");
  const readers = {
    number(text) {
      const { pattern, thousands, decimals } = reading.number;
      const found = whole(pattern).exec(text.replace(/\s/g, ""));
      return found && Number(found[1].split(thousands).join("").replace(decimals, "."));
    },
    date(text) {
      const { named, patterns, months, years } = reading.date;
      const bare = text.replace(new RegExp(`^${named}`), "");
      const match = patterns.map(([pattern, order]) => [whole(pattern).exec(bare), order]);
      const [found, order] = match.find(([each]) => each) ?? [];
      if (!found) return null;
      const part = (sign) => found[order.indexOf(sign) + 1];
      const [day, year] = [Number(part("d")), Number(part("y"))];
      const month = months[part("m").toLowerCase()] ?? Number(part("m"));
      const read = new Date(Date.UTC(year, month - 1, day));
      const exists = read.getUTCMonth() === month - 1 && read.getUTCDate() === day;
      return exists && years[0] <= year && year <= years[1] ? read.getTime() : null;
    },
    time(text) {
      const { bare, pattern } = reading.time;
      const found = whole(pattern).exec(text.replace(new RegExp(bare), "$1.$2"));
      return found && (Number(found[1]) * 60 + Number(found[2] || 0)) * MINUTE;
    },
  };
  const read = (kind, text) => readers[kind](tidy(text));
  function refusal(text, { kind, unread, whole: sen, least, most, longest }) {
    if (longest && [...text].length > longest[0]) return longest[1];
    if (!kind) return "";
    const value = read(kind, text);
    if (value === null) return unread.replace("{text}", tidy(text).slice(0, 40));
    if (sen && !Number.isInteger(value)) return sen;
    if (least && value < least[0]) return least[1];
    return most && value > most[0] ? most[1] : "";
  }
  const typedInto = (form, name) => {
    const data = new FormData(form);
    return fields[name].inputs.map(([input]) => data.getAll(input).join("").trim());
  };
  /* The number or moment that a field says. */
  function valueOf(form, name) {
    const parts = typedInto(form, name).map((text, place) => read(fields[name].inputs[place][1].kind, text));
    return parts.includes(null) ? NaN : parts.reduce((sum, each) => sum + each, 0);
  }
  /* What is wrong with one field; `doubt` is what was typed, where it is only unlikely. */
  function ofField(form, name) {
    const { inputs, required, after, unpaid, likely } = fields[name];
    if (!inputs.every(([input]) => form.elements[input])) return [];
    const typed = typedInto(form, name);
    const say = (words, more) => [{ name, words, ...more }];
    if (typed.includes("")) return required ? say(required) : [];
    const found = typed.map((text, place) => refusal(text, inputs[place][1])).filter(Boolean);
    if (found.length) return found.flatMap((words) => say(words));
    if (after && valueOf(form, name) < valueOf(form, after[0])) return say(after[1]);
    if (unpaid && typed[0] === unpaid[1] && valueOf(form, unpaid[0]) > 0) return say(unpaid[2]);
    if (likely && valueOf(form, name) > likely[0]) return say(likely[1], { doubt: form.elements[name].value });
    return [];
  }
  return {
    read,
    nameOf: (input) => Object.keys(fields).find((name) => fields[name].inputs.some(([each]) => each === input)),
    faults: (form, names = Object.keys(fields)) => names.flatMap((name) => ofField(form, name)),
  };
};
