"""What a document stands on: decisions, our defaults, sources, and how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import default_of, load_steps
from workbook.evidence import load_sources, write_source
from workbook.exports.documents._answers import LONG_CELL, cut, lay_out_rows
from workbook.exports.documents._contribution import Statement, load_report_words
from workbook.exports.report import (
    Bullets,
    Column,
    Heading,
    Numbered,
    Paragraph,
    Table,
    link,
    plain,
    runs,
    strong,
)
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from workbook.content import Default, Step
    from workbook.exports.documents._contribution import Contribution
    from workbook.exports.documents._material import Material
    from workbook.exports.report import Cell, Run


def write_decided(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    """Every decision with the answer because of which it was taken; long ones in their part."""
    words = material.wording["decisions"]
    decisions = [decision for part in parts for decision in part.decisions]
    yield Statement(Heading(1, words["title"], "decisions"))
    if not decisions:
        yield Statement(Paragraph.of(words["empty"]))
        return
    rows = [(cut(each.what, LONG_CELL), cut(each.because, LONG_CELL)) for each in decisions]
    seeds = tuple(dict.fromkeys(seed for decision in decisions for seed in decision.seeds))
    for block in lay_out_rows(
        material, words["columns"], rows, words["caption"], widths=(1.0, 1.4)
    ):
        yield Statement(block, seeds, "")


def write_defaults(material: Material, sources: Sequence[str]) -> Iterator[Statement]:
    """The numbers that the business chose instead of ours; all of them when that is wanted."""
    words = material.wording["defaults"]
    rows = tuple(
        _write_default(material, path, default, sources) for path, default in _list_shown(material)
    )
    if not rows:
        return
    yield Statement(Heading(1, words["title"], "defaults"))
    yield Statement(Paragraph.of(words["lead" if material.switches.numbers else "lead_own"]))
    columns = tuple(
        Column(title, width=width)
        for title, width in zip(words["columns"], (2.2, 1.3, 4.0), strict=True)
    )
    yield Statement(Table(columns, rows, words["caption"]))


def _list_shown(material: Material) -> list[tuple[str, Default]]:
    """The numbers that the document names, by their paths."""
    found = [
        (f"{step.id}.{name}", default)
        for step in list_begun(material)
        for name, default in step.defaults.items()
    ]
    own = material.plan.own_defaults
    return found if material.switches.numbers else [pair for pair in found if pair[0] in own]


def list_begun(material: Material) -> list[Step]:
    """The steps with an answer, or with a number that the business chose itself."""
    own = {path.partition(".")[0] for path in material.plan.own_defaults}
    found = []
    for step in load_steps(material.language):
        answers = getattr(material.plan, step.id)
        if step.id in own or answers != type(answers)():
            found.append(step)
    return found


def _write_default(
    material: Material, path: str, default: Default, sources: Sequence[str]
) -> tuple[Cell, ...]:
    ours = f"{write_number(default.value, material.language)} {default.unit}"
    used = default_of(material.plan, path)
    changed = path in material.plan.own_defaults and used != default.value
    yours = f"{write_number(used, material.language)} {default.unit}"
    number = str(material.wording["defaults"]["yours"]).format(yours=yours, ours=ours)
    reason = default.reason
    if default.source in sources:
        reason = f"{reason} [{sources.index(default.source) + 1}]"
    step, _, name = path.partition(".")
    called = load_report_words(step, material.language).get("defaults", {})
    return called.get(name, default.label), number if changed else ours, reason


def list_sources(material: Material, parts: Sequence[Contribution]) -> tuple[str, ...]:
    """The keys of the sources that findings, defaults and parts rest on, each once.

    In short those of the details are left out with them.
    """
    switches = material.switches
    named = [source for finding in material.findings for source in finding.sources]
    named = named if switches.in_full and switches.open_findings else []
    named += [default.source for _, default in _list_shown(material)]
    for part in parts:
        named += part.sources if switches.in_full else part.main_sources
    known = load_sources()
    return tuple(dict.fromkeys(source for source in named if source in known))


def write_sources(material: Material, sources: Sequence[str]) -> Iterator[Statement]:
    """The sources with their addresses, numbered as they are named in the document."""
    if not sources:
        return
    words = material.wording["sources"]
    yield Statement(Heading(1, words["title"], "sources"))
    yield Statement(Paragraph.of(words["lead"]))
    yield Statement(Numbered.of(*(_write_source(material, key) for key in sources)))


def _write_source(material: Material, key: str) -> tuple[Run, ...]:
    source = load_sources(material.language)[key]
    text = write_source(key, material.language)
    before, _, after = text.partition(source.url)
    parts = (plain(before), link(source.url, source.url), plain(after))
    if not source.second_hand:
        return parts
    form = material.wording["sources"]["second"]
    lead, _, tail = form.partition("{source}")
    return (plain(lead), *parts, plain(tail))


def write_elsewhere(material: Material, parts: Sequence[Contribution]) -> Iterator[Statement]:
    """What a short document leaves out for the sake of length, and where it stands."""
    if material.switches.in_full:
        return
    words = material.wording
    titles = {name: told["title"] for name, told in words.items() if "group" in told}
    lines = []
    for part in parts:
        form = load_report_words(part.step, material.language).get("stands_elsewhere", "")
        if form and any(statement.is_detail for statement in part.body):
            lines.append(runs(strong(f"{part.title}. "), form.format(**titles)))
    if lines:
        yield Statement(Heading(1, words["elsewhere"]["title"], "elsewhere"))
        yield Statement(Paragraph.of(words["elsewhere"]["lead"]))
        yield Statement(Bullets.of(*lines))


def write_made(material: Material) -> Iterator[Statement]:
    """How and when the document was made, and what was left out."""
    words = material.wording["made"]
    switches = material.switches
    yield Statement(Heading(1, words["title"], "made"))
    left_out = [text for name, text in words["parts"].items() if not getattr(switches, name)]
    form = words["text_own" if material.look.is_set else "text"]
    text = form.format(day=material.day(material.today))
    if left_out:
        text = f"{text} {words['left_out'].format(parts=', '.join(left_out))}"
    yield Statement(Paragraph.of(text))
