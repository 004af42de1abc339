// Charts are drawn for wide or for narrow screens: Python is told which, and asked again when that
// changes. A screen comes with empty places for them: drawing takes longest, and nobody who begins
// to answer should wait for it.

const SOON = 100; // milliseconds after a screen, in which what is answered at once goes first
const LATE = 3000; // and once more, for those that were lost

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
  };
  const askForMissing = () => {
    for (const { dataset, firstChild } of all()) if (!firstChild) ask(dataset.wbDrawing);
  };
  // a drawing may be lost with the line, and a second view of a notebook never had it
  window.addEventListener("workbook:connected", askForMissing, { signal: desk.over.signal });
  model.on("msg:custom", (message) => {
    if (message.kind === "drawing") put(message);
    else if (message.kind === "screen")
      desk.afterDrawing("", () => [SOON, LATE].forEach((pause) => setTimeout(askForMissing, pause)));
  });
};
