// One answer of a few (radios, or a list when there are many), or several of them (checkboxes).

kinds.options = (leaf) => {
  const { spec, id } = leaf;
  const many = spec.kind === "several";
  const chosen = () =>
    [...list.querySelectorAll("input:checked")].map((input) => input.value);
  const changed = (input) => {
    if (many && input.checked) leaveOnlyWhatFits(list, spec.exclusive ?? [], input);
    leaf.desk.rememberPlace(leaf.path);
    leaf.commit(many ? chosen() : input.value);
  };
  const list = make(
    "div",
    { class: "wb-options" },
    ...spec.options.map((option, at) => optionRow(leaf, option, `${id}-${at}`, many, changed)),
  );
  const clear = many
    ? null
    : make(
        "button",
        { type: "button", class: "wb-small wb-quiet wb-clear", hidden: true, onclick: () => {
          leaf.show(null);
          leaf.commit(null);
          leaf.focus();
        } },
        leaf.desk.words.clear,
        make("span", { class: "wb-hidden" }, " " + spec.label),
      );
  leaf.show = (value) => {
    const values = Array.isArray(value) ? value : [value];
    for (const input of list.querySelectorAll("input")) input.checked = values.includes(input.value);
    if (clear) clear.hidden = plain(value) === null;
  };
  list.addEventListener("change", () => clear && (clear.hidden = !chosen().length));
  return leaf.frame([list, clear], { group: true, described: true });
};

const optionRow = (leaf, option, id, many, changed) => {
  const input = make("input", {
    type: many ? "checkbox" : "radio",
    id,
    value: option.value,
    name: leaf.id,
    "aria-describedby": option.hint ? id + "-hint" : undefined,
    onchange: () => changed(input),
  });
  return make(
    "div",
    { class: "wb-option" },
    input,
    make("label", { for: id }, option.label),
    option.hint ? make("span", { class: "wb-hint", id: id + "-hint" }, option.hint) : null,
  );
};

// "none of these" and "I do not know" do not go together with anything else
const leaveOnlyWhatFits = (list, exclusive, ticked) => {
  for (const input of list.querySelectorAll("input:checked")) {
    if (input === ticked) continue;
    if (exclusive.includes(ticked.value) || exclusive.includes(input.value)) input.checked = false;
  }
};

const grouped = (options) => {
  const entry = ({ value, label }) => make("option", { value }, label);
  const groups = [...new Set(options.map(({ group }) => group))];
  return groups.flatMap((group) => {
    const mine = options.filter((option) => option.group === group).map(entry);
    return group ? [make("optgroup", { label: group }, ...mine)] : mine;
  });
};

kinds.select = (leaf) => {
  const { spec, id } = leaf;
  const select = make(
    "select",
    {
      id,
      class: "wb-input wb-select",
      "aria-describedby": leaf.describedBy(),
      onchange: () => leaf.commit(select.value),
    },
    make("option", { value: "" }, spec.none ?? leaf.desk.words.choose),
    ...grouped(spec.options),
  );
  leaf.show = (value) => (select.value = value ?? "");
  return leaf.frame([select]);
};
