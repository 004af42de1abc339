// The desk: one per page. It opens the plan, sends answers, hears that they are saved, and moves
// between screens and pages without losing anything.

const RETRY = 4000;
const PATIENCE = 6000;

class Desk {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.over = new AbortController();
    this.words = model.get("words");
    this.inApp = Boolean(document.getElementById("wb-tools"));
    // several pages may be open in one JupyterLab: what names their fields must differ
    this.mark = this.inApp ? "" : "-" + model.get("page").slice(0, 8);
    this.leaves = new Map();
    this.unsaved = new Map();
    this.number = 0;
    this.errors = {};
    this.found = this.inApp ? findKey() : { key: "", at: "", known: true, stored: true };
    this.scope = this.inApp ? this.found.key.slice(0, 8) || "example" : model.get("scope");
    this.drafts = drafts(this.scope);
    model.on("msg:custom", (message, buffers) => this.hear(message, buffers));
    this.watchErrorLinks();
    this.watchLinks();
    this.watchLeaving();
    if (this.inApp) this.watchTheApp();
    else watchTheLab(this);
  }

  // the part of the document that is this page's
  get root() {
    return this.el.closest(".wb-page") ?? document;
  }

  // in JupyterLab a page may be taken off the screen while the rest stays
  close() {
    if (this.inApp) return;
    this.over.abort();
    if (shared.desks.get(this.model.get("page")) === this) shared.desks.delete(this.model.get("page"));
  }

  open() {
    if (!this.inApp) {
      openInLab(this);
      return;
    }
    const place = tab.get("place:" + location.pathname);
    const recent = place && Date.now() - place.at < 12 * 3600e3 ? place : null;
    const { key, example, known } = this.found;
    const at = this.found.at || recent?.path || recent?.screen || "";
    this.wanted = this.found.at || recent?.path || "";
    this.caret = recent?.caret;
    this.tell({ kind: "open", key, example, known, at });
  }

  // -- what the page says to Python ----------------------------------------------------------

  tell(message) {
    this.model.send(message);
  }

  // `seen` is the saved answer that was on screen: Python tells from it whether somebody else
  // answered in the meantime
  send(path, raw, seen) {
    const number = ++this.number;
    this.unsaved.set(path, { number, raw });
    this.tell({ kind: "answer", path, raw, seen, number });
    this.furniture.saving();
  }

  // everything typed is on its way; resolves true when all of it is saved
  async flush() {
    for (const leaf of this.leaves.values()) if (leaf.timer) leaf.commit();
    const end = Date.now() + PATIENCE;
    while (this.unsaved.size && Date.now() < end) await new Promise((f) => setTimeout(f, 20));
    return !this.unsaved.size;
  }

  // -- what Python says to the page ----------------------------------------------------------

  hear(message, buffers) {
    this["hear_" + message.kind]?.(message, buffers);
  }

  hear_opened({ example, file, fresh }) {
    this.furniture.opened({ example, file, fresh });
    if (!fresh) this.keepKnown();
  }

  hear_saved({ number, path, raw, at, clash, fresh }) {
    if (path && this.unsaved.get(path)?.number === number) this.unsaved.delete(path);
    const leaf = this.leaves.get(path);
    if (clash) this.meetClash(leaf, raw);
    else leaf?.acknowledged(raw);
    if (!leaf && path) this.drafts.drop(path);
    if (!fresh) this.keepKnown();
    if (!this.unsaved.size) this.furniture.saved(at);
  }

  hear_failed({ what, next, retry }) {
    clearTimeout(this.again);
    if (!retry) {
      this.unsaved.clear();
      this.furniture.showNotice(what, next, []);
      return;
    }
    this.furniture.failed(what, next);
    this.again = setTimeout(() => this.tell({ kind: "retry" }), RETRY);
  }

  // somebody else answered this first: theirs is shown, ours is offered
  meetClash(leaf, theirs) {
    if (!leaf) return;
    const mine = leaf.value;
    leaf.saved = leaf.value = plain(theirs);
    leaf.sent = undefined;
    leaf.show(leaf.value);
    leaf.offerDraft({ value: mine, at: Date.now() });
    this.announce(this.words.clash);
  }

  hear_screen({ id, end, title, focus, error, go, inside }) {
    this.screen = id;
    this.end = end;
    if (this.inApp) {
      tab.set("place:" + location.pathname, { screen: id, at: Date.now() });
      document.body.toggleAttribute("data-wb-inside", inside);
      document.title = (error ? this.words.error + " " : "") + title + this.words.title_end;
    }
    this.afterDrawing(() => this.moveTo(error ? "#wb-errors" : focus || this.wanted, go));
  }

  // the widgets of a screen arrive one by one: wait for the last of them
  afterDrawing(then, tries = 60) {
    const ready = document.querySelector(`[data-wb-end="${CSS.escape(this.end)}"]`);
    if (ready || !tries) requestAnimationFrame(then);
    else setTimeout(() => this.afterDrawing(then, tries - 1), 25);
  }

  moveTo(target, go) {
    const caret = this.caret;
    const leaf = this.leaves.get(target);
    this.wanted = this.caret = "";
    if (leaf) {
      leaf.element.closest("details")?.setAttribute("open", "");
      leaf.focus();
      if (caret && document.activeElement.setSelectionRange && document.activeElement.type === "text")
        document.activeElement.setSelectionRange(caret, caret);
      leaf.element.scrollIntoView({ block: "center" });
    } else if (target === "#wb-errors") this.root.querySelector("#wb-errors")?.focus();
    else if (go) {
      const heading = this.root.querySelector("[data-wb-screen]");
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: "start" });
    }
  }

  // the fields they belong to may still be on their way: each asks when it arrives
  hear_errors({ errors }) {
    this.errors = errors;
    for (const [path, leaf] of this.leaves) leaf.complain(errors[path] ?? "");
  }

  hear_announce({ text }) {
    this.announce(text);
  }

  announce(text) {
    this.furniture.announce(text);
  }

  async hear_go({ href }) {
    if (await this.flush()) this.leaveFor(href);
  }

  hear_forgotten({ href }) {
    this.forget();
    this.travel(href);
  }

  hear_lost({ what, next }) {
    this.forget();
    this.found = { ...this.found, key: newKey(), known: false };
    this.furniture.lost(what, next);
  }

  hear_download({ name, type, share }, buffers) {
    const blob = new Blob([buffers[0]], { type });
    const file = new File([blob], name, { type });
    if (share && navigator.canShare?.({ files: [file] })) {
      navigator.share({ files: [file], title: name }).catch(() => {});
      return;
    }
    const address = URL.createObjectURL(blob);
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60e3);
    this.announce(fill(this.words.downloaded, { name }));
  }

  // -- between pages -------------------------------------------------------------------------

  rememberPlace(path) {
    if (!this.inApp) return;
    const caret = document.activeElement?.selectionStart;
    tab.set("place:" + location.pathname, { screen: this.screen, path, caret, at: Date.now() });
  }

  keepKnown() {
    if (!this.inApp || this.found.example || this.found.known) return;
    this.found.known = true;
    const plan = { key: this.found.key, known: true };
    device.set("plan", plan);
    tab.set("plan", plan);
  }

  forget() {
    this.drafts.dropAll();
    if (device.get("plan")?.key === this.found.key) device.drop("plan");
    tab.drop("plan");
    tab.drop("example");
    tab.names("place:").forEach((name) => tab.drop(name));
  }

  link() {
    const start = new URL("00_start.ipynb", location.href);
    start.hash = "key=" + this.found.key;
    start.search = "";
    return start.href;
  }

  leaveFor(href) {
    const target = new URL(href, location.href);
    if (!this.inApp) {
      leaveInLab(this, target);
      return;
    }
    if (!this.found.stored && this.found.key && !target.hash.includes("key=")) {
      target.hash = `key=${this.found.key}&${target.hash.slice(1)}`;
    }
    const here = target.pathname === location.pathname && target.search === location.search;
    if (here && !target.hash.includes("key=") && !/own|example/.test(target.hash)) {
      const at = new URLSearchParams(target.hash.slice(1)).get("at");
      this.tell({ kind: "show", at: at ?? "" });
    } else this.travel(target);
  }

  // to a page afresh, even when it is this one
  travel(href) {
    const target = new URL(href, location.href);
    const here = target.pathname === location.pathname && target.search === location.search;
    location.assign(target);
    if (here) location.reload();
  }

  // a link in the error summary leads to its field
  watchErrorLinks() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#wb-"]');
      if (!link || !this.root.contains(link)) return;
      const leaf = [...this.leaves.values()].find(({ path }) => "#" + asId(path) === link.hash);
      if (!leaf) return;
      event.preventDefault();
      leaf.element.closest("details")?.setAttribute("open", "");
      leaf.focus();
    }, { signal: this.over.signal });
  }

  watchLinks() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!this.inApp && !this.root.contains(link)) return;
      if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#") || event.button || event.ctrlKey || event.metaKey) return;
      const inside = link.origin === location.origin && /\.ipynb$/.test(link.pathname);
      if (!inside || link.target || link.hasAttribute("download")) return;
      event.preventDefault();
      this.flush().then((saved) => (saved ? this.leaveFor(link.href) : this.furniture.notSaved()));
    }, { signal: this.over.signal });
  }

  watchTheApp() {
    window.addEventListener("hashchange", () => {
      if (/key=|example|own/.test(location.hash)) location.reload();
    });
  }

  // leaving at once: what was typed goes out in the same moment
  watchLeaving() {
    const { signal } = this.over;
    const leave = () => {
      for (const leaf of this.leaves.values()) if (leaf.timer) leaf.commit();
    };
    window.addEventListener("pagehide", leave, { signal });
    window.addEventListener("beforeunload", leave, { capture: true, signal });
    window.addEventListener("workbook:before-reload", leave, { signal });
    document.addEventListener("visibilitychange", () => document.hidden && leave(), { signal });
  }
}
