// Links for reading: the list of those the owner gave, each to copy, to send and to withdraw; and
// a page that was opened by one.

const showAsReading = (reading) =>
  document.body.toggleAttribute("data-wb-reading", Boolean(reading));

const waitForLinks = (desk) => {
  if (desk.found.reads) showAsReading(true);
  const links = new Links(desk);
  desk.hear_links = (message) => links.heard(message);
  desk.hear_code = (message) => links.showCode(message);
};

const startPage = () => {
  const start = new URL("00_start.ipynb", location.href);
  start.search = start.hash = "";
  return start.href;
};

class Links {
  constructor(desk) {
    this.desk = desk;
  }

  // the room for the list may still be on its way
  heard(message, tries = 60) {
    const room = this.desk.root.querySelector("[data-wb-links]");
    if (room) this.draw(room, message);
    else if (tries) setTimeout(() => this.heard(message, tries - 1), 25);
  }

  draw(room, { texts, links, given, full, business }) {
    Object.assign(this, { texts, business });
    this.voice = make("p", { class: "wb-said", role: "status" });
    const list = links.map((link) => this.entry(link));
    room.replaceChildren(
      full ? make("p", { class: "wb-hint" }, texts.full) : this.form(),
      make("h3", {}, texts.given),
      this.voice,
      list.length ? make("ul", { class: "wb-given" }, ...list) : make("p", {}, texts.none),
    );
    const fresh = links.find(({ key }) => key === given);
    if (fresh) this.copy(fresh);
  }

  form() {
    const input = make("input", {
      class: "wb-input", id: "wb-links-who", maxlength: 100, autocomplete: "off",
      "aria-describedby": "wb-links-who-hint",
    });
    const give = async (event) => {
      event.preventDefault();
      if (await this.desk.flush()) this.ask("give", { who: input.value });
      else this.desk.furniture.notSaved();
    };
    return make(
      "form",
      { class: "wb-give", onsubmit: give },
      make("label", { for: input.id }, this.texts.who),
      make("p", { class: "wb-hint", id: "wb-links-who-hint" }, this.texts.who_hint),
      input,
      make("button", { type: "submit" }, this.texts.give),
    );
  }

  // one whose row in the database was damaged has no key to show, and can only be withdrawn
  entry(link) {
    const { texts } = this;
    const named = (name) => fill(texts[name], { who: link.who });
    const button = (name, act, look = "") => make(
      "button",
      { type: "button", class: `wb-small ${look}`, "aria-label": named(name + "_whole"), onclick: act },
      texts[name],
    );
    const withdraw = button("withdraw", () => this.withdraw(link), "wb-quiet");
    const title = make("h4", { dir: "auto" }, link.title);
    if (!link.key) {
      const hint = make("p", { class: "wb-hint" }, texts.unreadable_what);
      return make("li", {}, title, hint, make("div", { class: "wb-acts" }, withdraw));
    }
    const input = make("input", {
      class: "wb-input", readonly: true, "aria-label": named("link"), id: "wb-link-" + link.name,
      onfocus: () => input.select(),
    });
    input.value = this.address(link);
    return make(
      "li",
      {},
      title,
      input,
      make(
        "div",
        { class: "wb-acts" },
        button("copy", () => this.copy(link)),
        make("a", { class: "wb-small", href: this.mail(link), target: "_blank", "aria-label": named("mail_whole") }, texts.mail),
        button("code", () => this.ask("code", { name: link.name, here: startPage() }), "wb-quiet"),
        withdraw,
      ),
      make("div", { id: "wb-code-" + link.name, "data-wb-alt": named("code_alt") }),
    );
  }

  address({ key }) {
    return `${startPage()}#read=${key}`;
  }

  mail(link) {
    const { texts, business } = this;
    const subject = business ? fill(texts.mail_subject_of, { business }) : texts.mail_subject;
    const body = fill(texts.mail_body, { link: this.address(link) });
    return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
  }

  // where the browser does not let us, the link stands selected for the visitor's own keys
  async copy(link) {
    const input = document.getElementById("wb-link-" + link.name);
    input.focus();
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
      this.say(this.texts.copied);
    } catch {
      this.say(this.texts.selected);
    }
  }

  say(text) {
    this.voice.textContent = "";
    requestAnimationFrame(() => (this.voice.textContent = text));
  }

  withdraw(link) {
    const text = fill(this.texts.withdraw_what, { who: link.who });
    this.desk.furniture.ask(text, this.texts.withdraw, () => this.ask("withdraw", { name: link.name }));
  }

  ask(what, raw) {
    this.desk.tell({ kind: "try", path: "links." + what, raw });
  }

  showCode({ name, svg }) {
    const room = document.getElementById("wb-code-" + name);
    const picture = make("img", {
      class: "wb-code", alt: room?.dataset.wbAlt, src: "data:image/svg+xml;base64," + svg,
    });
    room?.replaceChildren(picture);
  }
}
