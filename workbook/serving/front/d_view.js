// How widgets look: the elements and class names of JupyterLab's, so that one style sheet fits
// both.

const CONTROLS = "@jupyter-widgets/controls";
const PLAIN = /^(Button|Checkbox|Description|HTML|Text)StyleModel$/;
const TOLD = new Set(["description_width"]);

const isEmpty = (value) => value === null || value === undefined || value === "" || value === false;

// A look that says more than a width, or a picture on a button, is left to Voila's front end.
const isPlain = ({ state }) => Object.entries(state).every(([name, value]) =>
  name.startsWith("_") || TOLD.has(name) || isEmpty(value));

const isKnown = (model) => {
  const [module, name] = model.kind.split(":");
  if (module === CONTROLS && PLAIN.test(name)) return isPlain(model);
  if (model.kind === `${CONTROLS}:ButtonModel`) return isEmpty(model.get("icon"));
  if (module === "anywidget" && !model.get("_anywidget_id")?.startsWith("workbook.")) return false;
  return module === "@jupyter-widgets/base" ? name === "LayoutModel" : model.kind in VIEWS;
};

const make = (tag, name, text = "") => {
  const element = document.createElement(tag);
  element.className = name;
  element.textContent = text;
  return element;
};

class View {
  constructor(model, tag = "div", name = "") {
    this.model = model;
    this.manager = model.widget_manager;
    this.element = make(tag, `lm-Widget ${name}`.trim());
    this.watch("_dom_classes", (names, before) => {
      this.element.classList.remove(...(before ?? []));
      this.element.classList.add(...(names ?? []));
    });
    this.watch("tooltip", (text) => text && this.element.setAttribute("title", text));
    this.watch("tabbable", (may) => may === false && this.element.setAttribute("tabindex", "-1"));
    const layout = this.manager.find(model.get("layout"));
    this.lay(layout);
    if (layout) this.listen("change", () => this.lay(layout), layout);
    this.listen("close", () => this.remove());
  }

  lay(layout) {
    for (const [name, value] of Object.entries(layout?.state ?? {}))
      if (!name.startsWith("_"))
        this.element.style.setProperty(name.replaceAll("_", "-"), isEmpty(value) ? "" : value);
  }

  listen(event, act, model = this.model) {
    model.on(event, act);
    this.heard = [...(this.heard ?? []), [model, event, act]];
  }

  // a look by name, such as “primary”
  paint(name) {
    this.watch(name, (now, before) => {
      if (before) this.element.classList.remove(`mod-${before}`);
      if (now) this.element.classList.add(`mod-${now}`);
    });
  }

  // do something with a value, now and whenever it changes
  watch(name, act) {
    let before;
    const look = () => {
      const value = this.model.get(name);
      act(value, before);
      before = value;
    };
    look();
    this.listen(`change:${name}`, look);
  }

  describe(label) {
    const style = this.manager.find(this.model.get("style"));
    label.style.width = style?.get("description_width") ?? "";
    this.watch("description", (text) => {
      label.textContent = text ?? "";
      label.style.display = text ? "" : "none";
    });
  }

  remove() {
    for (const [model, event, act] of this.heard ?? []) model.off(event, act);
    this.element.remove();
  }
}

class Box extends View {
  views = [];

  constructor(model, direction) {
    const name = direction ? ` widget-${direction}box` : "";
    super(model, "div", `lm-Panel jupyter-widgets widget-container widget-box${name}`);
    this.watch("children", (children) => this.fill(children));
    this.paint("box_style");
  }

  // views stay as long as their widgets do, so that nobody loses the field they type in
  fill(children) {
    const left = [...this.views];
    this.views = children.map((reference) => {
      const model = this.manager.find(reference);
      const at = left.findIndex((view) => view.model === model);
      return at < 0 ? model && makeView(model) : left.splice(at, 1)[0];
    }).filter(Boolean);
    for (const view of left) view.remove();
    this.views.forEach(({ element }, number) => {
      const there = this.element.children[number];
      if (there !== element) this.element.insertBefore(element, there ?? null);
    });
  }

  remove() {
    for (const view of this.views) view.remove();
    super.remove();
  }
}

class Html extends View {
  constructor(model) {
    super(model, "div", "jupyter-widgets widget-inline-hbox widget-html");
    const label = make("label", "widget-label");
    const content = make("div", "widget-html-content");
    this.element.append(label, content);
    this.describe(label);
    this.watch("value", (html) => (content.innerHTML = html ?? ""));
  }
}

class ButtonView extends View {
  constructor(model) {
    super(model, "button", "jupyter-widgets jupyter-button widget-button");
    this.watch("description", (text) => {
      this.element.textContent = text;
      if (!this.model.get("tooltip")) this.element.title = text;
    });
    this.watch("disabled", (is) => (this.element.disabled = Boolean(is)));
    this.paint("button_style");
    this.element.addEventListener("click", (event) => {
      event.preventDefault();
      this.model.send({ event: "click" });
    });
  }
}

class Dropdown extends View {
  constructor(model) {
    super(model, "div", "jupyter-widgets widget-inline-hbox widget-dropdown");
    const label = make("label", "widget-label");
    const list = document.createElement("select");
    label.htmlFor = list.id = makeId();
    this.element.append(label, list);
    this.describe(label);
    this.watch("_options_labels", (texts) => {
      list.replaceChildren(...texts.map((text) => new Option(text, text)));
      list.selectedIndex = model.get("index") ?? -1;
    });
    this.watch("index", (index) => (list.selectedIndex = index ?? -1));
    this.watch("disabled", (is) => (list.disabled = Boolean(is)));
    list.addEventListener("change", () => {
      model.set("index", list.selectedIndex < 0 ? null : list.selectedIndex);
      model.save_changes();
    });
  }
}

class CheckboxView extends View {
  constructor(model) {
    super(model, "div", "jupyter-widgets widget-inline-hbox widget-checkbox");
    const label = make("label", "widget-label-basic");
    const box = document.createElement("input");
    const text = document.createElement("span");
    box.type = "checkbox";
    label.append(box, text);
    const indent = make("label", "widget-label");
    this.element.append(indent, label);
    this.watch("indent", (is) => (indent.style.display = is ? "" : "none"));
    this.watch("description", (said) => (text.textContent = label.title = said ?? ""));
    this.watch("value", (is) => (box.checked = Boolean(is)));
    this.watch("disabled", (is) => (box.disabled = Boolean(is)));
    box.addEventListener("change", () => {
      model.set("value", box.checked);
      model.save_changes();
    });
  }
}
