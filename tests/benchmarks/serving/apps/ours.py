"""The page in this workbook: its own form, its own checks, saved encrypted after each answer."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from questions import QUESTIONS, SHARES, draw_week, greet

from workbook.charts.rendering import Picture
from workbook.content import load_step
from workbook.interface.escaping import write_paragraphs
from workbook.interface.form import FormScreen
from workbook.interface.furniture import draw_html
from workbook.interface.page import Page
from workbook.interface.pictures import write_picture
from workbook.serving.hosting import find_store
from workbook.serving.pages import read_clock
from workbook.serving.visit import WebVisit
from workbook.settings import Settings

NAMES = {"hours": "hours_per_week"}
MM_PER_INCH = 25.4


def _draw(hours: float, width_mm: float) -> Any:
    return draw_week(hours, width_mm / MM_PER_INCH)


class Questions(FormScreen):
    """All questions on one screen, with what was understood and the chart."""

    def draw(self, page: Page) -> list[Any]:
        self._greeting, self._chart = draw_html(""), draw_html("")
        self._hours = None
        return [*super().draw(page), self._greeting, self._chart]

    def refresh(self, page: Page) -> None:
        super().refresh(page)
        start = page.there.plan.start
        self._greeting.value = write_paragraphs(greet(start.name or ""))
        hours = float(start.hours_per_week or 0)
        if hours != self._hours:
            self._hours = hours
            rows = tuple((name, share * hours) for name, share in SHARES.items())
            picture = Picture(
                "week", "A week", "Bars.", partial(_draw, hours), ("Task", "Hours"), rows
            )
            self._chart.value = write_picture(picture, "The same as a table")


class Sheet(Page):
    """The page of the comparison."""

    def __init__(self) -> None:
        settings = Settings.read(os.environ)
        super().__init__("start", WebVisit(settings, find_store(settings), read_clock))
        step = load_step("start", "en")
        asked = tuple(NAMES.get(name, name) for name in QUESTIONS)
        section = step.sections[0].model_copy(update={"questions": asked})
        self.screens = self._own_screens = (Questions(step, section),)
        self.screen = self.screens[0]


Sheet()
