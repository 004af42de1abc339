/* Asks quietly whether there is a place, and comes in. The address stays as it is, so the part
 * behind its # sign, with the key of a plan, is there when the page opens. */
(() => {
  "use strict";

  const page = document.querySelector(".wb-waiting");
  const status = page.querySelector(".wb-before");
  const PATIENCE = 10000; // for one answer

  function tell(before) {
    const { next, one, many } = page.dataset;
    if (!many || before === undefined) return;
    const text = before === 0 ? next : before === 1 ? one : many.replace("{before}", before);
    if (status.textContent !== text) status.textContent = text;
  }

  async function ask() {
    let every = Number(page.dataset.every);
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      const reply = await fetch(page.dataset.address, { cache: "no-store", signal });
      const said = reply.ok ? await reply.json() : {};
      if (said.come) {
        window.location.reload();
        return;
      }
      tell(said.before);
      every = said.every ?? every;
    } catch {
      // the server does not answer: it is asked again
    }
    setTimeout(ask, 1000 * every);
  }

  setTimeout(ask, 1000 * Number(page.dataset.every));
})();
