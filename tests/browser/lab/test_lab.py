"""The notebooks in JupyterLab: pages on a plan file, beside each other and beside its own tools."""

from __future__ import annotations

import re
import stat

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.server]

AIM = "What should be different for the business in a year?"
SAVED = re.compile(r"^Saved \d")


def answer(panel, text, label=AIM):
    """Answer a question of a page, and wait until it is saved."""
    field = panel.get_by_label(label)
    field.fill(text)
    field.press("Tab")
    expect(panel.get_by_text(SAVED)).to_be_visible()


def test_an_answer_is_kept_in_the_file_beside_the_notebooks(analyst):
    """A notebook runs as it is; the answer lies in plan.json, which nobody else can read.

    The cells at its end look at the example while nothing is answered, with a chart and a “what
    if”; run again, they show the answers as a table.
    """
    analyst.open()
    analyst.run()
    panel = analyst.panel()
    expect(panel.get_by_text("Nothing to save yet")).to_be_visible()
    see_example(panel)
    assert not (analyst.path / "plan.json").exists()
    answer(panel, "Fewer small repairs at weekends")
    assert analyst.read_plan()["goals"]["aim"] == "Fewer small repairs at weekends"
    assert stat.S_IMODE((analyst.path / "plan.json").stat().st_mode) == 0o600
    analyst.run()
    rows = panel.get_by_role("row", name=re.compile("goals.aim"))
    row = rows.filter(has_text="Fewer small repairs at weekends")
    expect(row).to_contain_text("What should be different")


def see_example(panel):
    """The finished example as tables, a chart, and a chart of what would be; no cell fails."""
    row = panel.get_by_role("row", name=re.compile(r"goals\.goals\.goal1\.baseline"))
    expect(row).to_contain_text("I do not know yet")
    expect(panel.get_by_role("row", name=re.compile("goal-provisional"))).to_be_visible()
    numbers = panel.get_by_role("row", name=re.compile("Enquiries from social media"))
    expect(numbers.filter(has_text="not known yet").first).to_be_visible()
    expect(panel.page.get_by_role("button", name="(ipykernel) | Idle")).to_be_visible()
    drawn = "all => all.filter((each) => each.naturalWidth > 500).length"
    assert panel.get_by_role("img").evaluate_all(drawn) == 2
    expect(panel.get_by_text("Traceback")).to_have_count(0)


def test_a_page_has_our_look_and_leaves_that_of_jupyterlab(analyst):
    """Our style reaches our page and nothing around it, in light and in dark."""
    analyst.open()
    page = analyst.page
    around = page.get_by_role("main")
    menu = page.get_by_role("menuitem", name="File", exact=True)
    before = [around.bounding_box(), menu.bounding_box(), look_of(menu)]
    analyst.run()
    heading = analyst.panel().get_by_role("heading", name="What the business wants")
    assert look_of(heading)["color"] == "rgb(29, 39, 51)"
    assert [around.bounding_box(), menu.bounding_box(), look_of(menu)] == before
    choose_theme(page, "JupyterLab Dark")
    expect(heading).to_have_css("color", "rgb(232, 236, 239)")
    choose_theme(page, "JupyterLab Light")
    expect(heading).to_have_css("color", "rgb(29, 39, 51)")


def choose_theme(page, name):
    """Choose a theme in JupyterLab's menu."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.get_by_role("listitem").filter(has_text=re.compile(r"^Theme$")).hover()
    page.get_by_text(name, exact=True).click()


def look_of(found):
    """How something is drawn: colours and letters."""
    names = ["color", "backgroundColor", "fontFamily", "fontSize", "fontWeight", "lineHeight"]
    return found.evaluate(
        "(e, names) => Object.fromEntries(names.map((n) => [n, getComputedStyle(e)[n]]))", names
    )


def test_keys_on_a_page_are_no_commands_to_jupyterlab(analyst):
    """D twice on one of our boxes does not delete the cell, nor does A add one."""
    analyst.open()
    analyst.run()
    panel = analyst.panel()
    boxes = panel.get_by_role("checkbox", name="I do not know").first
    boxes.focus()
    for key in ["a", "b", "x", "d", "d", "m", "z", "Escape", "Control+z"]:
        analyst.page.keyboard.press(key)
    expect(boxes).to_be_focused()
    boxes.press("Space")
    expect(panel.get_by_text(SAVED)).to_be_visible()
    expect(panel.get_by_role("textbox").filter(has_text="from workbook import")).to_have_count(2)
    assert analyst.read_plan()["goals"]["aim"] == "unknown"


def test_continue_and_links_open_the_other_notebook(analyst):
    """A link to another page opens its notebook beside this one, at the place it names."""
    analyst.open()
    analyst.page.evaluate("document.body.dataset.kept = 'yes'")
    analyst.run()
    analyst.panel().get_by_role("button", name="Back").click()
    analyst.see_notebook("00_start")
    analyst.run("00_start")
    start = analyst.panel("00_start")
    start.get_by_role("link", name="Say why, and set one to three goals").click()
    analyst.see_notebook("02_goals")
    expect(analyst.panel().get_by_label(AIM)).to_be_focused()
    analyst.tab("00_start").click()
    start.get_by_role("link", name="Find out what misses the mark").click()
    analyst.see_notebook("01_diagnosis")
    analyst.run("01_diagnosis")
    expect(analyst.panel("01_diagnosis").locator(":focus")).to_have_count(1)
    expect(analyst.page.locator("body")).to_have_attribute("data-kept", "yes")


def test_the_example_is_shown_in_its_place_and_left_again(analyst):
    """The finished example can be looked at; the plan in the file stays as it is."""
    analyst.open("00_start")
    analyst.run("00_start")
    panel = analyst.panel("00_start")
    panel.get_by_role("link", name="See a finished example").click()
    expect(panel.get_by_text("This is a finished example.")).to_be_visible()
    expect(panel.get_by_role("heading", name="Your tasks")).to_be_visible()
    panel.get_by_role("button", name="Start my own plan").click()
    expect(panel.get_by_role("heading", name="A plan you can keep")).to_be_visible()
    expect(panel.get_by_text("This is a finished example.")).to_be_hidden()
    assert not (analyst.path / "plan.json").exists()


def test_another_plan_has_a_file_of_its_own(analyst):
    """A notebook can name its plan file; drafts and answers of one plan never reach another."""
    path = analyst.path / "02_goals.ipynb"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            r"page(\"goals\")", r"page(\"goals\", plan=\"cafe.json\")"
        ),
        encoding="utf-8",
    )
    analyst.open()
    analyst.run()
    answer(analyst.panel(), "More guests in the morning")
    assert analyst.read_plan("cafe.json")["goals"]["aim"] == "More guests in the morning"
    assert not (analyst.path / "plan.json").exists()
