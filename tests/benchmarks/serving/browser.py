"""Visits and answers in Chromium, measured by the clock of the page itself."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from .frameworks import find_chromium

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import BrowserContext, Page, Playwright

    from .frameworks import Running

ARGUMENTS = ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
PAUSE = 1.5
"""Seconds after a visit in which the browser puts away what it made of the scripts."""

REST = 0.3
"""Seconds between two answers."""

#: In every page: it looks into shadow trees as well, which some frameworks draw in. The first
#: field gets a word as soon as it takes one; where that was too early and is lost, it is typed
#: again, as people do.
SCRIPT = r"""
(() => {
  const all = function* (root) {
    for (const element of root.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  };
  const own = (element) =>
    [...element.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("");
  const kinds = ["text", "number"];
  const fields = () => [...all(document)].filter((e) => e.localName === "input"
    && kinds.includes(e.type) && !e.disabled && e.getClientRects().length);
  const type = (field, text) => {
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set;
    field.focus();
    set.call(field, text);
    field.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true, data: text }));
    const key = { key: "Enter", code: "Enter", keyCode: 13, bubbles: true, composed: true };
    for (const kind of ["keydown", "keypress", "keyup"]) {
      field.dispatchEvent(new KeyboardEvent(kind, { ...key, cancelable: true }));
    }
    field.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
    field.blur();
  };
  const isKnownAs = (name) => {
    for (const element of all(document)) {
      if (own(element).trim() !== `Known as: ${name}`) continue;
      if (element.getClientRects().length) return true;
    }
    return false;
  };
  const readChart = () => {
    const drawn = [];
    for (const element of all(document)) {
      const seen = element.getClientRects().length;
      if (element.localName === "img" && seen) drawn.push(element.complete && element.src);
      if (element.localName === "svg" && seen && element.innerHTML.length > 3000) {
        drawn.push(element.innerHTML);
      }
    }
    return drawn.every(Boolean) ? drawn.join() : "";
  };
  const until = (check, every, again) => new Promise((done) => {
    const began = performance.now();
    let typed = began;
    const step = () => {
      const now = performance.now();
      if (check()) done(now);
      else if (now - began > 60000) done(NaN);
      else {
        if (again && now - typed > 250) {
          again();
          typed = now;
        }
        setTimeout(step, every);
      }
    };
    step();
  });
  let name = "";
  const call = () => {
    name = Math.random().toString(36).slice(2, 6).replace(/[0-9]/g, "x");
    type(fields()[0], name);
  };
  window.visited = async () => {
    await until(() => fields().length >= 2, 10);
    const usable = performance.now();
    call();
    const back = await until(() => isKnownAs(name), 5, call);
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return { usable, back, painted: paint ? paint.startTime : NaN };
  };
  window.answered = async () => {
    const began = performance.now();
    call();
    return (await until(() => isKnownAs(name), 2)) - began;
  };
  window.charted = async (hours) => {
    const before = readChart();
    const began = performance.now();
    type(fields()[1], String(hours));
    return (await until(() => ![before, ""].includes(readChart()), 2)) - began;
  };
})();
"""

Figures = dict[str, list[float]]


@asynccontextmanager
async def open_profile(playwright: Playwright) -> AsyncIterator[BrowserContext]:
    """A visitor with a profile on disk, as browsers have.

    Without one, scripts are compiled anew at each visit.
    """
    with tempfile.TemporaryDirectory(prefix="wb", ignore_cleanup_errors=True) as folder:
        visitor = await playwright.chromium.launch_persistent_context(
            folder, executable_path=find_chromium(), args=ARGUMENTS
        )
        try:
            await visitor.add_init_script(SCRIPT)
            yield visitor
        finally:
            await visitor.close()


async def measure_visits(
    playwright: Playwright, running: Running, figures: Figures, *, returns: int, answers: int
) -> None:
    """One visitor: a first visit, return visits and answers, noted in milliseconds.

    Raises :class:`TimeoutError` when a page never comes to it.
    """
    async with open_profile(playwright) as visitor:
        page = await visitor.new_page()
        for number in range(1 + returns):
            kind = "return visit" if number else "first visit"
            await _visit(page, running.address, kind, figures)
            await asyncio.sleep(PAUSE)
        for number in range(answers):
            _note(figures, "answer", await page.evaluate("answered()"))
            await asyncio.sleep(REST)
            charted = await page.evaluate(f"charted({number + 3})")
            _note(figures, "answer with a chart", charted)
            await asyncio.sleep(REST)


async def _visit(page: Page, address: str, kind: str, figures: Figures) -> None:
    await page.goto("about:blank")
    await page.goto(address, wait_until="commit")
    moments = await page.evaluate("visited()")
    _note(figures, kind, moments["back"])
    _note(figures, f"{kind}: first words", moments["painted"])
    _note(figures, f"{kind}: fields there", moments["usable"])


def _note(figures: Figures, kind: str, value: float) -> None:
    if value != value:  # noqa: PLR0124 - not a number: it never happened
        message = f"{kind}: the page never came to it"
        raise TimeoutError(message)
    figures.setdefault(kind, []).append(value)
