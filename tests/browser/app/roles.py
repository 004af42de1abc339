"""What assistive technology is told of each kind of field, read from the accessibility tree.

Written anew, after a field was changed on purpose, with ``python -m tests.browser.app.roles``.
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

KEPT = Path(__file__).with_name("roles.toml")
STATES = ("empty", "filled", "unknown", "error")
SILENT = {"none", "generic", "StaticText", "InlineTextBox", "paragraph", "LabelText", "LineBreak"}
SILENT |= {"Legend", "spinbutton", "option", "MenuListOption", "MenuListPopup", "optgroup"}
"""Text, and parts of a date or a time, which the browser words itself."""
CALLED = {"DisclosureTriangle": "disclosure", "ColorWell": "colour", "InputTime": "time"}
TOLD = {"checked", "invalid", "required", "disabled", "multiline", "expanded"}
FALSE = (False, "false", "none", "")


def read_roles(page: Page) -> dict[str, dict[str, list[str]]]:
    """By kind and state of the gallery: a line for each thing that is told, in its order.

    Args:
        page: The gallery, drawn to its end.
    """
    devtools = page.context.new_cdp_session(page)
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    found: dict[str, dict[str, list[str]]] = {}
    for kind, state, selector in _list_fields(page):
        node = devtools.send("DOM.querySelector", {"nodeId": root, "selector": selector})
        tree = devtools.send("Accessibility.queryAXTree", {"nodeId": node["nodeId"]})["nodes"]
        found.setdefault(kind, {})[state] = [_write_node(n) for n in tree if _is_told(n)]
    return {kind: dict(sorted(states.items())) for kind, states in sorted(found.items())}


def _list_fields(page: Page) -> Iterator[tuple[str, str, str]]:
    """Kind, state and selector of each field; a list of entries and a long choice stand apart."""
    for field in page.locator("[data-path^=gallery-]").all():
        path = field.get_attribute("data-path") or ""
        state, _, kind = path.removeprefix("gallery-").partition("/")
        if state in STATES:
            yield kind, state, f'[data-path="{path}"]'
    yield "records", "empty", '[data-path="audience.figures"]'
    page.evaluate("for (const e of document.querySelectorAll('.wb-record')) e.open = true")
    yield "choice_of_many", "filled", '[data-path^="start.accounts."]:has(select)'


def read_kept() -> dict[str, dict[str, list[str]]]:
    """What was looked at and found right."""
    return tomllib.loads(KEPT.read_text(encoding="utf-8"))


def _is_told(node: dict[str, Any]) -> bool:
    name = node.get("name", {}).get("value", "")
    own = not name.startswith("Show ") and (name or node["role"]["value"] != "group")
    return bool(own) and not node["ignored"] and node["role"]["value"] not in SILENT


def _write_node(node: dict[str, Any]) -> str:
    told = {p["name"]: p["value"].get("value") for p in node.get("properties", ())}
    role = CALLED.get(node["role"]["value"], node["role"]["value"].lower())
    parts = [role, f"“{node.get('name', {}).get('value', '')}”"]
    if (value := node.get("value", {}).get("value", "")) != "":
        parts.append(f"= “{value}”")
    if description := node.get("description", {}).get("value", ""):
        parts.append(f"({description})")
    parts += [f"{n}={v}" for n, v in told.items() if n in TOLD and v not in FALSE]
    return " ".join(parts)


def write_kept(found: dict[str, dict[str, list[str]]]) -> str:
    """The lines as they are kept."""
    lines = ["# What assistive technology is told of each kind of field: role, name, value,", ""]
    lines[1:] = ["# description, and what else is so. Made by `python -m tests.browser.app.roles`."]
    for kind, states in found.items():
        lines += ["", f"[{kind}]"]
        for state, told in states.items():
            rows = [f'  "{line}",'.replace("\\", "\\\\").replace("\n", "\\n") for line in told]
            lines += [f"{state} = [", *rows, "]"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Look at the gallery and keep what it says now."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from playwright.sync_api import sync_playwright
    from serving_fixtures import run_server

    from workbook.serving.gallery import find_gallery

    with (
        TemporaryDirectory() as folder,
        sync_playwright() as driver,
        run_server(find_gallery(), Path(folder) / "log", fork="no") as served,
    ):
        program = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_default_timeout(60_000)
        page.goto(served.address)
        page.locator("[data-wb-end]").first.wait_for(state="attached")
        KEPT.write_text(write_kept(read_roles(page)), encoding="utf-8")
        browser.close()


if __name__ == "__main__":
    main()
