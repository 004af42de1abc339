// What this browser keeps: the key of the plan, what is being typed, and where the visitor was.

const shelf = (name) => {
  const place = () => window[name];
  return {
    get(key) {
      try {
        return JSON.parse(place().getItem("workbook:" + key));
      } catch {
        return null;
      }
    },
    // true only when it can be read back: some browsers accept and forget
    set(key, value) {
      try {
        const text = JSON.stringify(value);
        place().setItem("workbook:" + key, text);
        return place().getItem("workbook:" + key) === text;
      } catch {
        return false;
      }
    },
    drop(key) {
      try {
        place().removeItem("workbook:" + key);
      } catch {
        /* nothing was kept */
      }
    },
    names(prefix) {
      try {
        const all = Object.keys(place());
        return all.filter((k) => k.startsWith("workbook:" + prefix)).map((k) => k.slice(9));
      } catch {
        return [];
      }
    },
  };
};
const device = shelf("localStorage");
const tab = shelf("sessionStorage");

// A draft is what was typed and is not known to be saved; `base` is the saved answer it replaces.
const drafts = (scope) => ({
  get: (path) => device.get(`draft:${scope}:${path}`),
  keep: (path, value, base) =>
    device.set(`draft:${scope}:${path}`, { value: plain(value), base: plain(base), at: Date.now() }),
  drop: (path) => device.drop(`draft:${scope}:${path}`),
  dropAll: () => device.names(`draft:${scope}:`).forEach((name) => device.drop(name)),
});

// Where a password might be typed, drafts live in this page alone, and are gone with it.
const heldHere = () => {
  const held = new Map();
  return {
    get: (path) => held.get(path) ?? null,
    keep: (path, value, base) =>
      held.set(path, { value: plain(value), base: plain(base), at: Date.now() }),
    drop: (path) => held.delete(path),
  };
};
const keptNowhere = { get: () => null, keep() {}, drop() {} };

const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
};

// The plans this device knows, the last one first: [{ key, name, at }].
const plans = {
  all: () => device.get("plans") ?? [],
  keep(key, name) {
    const others = plans.all().filter((plan) => plan.key !== key);
    return device.set("plans", [{ key, name, at: Date.now() }, ...others].slice(0, 50));
  },
  drop(key) {
    device.set("plans", plans.all().filter((plan) => plan.key !== key));
    device.set("forgotten", [...(device.get("forgotten") ?? []), mark(key)].slice(-50));
  },
  isForgotten: (key) => (device.get("forgotten") ?? []).includes(mark(key)),
  remember(key) {
    device.set("forgotten", (device.get("forgotten") ?? []).filter((one) => one !== mark(key)));
  },
};

// enough of a key to name its drafts, not enough to open the plan
const mark = (key) => key.slice(0, 8);

// The key of the plan to open: from the address, else this tab's, else this browser's last one. A
// key in the address stays there until its plan is open and the browser has really kept it. One for
// reading is kept for this tab only: it is somebody else's plan, and may be anybody's computer.
const findKey = () => {
  const given = new URLSearchParams(location.hash.slice(1));
  const at = given.get("at") ?? "";
  const back = given.get("from") ?? "";
  const fromLink = given.get("key") ?? "";
  const read = given.get("read") ?? "";
  if (given.has("own") || fromLink || read) tab.drop("example");
  if (["own", "new", "example", "key"].some((name) => given.has(name))) tab.drop("reading");
  const reading = read || tab.get("reading");
  if (reading) return { key: reading, reads: true, known: true, at, back, stored: false };
  if (given.has("example") || (tab.get("example") && !fromLink)) {
    tab.set("example", true);
    clearAddress();
    return { key: "", example: true, at, back, known: false, stored: true };
  }
  if (fromLink) return { key: fromLink, known: true, fromLink: true, at, back, stored: false };
  const own = tab.get("plan");
  const kept = own?.key && !plans.isForgotten(own.key) ? own : null;
  const last = given.has("new") ? null : (kept ?? plans.all()[0]);
  const plan = last
    ? { key: last.key, known: last.known ?? true }
    : { key: newKey(), known: false };
  const stored = tab.set("plan", plan);
  if (stored) clearAddress();
  return { ...plan, at, back, stored };
};

const clearAddress = () => {
  if (location.hash) history.replaceState(history.state, "", location.pathname + location.search);
};
