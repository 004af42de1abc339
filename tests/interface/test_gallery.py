"""The gallery shows every kind of field in every state, as visitors see them."""

from __future__ import annotations

import pytest

from tests.interface.conftest import widgets_of
from workbook.content import load_words
from workbook.errors import WorkbookError
from workbook.interface.fields import Field, field_kinds
from workbook.interface.gallery import KEPT, LISTS, STATES, WORDS, Gallery, GalleryScreen
from workbook.serving.gallery import GalleryVisit, find_gallery, show_gallery

ALL_STATES = [state for state in STATES if state != "unknown"]


@pytest.fixture(scope="module")
def gallery():
    """The gallery with the example opened."""
    page = show_gallery()
    page.take_up(page.visit.open(None))
    return page


def _fields(page):
    return [widget for widget in widgets_of(page.body) if isinstance(widget, Field)]


@pytest.mark.parametrize("kind", field_kinds())
def test_every_kind_stands_in_every_state(gallery, kind):
    """A new kind of field has to say how the gallery words it, and is seen in each state."""
    shown = [f for f in _fields(gallery) if f.spec["kind"] == kind and f.path != KEPT]
    if kind == LISTS:
        lists = load_words(WORDS)["lists"]
        assert {field.path for field in shown} == {lists[state] for state in ALL_STATES}
        return
    states = {field.path.partition("/")[0].removeprefix("gallery-") for field in shown}
    assert states >= set(ALL_STATES)
    assert all(field.spec["passing"] for field in shown)


def test_paths_differ_and_answers_fit(gallery):
    """Each field has a path of its own, and shows what its state says."""
    fields = {field.path: field for field in _fields(gallery)}
    assert len(fields) == len(_fields(gallery)) == len(gallery.fields)
    assert fields["gallery-empty/text"].value is None
    assert fields["gallery-filled/text"].value == field_kinds()["text"].sample
    assert fields["gallery-filled/text"].spec["hint"]
    assert fields["gallery-unknown/yes_no"].value == "unknown"
    assert (
        fields["gallery-narrow/text"].spec["label"] == fields["gallery-filled/text"].spec["label"]
    )
    assert len(fields["gallery-long/text"].spec["label"]) > 100


def test_every_field_in_error_is_told_its_error(monkeypatch):
    """The browser hears of an error for each field of that state, in lists for an entry."""
    told = {}
    monkeypatch.setattr(
        "workbook.interface.desk.Desk.tell", lambda _, kind, **values: told.update({kind: values})
    )
    page = Gallery(GalleryVisit())
    page.take_up(page.visit.open(None))
    errors = set(told["errors"]["errors"])
    marked = {path for path in page.fields if path.startswith("gallery-error/")}
    assert marked
    assert marked < errors
    (entry,) = errors - marked
    assert entry.startswith(load_words(WORDS)["lists"]["error"])


def test_findings_of_each_weight_are_shown(gallery):
    """What blocks, what may not work and what is worth knowing look as on every page."""
    said = "".join(w.value for w in widgets_of(gallery.body) if "HTML" in type(w).__name__)
    assert all(f"wb-finding wb-{weight}" in said for weight in ("block", "warn", "note"))
    assert "wb-chart" in said
    assert "wb-aside" in said
    looks = {look for w in widgets_of(gallery.body) for look in getattr(w, "_dom_classes", ())}
    assert {"wb-main", "wb-quiet", "wb-offer", "wb-back"} <= looks


def test_lists_of_the_example_can_be_changed():
    """An entry added to a list is there at once, in memory and nowhere else."""
    page = show_gallery()
    page.take_up(page.visit.open(None))
    path = load_words(WORDS)["lists"]["empty"]
    page._hear(page.desk, {"kind": "add", "path": path}, [])
    assert len(page.fields[path].value) == 1
    assert GalleryScreen("en").asks(f"{path}.any.share")
    assert page.visit.open(None).plan.audience.figures == ()


def test_what_may_happen_to_an_answer_is_told_as_on_any_page(monkeypatch):
    """Pressing the buttons shows that somebody answered first, and that nothing can be saved."""
    told = {}
    monkeypatch.setattr(
        "workbook.interface.desk.Desk.tell", lambda _, kind, **values: told.update({kind: values})
    )
    page = Gallery(GalleryVisit())
    page.take_up(page.visit.open(None))
    words = load_words(WORDS)["keeping"]
    buttons = {getattr(each, "description", ""): each for each in widgets_of(page.body)}
    buttons[words["meet"]].click()
    buttons[words["fail"]].click()
    assert told["saved"]["clash"]
    assert told["saved"]["path"] in page.fields
    assert told["saved"]["raw"] != page.raw(told["saved"]["path"])
    assert told["failed"]["retry"]
    assert told["failed"]["what"]


def test_its_notebook_shows_it():
    """The folder that is served holds the one notebook, which calls for the gallery."""
    (notebook,) = find_gallery().glob("*.ipynb")
    assert "show_gallery()" in notebook.read_text(encoding="utf-8")
    with pytest.raises(WorkbookError):
        show_gallery().there  # noqa: B018 - nothing is open before the browser asks
