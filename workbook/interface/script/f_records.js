// A list that grows: each entry folds away under its name; its questions are leaves like others.

const MANY = 40;

// an entry with a refused answer in it stands open, and is marked
const markCard = (card) => {
  if (!card) return;
  const wrong = card.querySelector(".wb-error:not([hidden])") !== null;
  card.classList.toggle("wb-card-error", wrong);
  if (wrong) card.open = true;
};

class Records extends Asked {
  constructor(desk, path, spec, rows) {
    super();
    Object.assign(this, { desk, path, spec, rows: new Map() });
    this.id = asId(path) + desk.mark;
    this.error = make("p", { class: "wb-error", id: this.id + "-error", hidden: true });
    this.list = make("div", { class: "wb-records" });
    this.add = make(
      "button",
      { type: "button", class: "wb-add", onclick: () => this.desk.tell({ kind: "add", path }) },
      spec.add,
    );
    const group = { group: true, name: "wb-list", described: true };
    this.element = this.frame([this.list, this.add], group);
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
      if (known) known.values = row;
      if (known) known.leaves.forEach((leaf, name) => leaf.update(row[name]));
      else this.draw(row, !first || wanted.length === 1, !first, wanted.length > MANY);
      this.name(row, at);
    });
    this.add.hidden = Boolean(this.spec.most) && wanted.length >= this.spec.most;
    this.add.textContent = wanted.length
      ? this.spec.add
      : fill(this.desk.words.add_first, { record: this.spec.record });
  }

  // in a long list the questions of an entry are made when it is opened, or where a draft waits
  draw(row, open, focus, later) {
    const title = make("span", {});
    const body = make("div", { class: "wb-record-body" });
    const element = make("details", { class: "wb-record", open }, make("summary", {}, title), body);
    const removeName = make("span", { class: "wb-hidden" });
    this.list.append(element);
    const entry = { element, title, body, removeName, values: row, leaves: new Map() };
    this.rows.set(row.id, entry);
    if (open || !later || this.hasDraft(row.id)) this.fill(row.id);
    else element.addEventListener("toggle", () => this.fill(row.id), { once: true });
    if (focus) entry.leaves.values().next().value?.focus();
  }

  hasDraft(id) {
    const waits = (path) => this.desk.drafts.get(path) || this.desk.errors[path];
    return this.spec.fields.some((spec) => waits(`${this.path}.${id}.${spec.id}`));
  }

  // make the questions of an entry, once
  fill(id) {
    const entry = this.rows.get(id);
    if (!entry || entry.leaves.size) return;
    for (const spec of this.spec.fields) {
      const leaf = new Leaf(this.desk, `${this.path}.${id}.${spec.id}`, spec, entry.values[spec.id]);
      entry.leaves.set(spec.id, leaf);
      entry.body.append(spec.beside ? this.beside(leaf) : leaf.element);
    }
    const remove = make(
      "button",
      { type: "button", class: "wb-small wb-quiet", onclick: () =>
        this.desk.tell({ kind: "remove", path: `${this.path}.${id}` }) },
      fill(this.desk.words.remove, { record: this.spec.record }),
    );
    remove.append(entry.removeName);
    entry.body.append(remove);
    markCard(entry.element);
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
    known.title.textContent = parts.length ? cutLine(parts.join(this.spec.title_between || ", ")) : number;
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

  inputs() {
    return [];
  }

  focus() {
    const first = this.list.querySelector("summary");
    (first ?? this.add).focus();
  }
}

// the question at a path; in a long list its entry may have to be made first
const findLeaf = (desk, path) => {
  const [step, list, id] = path.split(".");
  if (id) desk.leaves.get(`${step}.${list}`)?.fill?.(id);
  return desk.leaves.get(path);
};

const findLeafByHash = (desk, hash) => {
  const starts = (path) => (hash + "-").startsWith("#" + asId(path) + "-");
  for (const list of [...desk.leaves.values()].filter((leaf) => leaf.rows && starts(leaf.path)))
    for (const id of list.rows.keys()) if (starts(`${list.path}.${id}`)) list.fill(id);
  return [...desk.leaves.values()].find(({ path }) => "#" + asId(path) === hash);
};

// a link in the error summary leads to its field
const watchErrorLinks = (desk) => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#wb-"]');
    if (!link || !desk.root.contains(link)) return;
    const leaf = findLeafByHash(desk, link.hash);
    if (!leaf) return;
    event.preventDefault();
    leaf.element.closest("details")?.setAttribute("open", "");
    leaf.focus();
  }, { signal: desk.over.signal });
};
