// A colour: written in letters, and beside it the browser's own way to choose one.

kinds.colour = (leaf) => {
  const { spec, id } = leaf;
  const six = (text) => (/^#[0-9a-f]{6}$/i.test(text) ? text.toLowerCase() : null);
  const text = make("input", {
    id,
    class: "wb-input wb-colour",
    type: "text",
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": leaf.describedBy(),
    oninput: () => {
      chooser.value = six(text.value) ?? chooser.value;
      leaf.typed(text.value);
    },
    onchange: () => leaf.commit(text.value),
  });
  const chooser = make("input", {
    type: "color",
    class: "wb-swatch",
    "aria-label": `${spec.label} ${spec.choose}`,
    oninput: () => {
      text.value = chooser.value;
      leaf.typed(chooser.value);
    },
    onchange: () => leaf.commit(chooser.value),
  });
  leaf.show = (value) => {
    text.value = value ?? "";
    chooser.value = six(text.value) ?? spec.ours;
  };
  return leaf.frame([make("div", { class: "wb-line" }, text, chooser)]);
};
