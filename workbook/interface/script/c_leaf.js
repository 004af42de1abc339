// One question on screen, whatever its kind: label, hint, error, the way it is typed, and what
// becomes of it: every keystroke is kept in this browser until the answer is known to be saved.

const IDLE = 900;
const NEVER = 2 ** 31 - 1;
const kinds = {};

// What every question shows around the place for its answer, be that one input or a list.
class Asked {
  // `group`: several inputs under one legend; `name`: a further class; `described`: the group itself
  // has the hint and the error, and its inputs do not repeat them
  frame(inside, { group = false, name = "", described = false } = {}) {
    const title = [this.spec.label, optional(this)];
    return make(
      group ? "fieldset" : "div",
      { class: `wb-field ${name}`.trim(), "aria-describedby": described && this.describedBy() },
      group
        ? make("legend", { class: "wb-label" }, ...title)
        : make("label", { for: this.id, class: "wb-label", id: this.id + "-label" }, ...title),
      this.hint(),
      this.error,
      ...inside,
      this.offer,
      this.reason(),
    );
  }

  describedBy() {
    const ids = [this.spec.hint || this.spec.example ? this.id + "-hint" : "", this.id + "-error"];
    return ids.filter(Boolean).join(" ");
  }

  hint() {
    const { hint, example } = this.spec;
    if (!hint && !example) return null;
    return make(
      "div",
      { class: "wb-hint", id: this.id + "-hint" },
      hint ? make("span", {}, hint) : null,
      example ? make("span", {}, fill(this.desk.words.for_example, { example })) : null,
    );
  }

  reason() {
    if (!this.spec.why) return null;
    const words = this.desk.words;
    return make(
      "details",
      { class: "wb-why" },
      make("summary", {}, words.why, make("span", { class: "wb-hidden" }, " " + this.spec.label)),
      make("p", {}, this.spec.why),
    );
  }

  complain(message) {
    this.error.hidden = !message;
    // inputs name it as their description, which is read even while it is hidden
    const prefix = make("span", { class: "wb-hidden" }, this.desk.words.error + " ");
    this.error.replaceChildren(...(message ? [prefix, message] : []));
    this.element.classList.toggle("wb-has-error", Boolean(message));
    for (const input of this.inputs()) {
      if (message) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    markCard(this.element.closest(".wb-record"));
  }

  inputs() {
    return this.element.querySelectorAll(`:is(input, textarea, select):not(#${this.id}-unknown)`);
  }
}

class Leaf extends Asked {
  // desk: where answers go. path: the answer's full path. spec: the words. saved: the raw answer.
  constructor(desk, path, spec, saved) {
    super();
    Object.assign(this, { desk, path, spec, saved: plain(saved), value: plain(saved) });
    this.id = asId(path) + desk.mark;
    this.error = make("p", { class: "wb-error", id: this.id + "-error", hidden: true });
    this.offer = make("div", { class: "wb-offer", hidden: true });
    this.element = kinds[spec.script](this);
    this.element.dataset.path = path;
    this.show(this.value);
    desk.leaves.set(path, this);
    this.meetDraft();
    if (desk.errors[path]) this.complain(desk.errors[path]);
  }

  get drafts() {
    return { place: keptNowhere, text: this.desk.held }[this.spec.private] ?? this.desk.drafts;
  }

  // the visitor is typing: keep it here, send it when there is a pause
  typed(value) {
    this.value = plain(value);
    this.drafts.keep(this.path, this.value, this.saved);
    this.desk.rememberPlace(this.path);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(), this.spec.private ? NEVER : IDLE);
  }

  // the answer is given: send it; the draft goes when it is known to be saved
  commit(value = this.value) {
    clearTimeout(this.timer);
    this.timer = null;
    this.value = plain(value);
    if (!this.refused && same(this.value, this.sent ?? this.saved)) {
      if (same(this.value, this.saved)) this.drafts.drop(this.path);
      return;
    }
    this.drafts.keep(this.path, this.value, this.saved);
    this.sent = this.value;
    this.desk.send(this.path, this.value, this.saved);
  }

  // saved: the answer as it was understood takes the place of what was typed, unless the visitor
  // is in the field or has typed on
  acknowledged(value) {
    this.saved = plain(value);
    this.sent = undefined;
    if (this.refused) this.complain("");
    this.refused = false;
    if (this.timer) {
      this.drafts.keep(this.path, this.value, this.saved);
      return;
    }
    this.drafts.drop(this.path);
    this.value = this.saved;
    if (!this.element.contains(document.activeElement)) this.show(this.value);
  }

  // a secret was found in it: where only a place belongs, what was typed is gone at once; other
  // text stays in its field, so that the secret can be taken out of it
  refuse(saved, message) {
    clearTimeout(this.timer);
    this.timer = null;
    this.saved = plain(saved);
    this.sent = undefined;
    this.refused = true;
    if (this.spec.private === "place") {
      this.value = this.saved;
      this.show(this.value);
    }
    this.complain(message);
  }

  // an earlier answer of ours is saved and a later one is on its way: that one is still a draft
  passed(value) {
    this.saved = plain(value);
    this.drafts.keep(this.path, this.value, this.saved);
  }

  // the answer as it is kept elsewhere; never put over what is being typed: then the answer that
  // was seen stays, and Python tells from it that somebody else was faster
  update(saved) {
    const busy = this.timer || this.sent !== undefined;
    if (busy || same(saved, this.saved)) return;
    this.saved = this.value = plain(saved);
    this.show(this.value);
  }

  meetDraft() {
    const draft = this.drafts.get(this.path);
    if (!draft) return;
    if (same(draft.value, this.saved)) this.drafts.drop(this.path);
    else if (same(draft.base, this.saved)) {
      this.show(draft.value);
      this.typed(draft.value);
    } else this.offerDraft(draft);
  }

  offerDraft(draft) {
    const { words } = this.desk;
    const done = () => {
      this.drafts.drop(this.path);
      this.offer.hidden = true;
      this.focus();
    };
    const text = fill(words.draft, { typed: this.read(draft.value), time: clockTime(draft.at) });
    this.offer.replaceChildren(
      make("p", {}, text),
      make("button", { type: "button", class: "wb-small", onclick: () => {
        this.show(draft.value);
        this.commit(draft.value);
        done();
      } }, words.draft_use),
      make("button", { type: "button", class: "wb-small wb-quiet", onclick: done }, words.draft_drop),
    );
    this.offer.hidden = false;
  }

  read(value) {
    const label = (v) => this.spec.options?.find((o) => o.value === v)?.label ?? String(v);
    return Array.isArray(value) ? value.map(label).join(", ") : label(value ?? "");
  }

  focus() {
    const at = this.element.querySelector("input:checked:not([disabled])");
    (at ?? this.element.querySelector("input:not([disabled]), textarea, select"))?.focus();
  }
}

const optional = (asked) =>
  asked.spec.needed ? null : make("span", { class: "wb-optional" }, " " + asked.desk.words.optional);
