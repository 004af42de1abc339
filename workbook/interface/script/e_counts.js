// A number for each place. What is sent is one text, “facebook 7; instagram 3”, so that a number
// that cannot be read is kept beside the others as it was typed.

kinds.counts = (leaf) => {
  const { spec, id } = leaf;
  const inputs = new Map();
  const written = () =>
    [...inputs]
      .filter(([, input]) => input.value.trim())
      .map(([place, input]) => `${place} ${input.value.trim().replaceAll(";", ",")}`)
      .join("; ");
  const row = (option, at) => {
    const input = make("input", {
      type: "text",
      class: "wb-input wb-number",
      id: at ? `${id}-${at}` : id,
      inputmode: spec.inputmode,
      autocomplete: "off",
      oninput: () => leaf.typed(written()),
      onchange: () => leaf.commit(written()),
    });
    inputs.set(option.value, input);
    return make("div", { class: "wb-place-count" }, make("label", { for: input.id }, option.label), input);
  };
  const rows = spec.options.map(row);
  const taken = (value) =>
    new Map(
      String(value ?? "").split(";").map((pair) => {
        const [, place, count] = /^\s*(\w+)\s+(.*\S)\s*$/.exec(pair) ?? [];
        return [place, count];
      }),
    );
  leaf.show = (value) => {
    const given = taken(value);
    for (const [place, input] of inputs) input.value = given.get(place) ?? "";
  };
  leaf.read = (value) => {
    const given = taken(value);
    const named = spec.options.filter((option) => given.has(option.value));
    return named.map((option) => `${option.label} ${given.get(option.value)}`).join(", ");
  };
  const grid = make("div", { class: "wb-count-grid" }, ...rows);
  return leaf.frame([grid], { group: true, name: "wb-counts", described: true });
};
