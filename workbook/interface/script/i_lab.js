// A page inside JupyterLab, beside other notebooks and under JupyterLab's own keys.

// Python answers once the page is drawn: what it said before, nobody was there to hear.
const openInLab = (desk) => {
  const at = tab.get("at:" + desk.model.get("notebook")) ?? "";
  tab.drop("at:" + desk.model.get("notebook"));
  desk.wanted = at;
  desk.tell({ kind: "open", at });
};

const watchTheLab = (desk) => {
  const { signal } = desk.over;
  const isMine = (target) => target instanceof Element && desk.root.contains(target);
  // to JupyterLab, keys on a button of ours are commands: D twice deletes the cell with the page.
  // It lets go of what carries this mark; saving the notebook is left to it.
  const keepKeys = (event) => {
    const saving = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (isMine(event.target)) event.target.toggleAttribute("data-lm-suppress-shortcuts", !saving);
  };
  window.addEventListener("keydown", keepKeys, { capture: true, signal });
  // whoever comes back from another notebook sees what was answered there
  const look = (event) => {
    if (isMine(event.target) && !isMine(event.relatedTarget)) desk.tell({ kind: "look" });
  };
  document.addEventListener("focusin", look, { signal });
};

// To the notebook of another page. One that is open already is told what to show, another asks.
const leaveInLab = (desk, target) => {
  const hash = new URLSearchParams(target.hash.slice(1));
  if (hash.has("example") || hash.has("own")) {
    desk.tell({ kind: "open", example: hash.has("example"), own: hash.has("own") });
    return;
  }
  const at = hash.get("at") ?? "";
  const notebook = target.pathname.split("/").pop().replace(/\.ipynb$/, "");
  const isThere = (one) => one.model.get("notebook") === notebook && one.scope === desk.scope;
  const there = isThere(desk) ? desk : [...shared.desks.values()].find(isThere);
  if (there === desk) {
    showAt(desk, at);
    return;
  }
  if (!there && at) tab.set("at:" + notebook, at);
  openNotebook(desk.model.widget_manager, notebook + ".ipynb", target);
  if (there) onceInFront(there, () => showAt(there, at));
};

const showAt = (desk, at) => {
  desk.wanted = at;
  desk.tell({ kind: "show", at });
};

// JupyterLab puts the focus into the notebook it opens; the page moves it on to the question after
const onceInFront = (desk, then, tries = 100) => {
  const panel = desk.root.closest?.(".jp-NotebookPanel");
  const ready = !panel || panel.contains(document.activeElement);
  if (ready || !tries) requestAnimationFrame(() => requestAnimationFrame(then));
  else setTimeout(() => onceInFront(desk, then, tries - 1), 30);
};

// JupyterLab opens a notebook itself, beside this one and without loading everything anew, when a
// link of a notebook's text is pressed: we have it make such a link.
const openNotebook = (manager, name, target) => {
  const here = manager?.context?.path;
  const handler = manager?.rendermime?.linkHandler;
  if (!here || !handler) {
    target.hash = "";
    location.assign(target);
    return;
  }
  const link = make("a", { hidden: true });
  handler.handleLink(link, here.replace(/[^/]*$/, "") + name, "");
  document.body.append(link);
  link.click();
  link.remove();
};
