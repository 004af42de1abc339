// Day and time tell plans of one name apart.
const tellDay = (at) =>
  new Date(at).toLocaleString(document.documentElement.lang || undefined, { dateStyle: "medium", timeStyle: "short" });

// The furniture of a page: what is saved, and what can be done with the plan as a whole.

class Furniture {
  constructor(desk) {
    this.desk = desk;
    this.words = desk.words;
    this.ways = []; // out of a page whose plan cannot be opened
    this.taken = null; // what is known of a plan whose file is on its way
    this.status = make("p", { class: "wb-status", role: "status" });
    this.voice = make("p", { class: "wb-hidden", role: "status" });
    this.menu = make("details", { class: "wb-menu", hidden: true }, make("summary", {}, this.words.menu));
    this.notice = make("div", { class: "wb-notice", role: "alert", hidden: true });
    this.element = make("div", { class: "wb-tools" }, this.status, this.menu, this.voice);
    this.menu.addEventListener("toggle", () => this.menu.open && this.fillMenu());
    this.menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.menu.open) return;
      this.menu.open = false;
      this.menu.querySelector("summary").focus();
    });
    // it lies over the page: what is pressed or has the focus outside of it is not to be behind it
    for (const kind of ["click", "focusin"])
      document.addEventListener(kind, (event) => {
        if (!this.menu.contains(event.target)) this.menu.open = false;
      }, { signal: desk.over.signal });
    if (desk.inApp) this.watchHead();
  }

  // once the head is scrolled away, its style sheet puts the state of saving into the corner
  watchHead() {
    const head = document.getElementById("wb-header");
    const note = ([{ isIntersecting }]) => document.body.toggleAttribute("data-wb-scrolled", !isIntersecting);
    if (head) new IntersectionObserver(note).observe(head);
  }

  opened({ example, reading, file, fresh, name }) {
    this.example = example;
    this.ways = [];
    this.turnToTaken();
    this.menu.hidden = Boolean(reading);
    this.call(name);
    if (["failed", "lost", "told"].includes(this.notice.dataset.why)) this.hideNotice();
    if (!example && this.notice.dataset.why === "example") this.hideNotice();
    if (example) this.showExample();
    else if (reading) this.status.textContent = this.words.reading;
    else if (fresh) this.status.textContent = this.words.nothing_yet;
    else this.status.textContent = file ? fill(this.words.in_file, { file }) : this.words.all_saved;
  }

  // made anew whenever it opens: what can be done changes with the plan
  fillMenu() {
    const { desk } = this;
    const own = desk.inApp && !this.example;
    const entries = [
      ["undo", () => desk.tell({ kind: "undo" })],
      own && ["copy_link", () => this.copyLink()],
      own && ["mail_link", () => this.mailLink()],
      own && ["code_link", () => desk.wayBack.show()],
      own && desk.found.known && ["give_link", () => desk.hear_go({ href: "11_finish.ipynb#at=links" })],
      ["download_plan", async () => {
        await desk.flush();
        desk.tell({ kind: "plan_file" });
      }],
      !this.example && ["open_plan", () => this.choosePlan()],
      own && desk.found.known && ["new_plan", () => this.askForNew()],
      own && ["forget", () => this.askToForget()],
      own && ["delete_plan", () => this.askToDelete()],
    ].filter(Boolean);
    const list = make("ul", {});
    this.listOtherPlans(list);
    list.append(...entries.map(([name, act]) => this.entry(this.words[name], act)));
    if (desk.inApp) {
      const link = make("a", { href: desk.model.get("privacy"), target: "_blank" });
      link.append(this.words.privacy);
      list.append(make("li", {}, link));
      for (const other of document.querySelectorAll("#wb-footer a[hreflang]"))
        list.append(make("li", {}, other.cloneNode(true)));
    }
    this.menu.replaceChildren(this.menu.firstChild, list);
  }

  entry(label, act) {
    const press = () => {
      this.menu.open = false;
      act();
    };
    return make("li", {}, make("button", { type: "button", onclick: press }, label));
  }

  // the name of the business heads the menu, so that nobody works on the wrong plan
  call(name) {
    this.menu.firstChild.textContent = name ? fill(this.words.menu_of, { name }) : this.words.menu;
  }

  listOtherPlans(list) {
    const { desk } = this;
    if (!desk.inApp) return;
    const others = plans.all().filter(({ key }) => key !== desk.found.key);
    if (!others.length) return;
    list.append(make("li", { class: "wb-menu-title" }, this.words.other_plans));
    const names = plans.all().map(({ name }) => name);
    for (const { key, name, at } of others) {
      const act = async () => {
        if (await desk.flush()) desk.switchTo(key);
        else this.notSaved();
      };
      const same = names.filter((other) => other === name).length > 1;
      const label = [name || this.words.unnamed, ...(same && at ? [tellDay(at)] : [])].join(", ");
      list.append(this.entry(label, act));
    }
    list.lastChild.className = "wb-menu-end";
  }

  askForNew() {
    this.say(this.words.new_what, [this.shownLink(this.desk.link())], [
      [this.words.new_plan, () => this.desk.beginNew(), ""],
    ]);
  }

  showExample() {
    const { desk } = this;
    this.status.textContent = this.words.example;
    this.showNotice(this.words.example_what, this.words.example_next, [
      [this.words.example_own, () => {
        tab.drop("example");
        if (desk.inApp) desk.travel("00_start.ipynb#own");
        else desk.tell({ kind: "open", own: true });
      }],
    ]);
    this.notice.setAttribute("role", "note");
    this.notice.dataset.why = "example";
  }

  // what takes long is not called saving any more: the line may be down, and it is tried again
  saving() {
    if (this.example) return;
    this.stopWaiting();
    this.soon = setTimeout(() => this.working(), 400);
    this.later = setTimeout(() => this.late(), 8000);
  }

  working() {
    if (navigator.onLine) this.status.textContent = this.words.saving;
    else this.late();
  }

  late() {
    this.status.classList.add("wb-failed");
    this.status.textContent = this.words.not_saved;
  }

  stopWaiting() {
    clearTimeout(this.soon);
    clearTimeout(this.later);
  }

  saved(at) {
    this.stopWaiting();
    if (this.example) return;
    this.status.classList.remove("wb-failed");
    this.status.textContent = fill(this.words.saved, { time: clockTime(at) });
    if (this.notice.dataset.why === "failed") this.hideNotice();
  }

  failed(what, next) {
    this.stopWaiting();
    this.late();
    this.showNotice(what, next, []);
    this.notice.dataset.why = "failed";
  }

  // what is told of one answer or press, until something is answered or another screen is shown
  told(what, next) {
    this.taken = null;
    this.stopWaiting();
    this.showNotice(what, next, this.ways);
    this.notice.dataset.why = "told";
  }

  settle() {
    if (this.notice.dataset.why === "told") this.hideNotice();
  }

  notSaved() {
    this.showNotice(this.words.not_saved_yet, this.words.not_saved_next, []);
    this.notice.dataset.why = "failed";
  }

  lost(what, next, own) {
    const { desk } = this;
    this.ways = desk.found.reads ? [] : [
      ...(own ? [[fill(this.words.back_to, { name: own.name || this.words.unnamed }),
        () => desk.switchTo(own.key)]] : []),
      [this.words.new_plan, () => {
        desk.forget();
        desk.beginNew();
      }],
      [this.words.open_plan, () => this.choosePlan(true)],
    ];
    this.showNotice(what, next, this.ways);
    this.notice.dataset.why = "lost";
    if (desk.found.reads) this.notice.prepend(make("h1", {}, this.words.reading_over));
    this.menu.hidden = true;
    this.stopWaiting();
    this.status.textContent = "";
  }

  showNotice(what, next, actions) {
    // said once, not again with every attempt
    if (!this.notice.hidden && this.said === what + next) return;
    this.said = what + next;
    this.notice.dataset.why = "";
    this.notice.setAttribute("role", "alert");
    this.notice.replaceChildren(
      make("p", {}, make("strong", {}, what), " ", next),
      ...actions.map(([label, act]) =>
        make("button", { type: "button", class: "wb-small", onclick: act }, label)),
    );
    this.notice.hidden = false;
  }

  hideNotice() {
    this.notice.hidden = true;
    this.notice.replaceChildren();
  }

  announce(text) {
    this.voice.textContent = "";
    requestAnimationFrame(() => (this.voice.textContent = text));
  }

  // -- the plan as a whole -------------------------------------------------------------------

  async copyLink() {
    await this.desk.flush();
    const link = this.desk.link();
    try {
      await navigator.clipboard.writeText(link);
      this.announce(this.words.copied);
      this.say(this.words.copied, [this.shownLink(link)]);
    } catch {
      this.say(this.words.copy_by_hand, [this.shownLink(link)]);
    }
  }

  shownLink(link) {
    const input = make("input", {
      class: "wb-input", readonly: true, "aria-label": this.words.my_link, onfocus: () => input.select(),
    });
    input.value = link;
    return input;
  }

  mailLink() {
    const body = fill(this.words.mail_body, { link: this.desk.link() });
    const subject = encodeURIComponent(this.words.mail_subject);
    const mail = make("a", {
      href: `mailto:?subject=${subject}&body=${encodeURIComponent(body)}`, target: "_blank",
    });
    document.body.append(mail);
    mail.click();
    mail.remove();
  }

  choosePlan(asNew = this.desk.empty) {
    const input = make("input", { type: "file", accept: ".json,application/json", hidden: true });
    input.addEventListener("change", () => this.readPlan(input.files[0], asNew));
    document.body.append(input);
    input.click();
    input.remove();
  }

  async readPlan(file, asNew) {
    if (!file) return;
    const limit = this.desk.model.get("limit_mb");
    if (file.size > limit * 1e6) {
      const values = { name: file.name, size: Math.ceil(file.size / 1e6), limit };
      this.showNotice(fill(this.words.too_large, values), this.words.too_large_next, this.ways);
      return;
    }
    const raw = await file.arrayBuffer();
    if (asNew || !this.desk.inApp) this.takePlan(file.name, raw, this.desk.inApp && !this.desk.empty);
    else this.askWhere(file.name, raw);
  }

  askWhere(name, raw) {
    this.say(fill(this.words.open_where, { name }), [], [
      [this.words.open_beside, () => this.takePlan(name, raw, true), ""],
      [this.words.open_instead, () => this.takePlan(name, raw, false), "wb-quiet"],
    ]);
  }

  // beside: under a key of its own, so that the plan there was stays as it is
  async takePlan(name, raw, beside) {
    const { desk } = this;
    if (!(await desk.flush())) {
      this.notSaved();
      return;
    }
    const found = beside
      ? { ...desk.found, key: newKey(), known: false, fromLink: false }
      : desk.found;
    const { key, known } = found;
    this.taken = found;
    desk.model.send({ kind: "upload", name, key, known, new: beside }, undefined, [raw]);
  }

  // the page is about the plan of a file from when that is open, and not before: it may be refused
  turnToTaken() {
    const { desk, taken } = this;
    if (!taken) return;
    this.taken = null;
    desk.request = { kind: "open", key: taken.key, known: true, example: false };
    if (desk.found === taken) return;
    desk.found = taken;
    desk.scope = mark(taken.key);
    desk.drafts = drafts(desk.scope);
  }

  askToForget() {
    this.ask(this.words.forget_what, this.words.forget, () => {
      this.desk.forget();
      this.desk.travel("00_start.ipynb");
    });
  }

  askToDelete() {
    this.ask(this.words.delete_what, this.words.delete_plan, () => this.desk.tell({ kind: "delete" }));
  }

  ask(text, label, act) {
    this.say(text, [], [[label, act, "wb-danger"]]);
  }

  say(text, parts, actions = []) {
    const title = make("p", { id: "wb-said" }, text);
    const dialog = make("dialog", { class: "wb-dialog", "aria-labelledby": "wb-said" }, title, ...parts);
    const close = () => dialog.close();
    const buttons = [...actions, [this.words.close, () => {}, "wb-quiet"]];
    for (const [label, act, look] of buttons) {
      dialog.append(make("button", { type: "button", class: look, onclick: () => {
        close();
        act();
      } }, label));
    }
    dialog.addEventListener("close", () => {
      dialog.remove();
      this.menu.querySelector("summary")?.focus();
    });
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("input")?.select();
  }
}
