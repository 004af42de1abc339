/* Keeps a page in touch with its kernel: ends the kernel when the page goes, notices when the
 * kernel or the server has gone, reloads once by itself, and says so when that does not help. */
(() => {
  "use strict";

  const EVERY = 10000; // between two looks while all is well
  const SOON = 3000; // between two looks while the server does not answer
  const PATIENCE = 5000; // for one answer
  const LONG = 20; // looks without an answer after which a restart is no restart any more
  const AGAIN = 60000; // a reload sooner than this after the last one has not helped
  const LOST = ["restarting", "autorestarting", "dead"];
  const STOPS = "workbook_restarting"; // said by the server alone
  const STAMP = "workbook-reloaded";

  let kernelId = null;
  let missed = 0;
  let timer = null;
  let looking = false;
  let gone = false;
  let ending = false;
  let watched = null;
  let stuck = false;

  const base = () => document.body.dataset.baseUrl.replace(/voila\/$/, "");

  function findKernel() {
    if (kernelId === null) {
      const config = document.getElementById("jupyter-config-data");
      try {
        kernelId = config ? JSON.parse(config.textContent).kernelId || null : null;
      } catch {
        kernelId = null; // still on its way
      }
    }
    return kernelId;
  }

  function kernel() {
    const app = window.jupyterapp;
    const manager = window.workbookFront || (app && app.widgetManager);
    return manager ? manager.kernel : null;
  }

  /* Voila ends the kernel at beforeunload, which mailto: and download links fire as well while
   * the page stays. The page's own end is told by pagehide. */
  window.addEventListener("beforeunload", (event) => {
    event.stopImmediatePropagation();
    giveUpPlace();
  });

  /* Whoever goes to another page takes the place along: for half a minute the next request tells
   * which kernel it follows. Safari on an iPhone has no beforeunload, so our own links tell it. */
  window.addEventListener("workbook:going", giveUpPlace);

  function giveUpPlace() {
    if (!findKernel()) return;
    const path = `${base()}voila/`;
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `wb_left=${kernelId}; max-age=30; path=${path}; samesite=lax${secure}`;
  }

  /* Whoever switches the language keeps what stands behind the # sign: language.js does the same. */
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.("a[hreflang]");
    if (link && location.hash) link.hash = location.hash;
  }, { capture: true });

  window.addEventListener("pagehide", () => {
    if (!findKernel()) return;
    gone = true;
    giveUpPlace();
    const form = new FormData();
    const found = document.cookie.match("\\b_xsrf=([^;]*)\\b");
    form.append("_xsrf", found ? found[1] : "");
    const farewell = new CustomEvent("workbook:farewell", { detail: {} });
    window.dispatchEvent(farewell);
    const unsaved = farewell.detail.unsaved ?? "";
    if (unsaved) form.append("unsaved", unsaved);
    const address = `${base()}voila/api/shutdown/${kernelId}`;
    if (navigator.sendBeacon(address, form) || !unsaved) return;
    form.delete("unsaved"); // more than a browser carries: the farewell at least
    navigator.sendBeacon(address, form);
  });

  function reloadedLately() {
    try {
      return Date.now() - Number(sessionStorage.getItem(STAMP) || 0) < AGAIN;
    } catch {
      return true; // without a memory a page must not reload itself
    }
  }

  function reload() {
    try {
      sessionStorage.setItem(STAMP, String(Date.now()));
    } catch {
      // the visitor asked for it, so it is done all the same
    }
    window.dispatchEvent(new CustomEvent("workbook:before-reload"));
    window.location.reload();
  }

  /* The server stops: what is being typed is sent while there is time, and the page comes back
   * once the server does. */
  function restarting() {
    ending = true;
    window.dispatchEvent(new CustomEvent("workbook:before-reload"));
    hideBar();
    showBar();
    missed = 1;
    plan();
  }

  /* Why nothing is saved just now. Without a network a reload would only lose the page, so no
   * button offers one. A server on the same computer answers without one, and nothing is said. */
  function reason() {
    if (ending && missed < LONG) return "restarting";
    return navigator.onLine ? "lost" : "offline";
  }

  function showBar() {
    const place = document.getElementById("wb-lost");
    const why = reason();
    if (!place || place.dataset.why === why) return;
    const bar = document.createElement("div");
    bar.className = "wb-lost-bar";
    bar.setAttribute("role", "alert");
    const text = document.createElement("p");
    text.textContent = document.body.dataset[why];
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = document.body.dataset.reload;
    button.addEventListener("click", reload);
    bar.append(text, ...(why === "lost" ? [button] : []));
    place.dataset.why = why;
    place.replaceChildren(bar);
  }

  function hideBar() {
    if (stuck) return;
    const place = document.getElementById("wb-lost");
    if (!place || !place.dataset.why) return;
    const back = place.dataset.why === "offline";
    delete place.dataset.why;
    place.replaceChildren();
    if (back) sayBack();
  }

  /* That the network is there again is said to those who listen; the others see the bar go. */
  function sayBack() {
    const voice = document.getElementById("wb-back-voice");
    if (!voice) return;
    voice.textContent = document.body.dataset.back;
    setTimeout(() => (voice.textContent = ""), 10000);
  }

  function lost() {
    if (document.hidden) return; // looked at again when the page is
    if (reloadedLately() && !ending) showBar();
    else reload();
  }

  function answered() {
    if (ending) return; // the server that stops answers to the last
    missed = 0;
    const current = kernel();
    if (current && current.connectionStatus === "disconnected") {
      current.reconnect().then(hideBar, () => {});
    } else if (!current || current.connectionStatus === "connected") {
      hideBar();
    }
  }

  function unanswered() {
    missed += 1;
    if (missed >= 2 || !navigator.onLine) showBar();
  }

  async function look() {
    if (looking || !findKernel()) return;
    looking = true;
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const reply = await fetch(`${base()}api/kernels/${kernelId}`, { cache: "no-store", signal });
      if (reply.status === 404) lost();
      else if (reply.ok) answered();
      else unanswered();
    } catch {
      unanswered();
    } finally {
      looking = false;
      plan();
    }
  }

  function plan() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(look, missed ? SOON : EVERY);
  }

  function lookNow() {
    if (!document.hidden) look();
  }

  document.addEventListener("visibilitychange", lookNow);
  window.addEventListener("online", lookNow);
  window.addEventListener("offline", lookNow);
  window.addEventListener("pageshow", (event) => {
    if (event.persisted || gone) {
      gone = false;
      lookNow();
    }
  });

  function watch() {
    const current = kernel();
    if (!current || current === watched) return Boolean(current);
    watched = current;
    current.statusChanged.connect((_, status) => {
      if (LOST.includes(status) && !ending) lost();
    });
    current.iopubMessage.connect((_, message) => {
      if (message.header.msg_type === STOPS) restarting();
    });
    current.connectionStatusChanged.connect((_, status) => {
      if (status === "connected" && missed === 0) hideBar();
      else setTimeout(lookNow, 1000);
    });
    return true;
  }

  /* Voila's empty desk takes the name of our main part: it gets another one. */
  function clearDesk() {
    if (window.workbookFront) return true;
    const app = window.jupyterapp;
    if (!app || !app.shell) return false;
    app.shell.node.classList.add("wb-desk");
    app.shell.node.removeAttribute("id");
    return true;
  }

  const places = () => [...document.querySelectorAll("#main .jp-OutputArea-output.lm-Panel")];

  function isReady() {
    const waiting = '#main script[type="application/vnd.voila.cell-output+json"]';
    if (document.querySelector(waiting)) return false;
    return places().every((place) => place.childElementCount > 0);
  }

  /* A widget that its kernel does not know: the kernel was lost while the page was opened. */
  function isBroken() {
    return places().some((place) => place.textContent.startsWith("Error"));
  }

  /* A script that the page needs did not arrive, and nothing more will happen by itself. */
  function giveUp() {
    stuck = true;
    missed = Math.max(missed, 1);
    showBar();
  }

  window.addEventListener("workbook:stuck", giveUp);
  window.addEventListener("error", ({ target }) => target && target.id === "wb-front" && giveUp(), true);

  function begin() {
    const step = () => {
      const started = watch() & clearDesk();
      const broken = isBroken();
      if (!broken && !(started && isReady())) {
        setTimeout(step, 50);
        return;
      }
      for (const status of document.querySelectorAll(".wb-preparing")) status.remove();
      if (broken) lost();
    };
    step();
    plan();
  }

  document.addEventListener("DOMContentLoaded", begin);
})();
