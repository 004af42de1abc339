// Fields of a bench: what is given there goes to the page and is kept nowhere, neither as an
// answer nor as a draft in this browser.

const onBench = (desk) =>
  Object.assign(Object.create(desk), {
    drafts: keptNowhere,
    rememberPlace() {},
    send(path, raw) {
      desk.tell({ kind: "try", path, raw });
      desk.leaves.get(path)?.acknowledged(raw);
    },
  });

kinds.file = (leaf) => {
  const { desk, spec, id, path } = leaf;
  const input = make("input", {
    type: "file",
    id,
    class: "wb-file",
    multiple: true,
    "aria-describedby": leaf.describedBy(),
    onchange: () => (desk.reading.now = take()),
  });
  const before = make("p", { class: "wb-hint" });
  const take = async () => {
    const files = [...input.files];
    const size = files.reduce((sum, file) => sum + file.size, 0);
    const limit = Number(spec.limit_mb);
    const fits = size <= limit * 1e6;
    const values = { size: Math.ceil(size / 1e6), limit };
    leaf.complain(fits ? "" : fill(desk.words.files_too_large, values));
    const taken = fits ? files : [];
    const raw = await Promise.all(taken.map((file) => file.arrayBuffer()));
    const names = taken.map(({ name }) => name);
    desk.model.send({ kind: "try", path, raw: names }, undefined, raw);
    leaf.saved = leaf.value = plain(names);
    before.textContent = "";
  };
  // after the screen was drawn anew the input is empty, but the page still has the files
  leaf.show = (value) => {
    const names = input.files.length ? "" : (value ?? []).join(", ");
    before.textContent = names && fill(desk.words.files_chosen, { names });
  };
  return make(
    "div",
    { class: "wb-field" },
    make("label", { for: id, class: "wb-label" }, spec.label, optional(leaf)),
    leaf.hint(),
    leaf.error,
    input,
    before,
    leaf.reason(),
  );
};

// a button that is pressed while a file is still being read waits for it
const waitForFiles = (desk) => {
  desk.reading = { now: null };
  const hold = async (event) => {
    const button = event.target.closest?.("button");
    const reading = desk.reading.now;
    if (!button || !reading || !desk.root.contains(button)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await reading.catch(() => {});
    if (desk.reading.now === reading) desk.reading.now = null;
    button.click();
  };
  document.addEventListener("click", hold, { capture: true, signal: desk.over.signal });
};
