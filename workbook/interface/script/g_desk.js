// The desk: one per page. It opens the plan, sends answers, hears that they are saved, and moves
// between screens and pages without losing anything.

const RETRY = 4000;
const PATIENCE = 6000;

const isPage = (link) => link.origin === location.origin && /\.ipynb$/.test(link.pathname);

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
    this.held = heldHere();
    model.on("msg:custom", (message, buffers) => this.hear(message, buffers));
    watchErrorLinks(this);
    this.watchLinks();
    watchLeaving(this);
    waitForFiles(this);
    waitForLinks(this);
    waitForWayBack(this);
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
    const { key, example, known, reads: reading } = this.found;
    const at = this.found.at || recent?.path || recent?.screen || "";
    this.wanted = this.found.at || recent?.path || "";
    this.caret = recent?.caret;
    this.request = { kind: "open", key, example, known, reading, at, back: this.found.back };
    this.tell(this.request);
  }

  // -- what the page says to Python ----------------------------------------------------------

  tell(message) {
    this.model.send(message);
  }

  // `seen` is the saved answer that was on screen: Python tells from it whether somebody else
  // answered in the meantime
  send(path, raw, seen) {
    const number = ++this.number;
    const answer = { kind: "answer", path, raw, seen, number };
    this.unsaved.set(path, answer);
    this.tell(answer);
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

  hear_opened({ example, reading, file, fresh, empty, name }) {
    this.empty = empty;
    this.found.reads = reading;
    showAsReading(reading);
    this.furniture.opened({ example, reading, file, fresh, name });
    this.found.stored = this.keepPlan(!fresh, name);
    if (this.inApp && this.found.stored) clearAddress();
  }

  hear_saved({ number, path, raw, at, clash, fresh, name }) {
    const waiting = this.unsaved.get(path);
    const last = !waiting || waiting.number === number;
    if (last) this.unsaved.delete(path);
    const leaf = this.leaves.get(path);
    if (!last) leaf?.passed(raw);
    else if (clash) this.meetClash(leaf, raw);
    else if (leaf) leaf.acknowledged(raw);
    else if (path) this.drafts.drop(path);
    if (path) this.furniture.settle();
    this.empty = this.empty && fresh;
    if (!fresh) this.keepPlan(true, name);
    this.furniture.call(name);
    if (!this.unsaved.size) this.furniture.saved(at);
  }

  // an answer in which a secret was found: it is kept nowhere
  hear_refused({ number, path, raw, message, at }) {
    if (this.unsaved.get(path)?.number === number) this.unsaved.delete(path);
    this.leaves.get(path)?.refuse(raw, message);
    this.announce(message);
    if (!this.unsaved.size) this.furniture.saved(at);
  }

  hear_failed({ what, next, retry }) {
    clearTimeout(this.again);
    if (!retry) {
      this.unsaved.clear();
      this.furniture.told(what, next);
      this.furniture.status.textContent = "";
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

  hear_screen({ id, end, title, focus, error, go, inside, name }) {
    const before = this.screen;
    this.screen = id;
    if (before && before !== id) this.furniture.settle();
    this.end = end;
    if (this.inApp) {
      if (!this.found.reads) tab.set("place:" + location.pathname, { screen: id, at: Date.now() });
      document.body.toggleAttribute("data-wb-inside", inside);
      const parts = [title, name, this.words.product].filter(Boolean);
      document.title = (error ? this.words.error + " " : "") + parts.join(" – ");
      this.noteInHistory(id, before);
      if (this.found.known) this.keepPlan(true, name);
      this.furniture.call(name);
    }
    const target = error ? "#wb-errors" : focus || this.wanted;
    this.afterDrawing(target, () => this.moveTo(target, go));
  }

  // the widgets of a screen arrive one by one: wait for the last of them, and for the question
  // that is to be shown, which may come later still
  afterDrawing(target, then, tries = 60) {
    const drawn = document.querySelector(`[data-wb-end="${CSS.escape(this.end)}"]`);
    const there = !target?.includes(".") || findLeaf(this, target)?.element.isConnected;
    if ((drawn && there) || !tries) requestAnimationFrame(then);
    else setTimeout(() => this.afterDrawing(target, then, tries - 1), 25);
  }

  moveTo(target, go) {
    const caret = this.caret;
    const leaf = this.leaves.get(target);
    this.wanted = this.caret = "";
    if (leaf) {
      leaf.element.closest("details")?.setAttribute("open", "");
      // whoever was quicker types already: neither the focus nor the caret is taken from them
      const begun = leaf.element.contains(document.activeElement);
      if (!begun) leaf.focus();
      if (!begun && caret && document.activeElement.setSelectionRange && document.activeElement.type === "text")
        document.activeElement.setSelectionRange(caret, caret);
      const tall = leaf.element.offsetHeight > innerHeight / 2;
      leaf.element.scrollIntoView({ block: tall ? "start" : "center" });
    } else if (target === "#wb-errors") this.root.querySelector("#wb-errors")?.focus();
    else if (go) {
      const heading = this.root.querySelector("[data-wb-screen]");
      heading?.focus({ preventScroll: true });
      heading?.scrollIntoView({ block: "start" });
    }
  }

  // what a bench found: whoever pressed its button is led there
  hear_result({ mark }, buffers, tries = 60) {
    const head = document.querySelector(`[data-wb-result="${CSS.escape(mark)}"]`);
    if (head) {
      head.focus({ preventScroll: true });
      head.scrollIntoView({ block: "start" });
    } else if (tries) setTimeout(() => this.hear_result({ mark }, buffers, tries - 1), 25);
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
    else this.furniture.notSaved();
  }

  hear_forgotten({ href }) {
    this.forget();
    this.travel(href);
  }

  // the plan cannot be opened now (again: tried by itself) or not at all; what this browser keeps
  // of it stays, until the visitor decides
  hear_lost({ what, next, again }) {
    clearTimeout(this.again);
    if (again) {
      this.furniture.failed(what, this.words.reached_again);
      this.again = setTimeout(() => this.tell({ ...this.request, at: this.screen ?? this.request.at }), RETRY);
      return;
    }
    if (this.inApp) clearAddress();
    const own = this.found.reads ? null : plans.all().find(({ key }) => key !== this.found.key);
    this.furniture.lost(what, next, this.inApp ? own : null);
  }

  hear_piece(_, buffers) {
    (this.pieces ??= []).push(buffers[0]);
  }

  hear_download({ name, type, share }, buffers) {
    const file = new File([...(this.pieces ?? []), buffers[0]], name, { type });
    this.pieces = [];
    if (!share || !navigator.canShare?.({ files: [file] })) {
      this.save(file, name);
      return;
    }
    navigator.share({ files: [file], title: name }).catch((error) => {
      if (error.name !== "AbortError") this.save(file, name);
    });
  }

  save(file, name) {
    const address = URL.createObjectURL(file);
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

  // the plan is there: this tab stays with it, and the device lists it once something is saved
  keepPlan(known, name) {
    if (!this.inApp || this.found.example) return true;
    const { key, reads } = this.found;
    if (reads) return tab.set("reading", key);
    this.found.known = known;
    if (this.found.fromLink) plans.remember(key);
    const inTab = tab.set("plan", { key, known });
    return (known ? plans.keep(key, name) : true) && inTab;
  }

  forget() {
    this.drafts.dropAll();
    plans.drop(this.found.key);
    tab.drop("plan");
    tab.drop("example");
    tab.names("place:").forEach((name) => tab.drop(name));
  }

  switchTo(key) {
    tab.set("plan", { key, known: true });
    tab.names("place:").forEach((name) => tab.drop(name));
    this.travel("00_start.ipynb");
  }

  beginNew() {
    tab.drop("plan");
    tab.names("place:").forEach((name) => tab.drop(name));
    this.travel("00_start.ipynb#new");
  }

  // Back in the browser leads to the screen before
  noteInHistory(id, before) {
    if (before === undefined || before === id || this.popping) {
      history.replaceState({ workbook: id }, "");
    } else history.pushState({ workbook: id }, "");
    this.popping = false;
  }

  link() {
    return `${startPage()}#key=${this.found.key}`;
  }

  get inAddress() {
    return (this.found.reads ? "read=" : "key=") + this.found.key;
  }

  leaveFor(href) {
    const target = new URL(href, location.href);
    if (!this.inApp) {
      leaveInLab(this, target);
      return;
    }
    if (!this.found.stored && this.found.key && !/key=|read=|own/.test(target.hash)) {
      target.hash = `${this.inAddress}&${target.hash.slice(1)}`;
    }
    const here = target.pathname === location.pathname && target.search === location.search;
    if (here && !target.hash.includes("key=") && !/own|example|new/.test(target.hash)) {
      const at = new URLSearchParams(target.hash.slice(1)).get("at");
      this.tell({ kind: "show", at: at ?? "" });
    } else this.travel(target);
  }

  // to a page afresh, even when it is this one
  travel(href) {
    const target = new URL(href, location.href);
    const here = target.pathname === location.pathname && target.search === location.search;
    window.dispatchEvent(new Event("workbook:going")); // on an iPhone nobody else tells it before
    location.assign(target);
    if (here) location.reload();
  }

  watchLinks() {
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (!this.inApp && !this.root.contains(link)) return;
      if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const inside = isPage(link);
      if (!inside || link.target || link.hasAttribute("download")) return;
      event.preventDefault();
      this.flush().then((saved) => (saved ? this.leaveFor(link.href) : this.furniture.notSaved()));
    }, { signal: this.over.signal });
  }

  watchTheApp() {
    window.addEventListener("hashchange", () => {
      if (/key=|read=|example|own|new/.test(location.hash)) location.reload();
    });
    window.addEventListener("popstate", ({ state }) => {
      if (!state?.workbook) return;
      this.popping = true;
      this.flush().then(() => this.tell({ kind: "show", at: state.workbook }));
    });
    window.addEventListener("storage", () => {
      if (this.found.key && plans.isForgotten(this.found.key)) {
        tab.drop("plan");
        this.travel("00_start.ipynb");
      }
    });
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden && this.screen) this.tell({ kind: "look" });
    });
    // a page opened in another tab stays with this plan
    const carry = ({ target }) => {
      const link = target.closest?.("a[href]");
      if (!link || !isPage(link) || !this.found.known || link.hash.includes("example")) return;
      const before = link.href;
      link.hash = `${this.inAddress}&${link.hash.slice(1)}`;
      setTimeout(() => (link.href = before), 500);
    };
    document.addEventListener("auxclick", carry, { capture: true });
    document.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) carry(event);
    }, { capture: true });
  }
}
