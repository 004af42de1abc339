// Charts are drawn for wide or for narrow screens: Python is told which, and asked again when that
// changes.

const watchWidth = (desk) => {
  const { model } = desk;
  const narrow = matchMedia("(max-width: 40rem)");
  const now = () => (narrow.matches ? "narrow" : "wide");
  const tell = () => {
    model.set("seen", now());
    model.save_changes();
  };
  const all = () => [...desk.root.querySelectorAll("[data-wb-drawing]")];
  tell();
  narrow.addEventListener("change", () => {
    tell();
    for (const { dataset } of all()) {
      if (dataset.wbDrawn !== now()) desk.tell({ kind: "drawing", name: dataset.wbDrawing });
    }
  }, { signal: desk.over.signal });
  const put = ({ name, width, svg }) => {
    const places = all().filter(({ dataset }) => dataset.wbDrawing === name);
    for (const element of places) {
      element.innerHTML = svg;
      element.dataset.wbDrawn = width;
    }
    return places.length;
  };
  // in JupyterLab the place of a chart may come after its drawing
  model.on("msg:custom", (message) => {
    if (message.kind === "drawing" && !put(message)) desk.afterDrawing("", () => put(message));
  });
};
