"""What the command “import” answers: for programs, and for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from workbook.commands._command import SHARED, indent, load_command_words
from workbook.errors import WorkbookError
from workbook.imports.mapped import MAPPABLE
from workbook.imports.statements import explain_visits, name_format
from workbook.imports.visits import VisitFile
from workbook.measurement.targets import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.imports.outcome import Outcome
    from workbook.imports.statements import Said
    from workbook.measurement.events import EventCounts
    from workbook.measurement.results import Counted, PlatformResult
    from workbook.measurement.spent import Rate
    from workbook.measurement.targets import Targets
    from workbook.values import Problem

_WORDS: dict[str, Any] = load_command_words("import")
_SAID: dict[str, str] = _WORDS["said"]
_CELLS: dict[str, str] = _WORDS["cells"]
UNNAMED: Final = "social"
"""The key of visits from social that name no network."""
_QUESTIONS: Final = (
    "visits-which-",
    "visits-one-goal",
    "visits-days-ambiguous",
    "visits-unknown-columns",
)
_GAP: Final = "  "
_FEW: Final = 10
_MOST: Final = 100
"""Rows that are listed of a problem; how many there are is told beside them."""


class Unopened(WorkbookError):
    """A file that cannot be opened; told among its problems."""


@dataclass(frozen=True, slots=True)
class Given:
    """A file that was given, and what became of it."""

    name: str
    read: VisitFile | EventCounts | None
    reason: str
    """Why it could not be opened."""

    @property
    def formats(self) -> tuple[str, ...]:
        """The ids of the formats that know it."""
        if isinstance(self.read, VisitFile):
            return self.read.formats
        return (self.read.format,) if self.read and self.read.format else ()

    @property
    def is_open(self) -> bool:
        """Whether a question has to be answered before it can be read."""
        problems = self.read.problems if self.read else ()
        return any(problem.id.startswith(_QUESTIONS) for problem in problems)

    @property
    def is_used(self) -> bool:
        """Whether anything of it could be read."""
        if isinstance(self.read, VisitFile):
            return any(facts.rows for facts in self.read.facts) or bool(self.read.hours)
        return bool(self.read and self.read.first)


# -- for programs ------------------------------------------------------------------------------


def list_outcome(
    given: Sequence[Given], outcome: Outcome, targets: Targets, language: str
) -> dict[str, Any]:
    """Files, figures and what cannot be said, as one document."""
    results = outcome.results
    days = results.days["sessions"]
    return {
        "files": [_list_file(each, language) for each in given],
        "targets": {stage: list(getattr(targets, stage)) for stage in STAGES},
        "period": _list_period(days),
        "platforms": {r.platform or UNNAMED: _list_platform(r) for r in results.platforms},
        "all": _list_platform(results.everything, name=_WORDS["names"]["all"]),
        "can_say": [_list_said(said) for said in outcome.can_say],
        "cannot_say": [_list_said(said) for said in outcome.cannot_say],
    }


def _list_period(days: frozenset[int]) -> dict[str, str] | None:
    from datetime import date  # noqa: PLC0415 - only for reading ordinals

    if not days:
        return None
    first, last = date.fromordinal(min(days)), date.fromordinal(max(days))
    return {"start": first.isoformat(), "end": last.isoformat()}


def _list_file(given: Given, language: str) -> dict[str, Any]:
    found = given.formats
    problems = [_list_problem(problem, text) for problem, text in _problems(given, language)]
    if given.reason:
        problems.append({"id": "file-unopened", "level": "file", "text": given.reason})
    return {
        "name": given.name,
        "format": found[0] if found else None,
        "formats": list(found),
        "title": name_format(found[0] if found else "", language),
        "tables": _list_tables(given),
        "problems": problems,
        "notes": list(_notes(given, language)),
    }


def _list_tables(given: Given) -> list[dict[str, Any]]:
    """The tables in a file, and what each of them tells."""
    facts = given.read.facts if isinstance(given.read, VisitFile) else ()
    return [
        {
            "kind": each.kind,
            "rows": each.rows,
            "start": each.start.isoformat() if each.start else None,
            "end": each.end.isoformat() if each.end else None,
            "tells": sorted(each.told),
            "sessions": each.social,
            "key_events": each.social_key_events,
        }
        for each in facts
    ]


def _list_problem(problem: Problem, text: str) -> dict[str, Any]:
    values = problem.values
    level = "row" if "rows" in values else "file"
    if "column" in values:
        level = "cell" if "rows" in values else "column"
    names = ("column", "rows", "columns", "choices", "key")
    told = {name: values[name] for name in names if name in values}
    told = {name: list(v[:_MOST]) if isinstance(v, tuple) else v for name, v in told.items()}
    if isinstance(rows := values.get("rows"), tuple):
        told["row_count"] = len(rows)
    return {"id": problem.id, "level": level, **told, "text": text}


def _list_platform(result: PlatformResult, name: str = "") -> dict[str, Any]:
    sessions = result.sessions
    return {
        "name": name or name_place(result.platform),
        "sessions": sessions.count if sessions else None,
        "sessions_interval": [_round(sessions.low), _round(sessions.high)] if sessions else None,
        "sessions_period": _list_period(sessions.days) if sessions else None,
        "sessions_days": (len(sessions.days) or None) if sessions else None,
        **{stage: _list_stage(result.of(stage)) for stage in STAGES},
        "hours": _round(result.hours) if result.hours is not None else None,
        "per_hour": _list_rates(result),
    }


def _list_stage(counted: Counted | None) -> dict[str, Any] | None:
    if counted is None:
        return None
    share = counted.share
    return {
        "count": counted.count,
        "count_interval": [_round(counted.low), _round(counted.high)],
        "percent": _round(share.value * 100) if share else None,
        "low": _round(share.low * 100) if share else None,
        "high": _round(share.high * 100) if share else None,
        "of": _list_base(counted),
        "period": _list_period(counted.days),
        "days": len(counted.days) or None,
        "unit": "times" if counted.is_times else "visits",
    }


def _list_base(counted: Counted) -> dict[str, Any] | None:
    """What a share is of: so many of so many visits, on which days."""
    if counted.pair is None:
        return None
    count, visits = counted.pair
    days = counted.pair_days
    period = _list_period(days)
    return {"count": count, "visits": visits, "period": period, "days": len(days) or None}


def _list_rates(result: PlatformResult) -> dict[str, Any] | None:
    """Visits and each stage by the hour, where hours are known."""
    counted = {stage: result.of(stage) for stage in ("sessions", *STAGES)}
    rates = {stage: each.per_hour for stage, each in counted.items() if each and each.per_hour}
    return {stage: _list_rate(rate) for stage, rate in rates.items()} or None


def _list_rate(rate: Rate) -> dict[str, float]:
    return {"rate": _round(rate.value), "low": _round(rate.low), "high": _round(rate.high)}


def _list_said(said: Said) -> dict[str, Any]:
    steps = {"steps": list(said.steps)} if said.steps else {}
    return {"id": said.id, "text": _add_hint(said.id, said.text), **steps}


def _round(value: float) -> float:
    return round(value, 2)


def name_place(platform: str) -> str:
    """What a place is called."""
    from workbook.platforms import load_platforms  # noqa: PLC0415 - keeps the start light

    found = load_platforms().get(platform)
    names: dict[str, str] = _WORDS["names"]
    return found.name if found else names.get(platform or "unnamed", platform)


# -- problems and notes ------------------------------------------------------------------------


def _problems(given: Given, language: str) -> Iterator[tuple[Problem, str]]:
    if isinstance(given.read, VisitFile):
        for problem in given.read.problems:
            yield problem, _add_hint(problem.id, explain_visits(problem, language))
    elif given.read:
        words = _event_words(language)["problems"]
        for problem in given.read.problems:
            yield problem, _word(words, problem, language)


def _add_hint(name: str, text: str) -> str:
    """A text with the option that answers it here on the command line, where there is one."""
    hint: str = _WORDS["hints"].get(name, "")
    return f"{text} {hint.format(roles=SHARED['joined'].join(MAPPABLE))}" if hint else text


def _notes(given: Given, language: str) -> Iterator[str]:
    if isinstance(given.read, VisitFile):
        for note in given.read.notes:
            yield explain_visits(note, language)
    elif given.read:
        words = _event_words(language)
        for note in given.read.notes:
            yield _word(words["notes"], note, language)
        counts = {k: v for k, v in given.read.left_out.items() if v}
        texts = [str(words["left_out"][k]).format(count=f"{v:,}") for k, v in counts.items()]
        if texts:
            yield _SAID["left_out"].format(texts="; ".join(texts))


def _word(words: dict[str, Any], problem: Problem, language: str) -> str:
    from workbook.wording import write_values  # noqa: PLC0415 - keeps the start light

    return str(words[problem.id]).format(**write_values(problem.values, language))


def _event_words(language: str) -> Any:  # noqa: ANN401 - words by their keys
    from workbook.content import load_words  # noqa: PLC0415 - keeps the start light
    from workbook.imports.outcome import EVENT_WORDS  # noqa: PLC0415 - same reason

    return load_words(EVENT_WORDS, language)


# -- for people --------------------------------------------------------------------------------


def tell_outcome(given: Sequence[Given], outcome: Outcome, language: str) -> str:
    """What can and cannot be told first, then the figures, then the files."""
    parts = []
    if outcome.can_say:
        parts.append("\n".join([_SAID["can_say"], *_tell_points(outcome.can_say)]))
    if outcome.cannot_say:
        parts.append("\n".join([_SAID["cannot_say"], *_tell_points(outcome.cannot_say)]))
    if outcome.results.platforms:
        parts += _tell_figures(outcome)
    elif any(each.is_used for each in given):
        parts.append(_SAID["no_figures"])
    else:
        parts.append(_SAID["nothing"])
    lines = [line for each in given for line in _tell_file(each, language)]
    parts.append("\n".join([_SAID["files"], *lines]))
    return "\n\n".join(parts)


def _tell_points(said: Sequence[Said]) -> Iterator[str]:
    for each in said:
        yield indent(_SAID["point"].format(text=_add_hint(each.id, each.text)))
        for number, step in enumerate(each.steps, 1):
            yield "  " + indent(_SAID["step"].format(number=number, text=step)).replace(
                "\n", "\n  "
            )


def _tell_file(given: Given, language: str) -> Iterator[str]:
    title = name_format(given.formats[0] if given.formats else "", language)
    yield indent(_SAID["file"].format(name=given.name, format=title))
    texts = [text for _, text in _problems(given, language)]
    for text in [*([given.reason] if given.reason else []), *texts]:
        yield "  " + indent(_SAID["problem"].format(text=text)).replace("\n", "\n  ")
    for text in _notes(given, language):
        yield "  " + indent(_SAID["problem"].format(text=text)).replace("\n", "\n  ")


def _tell_figures(outcome: Outcome) -> Iterator[str]:
    """Visits and stages by place, and the same by the hour where hours are known."""
    results = [(name_place(r.platform), r) for r in outcome.results.platforms]
    if len(results) > 1:
        results.append((_WORDS["names"]["all"], outcome.results.everything))
    titles = _WORDS["columns"]
    rows = [[titles[key] for key in ("place", "sessions", *STAGES)]]
    rows += [[name, _write_visits(r.sessions), *_write_stages(r)] for name, r in results]
    yield "\n".join([_SAID["table"], *_lay_out(rows), indent(_SAID["interval"])])
    spent = [(name, r) for name, r in results if r.hours]
    if spent:
        rows = [[titles[key] for key in ("place", "hours", "sessions", *STAGES)]]
        rows += [[name, f"{r.hours:,.1f}", *_write_rates(r)] for name, r in spent]
        yield "\n".join([_SAID["by_hour"], *_lay_out(rows)])


def _lay_out(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines, with columns below each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        (_GAP + _GAP.join(c.ljust(w) for c, w in zip(row, widths, strict=True))).rstrip()
        for row in rows
    ]


def _write_visits(counted: Counted | None) -> str:
    if counted is None:
        return _CELLS["none"]
    low, high = f"{counted.low:,.0f}", f"{counted.high:,.0f}"
    return _CELLS["visits"].format(count=f"{counted.count:,}", low=low, high=high)


def _write_stages(result: PlatformResult) -> Iterator[str]:
    for stage in STAGES:
        counted = result.of(stage)
        if counted is None or counted.share is None or counted.pair is None:
            yield _write_visits(counted)
        else:
            share, (count, of) = counted.share, counted.pair
            form = _CELLS["share" if count == counted.count else "share_part"]
            yield form.format(
                count=f"{count:,}",
                of=f"{of:,}",
                every=f"{counted.count:,}",
                percent=_percent(share.value),
                low=_percent(share.low),
                high=_percent(share.high),
            )


def _percent(share: float) -> str:
    percent = share * 100
    return f"{percent:.1f}" if 0 < percent < _FEW else f"{percent:.0f}"


def _write_rates(result: PlatformResult) -> Iterator[str]:
    for stage in ("sessions", *STAGES):
        counted = result.of(stage)
        rate = counted.per_hour if counted else None
        if rate is None:
            yield _CELLS["none"]
        else:
            value, low, high = (_decimal(v) for v in (rate.value, rate.low, rate.high))
            yield _CELLS["rate"].format(value=value, low=low, high=high)


def _decimal(value: float) -> str:
    """A rate with as many signs as it is sure of."""
    return f"{value:,.0f}" if value >= _FEW else f"{value:.2g}"
