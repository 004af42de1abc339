// Files for a bench. Small ones go in one message; larger ones piece by piece, each sent when the
// one before was answered, so that a slow line is never filled and the rest of the page goes on.

const AT_ONCE = 256 * 1024;
const PIECE = 512 * 1024;
const SILENCE = 12000;
let sendings = 0;

class Sending {
  // files on their way to a question; `tell` says in which state and how far they are
  constructor(leaf, files, tell) {
    Object.assign(this, { leaf, files, tell, number: ++sendings, at: 0 });
    this.whole = files.reduce((sum, { size }) => sum + size, 0);
    this.ended = new Promise((done) => (this.end = done));
    const announced = files.map(({ name, size }) => ({ name, size }));
    const windows = /Windows/.test(navigator.userAgent);
    this.say({ step: "begin", files: announced, windows });
  }

  say(raw, buffers) {
    const { desk, path } = this.leaf;
    this.listen();
    desk.model.send({ kind: "try", path, raw: { number: this.number, ...raw } }, undefined, buffers);
  }

  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.tell("waits"), SILENCE);
  }

  async heard({ number, state, got, ...told }) {
    if (number !== this.number || this.over) return;
    clearTimeout(this.silence);
    this.at = got;
    if (state !== "more") return this.finish(state, told);
    this.tell("more");
    try {
      await this.sendNext();
    } catch {
      this.say({ step: "stop" });
      this.finish("unread");
    }
  }

  // the next piece of all files laid end to end; it may hold the end of one and the start of more
  async sendNext() {
    const parts = [];
    let [skip, room] = [this.at, PIECE];
    for (const file of this.files) {
      if (skip < file.size && room) {
        const part = file.slice(skip, skip + room);
        parts.push(part);
        room -= part.size;
      }
      skip = Math.max(0, skip - file.size);
    }
    const raw = await new Blob(parts).arrayBuffer();
    if (!this.over) this.say({ step: "piece", at: this.at }, [raw]);
  }

  finish(state, told) {
    this.over = true;
    clearTimeout(this.silence);
    this.tell(state, told);
    this.end(state === "whole");
  }

  stop() {
    if (this.over) return;
    this.say({ step: "stop" });
    this.finish("stopped");
  }
}

kinds.file = (leaf) => {
  const { desk, spec, id, path } = leaf;
  const { words } = desk;
  let names = "";
  const input = make("input", {
    type: "file",
    id,
    class: "wb-file",
    multiple: !spec.single,
    accept: spec.accept,
    "aria-describedby": `${leaf.describedBy()} ${id}-limit`,
    onchange: () => {
      const reading = (desk.reading.now = take([...input.files]));
      reading.finally(() => desk.reading.now === reading && (desk.reading.now = null));
    },
  });
  const before = make("p", { class: "wb-hint" });
  const stop = make(
    "button",
    { type: "button", class: "wb-small wb-quiet", onclick: () => leaf.sending?.stop() },
    words.sending_stop,
  );
  const bar = make("progress", { max: 100, value: 0 });
  const text = make("p", { "aria-hidden": "true" });
  const way = make("div", { class: "wb-sending", hidden: true }, text, bar, stop);
  const command = make("div", { class: "wb-command wb-lines", hidden: true });

  const showCommand = (line) => {
    command.hidden = !line;
    const code = make("code", {}, line ?? "");
    command.replaceChildren(make("p", {}, words.sending_command), make("pre", { tabindex: 0 }, code));
  };

  const states = {
    more: ({ percent }) => {
      text.textContent = fill(words.sending_now, { names, percent });
      bar.value = percent;
      const quarter = percent - (percent % 25);
      if (quarter > way.said) desk.announce(fill(words.sending_said, { percent: (way.said = quarter) }));
    },
    waits: () => {
      text.textContent = words.sending_waits;
      desk.announce(words.sending_waits);
    },
    whole: () => {
      desk.announce(words.sending_done);
      before.textContent = input.files.length ? "" : fill(words.files_chosen, { names });
      leaf.saved = leaf.value = plain(leaf.sending.files.map(({ name }) => name));
    },
    stopped: () => gone(fill(words.sending_stopped, { names })),
    refused: ({ problem, command }) => {
      leaf.complain(problem);
      desk.announce(problem);
      showCommand(command);
      gone("");
    },
    lost: () => gone("", words.sending_lost),
    full: () => gone("", words.sending_full),
    unread: () => gone("", fill(words.sending_unread, { names })),
  };

  // nothing of what was chosen is there; the same file can be chosen again
  const gone = (said, wrong = "") => {
    input.value = "";
    before.textContent = said;
    leaf.saved = leaf.value = null;
    if (wrong) leaf.complain(wrong);
    if (said || wrong) desk.announce(said || wrong);
  };

  const tell = (state, told = {}) => {
    const { at, whole } = leaf.sending;
    const percent = whole ? Math.floor((100 * at) / whole) : 100;
    const held = way.contains(document.activeElement);
    way.hidden = !["more", "waits"].includes(state);
    states[state]({ percent, ...told });
    if (held && way.hidden) input.focus();
  };

  const take = (files) => {
    leaf.sending?.stop();
    leaf.complain("");
    showCommand("");
    before.textContent = "";
    names = files.map(({ name }) => name).join(", ");
    return files.reduce((sum, { size }) => sum + size, 0) > AT_ONCE ? send(files) : give(files);
  };

  const send = (files) => {
    way.said = 0;
    way.hidden = false;
    bar.value = 0;
    bar.setAttribute("aria-label", fill(words.sending, { names }));
    text.textContent = fill(words.sending, { names });
    desk.announce(fill(words.sending, { names }));
    leaf.sending = new Sending(leaf, files, tell);
    return leaf.sending.ended;
  };

  const give = async (files) => {
    let raw;
    try {
      raw = await Promise.all(files.map((file) => file.arrayBuffer()));
    } catch {
      gone("", fill(words.sending_unread, { names }));
      return false;
    }
    const given = files.map(({ name }) => name);
    desk.model.send({ kind: "try", path, raw: given }, undefined, raw);
    before.textContent = input.files.length ? "" : fill(words.files_chosen, { names });
    leaf.saved = leaf.value = plain(given);
    return true;
  };

  // after the screen was drawn anew the input is empty, but the page still has the files
  leaf.show = (value) => {
    const kept = input.files.length ? "" : (value ?? []).join(", ");
    before.textContent = kept && fill(words.files_chosen, { names: kept });
  };
  leaf.leave = () => leaf.sending?.stop();
  return make(
    "div",
    { class: "wb-field" },
    make("label", { for: id, class: "wb-label" }, spec.label, optional(leaf)),
    leaf.hint(),
    make("p", { class: "wb-hint", id: id + "-limit" }, spec.limit ?? ""),
    leaf.error,
    command,
    input,
    way,
    before,
    leaf.reason(),
  );
};

// a button that is pressed while files are on their way waits for them; those that stop or leave
// do not
const waitForFiles = (desk) => {
  desk.reading = { now: null };
  // so much of the files of a question has come
  desk.hear_sent = ({ path, ...told }) => desk.leaves.get(path)?.sending?.heard(told);
  const hold = async (event) => {
    const button = event.target.closest?.("button");
    const reading = desk.reading.now;
    if (!button || !reading || !desk.root.contains(button)) return;
    if (button.closest(".wb-sending, .wb-back, .wb-main")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (![...desk.leaves.values()].every(({ sending }) => !sending || sending.over))
      desk.announce(desk.words.sending_held);
    if (await reading) button.click();
  };
  document.addEventListener("click", hold, { capture: true, signal: desk.over.signal });
};
