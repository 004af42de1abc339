// The state of widgets, as their kernel tells it. What a model can do is what our scripts want of
// anywidget: get, set, save_changes, send, on and off.

const REFERENCE = "IPY_MODEL_";

class Model {
  #manager;
  #state;
  #changed = {};
  #listeners = new Map();

  constructor(manager, id, state) {
    this.#manager = manager;
    this.model_id = id;
    this.#state = state;
  }

  get widget_manager() {
    return this.#manager;
  }

  get kind() {
    return `${this.#state._model_module}:${this.#state._model_name}`;
  }

  get state() {
    return this.#state;
  }

  get(name) {
    return this.#state[name];
  }

  set(name, value) {
    this.#changed[name] = value;
    this.update({ [name]: value });
  }

  save_changes() {
    const state = this.#changed;
    this.#changed = {};
    if (Object.keys(state).length) this.#say({ method: "update", state, buffer_paths: [] });
  }

  send(content, _callbacks, buffers = []) {
    this.#say({ method: "custom", content }, buffers);
  }

  #say(data, buffers = []) {
    this.#manager.line.send("comm_msg", { comm_id: this.model_id, data }, { buffers });
  }

  update(state) {
    const changed = Object.keys(state).filter((name) => this.#state[name] !== state[name]);
    Object.assign(this.#state, state);
    for (const name of changed) this.tell(`change:${name}`);
    if (changed.length) this.tell("change");
  }

  // only what differs, so that nothing is drawn anew for nothing
  renew(state) {
    const differs = (name) => JSON.stringify(state[name]) !== JSON.stringify(this.#state[name]);
    this.update(Object.fromEntries(Object.entries(state).filter(([name]) => differs(name))));
  }

  // events are named in one string, with spaces between them, as Backbone has it
  on(events, listener) {
    for (const event of events.split(" "))
      this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
  }

  off(events, listener) {
    for (const event of (events ?? [...this.#listeners.keys()].join(" ")).split(" ")) {
      const kept = (this.#listeners.get(event) ?? []).filter((one) => listener && one !== listener);
      this.#listeners.set(event, kept);
    }
  }

  tell(event, ...values) {
    for (const listener of this.#listeners.get(event) ?? []) listener(...values);
  }
}

const putBuffers = (state, paths, buffers) => {
  paths.forEach((path, number) => {
    const last = path.at(-1);
    const place = path.slice(0, -1).reduce((part, name) => part[name], state);
    place[last] = buffers[number];
  });
};

class Manager {
  models = new Map();
  #control = makeId();

  constructor(line) {
    this.line = line;
    line.iopubMessage.connect((_, message) => this.#hear(message));
  }

  get kernel() {
    return this.line;
  }

  // Ask for all there is; resolves with it.
  fetchAll() {
    const states = new Promise((resolve) => (this.fetched = resolve));
    const opening = { comm_id: this.#control, target_name: "jupyter.widget.control", data: {} };
    this.line.send("comm_open", opening, { metadata: { version: "1.0.0" } });
    const asked = { comm_id: this.#control, data: { method: "request_states" } };
    this.line.send("comm_msg", asked);
    return states;
  }

  find(reference) {
    return this.models.get(String(reference).replace(REFERENCE, ""));
  }

  #hear({ header, content, buffers }) {
    if (header.msg_type === "comm_open") this.#meet(content, buffers);
    else if (header.msg_type === "comm_close") this.#forget(content.comm_id);
    else if (header.msg_type === "comm_msg") {
      if (content.comm_id === this.#control) this.#meetAll(content.data, buffers);
      else this.#pass(this.models.get(content.comm_id), content.data, buffers);
    }
  }

  #meet({ comm_id, target_name, data }, buffers) {
    if (target_name !== "jupyter.widget") return;
    putBuffers(data.state, data.buffer_paths ?? [], buffers);
    this.#keep(comm_id, data.state);
  }

  #meetAll({ method, states, buffer_paths = [] }, buffers) {
    if (method !== "update_states") return;
    buffer_paths.forEach(([id, ...path], number) =>
      putBuffers(states[id], [path], [buffers[number]]));
    for (const [id, { state }] of Object.entries(states)) this.models.get(id)?.renew(state);
    this.fetched?.(this.keepAll(states));
  }

  // What there is, as the page brings it along; of what is known already, its kernel has told more.
  keepAll(states) {
    for (const [id, { state }] of Object.entries(states)) this.#keep(id, state);
    return this.models;
  }

  #keep(id, state) {
    const model = new Model(this, id, state);
    if (!this.models.has(id)) this.models.set(id, model);
    if (!isKnown(model)) this.metUnknown?.(model);
  }

  #forget(id) {
    this.models.get(id)?.tell("close");
    this.models.delete(id);
  }

  #pass(model, data, buffers) {
    if (!model) return;
    if (data.method === "custom") model.tell("msg:custom", data.content, buffers);
    else if (data.method === "update") {
      putBuffers(data.state, data.buffer_paths ?? [], buffers);
      model.update(data.state);
      if (!isKnown(model)) this.metUnknown?.(model);
    }
  }
}
