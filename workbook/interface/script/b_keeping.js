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

const newKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
};

// The key of the plan to open: from the address, else this tab's, else this browser's last one.
// It leaves the address only once the browser has really kept it.
const findKey = () => {
  const given = new URLSearchParams(location.hash.slice(1));
  const at = given.get("at") ?? "";
  const example = given.has("example") || (tab.get("example") && !given.has("key"));
  if (given.has("own")) tab.drop("example");
  if (example && !given.has("own")) {
    tab.set("example", true);
    return { key: "", example: true, at, known: false, stored: true };
  }
  const fromLink = given.get("key");
  if (fromLink) tab.drop("example");
  const kept = tab.get("plan") ?? device.get("plan");
  const plan = fromLink
    ? { key: fromLink, known: true }
    : kept?.key
      ? kept
      : { key: newKey(), known: false };
  const stored = device.set("plan", plan) && tab.set("plan", plan);
  if (location.hash && (stored || !fromLink)) {
    history.replaceState(history.state, "", location.pathname + location.search);
  }
  return { ...plan, at, example: false, stored };
};
