// The line to the page's kernel. When it breaks it is opened again, a few times by itself; what
// was said meanwhile is sent then, and the server keeps what came for us under our session.

const TRIES = 7;
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

class Signal {
  listeners = [];

  connect(listener) {
    this.listeners.push(listener);
  }

  tell(value) {
    for (const listener of this.listeners) listener(this, value);
  }
}

class Line {
  statusChanged = new Signal();
  connectionStatusChanged = new Signal();
  iopubMessage = new Signal();
  connectionStatus = "connecting";
  #session = makeId();
  #waiting = [];
  #tries = 0;
  #socket = null;
  #again = null;
  #over = false;

  constructor(base, kernel) {
    const url = new URL(`${base}api/kernels/${kernel}/channels`, location.href);
    url.protocol = url.protocol.replace("http", "ws");
    url.searchParams.set("session_id", this.#session);
    this.id = kernel;
    this.address = url.href;
    this.#open();
  }

  #open() {
    clearTimeout(this.#again);
    this.#turn("connecting");
    const socket = new WebSocket(this.address, [PROTOCOL]);
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#hear(data);
    socket.onclose = () => socket === this.#socket && this.#lost();
    this.#socket = socket;
  }

  #opened() {
    this.#tries = 0;
    for (const message of this.#waiting.splice(0)) this.#socket.send(message);
    this.#turn("connected");
  }

  #lost() {
    if (this.#over) return;
    this.#tries += 1;
    if (this.#tries > TRIES) {
      this.#turn("disconnected");
      return;
    }
    this.#turn("connecting");
    const pause = this.#tries === 1 ? 0 : FIRST_PAUSE * 2 ** (this.#tries - 2);
    this.#again = setTimeout(() => this.#open(), Math.min(pause, LONGEST_PAUSE));
  }

  #turn(status) {
    if (this.connectionStatus === status) return;
    this.connectionStatus = status;
    this.connectionStatusChanged.tell(status);
  }

  #hear(data) {
    if (!(data instanceof ArrayBuffer)) return; // the protocol knows no texts
    const message = unpackMessage(data);
    if (message.header.msg_type === "status")
      this.statusChanged.tell(message.content.execution_state);
    if (message.channel === "iopub") this.iopubMessage.tell(message);
  }

  // Once more from the start; resolves when the line stands.
  reconnect() {
    this.#tries = 0;
    const open = new Promise((resolve, reject) => {
      const listener = (_, status) => {
        if (status === "connecting") return;
        const listeners = this.connectionStatusChanged.listeners;
        listeners.splice(listeners.indexOf(listener), 1);
        if (status === "connected") resolve();
        else reject(new Error(status));
      };
      this.connectionStatusChanged.connect(listener);
    });
    this.#open();
    return open;
  }

  send(kind, content, { metadata = {}, buffers = [] } = {}) {
    const header = { msg_id: makeId(), msg_type: kind, session: this.#session, username: "",
      version: VERSION, date: new Date().toISOString() };
    const message = packMessage({ channel: "shell", header, metadata, content, buffers });
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(message);
    else this.#waiting.push(message);
  }

  close() {
    this.#over = true;
    clearTimeout(this.#again);
    this.#socket.close();
  }
}
