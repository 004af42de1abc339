// Widgets that bring a script of their own, as anywidget has them.

const scripts = new Map();

const PAUSES = [500, 2000, 5000];

const wait = (pause) => new Promise((done) => setTimeout(done, pause));

// What it fetches may not arrive: it is tried again a few times, and then the page says so.
const importAgain = async (text) => {
  for (const pause of [...PAUSES, 0]) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    try {
      return await import(address);
    } catch (error) {
      if (!pause) throw error;
      await wait(pause);
    } finally {
      URL.revokeObjectURL(address);
    }
  }
  return null;
};

// A script is a module; the same text is one module, however many widgets bring it.
const importText = (text) => {
  if (!scripts.has(text)) {
    const script = importAgain(text);
    script.catch(() => window.dispatchEvent(new Event("workbook:stuck")));
    scripts.set(text, script);
  }
  return scripts.get(text);
};

const begun = new WeakSet();

class Any extends View {
  constructor(model) {
    super(model, "div");
    if (model.get("_css")) this.element.append(this.#style(model.get("_css")));
    this.#draw();
  }

  #style(text) {
    const style = document.createElement("style");
    style.textContent = text;
    return style;
  }

  async #draw() {
    const { default: given } = await importText(this.model.get("_esm"));
    const widget = typeof given === "function" ? await given() : given;
    if (!begun.has(this.model)) {
      begun.add(this.model);
      await widget.initialize?.({ model: this.model });
    }
    if (this.gone) return;
    const clear = await widget.render?.({ model: this.model, el: this.element });
    if (this.gone) clear?.();
    else this.clear = clear;
  }

  remove() {
    this.gone = true;
    this.clear?.();
    super.remove();
  }
}

const VIEWS = {
  [`${CONTROLS}:BoxModel`]: (model) => new Box(model, ""),
  [`${CONTROLS}:VBoxModel`]: (model) => new Box(model, "v"),
  [`${CONTROLS}:HBoxModel`]: (model) => new Box(model, "h"),
  [`${CONTROLS}:HTMLModel`]: (model) => new Html(model),
  [`${CONTROLS}:ButtonModel`]: (model) => new ButtonView(model),
  [`${CONTROLS}:DropdownModel`]: (model) => new Dropdown(model),
  [`${CONTROLS}:CheckboxModel`]: (model) => new CheckboxView(model),
  "anywidget:AnyModel": (model) => new Any(model),
};

// nothing for a kind that is not known: the page is opened anew with Voila’s front end then
const makeView = (model) => VIEWS[model.kind]?.(model);
