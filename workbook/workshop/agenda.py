"""Agendas: the parts of a workshop with their minutes, stretched to the time there is.

A part's words, notes and what it asks stand in ``parts.toml``; a file in ``agendas/`` names the
parts of one length with their minutes. Minutes are our default.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from workbook.content import BASE_LANGUAGE, load_step, load_words
from workbook.discovery import find_files, read_toml
from workbook.errors import AgendaTooShort
from workbook.values import Frozen
from workbook.workshop.prompts import Prompt

if TYPE_CHECKING:
    from collections.abc import Sequence

PARTS = "workshop/parts.toml"
_FOLDER = "workshop/agendas"


class Notes(Frozen):
    """What the facilitator says, watches for, and how the part ends."""

    say: tuple[str, ...]
    watch: tuple[str, ...]
    end: str


class Part(Frozen):
    """One part of a workshop in words: what happens, what is asked, and the notes."""

    id: str
    title: str
    text: str
    """One sentence for the screen."""
    page: str = ""
    """The page of the workbook it happens on; empty where it happens on none."""
    steps: tuple[str, ...] = ()
    prompts: tuple[Prompt, ...] = ()
    """What everybody may be asked, each alone, in this order."""
    is_break: bool = False
    notes: Notes


class Slot(Frozen):
    """A part with its minutes in one agenda."""

    part: str
    minutes: int
    least: int


class Agenda(Frozen):
    """The parts of a workshop in order, with their minutes."""

    id: str
    slots: tuple[Slot, ...]

    @property
    def minutes(self) -> int:
        """All parts together."""
        return sum(slot.minutes for slot in self.slots)

    @property
    def shortest(self) -> int:
        """The fewest minutes it can be stretched to: breaks whole, the rest at its least."""
        return sum(self._least(slot) for slot in self.slots)

    def find(self, part: str) -> Slot | None:
        """The slot of a part."""
        return next((slot for slot in self.slots if slot.part == part), None)

    def following(self, part: str) -> Slot | None:
        """The slot after a part; the first one before any, None after the last."""
        names = [slot.part for slot in self.slots]
        place = names.index(part) + 1 if part in names else 0
        return self.slots[place] if place < len(names) else None

    def stretch(self, minutes: int) -> Agenda:
        """The same parts in other minutes in all, each in proportion, breaks as they are.

        Raises AgendaTooShort when the parts at their least take longer.
        """
        if minutes < self.shortest:
            raise AgendaTooShort(minutes=minutes, least=self.shortest)
        free = [slot for slot in self.slots if not _is_break(slot.part)]
        kept = sum(slot.minutes for slot in self.slots if _is_break(slot.part))
        given = dict(zip((s.part for s in free), _share(free, minutes - kept), strict=True))
        slots = tuple(
            slot.model_copy(update={"minutes": given.get(slot.part, slot.minutes)})
            for slot in self.slots
        )
        return self.model_copy(update={"slots": slots})

    @staticmethod
    def _least(slot: Slot) -> int:
        return slot.minutes if _is_break(slot.part) else slot.least


def _share(slots: Sequence[Slot], minutes: int) -> list[int]:
    """Whole minutes in proportion, none below its least, that add up.

    Whoever would get less than its least gets just that, and the rest is shared anew; what is
    left after whole minutes goes to those who lost most by rounding, the first one first.
    """
    fixed: dict[int, int] = {}
    while True:
        rest = minutes - sum(fixed.values())
        weight = sum(slot.minutes for n, slot in enumerate(slots) if n not in fixed)
        shares = {n: rest * s.minutes / weight for n, s in enumerate(slots) if n not in fixed}
        short = {n: slots[n].least for n, share in shares.items() if share < slots[n].least}
        if not short:
            break
        fixed |= short
    whole = {n: int(share) for n, share in shares.items()}
    left = rest - sum(whole.values())
    for n in sorted(shares, key=lambda n: (whole[n] - shares[n], n))[:left]:
        whole[n] += 1
    return [(whole | fixed)[n] for n in range(len(slots))]


def _is_break(part: str) -> bool:
    return bool(read_toml(PARTS)["parts"][part].get("is_break"))


@cache
def load_parts(language: str = BASE_LANGUAGE) -> dict[str, Part]:
    """Every part a workshop can have, by its id."""
    fixed = read_toml(PARTS)["parts"]
    worded = load_words(PARTS, language)["parts"]
    own = ("page", "steps", "prompts", "is_break")
    return {
        name: Part(id=name, **{**worded[name], **{k: part[k] for k in own if k in part}})
        for name, part in fixed.items()
    }


@cache
def load_agendas() -> dict[str, Agenda]:
    """The agendas there are, by their ids, the longest first."""
    found = []
    for file in find_files(_FOLDER, ".toml"):
        name = file.rpartition("/")[2].removesuffix(".toml")
        slots = tuple(Slot(**slot) for slot in read_toml(file)["slots"])
        found.append(Agenda(id=name, slots=slots))
    found.sort(key=lambda agenda: (-agenda.minutes, agenda.id))
    return {agenda.id: agenda for agenda in found}


def title_agenda(agenda: Agenda, language: str = BASE_LANGUAGE) -> str:
    """What an agenda is called."""
    return str(load_words(f"{_FOLDER}/{agenda.id}.toml", language)["title"])


def list_to_bring(agenda: Agenda, language: str = BASE_LANGUAGE) -> tuple[str, ...]:
    """What to have ready for the steps of an agenda, each thing once."""
    parts = load_parts(language)
    steps = [step for slot in agenda.slots for step in parts[slot.part].steps]
    things = [thing for step in steps for thing in load_step(step, language).have_ready]
    return tuple(dict.fromkeys(things))
