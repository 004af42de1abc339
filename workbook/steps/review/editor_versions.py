"""The screen of named versions: keep the plan under a name, compare, open again, remove."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from workbook.comparison import OWN_NUMBERS
from workbook.content import load_step
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.findings import write_link
from workbook.interface.furniture import (
    draw_button,
    draw_group,
    draw_heading,
    draw_html,
    draw_row,
    fill_box,
)
from workbook.paths import may_be_answered
from workbook.storage.versions import MOST_VERSIONS
from workbook.wording import write_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ipywidgets import Widget

    from workbook.comparison import Difference
    from workbook.interface.page import Page
    from workbook.plan import Plan
    from workbook.storage.plan_file import NamedVersion

SHOWN = 40
"""Differences that are shown at once."""
LONGEST = 600
"""Letters of an answer that are shown."""


class VersionsScreen(BenchScreen):
    """Names, compares, opens and removes versions; the name that is typed is no answer."""

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self._list: Widget | None = None
        self._removing = ""
        self._shown = SHOWN

    def is_shown(self, plan: Plan) -> bool:
        """On the full route, and wherever somebody comes for it."""
        return plan.start.route != "short"

    def draw(self, page: Page) -> list[Widget]:
        """The name for the plan as it stands, then every version, then two side by side."""
        self.asked = {question.id: question for question in self.questions(page.there.plan)}
        page.fields = {q.path: self._field(page, q, shown=True) for q in self.asked.values()}
        self._result = draw_group(name="result")
        self._list = draw_group(name="versions")
        self._removing = ""
        self._draw_list(page)
        return [
            draw_button(page.words["back"], page.go_back, name="back"),
            draw_heading(self.title, str(self.words["lead"]).format(most=MOST_VERSIONS)),
            *page.fields.values(),
            draw_row(draw_button(self.act, self._press(page))),
            self._list,
            self._result,
            draw_row(draw_button(page.words["continue"], page.go_on, name="main")),
        ]

    def refresh(self, page: Page) -> None:
        """The list follows the plan, which another page may have changed."""
        self._draw_list(page)

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """Keep the plan under the name that was typed."""
        version = page.there.name_version(given["name"])
        self.raw.clear()
        page.fields[f"{self.id}/name"].value = ""
        self._after(page, "kept", version.name)
        return []

    # -- the list ------------------------------------------------------------------------------

    def _draw_list(self, page: Page) -> None:
        if self._list is None:
            return
        versions = page.there.versions
        head = fill_html("<h3>{x}</h3>", x=self.words["listed"])
        cards = [self._draw_version(page, each) for each in reversed(versions)]
        none = draw_html(write_paragraphs(self.words["none"], "wb-hint"))
        fill_box(self._list, draw_html(Html(head)), *(cards or [none]))

    def _draw_version(self, page: Page, version: NamedVersion) -> Widget:
        told = draw_html(self._write_version(page, version))
        if version.name == self._removing:
            sure = draw_html(write_paragraphs(self._say("sure", version.name)))
            yes = self._button(page, "yes", version.name, lambda: self._remove(page, version.name))
            no = self._button(page, "no", version.name, lambda: self._ask(page, ""))
            return draw_group(told, sure, draw_row(yes, no), name="version")
        name, first = version.name, page.there.versions[0]
        buttons = [
            self._button(page, "compare", name, lambda: self._compare(page, name)),
            self._button(page, "open", name, lambda: self._open(page, name)),
            self._button(page, "remove", name, lambda: self._ask(page, name)),
        ]
        if version != first:
            act = lambda: self._compare_before(page, name)  # noqa: E731 - one line
            buttons.insert(1, self._button(page, "before", name, act))
        return draw_group(told, draw_row(*buttons), name="version")

    def _write_version(self, page: Page, version: NamedVersion) -> Html:
        saved = ""
        if version.saved_at is not None:
            moment = version.saved_at.astimezone(page.there.now.tzinfo)
            day, time = write_day(moment.date(), self.language), f"{moment:%H:%M}"
            saved = str(self.words["saved"]).format(day=day, time=time)
        form = '<h4>{name}</h4><p class="wb-hint">{saved}</p>'
        return Html(fill_html(form, name=version.name, saved=saved))

    def _say(self, key: str, name: str) -> str:
        return str(self.words[key]).format(name=name)

    def _button(self, page: Page, key: str, name: str, act: Callable[[], None]) -> Widget:
        return draw_button(self._say(key, name), lambda _: page.guard(act), name="quiet")

    # -- what is done --------------------------------------------------------------------------

    def _ask(self, page: Page, name: str) -> None:
        self._removing = name
        self._draw_list(page)

    def _remove(self, page: Page, name: str) -> None:
        self._removing = ""
        page.there.remove_version(name)
        self._after(page, "removed", name)

    def _open(self, page: Page, name: str) -> None:
        outcome = page.there.restore_version(name)
        if outcome.error is not None:
            raise outcome.error
        self._after(page, "opened", name)

    def _after(self, page: Page, key: str, name: str) -> None:
        page.tell_kept()
        self._draw_list(page)
        said = self._say(key, name)
        page.announce(said)
        self._show(page, [draw_html(write_paragraphs(said))])

    # -- side by side --------------------------------------------------------------------------

    def _compare_before(self, page: Page, name: str) -> None:
        names = [version.name for version in page.there.versions]
        before = names[names.index(name) - 1]
        found = page.there.compare_versions(before, name)
        self._show_found(page, found, before, name)

    def _compare(self, page: Page, name: str) -> None:
        found = page.there.compare_versions(name)
        self._show_found(page, found, name, str(self.words["today"]))

    def _show_found(
        self, page: Page, found: tuple[Difference, ...], old: str, new: str, shown: int = SHOWN
    ) -> None:
        head = str(self.words["heading"]).format(old=old, new=new)
        parts = [fill_html("<h4>{x}</h4>", x=head), write_paragraphs(self._count(found, shown))]
        steps = groupby(found[:shown], lambda difference: difference.step)
        parts += [self._write_step(step, differences) for step, differences in steps]
        widgets = [draw_html(join_html([*parts]))]
        left = len(found) - shown
        if left > 0:
            label = str(self.words["more"]).format(count=min(left, SHOWN))
            act = lambda: self._show_found(page, found, old, new, shown + SHOWN)  # noqa: E731 - one line
            widgets.append(draw_button(label, lambda _: page.guard(act), name="quiet"))
        self._show(page, widgets, focus=True)

    def _count(self, found: tuple[Difference, ...], shown: int) -> str:
        if not found:
            return str(self.words["same"])
        form = str(self.words["count_one" if len(found) == 1 else "count"])
        told = form.format(count=len(found))
        if len(found) > shown:
            told = f"{told} {str(self.words['shown']).format(shown=shown)}"
        return told

    def _write_step(self, step: str, differences: Iterable[Difference]) -> Html:
        is_own = step == OWN_NUMBERS
        title = self.words[step] if is_own else load_step(step, self.language).title
        rows = [self._write_difference(each) for each in differences]
        form = '<section class="wb-differences"><h5>{title}</h5><ul>{rows}</ul></section>'
        return Html(fill_html(form, title=title, rows=join_html(rows)))

    def _write_difference(self, each: Difference) -> str:
        entry = str(self.words["how"][each.how.value]).format(entry=_cut(each.entry))
        label = each.question
        named = (
            write_link(each.path, label)
            if may_be_answered(each.path)
            else Html(fill_html("{x}", x=label))
        )
        above = fill_html('<p class="wb-entry">{x}</p>', x=entry) if entry else ""
        sides = [
            fill_html("<div><dt>{x}</dt><dd>{y}</dd></div>", x=self.words[name], y=_cut(text))
            for name, text in (("then", each.old), ("now", each.new))
            if text
        ]
        form = '<li class="wb-{how}">{above}<p>{named}</p><dl>{sides}</dl></li>'
        return fill_html(
            form, how=each.how.value, above=Html(above), named=named, sides=join_html(sides)
        )


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
