"""The picture of the complaint tree: questions from top to bottom, outcomes beside them.

Where a yes is only noted, a box beside the question says so, and both ways lead to the next.
The way taken so far has thick lines, and where it stands is filled, so that it shows without
colour too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from workbook.charts.rendering import (
    NARROW_MM,
    Picture,
    draw_line,
    start_figure,
    to_points,
    wrap,
)
from workbook.charts.style import LIGHT, LINE_HEIGHT, TEXT_SIZE
from workbook.complaint.tree import Walk
from workbook.content import load_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.figure import Figure

    from workbook.complaint.tree import Node, Tree

MARGIN = 2.0
HEAD = 3.5
THIN, THICK = 0.8, 2.2
ENTRY = 14.0
"""How far in from a side of a question a way enters it, in points."""


@dataclass(frozen=True, slots=True)
class _Look:
    """How large everything is, in points; ``label`` is room for “yes” and “no” beside an arrow."""

    size: float = TEXT_SIZE
    line: float = LINE_HEIGHT
    answer: float = 8.5
    gap: float = 20.0
    """Between two boxes below each other."""
    pad: float = 6.0
    label: float = 26.0
    spine: float = 0.55
    """The share of the width that the questions have."""
    sides: float = 3.0
    """How many labels have room between the questions and what stands beside them."""


_USUAL = _Look()
_LARGE = _Look(
    size=12.0, line=16.0, answer=10.0, gap=12.0, pad=4.0, label=30.0, spine=0.665, sides=1.2
)


@dataclass(frozen=True, slots=True)
class _Box:
    """A question or an outcome: its lines, and where it stands, in points from the upper left."""

    id: str
    lines: tuple[str, ...]
    left: float
    top: float
    width: float
    is_outcome: bool
    look: _Look

    @property
    def height(self) -> float:
        return len(self.lines) * self.look.line + 2 * self.look.pad

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @property
    def middle(self) -> float:
        return self.top + self.look.pad + self.look.line / 2


@dataclass(frozen=True, slots=True)
class _Edge:
    """The way from one box to another for an answer, with its word beside it."""

    source: str
    target: str
    answer: str


def draw(
    tree: Tree,
    walk: Walk | None = None,
    *,
    language: str = "en",
    name: str = "decision-tree",
    large: bool = False,
) -> Picture:
    """The picture of the tree, with a way through it where one is given.

    Args:
        tree: The questions and outcomes.
        walk: How far somebody has come.
        language: The language of its words.
        name: A name of its own, where two such pictures stand in one document.
        large: Whether it is to be read from some steps away, on a wall.
    """
    words = load_words("charts/words.toml", language)["decision_tree"]
    columns = ["column-question", "column-yes", "column-no", *(["column-answer"] if walk else [])]
    return Picture(
        name=name,
        title=words["title"],
        desc=_describe(tree, walk, words),
        make=partial(_draw, tree, walk or Walk(), words, _LARGE if large else _USUAL),
        columns=tuple(words[column] for column in columns),
        rows=tuple(_write_rows(tree, walk, words)),
    )


def _title(tree: Tree, key: str) -> str:
    return tree.questions[key].short if key in tree.questions else tree.outcomes[key].short


def _describe(tree: Tree, walk: Walk | None, words: Mapping[str, str]) -> str:
    if walk is None:
        here = words["none"].format(first=_title(tree, tree.first))
    else:
        form, at = ("there", walk.outcome) if walk.outcome else ("here", walk.missing)
        numbers = (tree.questions[key].number for key in walk.path)
        path = ", ".join(numbers) or words["start"]
        here = words[form].format(title=_title(tree, at), path=path)
    return words["desc"].format(count=len(tree.questions), here=here)


def _write_rows(
    tree: Tree, walk: Walk | None, words: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for node in tree.questions.values():
        row = [
            words["cell"].format(id=node.number, title=node.short),
            *(_name_end(tree, key, words) for key in (node.yes, node.no)),
        ]
        if node.note:
            row[1] = words["noted"].format(note=node.note, way=row[1])
        if walk:
            row.append(_name_answer(node, walk, words))
        yield tuple(row)


def _name_end(tree: Tree, key: str, words: Mapping[str, str]) -> str:
    title, node = _title(tree, key), tree.questions.get(key)
    return words["cell"].format(id=node.number, title=title) if node else title


def _name_answer(node: Node, walk: Walk, words: Mapping[str, str]) -> str:
    if node.id == walk.missing:
        return words["now"]
    if node.id not in walk.path:
        return ""
    return words["yes" if walk.answers[walk.path.index(node.id)] else "no"]


# -- where everything stands -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Plan:
    """The boxes by their ids, and the ways between them."""

    boxes: dict[str, _Box]
    edges: list[_Edge]


def _lay_out(tree: Tree, width: float, look: _Look, *, narrow: bool) -> _Plan:
    """A spine of questions from top to bottom, with side ways to its right."""
    room = width - 2 * MARGIN - (look.label + 8 if narrow else look.sides * look.label)
    spine = room * (0.6 if narrow else look.spine)
    side = room - spine
    plan = _Plan({}, [])
    top, at = MARGIN, tree.first
    while at:
        box = plan.boxes[at] = _box(tree, at, (MARGIN, top), spine, look)
        bottom = box.bottom
        node = tree.questions.get(at)
        if node is None:
            break
        aside, at = _part(tree, node)
        if node.note:
            aside = _note(node)
        if aside:
            beside = _box(tree, aside, (width - MARGIN - side, top), side, look)
            bottom = max(bottom, _lay_out_side(tree, beside, plan))
        plan.edges.extend(_ways(node, [key for key in (aside, at) if key]))
        if node.note:
            plan.edges.append(_Edge(aside, at, ""))
        top = bottom + look.gap
    return plan


def _part(tree: Tree, node: Node) -> tuple[str, str]:
    """What stands to the right of a question, and what below it.

    To the right goes what ends soonest: an outcome, or a question with outcomes only.
    """
    if node.yes == node.no:
        return "", node.yes
    ends = [key for key in (node.yes, node.no) if _ends(tree, key)]
    aside = ends[0] if ends else node.yes
    return aside, node.no if aside == node.yes else node.yes


def _note(node: Node) -> str:
    """The id of the box with what is noted at a question."""
    return f"{node.id}-note"


def _ends(tree: Tree, key: str) -> bool:
    node = tree.questions.get(key)
    return node is None or {node.yes, node.no} <= set(tree.outcomes)


def _lay_out_side(tree: Tree, box: _Box, plan: _Plan) -> float:
    """Puts a side way in its place and says how far it reaches down."""
    plan.boxes[box.id] = box
    node, bottom, look = tree.questions.get(box.id), box.bottom, box.look
    if node is not None:
        for end in (node.yes, node.no):
            place = (box.left + look.pad * 2, bottom + max(look.gap * 0.7, look.answer + 2))
            plan.boxes[end] = _box(tree, end, place, box.width - look.pad * 2, look)
            bottom = plan.boxes[end].bottom
        plan.edges.extend(_ways(node, [node.yes, node.no]))
    return bottom


def _box(tree: Tree, key: str, place: tuple[float, float], width: float, look: _Look) -> _Box:
    is_outcome, node = key in tree.outcomes, tree.questions.get(key)
    if node:
        text = f"{node.number}  {node.short}"
    else:
        notes = {_note(each): each.note for each in tree.questions.values()}
        text = notes[key] if key in notes else _title(tree, key)
    lines = tuple(wrap(text, width - 2 * look.pad, look.size))
    return _Box(key, lines, *place, width, is_outcome, look)


def _ways(node: Node, targets: Sequence[str]) -> list[_Edge]:
    yes = _note(node) if node.note else node.yes
    return [_Edge(node.id, key, "yes" if key == yes else "no") for key in targets]


# -- drawing -----------------------------------------------------------------------------------


def _draw(tree: Tree, walk: Walk, words: Mapping[str, str], look: _Look, width_mm: float) -> Figure:
    width = to_points(width_mm)
    plan = _lay_out(tree, width, look, narrow=width_mm <= NARROW_MM)
    height = max(box.bottom for box in plan.boxes.values()) + MARGIN
    figure, axes = start_figure(width_mm, height)
    stops = _list_stops(tree, walk)
    taken = set(pairwise(stops))
    for edge in plan.edges:
        points, place = _route(plan.boxes[edge.source], plan.boxes[edge.target], look)
        is_taken = (edge.source, edge.target) in taken
        _draw_way(axes, points, is_taken=is_taken)
        if edge.answer:
            _write_answer(axes, place, words[edge.answer], look.answer, is_taken=is_taken)
    here = stops[-1] if walk != Walk() else ""
    for box in plan.boxes.values():
        _draw_box(axes, box, is_taken=box.id in stops[:-1], is_here=box.id == here)
    return figure


def _list_stops(tree: Tree, walk: Walk) -> list[str]:
    """The boxes on the way, the last of them where it stands."""
    stops: list[str] = []
    for key, answer in zip(walk.path, walk.answers, strict=True):
        node = tree.questions[key]
        stops += [key, _note(node)] if answer and node.note else [key]
    return [*stops, walk.outcome or walk.missing]


def _draw_box(axes: Any, box: _Box, *, is_taken: bool, is_here: bool) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import FancyBboxPatch  # noqa: PLC0415 - heavy, loaded to draw

    face = LIGHT.accent if is_here else LIGHT.wash if box.is_outcome else LIGHT.surface
    edge = LIGHT.accent if is_taken or is_here else LIGHT.quiet
    radius = box.height / 3 if box.is_outcome else 2.0
    axes.add_artist(
        FancyBboxPatch(
            (box.left + radius, box.top + radius),
            box.width - 2 * radius,
            box.height - 2 * radius,
            boxstyle=f"round,pad={radius}",
            facecolor=face,
            edgecolor=edge,
            linewidth=THICK if is_taken or is_here else THIN,
            clip_on=False,
        )
    )
    colour, look = LIGHT.surface if is_here else LIGHT.ink, box.look
    style = {"va": "center_baseline", "fontsize": look.size, "parse_math": False}
    for number, line in enumerate(box.lines):
        place = box.middle + number * look.line
        axes.text(box.left + look.pad, place, line, color=colour, **style)


def _draw_way(axes: Any, points: Sequence[tuple[float, float]], *, is_taken: bool) -> None:  # noqa: ANN401 - matplotlib's
    from matplotlib.patches import Polygon  # noqa: PLC0415 - heavy, loaded to draw

    colour, width = (LIGHT.accent, THICK) if is_taken else (LIGHT.quiet, THIN)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    draw_line(axes, xs, ys, color=colour, linewidth=width, clip_on=False, solid_capstyle="butt")
    (_, before), (x, y) = points[-2:]
    if before == y:
        corners = [(x, y), (x - 2 * HEAD, y - HEAD), (x - 2 * HEAD, y + HEAD)]
    else:
        corners = [(x, y), (x - HEAD, y - 2 * HEAD), (x + HEAD, y - 2 * HEAD)]
    axes.add_artist(Polygon(corners, closed=True, color=colour, linewidth=0, clip_on=False))


def _write_answer(
    axes: Any,  # noqa: ANN401 - matplotlib's
    place: tuple[float, float],
    word: str,
    size: float,
    *,
    is_taken: bool,
) -> None:
    style = {"va": "center_baseline", "fontsize": size, "parse_math": False}
    axes.text(*place, word, color=LIGHT.ink if is_taken else LIGHT.muted, **style)


def _route(
    source: _Box, target: _Box, look: _Look
) -> tuple[list[tuple[float, float]], tuple[float, float]]:
    """The corners of the way between two boxes, and where its word stands."""
    if target.top <= source.top:  # beside it
        start, end = source.left + source.width, target.left
        label = (start + 4, source.middle - look.answer + 0.5)
        return [(start, source.middle), (end, source.middle)], label
    if target.left < source.left:  # from what was noted, back to the next question
        x, between = target.left + target.width - ENTRY, source.bottom + look.gap / 3
        start = source.left + ENTRY
        return [(start, source.bottom), (start, between), (x, between), (x, target.top)], (x, 0.0)
    if target.left == source.left:  # right below it
        x = source.left + ENTRY
        return [(x, source.bottom), (x, target.top)], (x + 6, target.top - look.gap / 2)
    x = source.left + 4  # below and set in: from the left edge round the corner
    corners = [(x, source.bottom), (x, target.middle), (target.left, target.middle)]
    return corners, (target.left + 8, target.top - max(look.gap * 0.35, look.answer / 2))
