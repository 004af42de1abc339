"""The gallery: every kind of field in every state, and what else pages are made of.

It is a page like any other, on the example's plan, so that what is looked at is what visitors see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ipywidgets import Layout

from workbook.charts.causes import CauseCount
from workbook.charts.causes import draw as draw_causes
from workbook.checks import Severity, load_checks
from workbook.content import (
    BASE_LANGUAGE,
    Question,
    explain_error,
    find_question,
    load_step,
    load_words,
)
from workbook.errors import StoreUnreachable
from workbook.interface.bench import make_question
from workbook.interface.escaping import Html, fill_html, write_paragraphs
from workbook.interface.fields import Field, field_kinds, make_spec
from workbook.interface.findings import draw_findings
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_guidance,
    draw_heading,
    draw_html,
    draw_row,
    write_aside,
)
from workbook.interface.page import Page
from workbook.interface.pictures import write_picture, write_table
from workbook.wording import offer_entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.checks import Finding
    from workbook.interface.visit import Visit
    from workbook.plan import Plan

WORDS = "interface/gallery.toml"
STATES = ("empty", "filled", "unknown", "error", "long", "narrow")
LISTS = "records"
NARROW = "17rem"
KEPT = "start.name"
"""The answer that shows what may become of one."""
_TEXTS = {"text", "long_text", "guarded_text", "guarded_long_text", "password_place"}
_PASSING = {"passing": True}
_CHOSEN = {"choice", "several", "yes_no"}
"""Kinds that offer “I do not know” among their options."""
_WRONG = "“?”"


class Gallery(Page):
    """The page with the one screen of the gallery."""

    def __init__(self, visit: Visit, language: str = BASE_LANGUAGE) -> None:
        super().__init__("start", visit, language)
        self.name = self.desk.notebook = "gallery"
        self.screens = self._own_screens = (GalleryScreen(language),)
        self.screen = self.screens[0]


class GalleryScreen:
    """All kinds of fields in all states, then the furniture."""

    id = "gallery"

    def __init__(self, language: str) -> None:
        self.language = language
        self.words = load_words(WORDS, language)
        self.title: str = self.words["title"]

    def asks(self, path: str) -> bool:
        """Whether a list of the example that is shown here holds an answer."""
        kept = (*self.words["lists"].values(), KEPT)
        return any(f"{path}.".startswith(f"{shown}.") for shown in kept)

    def is_shown(self, _: Plan) -> bool:
        """It is always shown."""
        return True

    def refresh(self, page: Page) -> None:
        """Bring the lists of the example up to date."""
        for path, field in page.fields.items():
            if path in self.words["lists"].values():
                field.value = page.raw(path)

    def draw(self, page: Page) -> list[Widget]:
        """A part for each state, then findings, buttons, chart, table and callouts."""
        errors: dict[str, str] = {}
        states = [self._draw_state(page, state, errors) for state in STATES]
        page.desk.tell("errors", errors=errors)
        return [
            draw_button(self.words["parts"]["back"], _do_nothing, name="back"),
            draw_heading(self.title, self.words["lead"]),
            draw_guidance(load_step("start", self.language), page.words, self.language),
            *states,
            self._draw_keeping(page),
            *self._draw_parts(page),
        ]

    # -- fields ----------------------------------------------------------------------------------

    def _draw_state(self, page: Page, state: str, errors: dict[str, str]) -> Widget:
        words = self.words["states"][state]
        head = [_draw_title(words["title"], words["lead"])]
        fields = [self._draw_field(page, kind, state) for kind in self._list_kinds(state)]
        if path := self.words["lists"].get(state):
            fields.append(self._draw_list(page, path))
        if state == "error":
            errors |= {self._find_wrong(page, field.path): self.words["error"] for field in fields}
        page.fields |= {field.path: field for field in fields}
        box = draw_group(*fields, name="gallery-fields")
        if state == "narrow":
            box.layout = Layout(width=NARROW)
        return draw_group(*head, box, name="gallery")

    def _list_kinds(self, state: str) -> list[str]:
        """The kinds that can be in a state; lists stand apart."""
        kinds = [name for name in field_kinds() if name != LISTS]
        known = self.words["kinds"]
        return [n for n in kinds if known[n].get("unknown")] if state == "unknown" else kinds

    def _draw_field(self, page: Page, kind: str, state: str) -> Field:
        question = self.make_question(kind, state)
        return Field(
            page=page.desk.page,
            path=question.path,
            spec=make_spec(question, _is_asked) | self.words["extras"].get(kind, {}) | _PASSING,
            value=self._fill(kind, state),
        )

    def make_question(self, kind: str, state: str) -> Question:
        """A question of a kind, worded for a state."""
        words, given = self.words, dict(self.words["kinds"][kind])
        options = dict(words[given.pop("options")]) if "options" in given else {}
        can_be_unknown, is_long = given.pop("unknown", False), state == "long"
        given.pop("value", None)
        if state == "unknown" and kind in _CHOSEN:
            options |= {"unknown": words["unknown"]}
        if is_long and options:
            options[next(iter(options))] = words["long_option"]
        made = {
            "kind": kind,
            "label": words["long_label" if is_long else "label"].format(kind=kind),
            "subject": words["subject"],
            "hint": "" if state == "empty" else words["long_hint" if is_long else "hint"],
            "why": "" if state == "empty" else words["why"],
            "unknown": words["unknown"] if can_be_unknown and kind not in _CHOSEN else "",
            "options": options,
            "exclusive": ("unknown",) if "unknown" in options else (),
            **given,
        }
        return make_question(f"gallery-{state}", kind, made, self.language)

    def _fill(self, kind: str, state: str) -> object:
        """The answer a field shows in a state."""
        if state == "empty" or kind == "file":
            return None
        if state == "unknown":
            return ["unknown"] if kind == "several" else "unknown"
        if state == "error" and kind in {"number", "percent", "hours", "money", "address"}:
            return _WRONG
        if state == "long" and kind in _TEXTS:
            return self.words["long_text"]
        sample: object = field_kinds()[kind].sample
        return self.words["kinds"][kind].get("value", sample)

    def _draw_list(self, page: Page, path: str) -> Field:
        question = offer_entries(find_question(path, self.language), page.there.plan)
        spec = make_spec(question, _is_asked)
        return Field(page=page.desk.page, path=path, spec=spec, value=page.raw(path))

    def _draw_keeping(self, page: Page) -> Widget:
        """A real answer, and buttons for what may happen while it is being kept."""
        words, question = self.words["keeping"], find_question(KEPT, self.language)
        spec = make_spec(question, _is_asked)
        field = Field(page=page.desk.page, path=KEPT, spec=spec, value=page.raw(KEPT))
        page.fields[KEPT] = field
        what, following = explain_error(StoreUnreachable(), self.language)

        def meet(_: object) -> None:
            saved = {"path": KEPT, "number": 0, "raw": words["theirs"], "fresh": True, "name": ""}
            page.desk.tell("saved", **saved, clash=True, at=page.there.now.isoformat())

        def fail(_: object) -> None:
            page.desk.tell("failed", what=what, next=following, retry=True)

        buttons = (draw_button(words["meet"], meet), draw_button(words["fail"], fail))
        head = _draw_title(words["title"], words["lead"])
        box = draw_group(field, name="gallery-fields")
        return draw_group(head, box, draw_row(*buttons), name="gallery")

    def _find_wrong(self, page: Page, path: str) -> str:
        """Where an error stands: at the field, or in the first entry of a list at its last."""
        if path not in self.words["lists"].values():
            return path
        entry = page.raw(path)[0]["id"]
        return f"{path}.{entry}.{find_question(path).fields[-1].id}"

    # -- furniture -------------------------------------------------------------------------------

    def _draw_parts(self, page: Page) -> Iterator[Widget]:
        parts = self.words["parts"]
        yield _draw_title(parts["title"], parts["text"])
        yield _draw_title(parts["findings"])
        box = draw_group(name="findings")
        draw_findings(box, list(self._choose_findings(page)), page)
        yield box
        yield _draw_title(parts["buttons"])
        names = ("main", "quiet", "offer")
        yield draw_row(*(draw_button(parts[name], _do_nothing, name=name) for name in names))
        yield _draw_title(parts["chart"])
        causes = (("A", 3, 0, 4, 0), ("B", 1, 1, 3, 1), ("C", 0, 2, 2, 0))
        picture = draw_causes([CauseCount(*cause) for cause in causes], language=self.language)
        yield draw_html(write_picture(picture, parts["table"]))
        yield _draw_title(parts["table"])
        rows = tuple((s.value, sum(c.severity is s for c in load_checks())) for s in Severity)
        yield draw_html(write_table(parts["table"], tuple(parts["columns"]), rows))
        yield _draw_title(parts["callouts"])
        yield draw_html(write_aside(parts["aside"], parts["aside_lines"]))

    def _choose_findings(self, page: Page) -> Iterator[Finding]:
        """A finding of each weight, the first that the example has, or one weighed otherwise."""
        found = page.there.findings
        for severity in Severity:
            mine = [f for f in found if f.severity is severity] or [
                found[0].model_copy(update={"severity": severity})
            ]
            yield next((f for f in mine if f.offers), mine[0])


def _draw_title(title: str, lead: str = "") -> Widget:
    head = fill_html("<h3>{title}</h3>", title=title)
    return draw_html(Html(head + write_paragraphs(lead, "wb-lead")))


def _is_asked(_: Question) -> bool:
    return True


def _do_nothing(_: Any = None) -> None:  # noqa: ANN401 - whatever was pressed
    """A button of the gallery does nothing."""
