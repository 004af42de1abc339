"""A list of clients that was typed: places with their numbers, or one client a line."""

from __future__ import annotations

import re
from collections import Counter

from workbook.evidence.clients import Counted, Question
from workbook.imports.client_answers import Reading, ask_back, load_cells, read_answer, tell_apart
from workbook.imports.mentions import collapse, find_lead, find_mails, find_mentions, strip_marks
from workbook.values import Problem

Line = tuple[int, str]
_LONGEST_COUNT = 60
"""Letters of the longest line that may be a place with its number."""
_TAIL = re.compile(r"[-+−–]?\d[\d.,/%]*\)?$")  # noqa: RUF001 - as people type them
_AHEAD = re.compile(r"(\d{1,6})(?: ?[x×])? (\D.*)")  # noqa: RUF001 - as people type them
_BETWEEN = " :;,=|(-–—"  # noqa: RUF001 - as people type them
_NUMBER = re.compile(r"\d{1,6}", re.ASCII)
_HEAD = re.compile(r"[,;|/]| [-–—] ")  # noqa: RUF001 - as people type them
_PIECES = re.compile(r"[,;]")
_ASKED = "asked"


def read_lines(lines: list[Line], asked: int | None, reading: Reading) -> list[Counted]:
    """The counts in the lines of a list.

    Args:
        lines: The number and the text of each line.
        asked: How many were asked, where somebody says so beside the list.
        reading: What was found so far; what is to be said is added to it.

    Returns:
        One count, or none where nothing can be counted.
    """
    plain = [(number, collapse(line).strip(" \ufeff;,")) for number, line in lines]
    plain = _drop_numbering([(number, line) for number, line in plain if line])
    plain = [each for number, line in plain for each in _part(number, strip_marks(line))]
    pairs = [_split_count(line) for _, line in plain]
    if plain and sum(pair is not None for pair in pairs) * 2 > len(plain):
        told = [
            (number, *(pair or (line, "")))
            for (number, line), pair in zip(plain, pairs, strict=True)
        ]
        return read_counts(told, asked, reading)
    return _read_people(plain, reading)


# -- a client a line ---------------------------------------------------------------------------


def _read_people(lines: list[Line], reading: Reading) -> list[Counted]:
    named = _have_names(lines)
    rows = [(number, _find_name(line, named=named), line) for number, line in lines]
    people: dict[int, set[str]] = {}
    for (number, line), person in zip(lines, tell_apart(rows, reading), strict=True):
        is_way = reading.question is Question.FOUND
        text = _drop_head(line) if is_way else line
        places = read_answer(text, number, reading, reading.question)
        if places is not None:
            people.setdefault(person, set()).update(places)
    return [count_people(reading.question, people)] if people else []


def count_people(question: Question, people: dict[int, set[str]]) -> Counted:
    """The counts of what clients named, each client once."""
    counts = Counter(place for places in people.values() for place in places)
    together = Counter(frozenset(places) for places in people.values())
    return Counted(question, len(people), dict(counts), dict(together))


def _have_names(lines: list[Line]) -> bool:
    """Whether lines begin with names: most of those with several pieces begin with no place."""
    heads = [_HEAD.split(line, maxsplit=1)[0] for _, line in lines if _HEAD.search(line)]
    return sum(find_mentions(head).is_silent for head in heads) * 2 > len(heads)


def _find_name(line: str, *, named: bool) -> str:
    """Who a line is about, in lower case; empty where it does not say."""
    mails = find_mails(line)
    if mails:
        return mails[0].casefold()
    head, colon, _ = line.partition(":")
    if not colon and named:
        head, *more = _HEAD.split(line, maxsplit=1)
        colon = ":" if more else ""
    if colon and find_mentions(head).is_silent:
        return " ".join(head.casefold().split())
    return find_lead(line)


def _drop_head(line: str) -> str:
    """A line without the name before its colon, which is no way to have come."""
    head, colon, rest = line.partition(":")
    return rest if colon and find_mentions(head).is_silent else line


# -- numbers of clients ------------------------------------------------------------------------


def _drop_numbering(lines: list[Line]) -> list[Line]:
    """Lines without the numbers 1, 2, 3 before them; other numbers go behind their place."""
    found = [(number, line, _AHEAD.fullmatch(line)) for number, line in lines]
    ahead = [match for _, _, match in found if match]
    if not ahead:
        return lines
    is_list = [int(match[1]) for match in ahead] == [*range(1, len(ahead) + 1)]
    turned = []
    for number, line, match in found:
        if match is None or find_mentions(match[2]).is_numbered:
            turned.append((number, line))
        elif is_list:
            turned.append((number, match[2]))
        else:
            turned.append((number, f"{match[2]} {match[1]}"))
    return turned


def _part(number: int, line: str) -> list[Line]:
    """A line of several places with their numbers as one line for each."""
    pieces = [piece.strip() for piece in _PIECES.split(line) if piece.strip()]
    counts = [_split_count(piece) for piece in pieces]
    if len(pieces) > 1 and all(counts):
        return [(number, piece) for piece in pieces]
    return [(number, line)]


def _split_count(line: str) -> tuple[str, str] | None:
    """A place and what stands behind it as a number, whole or not; None where there is none."""
    tail = _TAIL.search(line) if len(line) <= _LONGEST_COUNT else None
    if tail is None or (line[tail.start()].isdigit() and line[: tail.start()][-1:].isalnum()):
        return None
    name = line[: tail.start()].rstrip(_BETWEEN)
    said = find_mentions(name)
    if not name or len(said.places) > 1 or (said.places and said.is_aside):
        return None
    return name, tail[0].rstrip(")")


def read_counts(
    pairs: list[tuple[int, str, str]], asked: int | None, reading: Reading
) -> list[Counted]:
    """Places with the number of clients who named them; nothing while a number is unclear.

    Args:
        pairs: Rows with a place and a number as they are written.
        asked: How many were asked, where somebody says so beside the list.
        reading: What was found so far; what is to be said is added to it.
    """
    counts: Counter[str] = Counter()
    lines: Counter[str] = Counter()
    is_clear = True
    for number, name, told in pairs:
        hits = int(told) if _NUMBER.fullmatch(told.strip()) else None
        if _is_asked(name):
            place, asked = _ASKED, hits or asked
        else:
            found = _name_place(name, hits or 0, number, reading)
            is_clear, place = is_clear and found is not None, found or ""
        if place and hits is None:
            reading.tell("count-unclear", number, place)
            is_clear = False
        elif place != _ASKED and place:
            counts[place] += hits or 0
            lines[place] += 1
    _tell_twice(counts, lines, reading)
    if not is_clear or not (counts or reading.elsewhere):
        return []
    return _hold_against(counts, asked, reading)


def _tell_twice(counts: Counter[str], lines: Counter[str], reading: Reading) -> None:
    for place in (place for place, times in lines.items() if times > 1):
        reading.problems.append(Problem("place-twice", {"place": place, "count": counts[place]}))


def _is_asked(name: str) -> bool:
    return " ".join(name.casefold().rstrip(" :").split()) in load_cells()["asked"]


def _name_place(name: str, hits: int, number: int, reading: Reading) -> str | None:
    """The place of a number; empty where it is none here, None where it has to be mended."""
    said, is_way = find_mentions(name), reading.question is Question.FOUND
    if ask_back(said, number, reading, is_way=is_way):
        return None
    if len(said.places) == 1:
        return next(iter(said.places))
    for other in sorted(said.others):
        reading.tell("unknown-place", number, other)
    if is_way and not said.is_empty:
        reading.elsewhere += hits
    elif not said.others:
        reading.tell("place-unread", number)
    return ""


def _hold_against(counts: Counter[str], asked: int | None, reading: Reading) -> list[Counted]:
    """The counts, if they can be true given how many were asked; else none of them."""
    if not asked:
        reading.problems.append(Problem("asked-missing"))
        return []
    wrong = [place for place, count in counts.items() if count > asked]
    for place in wrong:
        told = {"place": place, "count": counts[place], "asked": asked}
        reading.problems.append(Problem("more-than-asked", told))
    return [] if wrong else [Counted(reading.question, asked, dict(counts))]
