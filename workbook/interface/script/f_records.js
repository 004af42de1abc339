// A list that grows: each entry folds away under its name; its questions are leaves like others.

class Records {
  constructor(desk, path, spec, rows) {
    Object.assign(this, { desk, path, spec, rows: new Map() });
    this.id = asId(path) + desk.mark;
    this.error = make("p", { class: "wb-error", id: this.id + "-error", hidden: true });
    this.list = make("div", { class: "wb-records" });
    this.add = make(
      "button",
      { type: "button", class: "wb-add", onclick: () => this.desk.tell({ kind: "add", path }) },
      spec.add,
    );
    const hint = Leaf.prototype.hint.call(this);
    const reason = Leaf.prototype.reason.call(this);
    this.element = make(
      "fieldset",
      { class: "wb-field wb-list", "aria-describedby": Leaf.prototype.describedBy.call(this) },
      make("legend", { class: "wb-label" }, spec.label, optional(this)),
      hint,
      this.error,
      this.list,
      this.add,
      reason,
    );
    this.element.dataset.path = path;
    desk.leaves.set(path, this);
    this.update(rows, true);
  }

  update(rows, first = false) {
    const wanted = rows ?? [];
    const ids = new Set(wanted.map((row) => row.id));
    for (const [id, row] of this.rows) if (!ids.has(id)) this.drop(id, row);
    wanted.forEach((row, at) => {
      const known = this.rows.get(row.id);
      if (known) known.leaves.forEach((leaf, name) => leaf.update(row[name]));
      else this.draw(row, !first || wanted.length === 1, !first);
      this.name(row, at);
    });
    this.add.hidden = Boolean(this.spec.most) && wanted.length >= this.spec.most;
    this.add.textContent = wanted.length
      ? this.spec.add
      : fill(this.desk.words.add_first, { record: this.spec.record });
  }

  draw(row, open, focus) {
    const leaves = new Map();
    const title = make("span", {});
    const body = make("div", { class: "wb-record-body" });
    const element = make("details", { class: "wb-record", open }, make("summary", {}, title), body);
    for (const spec of this.spec.fields) {
      const leaf = new Leaf(this.desk, `${this.path}.${row.id}.${spec.id}`, spec, row[spec.id]);
      leaves.set(spec.id, leaf);
      body.append(spec.beside ? this.beside(leaf) : leaf.element);
    }
    const remove = make(
      "button",
      { type: "button", class: "wb-small wb-quiet", onclick: () =>
        this.desk.tell({ kind: "remove", path: `${this.path}.${row.id}` }) },
      fill(this.desk.words.remove, { record: this.spec.record }),
    );
    const removeName = make("span", { class: "wb-hidden" });
    remove.append(removeName);
    body.append(remove);
    this.list.append(element);
    this.rows.set(row.id, { element, title, removeName, leaves });
    if (focus) leaves.values().next().value?.focus();
  }

  // What a draft is compared with stands beside it in every entry. Who listens hears it once,
  // above the list, and not again at each entry.
  beside(leaf) {
    const { title, lines } = leaf.spec.beside;
    const quotes = lines.map((line) => make("li", {}, make("q", { dir: "auto" }, line)));
    const aside = make(
      "div",
      { class: "wb-aside", "aria-hidden": "true" },
      make("p", { class: "wb-aside-title" }, title),
      make("ul", { class: "wb-plain" }, ...quotes),
    );
    return make("div", { class: "wb-beside" }, aside, leaf.element);
  }

  name(row, at) {
    const label = (name) => {
      const field = this.spec.fields.find((f) => f.id === name);
      const chosen = (value) => field?.options?.find((o) => o.value === value)?.label ?? value;
      const read = field?.kind === "date" ? writtenDay : chosen;
      return Array.isArray(row[name]) ? row[name].map(read).join(", ") : read(row[name]);
    };
    const parts = (this.spec.title_from ?? []).map(label).filter(Boolean);
    const number = fill(this.desk.words.entry, { record: capital(this.spec.record), number: at + 1 });
    const known = this.rows.get(row.id);
    known.title.textContent = parts.length ? parts.join(this.spec.title_between || ", ").slice(0, 120) : number;
    known.removeName.textContent = ": " + known.title.textContent;
  }

  drop(id, row) {
    row.leaves.forEach((leaf) => {
      clearTimeout(leaf.timer);
      this.desk.drafts.drop(leaf.path);
      this.desk.leaves.delete(leaf.path);
    });
    row.element.remove();
    this.rows.delete(id);
    this.add.focus();
  }

  complain(message) {
    Leaf.prototype.complain.call(this, message);
  }

  inputs() {
    return [];
  }

  focus() {
    const first = this.list.querySelector("summary");
    (first ?? this.add).focus();
  }
}
