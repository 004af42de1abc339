"""The screens of a page: a step's sections as forms, and what its editor adds to them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol

from workbook.content import load_step, load_steps
from workbook.discovery import exists

if TYPE_CHECKING:
    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan


class Screen(Protocol):
    """One screen of a page."""

    id: str
    title: str

    def asks(self, path: str) -> bool:
        """Whether this screen asks for the answer at a path."""
        ...

    def is_shown(self, plan: Plan) -> bool:
        """Whether a plan needs this screen."""
        ...

    def draw(self, page: Page) -> list[Widget]:
        """The widgets of the screen; fields are entered in ``page.fields``."""
        ...

    def refresh(self, page: Page) -> None:
        """Bring the widgets up to date with the plan."""
        ...


def screens_of(name: str, language: str) -> tuple[Screen, ...]:
    """The screens of a page, by the name of its step or “finish”."""
    if name == "finish":
        from workbook.interface.finish import draw_finish_screens  # noqa: PLC0415 - one page only

        return draw_finish_screens(language)
    from workbook.interface.form import FormScreen  # noqa: PLC0415 - the form needs this module

    first = load_step(name, language)
    steps = [step for step in load_steps(language) if step.page == first.page]
    forms: list[Screen] = [FormScreen(step, section) for step in steps for section in step.sections]
    for step in steps:
        if exists(f"steps/{step.id}/editor.py"):
            editor = import_module(f"workbook.steps.{step.id}.editor")
            forms = editor.arrange(forms, step, language)
    return tuple(forms)


def find_notebook(name: str) -> str:
    """The name of the notebook a page is in, without its ending."""
    return "11_finish" if name == "finish" else load_step(name).page


def find_screen(screens: tuple[Screen, ...], at: str, plan: Plan | None = None) -> Screen:
    """The screen with an id, or the one that asks for the answer at a path; else the first.

    Where several ask for it, and where none is named, it is the first of them that the plan needs.
    """
    named = [s for s in screens if s.id == at or (at and s.asks(at))]
    needed = [s for s in named or screens if plan is not None and s.is_shown(plan)]
    return (*needed, *named, *screens)[0]
