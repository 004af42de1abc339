"""Every translation there is: nothing in it is wrong, and what it lacks is found."""

from __future__ import annotations

import json
import re

import nbformat
import pytest

from workbook import content
from workbook.discovery import read_toml, root
from workbook.translating import find_languages, gaps, notebooks
from workbook.translating.booklets import write_notebooks
from workbook.translating.gaps import CHANGED, MISSING, UNNOTED, WRONG, find_gaps, find_stray
from workbook.translating.notebooks import find_notebooks, list_texts, translate_notebook
from workbook.translating.origins import write_origins
from workbook.translating.texts import digest, is_kept, list_sources, read_texts

LANGUAGES = find_languages()[1:]
STEP = "steps/start/step.toml"


def test_there_is_a_translation():
    """The tests below look at something."""
    assert "es" in LANGUAGES
    assert len([*list_sources()]) > 100
    assert len(read_texts(STEP)) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_a_translation_is_wrong(language):
    """It has the keys, braces, numbers and names of the English, and no file beside them."""
    assert [gap for gap in find_gaps(language) if gap.kind == WRONG] == []
    assert find_stray(language) == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_what_it_calls_itself(language):
    """Its switch is in its own words."""
    assert read_toml(f"translations/{language}/language.toml")["name"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_notebook_is_translated(language):
    """Its title and each cell with text, as the app prints it."""
    for place in find_notebooks().glob("*.ipynb"):
        ours, theirs = (nbformat.read(place, as_version=4) for _ in range(2))
        translate_notebook(theirs, place.stem, language)
        assert not set(dict(list_texts(ours)).values()) & set(dict(list_texts(theirs)).values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_written_notebooks_are_whole_and_speak_it(language):
    """They can be run in JupyterLab, and nothing is left of what was shown in English."""
    written = dict(write_notebooks(language))
    assert len(written) == len([*find_notebooks().glob("*.ipynb")])
    for text in written.values():
        notebook = nbformat.reads(text, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert f'os.environ["WORKBOOK_LANGUAGE"] = "{language}"' in code[0].source
        assert not any(cell.outputs for cell in code)
        for cell in code:
            compile(cell.source, "cell", "exec")


# -- what is found ------------------------------------------------------------------------------

OURS = {
    "title": "Your business",
    "sure": "{count} of {most}",
    "limit": 3,
    "show_if": {"question": "start.route", "is": "full"},
    "sections": [{"id": "first", "title": "Names"}, {"id": "last", "title": "Days"}],
}
THEIRS = {
    "title": "Tu negocio",
    "sure": "{count} de {most}",
    "limit": 3,
    "sections": [{"id": "first", "title": "Nombres"}, {"id": "last", "title": "Días"}],
}


@pytest.fixture
def find(monkeypatch):
    """What is found in a translation of one file, given as tables."""

    def look(theirs, noted=None, left=()):
        over = f"translations/qqb/{STEP}"
        files = {STEP: OURS, over: theirs, "translations/qqb/language.toml": {"left": left}}
        texts = dict(gaps.walk_texts(OURS, STEP))
        kept = {key: digest(text) for key, text in texts.items()} if noted is None else noted
        monkeypatch.setattr(gaps, "list_english", lambda: iter([(STEP, texts)]))
        monkeypatch.setattr(gaps, "exists", files.__contains__)
        monkeypatch.setattr(gaps, "read_toml", lambda path: files.get(path) or read_toml(path))
        monkeypatch.setattr(gaps, "read_origins", lambda _: {STEP: kept})
        return {(gap.kind, gap.key, gap.fault) for gap in find_gaps("qqb")}

    return look


def test_a_whole_translation_has_no_gap(find):
    """What is translated, fits and was made from the English of today is all right."""
    assert find(THEIRS) == set()


def test_what_is_missing_is_listed(find):
    """Each text by its key, unless it is to stay English."""
    lacking = {k: v for k, v in THEIRS.items() if k not in ("title", "sections")}
    keys = ["title", "sections.0.title", "sections.1.title"]
    assert find(lacking) == {(MISSING, key, "") for key in keys}
    assert find(lacking, left=(f"{STEP}:sections.*", "*:title")) == set()


def test_english_that_changed_since_is_listed(find):
    """So is a text of which nobody noted what it was made from."""
    noted = {"title": digest("Your shop"), "sections.0.title": digest("Names")}
    assert find(THEIRS, noted) == {
        (CHANGED, "title", ""),
        (UNNOTED, "sure", ""),
        (UNNOTED, "sections.1.title", ""),
    }


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        ({"titel": "Tu negocio"}, ("titel", "unknown")),
        ({"sure": "{cuenta} de {most}"}, ("sure", "braces")),
        ({"limit": 4}, ("limit", "value")),
        ({"title": ["Tu negocio"]}, ("title", "type")),
        ({"sections": THEIRS["sections"][:1]}, ("sections", "length")),
        ({"show_if": {"question": "start.name"}}, ("show_if", "name")),
        ({"sections": [{"title": "a"}, *THEIRS["sections"][1:]]}, ("sections.0.id", "lacks")),
        (
            {"sections": [{"id": "primera", "title": "a"}, *THEIRS["sections"][1:]]},
            ("sections.0.id", "name"),
        ),
    ],
)
def test_what_is_wrong_is_listed(find, part, wanted):
    """Each by its key, with what is wrong with it."""
    assert (WRONG, *wanted) in find(THEIRS | part)


def test_names_are_told_from_words():
    """A name of the program is kept where it looks like one, and only there."""
    assert is_kept("page", "05_complaints")
    assert not is_kept("page", "The page of your business")
    assert is_kept("sources", ["P1", "A2"])
    assert is_kept("patterns", {"a": "Words"})
    assert not is_kept("title", "your_business")


def test_noted_origins_come_in_an_order_that_stays(monkeypatch):
    """Only what was looked at is noted anew; the file is the same for the same texts."""
    monkeypatch.setattr(gaps, "list_english", lambda: iter([("a/b.toml", {"x": "One two"})]))
    monkeypatch.setattr(gaps, "_read_overlay", lambda *_: {"x": "Uno dos"})
    before = {"a/b.toml": {"x": "old"}}
    monkeypatch.setattr(gaps, "read_origins", lambda _: before)
    assert gaps.note_origins("qqb", ("c/",)) == before
    noted = gaps.note_origins("qqb", ("a/",))
    assert noted == {"a/b.toml": {"x": digest("One two")}}
    assert json.loads(write_origins(noted)) == noted


def test_somebodys_own_text_is_not_translated(monkeypatch):
    """A cell that was changed in a copy of a notebook says in every language what it says there."""
    place = find_notebooks() / "02_goals.ipynb"
    notebook = nbformat.read(place, as_version=4)
    texts = dict(list_texts(notebook))
    noted = {"notebooks/02_goals.toml": {key: digest(text) for key, text in texts.items()}}
    monkeypatch.setattr(notebooks, "read_origins", lambda _: noted)
    notebook.cells[0].source = "# Our goals"
    translate_notebook(notebook, "02_goals", "es")
    assert notebook.cells[0].source == "# Our goals"
    assert notebook.metadata["title"] != texts["title"]


def test_numbers_of_a_translation_are_read_as_they_are_written():
    """The marks within a number differ, and the months are twelve."""
    for language in LANGUAGES:
        words = content.load_words("wording.toml", language)
        assert words["decimal"] != words["thousands"]
        assert len(words["months"]) == 12
        assert all(re.fullmatch(r"\w+", month) for month in words["months"])


def test_what_is_left_english_exists():
    """A language leaves nothing English that is not there."""
    for language in LANGUAGES:
        listed = read_toml(f"translations/{language}/language.toml").get("left", ())
        files = {str(pattern).partition(":")[0] for pattern in listed}
        assert all("*" in file or root().joinpath(file).is_file() for file in files)
