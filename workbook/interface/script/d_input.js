// Text, numbers, money, dates and addresses, on one line or several; with "I do not know" below
// where that is an answer.

kinds.input = (leaf) => {
  const { spec, id } = leaf;
  const long = spec.kind.endsWith("long_text");
  const input = make(long ? "textarea" : "input", {
    id,
    class: "wb-input wb-" + spec.kind,
    "aria-describedby": [spec.prefix || spec.suffix ? id + "-unit" : "", leaf.describedBy()].join(" ").trim(),
    inputmode: spec.inputmode,
    type: long ? undefined : spec.type,
    rows: long ? 4 : undefined,
    autocomplete: "off",
    // some browsers send text away to have its spelling looked at
    spellcheck: spec.private ? "false" : undefined,
    oninput: () => {
      if (unknown) unknown.checked = false;
      leaf.typed(input.value);
    },
    onchange: () => leaf.commit(unknown?.checked ? "unknown" : input.value),
  });
  const unknown = spec.unknown
    ? make("input", {
        type: "checkbox",
        id: id + "-unknown",
        "aria-describedby": id + "-label",
        onchange: () => {
          if (unknown.checked) input.value = "";
          leaf.commit(unknown.checked ? "unknown" : "");
        },
      })
    : null;
  leaf.show = (value) => {
    if (unknown) unknown.checked = value === "unknown";
    input.value = value === "unknown" && unknown ? "" : (value ?? "");
  };
  const affix = (text, side) =>
    text ? make("span", { class: "wb-affix wb-" + side, id: id + "-unit" }, text) : null;
  return leaf.frame([
    make("div", { class: "wb-line" }, affix(spec.prefix, "before"), input, affix(spec.suffix, "after")),
    unknown
      ? make("div", { class: "wb-option" }, unknown, make("label", { for: unknown.id }, spec.unknown))
      : null,
  ]);
};
