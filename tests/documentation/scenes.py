"""The pictures of the documentation: of which pages and screens, at which width."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "workbook" / "documentation" / "images"
DESKTOP, PHONE = (1280, 800), (390, 760)


class Scene(NamedTuple):
    """A picture: its name, the page, the heading of the screen, and what is to be on top."""

    name: str
    page: str
    heading: str
    size: tuple[int, int] = DESKTOP
    top: str = ""
    """A heading further down that the picture begins with; empty for the screen's own."""


SCENES = (
    Scene("task-list-desktop", "00_start", "Your tasks"),
    Scene("task-list-phone", "00_start", "Your tasks", PHONE),
    Scene("causes-desktop", "01_diagnosis", "Start here"),
    Scene("goal-phone", "02_goals", "Your goals", PHONE),
    Scene("places-desktop", "03_places", "Which places fit?"),
    Scene("tone-phone", "04_voice", "Your voice on a page", PHONE),
    Scene("promise-desktop", "05_complaints", "How soon the first answer comes"),
    Scene("links-desktop", "06_linking", "Who leads to whom"),
    Scene("week-phone", "08_time", "Your week", PHONE),
    Scene("numbers-desktop", "09_measurement", "What it came to"),
    Scene("list-phone", "10_larger_plan", "Your list on a page", PHONE),
    Scene("documents-desktop", "11_finish", "Your documents"),
    Scene("review-desktop", "12_review", "What the numbers tell"),
)
