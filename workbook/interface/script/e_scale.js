// A place between two ends, 0 to 100: a slider between its words, and beside it the same as a
// number to type. Both are native inputs with a name of their own, and each follows the other.

kinds.scale = (leaf) => {
  const { spec, id } = leaf;
  const { words } = leaf.desk;
  const [low, high] = spec.ends;
  const ends = { label: spec.label, low, high };
  const slider = make("input", {
    type: "range",
    class: "wb-slider",
    id: id + "-slider",
    min: 0,
    max: 100,
    step: 5,
    "aria-label": fill(words.scale_slide, ends),
    oninput: () => {
      tell(slider.value);
      number.value = slider.value;
      leaf.typed(slider.value);
    },
    onchange: () => leaf.commit(slider.value),
  });
  const number = make("input", {
    type: "text",
    class: "wb-input wb-number",
    id,
    inputmode: "numeric",
    autocomplete: "off",
    oninput: () => {
      follow(number.value);
      leaf.typed(number.value);
    },
    onchange: () => leaf.commit(number.value),
  });
  // what the slider says of itself, also while nobody has answered yet
  const tell = (value) => {
    slider.classList.toggle("wb-unset", value === "");
    slider.setAttribute("aria-valuetext", value === "" ? words.scale_unset : fill(words.scale_at, { ...ends, value }));
  };
  const follow = (value) => {
    const given = /^\s*\d{1,3}\s*$/.test(value ?? "") && Number(value) <= 100;
    slider.value = given ? Number(value) : 50;
    tell(given ? String(Number(value)) : "");
  };
  // what is to mend was typed
  leaf.focus = () => number.focus();
  leaf.show = (value) => {
    number.value = value ?? "";
    follow(number.value);
  };
  const line = make(
    "div",
    { class: "wb-scale-line" },
    make("span", { class: "wb-end", "aria-hidden": "true" }, low),
    slider,
    make("span", { class: "wb-end", "aria-hidden": "true" }, high),
  );
  const written = make(
    "div",
    { class: "wb-scale-number" },
    make("label", { for: id }, fill(words.scale_number, ends)),
    number,
  );
  return leaf.frame([line, written], { group: true, name: "wb-scale", described: true });
};
