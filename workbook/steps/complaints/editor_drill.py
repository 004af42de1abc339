"""The drill on a page: five made-up cases, and where a group differs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.complaint.drill import (
    HIGHEST_DEAL,
    Comparison,
    DrillCase,
    Result,
    compare,
    deal,
    find_turn,
    list_rows,
    read_results,
    write_csv,
    write_result,
)
from workbook.complaint.drill import (
    write_way as spell_way,
)
from workbook.complaint.places import load_places
from workbook.complaint.rules import sums_of
from workbook.complaint.severity import Level, load_scores
from workbook.complaint.tree import load_tree, walk
from workbook.interface.bench import BenchScreen
from workbook.interface.downloads import give_download
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.files import name_file
from workbook.interface.furniture import draw_button, draw_heading, draw_html, show_or_hide
from workbook.interface.pictures import write_table
from workbook.steps.complaints.editor_tree import Asker, fold_way, write_lines, write_title

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ipywidgets import Widget

    from workbook.content import Question
    from workbook.interface.page import Page
    from workbook.plan import Plan

_CSV = "text/csv"
_FIRST = ("deal", "who")


class DrillBench(BenchScreen):
    """Five cases one after the other, and at the end a line to compare with others."""

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self.cases: tuple[DrillCase, ...] = ()
        self.number = 0
        self.who = ""
        self.done: list[Comparison] = []
        self.asker = Asker(name, language, self._asked)
        self._act: Widget | None = None

    @property
    def _case(self) -> DrillCase | None:
        """The case at hand; None before the deal and after the last one."""
        return self.cases[len(self.done)] if len(self.done) < len(self.cases) else None

    # -- what is asked -------------------------------------------------------------------------

    def questions(self, plan: Plan) -> tuple[Question, ...]:
        """The number before the deal; the tree and the level for a case; nothing at the end."""
        own = super().questions(plan)
        if not self.cases:
            return tuple(question for question in own if question.id in _FIRST)
        if self._case is None:
            return ()
        return tuple(question for question in own if question.id == "level")

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002 - the same for any plan
        """How severe the case is, once the tree has come to an end where that matters."""
        if not self.cases:
            return set(_FIRST)
        outcome = load_tree(self.language).outcomes.get(self.asker.way.outcome)
        return {"level"} if outcome and outcome.scored else set()

    def _asked(self, page: Page) -> None:
        """An answer to the tree was given or taken back: what was compared before is gone."""
        now = self.asks_now(page.there.plan, {})
        for question in self.asked.values():
            page.fields[question.path].shown = question.id in now
        self._show(page, [])
        self._show_act()

    def _show_act(self) -> None:
        """Offer to compare once there is an outcome."""
        if self._act is not None:
            ended = self._case is None or bool(self.asker.way.outcome)
            show_or_hide(self._act, shown=ended)

    @property
    def act(self) -> str:
        """The label of the button."""
        return str(self.words["act_case" if self.cases else "act"])

    # -- what is shown -------------------------------------------------------------------------

    def draw(self, page: Page) -> list[Widget]:
        """The case between the heading and the questions; at the end all five."""
        parts = super().draw(page)
        self._act = parts[parts.index(self._result) - 1]
        self._show_act()
        case = self._case
        if case is not None:
            parts[3:3] = [draw_html(self._write_case(case)), self.asker.draw(page)]
        elif self.cases:
            parts[1] = draw_heading(self.words["end_title"], self.words["end_lead"])
            parts[2:-1] = self._draw_end(page)
        return parts

    def _write_case(self, case: DrillCase) -> Html:
        place = load_places(self.language)[case.platform].name
        number, count = len(self.done) + 1, len(self.cases)
        return Html(
            fill_html(
                '<section class="wb-drill-case"><h3>{title}</h3><p class="wb-tag">{said}</p>'
                '<blockquote class="wb-said">{words}</blockquote>'
                '<p class="wb-tag">{known_label}</p><p>{known}</p></section>',
                title=self.words["case"].format(number=number, count=count, place=place),
                said=self.words["said"],
                words=case.words,
                known_label=self.words["known"],
                known=case.known,
            )
        )

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """Begin with the number that was given, or compare the case at hand."""
        case = self._case
        if case is None:
            self._begin(page, given)
            return []
        outcome = load_tree(self.language).outcomes.get(self.asker.way.outcome)
        if outcome is None:
            return []
        level = Level(given["level"]) if outcome.scored else Level.S1
        found = compare(case, self.asker.answers, level, sums=sums_of(page.there.plan))
        last = len(self.done) + 1 == len(self.cases)
        following = draw_button(
            self.words["finish" if last else "next"],
            lambda _: page.guard(lambda: self._go_on(page, found)),
            name="main",
        )
        return [draw_html(self._write_comparison(found)), following]

    def _begin(self, page: Page, given: Mapping[str, Any]) -> None:
        self.number = min(max(int(given["deal"] or 1), 1), HIGHEST_DEAL)
        self.who = given["who"] or ""
        self.cases, self.done = deal(self.number, self.language), []
        self._clear(page)

    def _go_on(self, page: Page, found: Comparison) -> None:
        self.done.append(found)
        self._clear(page)

    def _clear(self, page: Page) -> None:
        """Show the next case with nothing answered."""
        self.raw, self.asker.answers = {}, {}
        page.redraw()

    # -- where the ways part -------------------------------------------------------------------

    def _write_comparison(self, found: Comparison) -> Html:
        told = write_lines([*self._tell_way(found), *self._tell_level(found)])
        kind = "wb-note" if found.is_same else "wb-warn"
        form = '<section class="wb-finding {kind}">{told}</section>'
        head = Html(fill_html(form, kind=kind, told=told))
        at = [found.case.at[found.turned]] if found.turned in found.case.at else []
        why = [write_title(self.words["why"]), write_lines([*at, found.case.why])]
        debate = [] if found.is_same else [write_paragraphs(self.words["debate"], "wb-hint")]
        return join_html([head, *why, *debate, fold_way(found.ours, "drill", self.language)])

    def _tell_way(self, found: Comparison) -> list[str]:
        words, tree = self.words, load_tree(self.language)
        if found.yours == found.ours:
            return [words["same" if found.is_same else "same_way"]]
        mine, ours = (tree.outcomes[way.outcome].title for way in (found.yours, found.ours))
        answer = found.yours.answers[found.yours.path.index(found.turned)]
        turned = words["turned"].format(
            id=found.turned,
            short=tree.questions[found.turned].short,
            yours=words["yes" if answer else "no"],
            ours=words["no" if answer else "yes"],
        )
        if found.yours.outcome == found.ours.outcome:
            return [turned, words["same_end"]]
        return [turned, words["yours"].format(outcome=mine), words["ours"].format(outcome=ours)]

    def _tell_level(self, found: Comparison) -> list[str]:
        if found.your_level is found.our_level:
            return []
        yours = found.your_level.value if found.your_level else self.words["none"]
        scores = load_scores(self.language)
        named = [
            self.words["score"].format(ask=scores[name].ask, value=scores[name].options[value])
            for name, value in found.case.scores.items()
        ]
        form = "level" if named else "level_plain"
        values = {"yours": yours, "ours": found.our_level.value, "scores": "; ".join(named)}
        return [self.words[form].format(**values)]

    # -- the end -------------------------------------------------------------------------------

    def _result_of(self) -> Result:
        ways = tuple(spell_way(found.yours) for found in self.done)
        return Result(self.who, self.number, ways, tuple(found.your_level for found in self.done))

    def _draw_end(self, page: Page) -> list[Widget]:
        tree, words = load_tree(self.language), self.words
        rows = tuple(
            (
                found.case.title,
                tree.outcomes[found.yours.outcome].title,
                tree.outcomes[found.ours.outcome].title,
                found.your_level.value if found.your_level else words["none"],
                found.our_level.value,
            )
            for found in self.done
        )
        line = fill_html(
            '<p class="wb-label">{label}</p><p><code class="wb-line-out">{line}</code></p>',
            label=words["line_label"],
            line=write_result(self._result_of()),
        )
        table = write_table(words["caption"], tuple(words["columns"]), rows)
        give = draw_button(
            words["download"], lambda _: page.guard(lambda: self._give(page)), name="quiet"
        )
        again = draw_button(
            words["again"], lambda _: page.guard(lambda: self._again(page)), name="quiet"
        )
        return [draw_html(join_html([line, table])), give, again]

    def _give(self, page: Page) -> None:
        name = name_file(page.there.plan, self.words["file"], ".csv")
        give_download(page, name, _CSV, write_csv([self._result_of()], self.language))

    def _again(self, page: Page) -> None:
        self.cases, self.done = (), []
        self._clear(page)


class CompareBench(BenchScreen):
    """The lines of a group, and case by case who went which way."""

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """For each case what everybody made of it, and whether the group agrees."""
        results, unread = read_results(given["lines"] or "")
        notes = []
        if unread:
            notes.append(self.words["unread"].format(lines="; ".join(unread)))
        if not results:
            return [draw_html(write_paragraphs("\n\n".join([self.words["empty"], *notes])))]
        others = [result.who for result in results if result.deal != results[0].deal]
        if others:
            notes.append(self.words["other_deal"].format(names=", ".join(others)))
        parts = [write_paragraphs("\n\n".join(notes), "wb-hint"), *self._write_cases(results)]
        give = draw_button(
            self.words["download"], lambda _: page.guard(lambda: self._give(page, results)),
            name="quiet",
        )  # fmt: skip
        return [draw_html(join_html([*parts])), give]

    def _write_cases(self, results: tuple[Result, ...]) -> list[Html]:
        tree, words = load_tree(self.language), self.words
        found = []
        for case, rows in list_rows(results, self.language):
            ours = walk(case.answers, self.language)
            title = tree.outcomes[ours.outcome].title
            cells = [(words["ours"], title, "", "")]
            for result, way, level in rows:
                ends = tree.outcomes[way.outcome].title if way.outcome else words["none"]
                turned = find_turn(way, ours)
                leaves = f"{turned}: {tree.questions[turned].short}" if turned else words["stays"]
                cells.append((result.who, ends, level.value if level else words["none"], leaves))
            head = fill_html("<h4>{x}</h4><p>{y}</p>", x=case.title, y=self._judge(cells, title))
            caption = words["caption"].format(title=case.title)
            found.append(
                join_html([head, write_table(caption, tuple(words["columns"]), tuple(cells))])
            )
        return found

    def _judge(self, cells: list[tuple[str, str, str, str]], ours: str) -> str:
        """Whether the group agrees with itself, and with us."""
        ends = {ends for _, ends, _, _ in cells[1:]}
        if ends == {ours}:
            return str(self.words["same"]).format(outcome=ours)
        if len(ends) == 1:
            return str(self.words["all_other"]).format(yours=ends.pop(), ours=ours)
        return str(self.words["differs"]).format(count=len(ends))

    def _give(self, page: Page, results: tuple[Result, ...]) -> None:
        name = name_file(page.there.plan, self.words["file"], ".csv")
        give_download(page, name, _CSV, write_csv(results, self.language))
