// Where the widgets meet the page: the desk draws the furniture, fields wait for their desk.

const shared = (globalThis.workbook ??= { waiting: [] });
shared.desks ??= new Map();

const fieldOf = ({ model, el }) => {
  const desk = shared.desks.get(model.get("page"));
  const spec = model.get("spec");
  const path = model.get("path");
  const before = desk.leaves.get(path);
  const view = spec.kind === "records"
    ? new Records(desk, path, spec, model.get("value"))
    : new Leaf(spec.passing ? onBench(desk) : desk, path, spec, model.get("value"));
  model.on("change:value", () => view.update(model.get("value")));
  const showOrHide = () => (el.hidden = !model.get("shown"));
  model.on("change:shown", showOrHide);
  showOrHide();
  el.append(view.element);
  return () => {
    if (view.timer) view.commit();
    view.leave?.();
    if (desk.leaves.get(path) === view && !before) desk.leaves.delete(path);
  };
};

shared.field = (context) => {
  const page = context.model.get("page");
  if (shared.desks.has(page)) return fieldOf(context);
  return new Promise((done) => shared.waiting.push({ page, draw: () => done(fieldOf(context)) }));
};

const render = ({ model, el }) => {
  const desk = new Desk(model, el);
  desk.furniture = new Furniture(desk);
  meetRoom(desk);
  shared.desks.set(model.get("page"), desk);
  const tools = document.getElementById("wb-tools");
  (tools ?? el).replaceChildren(desk.furniture.element);
  el.append(desk.furniture.notice);
  const mine = shared.waiting.filter(({ page }) => page === model.get("page"));
  shared.waiting = shared.waiting.filter((item) => !mine.includes(item));
  mine.forEach(({ draw }) => draw());
  document.getElementById("wb-waiting")?.remove();
  watchWidth(desk);
  desk.open();
  return () => desk.close();
};

export default { render };
