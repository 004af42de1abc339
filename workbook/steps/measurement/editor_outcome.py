"""The screens on where the numbers are found, and on what they came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook.content import default_of, load_words
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import write_finding
from workbook.interface.furniture import draw_html
from workbook.interface.pictures import write_picture, write_table
from workbook.measurement.results import WORDS as RESULTS
from workbook.steps.measurement.editor_shown import STEP, NumbersScreen, write_list, write_open
from workbook.steps.measurement.limits import list_can, list_cannot
from workbook.steps.measurement.outcome import WORDS, weigh
from workbook.steps.measurement.pictures import draw_rates, draw_way, judge_places, list_weeks
from workbook.steps.measurement.setup import list_tools
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ipywidgets import Widget

    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.steps.measurement.outcome import Outcome

CLICKS = "steps/measurement/clicks.toml"
NUMBERS = f"{STEP}.numbers"
MOST_FINDINGS = 5


class ClicksScreen(NumbersScreen):
    """For each tool a business has, the clicks that lead to each of the four numbers."""

    def __init__(self, language: str) -> None:
        super().__init__("clicks", CLICKS, language)

    def show(self, page: Page) -> list[Widget]:
        """The clicks by tool; the tally where there is none."""
        known = load_words(RESULTS, self.language)["clicks"]
        tools = list_tools(page.there.plan)
        parts = [self._write_tool(known[tool]) for tool in tools if tool in known]
        if not tools:
            parts.append(write_open(self.words["none"], "start.analytics", self.words["open"]))
        if set(tools) - set(known):
            parts.append(write_paragraphs(self.words["other"]))
        parts.append(self._write_others())
        return [draw_html(join_html([*parts]))]

    def _write_tool(self, tool: dict[str, list[str]]) -> Html:
        numbers = [
            fill_html(
                "<section><h4>{title}</h4>{clicks}</section>",
                title=self.words["numbers"][name],
                clicks=write_list(tool[name], "ol"),
            )
            for name in self.words["numbers"]
        ]
        form = '<section class="wb-guide"><h3>{title}</h3>{numbers}</section>'
        return Html(fill_html(form, title=tool["name"], numbers=join_html(numbers)))

    def _write_others(self) -> Html:
        form = '<section class="wb-guide"><h3>{title}</h3>{items}</section>'
        items = write_list(self.words["by_hand"])
        return Html(fill_html(form, title=self.words["by_hand_title"], items=items))


class OutcomeScreen(NumbersScreen):
    """What the numbers can tell, how far people came, and what the hours brought."""

    def __init__(self, language: str) -> None:
        super().__init__("outcome", WORDS, language)

    def show(self, page: Page) -> list[Widget]:
        """Limits first, then pictures, then what each place is."""
        plan = page.there.plan
        outcome = weigh(plan, self.language)
        if not outcome.places:
            text = write_open(self.words["none"], NUMBERS, self.words["open_numbers"])
            return [draw_html(text)]
        parts = [self._write_limits(plan, outcome), *self._write_pictures(outcome)]
        parts += [*self._write_weeks(plan), self._write_verdicts(plan, outcome)]
        parts += self._write_findings(page)
        return [draw_html(join_html([*parts]))]

    def _write_limits(self, plan: Plan, outcome: Outcome) -> Html:
        told = {
            "can": list_can(outcome, self.language),
            "cannot": list_cannot(plan, outcome, self.language),
        }
        parts = [
            fill_html(
                '<section class="wb-{name}"><h3>{title}</h3>{items}</section>',
                name=name,
                title=self.words[name]["title"],
                items=write_list(items),
            )
            for name, items in told.items()
        ]
        return Html(fill_html('<div class="wb-limits">{parts}</div>', parts=join_html(parts)))

    def _write_pictures(self, outcome: Outcome) -> Iterator[Html]:
        made = {
            "way": draw_way(outcome, self.language) if outcome.has_way else None,
            "rates": draw_rates(outcome, self.language) if outcome.has_rates else None,
        }
        for name, picture in made.items():
            if picture is not None:
                words = self.words[name]
                head = fill_html("<h3>{title}</h3>", title=words["title"])
                chart = write_picture(picture, words["table"])
                yield join_html([head, chart, write_paragraphs(words["note"], "wb-hint")])

    def _write_weeks(self, plan: Plan) -> Iterator[Html]:
        """Week by week, folded away, where files tell days."""
        rows = list_weeks(plan, self.language)
        if not rows:
            return
        words = self.words["weeks"]
        table = write_table(words["title"], tuple(words["columns"]), rows)
        form = '<details class="wb-more"><summary>{title}</summary>{note}{table}</details>'
        note = write_paragraphs(words["note"], "wb-hint")
        yield Html(fill_html(form, title=words["title"], note=note, table=table))

    def _write_verdicts(self, plan: Plan, outcome: Outcome) -> Html:
        words = self.words["verdicts"]
        items = [
            fill_html(
                '<section class="wb-verdict wb-is-{kind}"><h4>{title}</h4><p>{facts}</p>'
                "<p>{text}</p></section>",
                kind=judged.kind,
                title=judged.title,
                facts=judged.facts,
                text=judged.text,
            )
            for judged in judge_places(plan, outcome, self.language)
        ]
        head = fill_html("<h3>{title}</h3>", title=words["title"])
        note = words["note"].format(**_list_least(plan, self.language))
        return join_html([head, *items, write_paragraphs(note, "wb-hint")])

    def _write_findings(self, page: Page) -> Iterator[Html]:
        """What is odd in the numbers themselves, the heaviest first."""
        mine = [f for f in page.there.findings if f.path.startswith(f"{NUMBERS}.")]
        shown = [f for f in mine if not f.id.startswith("place-")][:MOST_FINDINGS]
        if shown:
            yield Html(fill_html("<h3>{title}</h3>", title=self.words["odd"]))
        for finding in shown:
            yield write_finding(finding, page.words, page.language)


def _list_least(plan: Plan, language: str) -> dict[str, str]:
    """From when on a place is judged: our defaults, or the business's own numbers."""
    names = ("days", "hours")
    least = {name: default_of(plan, f"{STEP}.verdict_{name}") for name in names}
    return {name: write_number(number, language) for name, number in least.items()}
