// Opens the line while the page still comes, and shows its widgets once it is whole. Whatever
// this front end does not know, Voila's does: the whole page is left to it then.

const WIDGET = "application/vnd.jupyter.widget-view+json";
const STATES = 'script[type="application/vnd.jupyter.widget-state+json"]';
const OUTPUTS = 'script[type="application/vnd.voila.cell-output+json"]';
const STOCK = "workbook-stock:" + location.pathname;

const remember = (name, value) => {
  try {
    if (value === undefined) return sessionStorage.getItem(name);
    sessionStorage.setItem(name, value);
  } catch {
    // without a memory the page finds out anew each time
  }
  return null;
};

const whole = new Promise((resolve) => {
  if (document.readyState !== "loading") resolve();
  else document.addEventListener("DOMContentLoaded", resolve);
});

const takeStock = (line) => {
  line?.close();
  delete globalThis.workbookFront;
  const { stock, theme } = document.querySelector("#wb-front").dataset;
  const colours = document.createElement("link");
  colours.rel = "stylesheet";
  colours.href = theme;
  document.head.prepend(colours);
  const late = document.readyState === "complete";
  const scripts = JSON.parse(stock).map((address) => {
    const script = document.createElement("script");
    script.async = false;
    script.src = address;
    return script;
  });
  // it begins when the page has loaded, which it may have by now
  if (late) scripts.at(-1).onload = () => window.dispatchEvent(new Event("load"));
  document.head.append(...scripts);
};

const show = (manager, places) => {
  for (const { script, output } of places) {
    const place = make("div", "lm-Widget lm-Panel jp-OutputArea-output");
    const model = manager.find(output.data[WIDGET].model_id);
    if (model) place.append(makeView(model).element);
    else place.textContent = "Error"; // its kernel was lost while the page was opened
    script.replaceWith(place);
  }
};

const begin = async () => {
  const { baseUrl, kernelId } = JSON.parse(
    document.getElementById("jupyter-config-data").textContent);
  if (remember(STOCK)) return takeStock();
  const line = new Line(baseUrl, kernelId);
  const manager = new Manager(line);
  globalThis.workbookFront = manager;
  catchUp(manager);
  await whole;
  try {
    return await draw(manager);
  } catch {
    return takeStock(line);
  }
};

// Whatever is not as expected is left to Voila, as long as nothing is drawn.
const draw = async (manager) => {
  const { line } = manager;
  const places = [...document.querySelectorAll(OUTPUTS)].map((script) =>
    ({ script, output: JSON.parse(script.textContent) }));
  if (!places.every(({ output }) => output.data?.[WIDGET])) return takeStock(line);
  if (!places.length) return null;
  const given = document.querySelector(STATES);
  const models = given ? manager.keepAll(JSON.parse(given.textContent)) : await manager.fetchAll();
  if (![...models.values()].every(isKnown)) return takeStock(line);
  manager.metUnknown = () => {
    manager.metUnknown = null;
    remember(STOCK, "yes");
    if (remember(STOCK)) location.reload(); // without a memory it would be reloaded for ever
  };
  return show(manager, places);
};

// What was said while the line was cut may be lost: the kernel is asked what there is now.
const catchUp = (manager) => {
  let before = "connecting";
  let first = true;
  manager.line.connectionStatusChanged.connect((_, status) => {
    const again = status === "connected" && before !== status && !first;
    if (status === "connected") first = false;
    before = status;
    if (!again) return;
    manager.fetchAll();
    window.dispatchEvent(new Event("workbook:connected"));
  });
};

begin();
