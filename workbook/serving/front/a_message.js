// A front end of our own for our pages: the line to the kernel and the few kinds of widgets that
// they are made of. Voila's is built from JupyterLab's parts, 3.7 million characters of script,
// nearly all of it for what no page of ours shows. A page with anything else gets Voila's.

const PROTOCOL = "v1.kernel.websocket.jupyter.org";
const VERSION = "5.3";

// A message as bytes: how many offsets, the offsets, then channel, header, parent, metadata,
// content and files. This is the form of jupyter_server's protocol named above.
const packMessage = (message) => {
  const texts = ["header", "parent_header", "metadata", "content"].map((part) =>
    JSON.stringify(message[part] ?? {}));
  const encoder = new TextEncoder();
  const parts = [message.channel, ...texts].map((text) => encoder.encode(text));
  for (const file of message.buffers ?? [])
    parts.push(ArrayBuffer.isView(file)
      ? new Uint8Array(file.buffer, file.byteOffset, file.byteLength)
      : new Uint8Array(file));
  const count = parts.length + 1;
  const head = 8 * (count + 1);
  const bytes = new Uint8Array(head + parts.reduce((sum, part) => sum + part.length, 0));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(count), true);
  let at = head;
  parts.forEach((part, number) => {
    view.setBigUint64(8 * (number + 1), BigInt(at), true);
    bytes.set(part, at);
    at += part.length;
  });
  view.setBigUint64(8 * count, BigInt(at), true);
  return bytes;
};

const unpackMessage = (raw) => {
  const view = new DataView(raw);
  const count = Number(view.getBigUint64(0, true));
  const offsets = [];
  for (let n = 1; n <= count; n += 1) offsets.push(Number(view.getBigUint64(8 * n, true)));
  const decoder = new TextDecoder();
  const text = (n) => decoder.decode(raw.slice(offsets[n], offsets[n + 1]));
  const [header, parent_header, metadata, content] = [1, 2, 3, 4].map((n) => JSON.parse(text(n)));
  const buffers = [];
  for (let n = 5; n < count - 1; n += 1)
    buffers.push(new DataView(raw.slice(offsets[n], offsets[n + 1])));
  return { channel: text(0), header, parent_header, metadata, content, buffers };
};

// crypto.randomUUID is there over https only, and a workshop runs over plain http
const makeId = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};
