// Charts are drawn for wide or for narrow screens: Python is told which, and asked again when that
// changes.

const LATE = 3000; // milliseconds after a screen in which its charts should have come

const watchWidth = (desk) => {
  const { model } = desk;
  const narrow = matchMedia("(max-width: 40rem)");
  const now = () => (narrow.matches ? "narrow" : "wide");
  const tell = () => {
    model.set("seen", now());
    model.save_changes();
  };
  const ask = (name) => desk.tell({ kind: "drawing", name });
  const all = () => [...desk.root.querySelectorAll("[data-wb-drawing]")];
  tell();
  narrow.addEventListener("change", () => {
    tell();
    for (const { dataset } of all()) {
      if (dataset.wbDrawn !== now()) ask(dataset.wbDrawing);
    }
  }, { signal: desk.over.signal });
  const put = ({ name, width, svg }) => {
    const places = all().filter(({ dataset }) => dataset.wbDrawing === name);
    for (const element of places) {
      element.innerHTML = svg;
      element.dataset.wbDrawn = width;
    }
    if (width !== now()) ask(name); // the screen was turned in the meantime
    return places.length;
  };
  // in JupyterLab the place of a chart may come after its drawing
  model.on("msg:custom", (message) => {
    if (message.kind === "drawing" && !put(message)) desk.afterDrawing("", () => put(message));
  });
  // a drawing may be lost with the line, and a second view of a notebook never had it
  const askForLost = () => {
    for (const { dataset, firstChild } of all()) if (!firstChild) ask(dataset.wbDrawing);
  };
  window.addEventListener("workbook:connected", askForLost, { signal: desk.over.signal });
  model.on("msg:custom", ({ kind }) => {
    if (kind === "screen") setTimeout(askForLost, LATE);
  });
};
