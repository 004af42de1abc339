// A workshop: forms and presses that belong to a room, its clock, and the keys of its facilitator.

const STAY = 8000;

// the plans of this browser that joined a workshop, by its code: [{ code, key }]
const joined = {
  all: () => (device.get("joined") ?? []).filter(({ key }) => !plans.isForgotten(key)),
  find: (code) => joined.all().find((one) => one.code === code),
  keep: (code, key) => device.set("joined", [{ code, key }, ...joined.all().filter((one) => one.code !== code)].slice(0, 20)),
};

// a code to join is typed into the form of the start page, wherever the link leads
const roomAddress = (() => {
  const given = new URLSearchParams(location.hash.slice(1));
  const found = { code: given.get("join") ?? "", key: given.get("room") ?? "" };
  if (found.code) {
    // who joined with this code already comes back to the plan that has the seat
    const kept = joined.find(found.code);
    if (kept && !["new", "key"].some((name) => given.has(name))) tab.set("plan", { key: kept.key, known: true });
    ["reading", "example"].forEach((name) => tab.drop(name));
    given.delete("join");
    given.set("at", "join");
    history.replaceState(history.state, "", "#" + given);
  }
  return found;
})();

// the rooms this browser leads, the last one first: [{ key, name }]
const rooms = {
  all: () => device.get("rooms") ?? [],
  keep: (key, name) =>
    device.set("rooms", [{ key, name }, ...rooms.all().filter((room) => room.key !== key)].slice(0, 20)),
  drop: (key) => device.set("rooms", rooms.all().filter((room) => room.key !== key)),
};

const meetRoom = (desk) => {
  desk.room = new Room(desk);
  desk.hear_room = (message) => desk.room.heard(message);
};

// a day and a time as the clock of this browser shows them
const writeMoment = (at) => {
  const language = document.documentElement.lang || "en";
  const form = { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" };
  return new Date(at).toLocaleString(language === "en" ? "en-GB" : language, form);
};

class Room {
  constructor(desk) {
    Object.assign(this, { desk, skew: 0, signal: desk.over.signal });
    this.leads = desk.model.get("notebook") === "facilitator";
    if (this.leads) this.beginLeading();
    const { signal } = this;
    document.addEventListener("submit", (event) => this.submitted(event), { signal });
    document.addEventListener("click", (event) => this.pressed(event), { signal });
    document.addEventListener("visibilitychange", () => this.stay(), { signal });
    window.addEventListener("hashchange", () => {
      if (/join=|room=/.test(location.hash)) location.reload();
    }, { signal });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && document.body.hasAttribute("data-wb-beamer")) this.beam(false);
    }, { signal });
    this.renewing = setInterval(() => this.stay(), STAY);
    this.ticking = setInterval(() => this.tick(), 500);
    signal.addEventListener("abort", () => [this.renewing, this.ticking].forEach(clearInterval));
  }

  // a facilitator's page opens no plan: the key in its address is a room's
  beginLeading() {
    const { desk } = this;
    this.key = roomAddress.key || tab.get("room") || "";
    if (!desk.inApp) return;
    desk.found = { key: "", example: false, known: false, stored: true, at: "", back: "" };
    desk.scope = "room";
  }

  tell(path, raw = {}) {
    this.desk.tell({ kind: "room", path, raw });
  }

  // -- what Python says ------------------------------------------------------------------------

  heard({ inside, now, ask, key, name, texts, lost, stayed, follows, done, joined: code }) {
    if (code && this.desk.inApp && this.desk.found.key) joined.keep(code, this.desk.found.key);
    if (done) this.desk.furniture.hideNotice();
    if (stayed) tab.set("stayed", String(stayed));
    if (follows) tab.set("follows", follows);
    if (texts) this.texts = texts;
    if (now) this.skew = Date.now() - now;
    if (inside !== undefined) this.inside = inside;
    if (this.leads) this.desk.furniture.menu.hidden = true;
    if (ask) this.begin();
    if (key) this.keep(key, name);
    if (lost) this.lose();
    if (this.leads) this.fillPlaces();
    this.tick();
  }

  begin() {
    // in JupyterLab everybody has an address of their own: there is none to join at
    const here = this.desk.inApp ? startPage() : "";
    const own = { code: roomAddress.code, follows: tab.get("follows") ?? "", stayed: tab.get("stayed") ?? "" };
    this.tell("here", { here, ...(this.leads ? { key: this.key } : own) });
    if (roomAddress.code) this.putCode(roomAddress.code);
    roomAddress.code = "";
  }

  // the form may still be on its way; what is being typed in it stays as it is
  putCode(code, tries = 60) {
    const input = this.desk.root.querySelector('form[data-wb-room="join"] input[name=code]');
    if (input && !input.value) input.value = code;
    else if (!input && tries) setTimeout(() => this.putCode(code, tries - 1), 25);
  }

  // the key leaves the address only once this browser has really kept it
  keep(key, name) {
    this.key = key;
    const stored = tab.set("room", key);
    if (rooms.keep(key, name) && stored && this.desk.inApp) clearAddress();
  }

  lose() {
    tab.drop("room");
    if (this.key) rooms.drop(this.key);
    this.key = "";
  }

  // the page is on screen, or it is not
  stay() {
    if (this.inside) this.tell(document.hidden ? "rest" : "stay");
  }

  // -- what the visitor does ---------------------------------------------------------------------

  submitted(event) {
    const form = event.target;
    if (!form.dataset?.wbRoom || !this.desk.root.contains(form)) return;
    event.preventDefault();
    const raw = { zone: [String(new Date().getTimezoneOffset())] };
    for (const [name, value] of new FormData(form)) (raw[name] ??= []).push(value);
    this.tell(form.dataset.wbRoom, raw);
    if ("wbOnce" in form.dataset) {
      form.reset();
      form.querySelector("input, textarea")?.focus();
    }
  }

  pressed(event) {
    const button = event.target.closest?.("button[data-wb-press]");
    if (!button || !this.desk.root.contains(button)) return;
    const { wbPress: what, wbValue: value } = button.dataset;
    this.comeBack(what, value);
    if (what === "bar.see") this.see();
    else if (what === "beam") this.beam(!document.body.hasAttribute("data-wb-beamer"));
    else if (what === "copy-room") this.copy();
    else if (what === "forget-room") {
      this.lose();
      this.tell("shut");
    } else this.tell(what, value ? { value } : {});
  }

  // what was pressed may be drawn anew: the focus goes to what stands in its place
  comeBack(what, value) {
    const find = (more) => this.desk.root.querySelector(`button[data-wb-press="${CSS.escape(what)}"]${more}`);
    const watch = new MutationObserver(() => {
      if (document.activeElement !== document.body) return;
      const next = what === "lead.held" ? this.desk.root.querySelector(".wb-stage-acts .jupyter-button") : null;
      (find(`[data-wb-value="${CSS.escape(value ?? "")}"]`) ?? find("") ?? next)?.focus({ preventScroll: true });
    });
    watch.observe(this.desk.root, { childList: true, subtree: true });
    setTimeout(() => watch.disconnect(), 3000);
  }

  // everything but the question, its clock and what came of it is out of sight
  beam(on) {
    document.body.toggleAttribute("data-wb-beamer", on);
    scrollTo(0, 0);
    const [there, gone] = ["[data-wb-press=beam][data-wb-value=off]", "[data-wb-press=beam][data-wb-value=on]"];
    this.desk.root.querySelector(on ? there : gone)?.focus();
  }

  // the bar comes back into sight, and the focus to what waits in it
  see() {
    const bar = this.desk.root.querySelector(".wb-bar");
    bar?.scrollIntoView({ block: "center" });
    const waits = [...(bar?.querySelectorAll(".jupyter-button") ?? [])].find((one) => one.offsetParent);
    waits?.focus({ preventScroll: true });
    this.markBar();
  }

  // whether a participant's bar is out of sight: what waits in it is then said at the edge
  markBar() {
    const box = this.desk.root.querySelector(".wb-bar")?.getBoundingClientRect();
    document.body.toggleAttribute("data-wb-bar-away", Boolean(box) && (box.bottom < 0 || box.top > innerHeight));
  }

  // -- the clock ---------------------------------------------------------------------------------

  tick() {
    this.markBar();
    for (const clock of this.desk.root.querySelectorAll("[data-wb-ends]")) {
      const left = Math.round((Number(clock.dataset.wbEnds) + this.skew - Date.now()) / 1000);
      const time = `${Math.floor(Math.abs(left) / 60)}:${String(Math.abs(left) % 60).padStart(2, "0")}`;
      const said = fill(left < 0 ? clock.dataset.wbOver : clock.dataset.wbLeft, { time });
      if (clock.textContent !== said) clock.textContent = said;
      clock.classList.toggle("wb-over", left < 0);
    }
    for (const time of this.desk.root.querySelectorAll("[data-wb-moment]:not([data-wb-here])")) {
      time.textContent = writeMoment(Number(time.dataset.wbMoment));
      time.setAttribute("data-wb-here", "");
    }
  }

  // -- the facilitator's link and the rooms of this browser --------------------------------------

  link() {
    if (!this.desk.inApp) return this.key;
    const page = new URL("facilitator.ipynb", location.href);
    page.search = "";
    page.hash = "room=" + this.key;
    return page.href;
  }

  // their places may still be on their way
  fillPlaces(tries = 60) {
    const own = this.desk.root.querySelector("[data-wb-room-link]");
    const list = this.desk.root.querySelector("[data-wb-rooms]");
    if (own && this.key && !own.firstChild) own.append(...this.drawLink());
    if (list && !list.firstChild) this.drawRooms(list);
    if (!own && !list && tries) setTimeout(() => this.fillPlaces(tries - 1), 25);
  }

  drawLink() {
    const { texts } = this;
    const input = make("input", {
      class: "wb-input", readonly: true, "aria-label": texts.link, onfocus: () => input.select(),
    });
    input.value = this.link();
    this.linkInput = input;
    this.told = make("p", { class: "wb-hint", role: "status" });
    const copy = make("button", { type: "button", class: "wb-small", "data-wb-press": "copy-room" }, texts.copy);
    return [input, copy, this.told];
  }

  async copy() {
    this.linkInput.focus();
    this.linkInput.select();
    try {
      await navigator.clipboard.writeText(this.linkInput.value);
      this.told.textContent = this.texts.copied;
    } catch {
      this.told.textContent = this.texts.selected;
    }
  }

  drawRooms(list) {
    const { texts } = this;
    const known = rooms.all().slice(0, 6);
    if (!known.length) return;
    list.append(make("h3", {}, texts.rooms), make("ul", { class: "wb-plain" }, ...known.map(({ key, name }) => {
      const open = () => {
        this.key = key;
        this.tell("here", { here: this.desk.inApp ? startPage() : "", key });
      };
      return make("li", {}, make("button", { type: "button", class: "wb-small", onclick: open }, name || texts.unnamed));
    })));
  }
}
