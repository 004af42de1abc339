// Small pieces every field and the page furniture are made of. Text goes in as text, never as
// markup, so nothing that anybody typed can become an element.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
};

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const same = (a, b) => JSON.stringify(plain(a)) === JSON.stringify(plain(b));

// no answer, an empty text and an empty list are the same thing
const plain = (raw) =>
  raw === undefined || raw === "" || (Array.isArray(raw) && !raw.length) ? null : raw;

const clockTime = (when) =>
  new Date(when).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

// a day as the page writes it elsewhere, whatever the browser is set to
const writtenDay = (day) => {
  if (!/^\d{4}-\d\d-\d\d$/.test(day)) return day;
  const language = document.documentElement.lang || "en";
  return new Date(`${day}T12:00`).toLocaleDateString(language === "en" ? "en-GB" : language, {
    day: "numeric", month: "long", year: "numeric",
  });
};

const paragraphs = (text, name) =>
  text ? text.split(/\n\s*\n/).map((part) => make("p", { class: name }, part)) : [];

const asId = (path) => "wb-" + path.replace(/[^a-z0-9]+/gi, "-");

// a title on a line or two: cut between words, and the mark says so
const cutLine = (text, most = 120) =>
  text.length <= most ? text : text.slice(0, most).replace(/\s+\S*$/, "") + "…";
