"""The bench for posts: what each does and why, put right with one click, and counted again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook.content import Option, Question
from workbook.interface.bench import BenchScreen
from workbook.interface.escaping import Html, fill_html, join_html, write_paragraphs
from workbook.interface.fields import Field, make_spec
from workbook.interface.furniture import draw_button, draw_group, draw_html, draw_row, fill_box
from workbook.mix import Counts, audit_posts, correct
from workbook.mix.wording import load_mix_words, name_kind, write_reason
from workbook.steps.mix.answers import Correction, PostClass, Said
from workbook.steps.mix.editor_told import write_audit, write_how_sure, write_sold
from workbook.wording import write_day, write_number

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from ipywidgets import Widget

    from workbook.imports.social import Gathered
    from workbook.interface.page import Page
    from workbook.mix import Audit
    from workbook.mix.classes import Judged
    from workbook.plan import Plan

SHOWN = 12
"""Posts that are shown at once."""
LONGEST = 600
"""Letters of a post that are shown."""
MOST_KEPT = 2000
"""Corrections that a plan holds; beyond it the oldest go."""
_ALL = "all"
_COUNTED = ("replies", "received", "answered", "praise", "elsewhere", "oldest")
_MOST = 1_000_000_000
_AMBIGUOUS = "dates-ambiguous"
_DAY_FIRST = {"day": True, "month": False}


class PostsBench(BenchScreen):
    """Choose files or paste posts; see what each does. Only digests may be kept, when asked for."""

    takes_long = True

    def __init__(self, step: str, name: str, language: str) -> None:
        super().__init__(step, name, language)
        self.common = {**self.common, "promise": self.words["promise"]}
        self.audit: Audit | None = None
        self.gathered: Gathered | None = None
        self.said: dict[str, PostClass] = {}
        """What was put right on this page and is not kept yet."""
        self.kind = _ALL
        self.shown = SHOWN
        self._told: Widget | None = None
        self._list: Widget | None = None
        self._keep: Widget | None = None
        self._reasons: dict[str, Widget] = {}
        self._fields: dict[str, str] = {}
        self._ambiguous = False

    # -- what is asked -------------------------------------------------------------------------

    def is_shown(self, plan: Plan) -> bool:
        """On the full route."""
        return plan.start.route != "short"

    def asks_now(self, plan: Plan, given: Mapping[str, Any]) -> Collection[str]:  # noqa: ARG002 - the same for any plan
        """Counts by hand where somebody has them, and the order of dates where it is open."""
        now = {"files", "pasted", "by_hand"}
        if self._ambiguous:
            now.add("order")
        if given.get("by_hand") == "yes":
            now |= set(_COUNTED) - {"oldest"}
            received, answered = given.get("received"), given.get("answered")
            if received is not None and answered is not None and answered < received:
                now.add("oldest")
        return now

    def hear(self, page: Page, path: str, raw: object, buffers: Sequence[bytes]) -> None:
        """What is given; or what a post is said to be, which leaves the others as they are."""
        if path == self._look_path:
            self._look(page, str(raw))
        elif path in self._fields:
            self._correct(page, self._fields[path], raw)
        else:
            super().hear(page, path, raw, buffers)

    # -- what it comes to ----------------------------------------------------------------------

    def answer(self, page: Page, given: Mapping[str, Any]) -> list[Widget]:
        """The shares, the picture, the indicators, and every post with its reason."""
        from workbook.imports.problems import explain_all  # noqa: PLC0415 - when tried
        from workbook.imports.social import gather_posts  # noqa: PLC0415 - when tried

        session = page.there
        gathered = gather_posts(
            ((file.name, file.raw) for file in given["files"] or ()),
            given["pasted"] or "",
            today=session.now.date(),
            day_first=_DAY_FIRST.get(given.get("order") or ""),
        )
        self._note_order(page, gathered)
        problems = explain_all(gathered.problems, self.language)
        parts = [write_paragraphs(problem, "wb-hint") for problem in problems]
        if not gathered.posts:
            lead = [] if problems else [write_paragraphs(self.words["empty"], "wb-lead")]
            return [draw_html(join_html([*parts, *lead]))]
        counts = _read_counts(given, gathered.inbox)
        self.gathered, self.kind, self.shown = gathered, _ALL, SHOWN
        self.audit = correct(
            audit_posts(gathered.posts, session.plan, counts), self.said, session.plan
        )
        return [*([draw_html(join_html([*parts]))] if parts else []), *self._draw(page)]

    def _note_order(self, page: Page, gathered: Gathered) -> None:
        """Ask which comes first where the dates do not tell; what was answered stays asked."""
        told = any(problem.id == _AMBIGUOUS for problem in gathered.problems)
        if told and not self._ambiguous:
            self._ambiguous = True
            field = page.fields.get(f"{self.id}/order")
            if field is not None:
                field.shown = True

    def _draw(self, page: Page) -> list[Widget]:
        self._told = draw_html(self._write_told())
        self._list = draw_group(name="posts")
        self._keep = draw_group(name="keep")
        self._fill_list(page)
        self._fill_keep(page)
        words = self.words
        head = fill_html("<h4>{title}</h4>", title=words["each"])
        lead = join_html([head, write_paragraphs(words["each_lead"])])
        sure = draw_html(write_how_sure(words, self.language))
        return [self._told, draw_html(lead), self._draw_look(page), self._list, self._keep, sure]

    def _write_told(self) -> Html:
        if self.audit is None or self.gathered is None:
            return Html("")
        return write_audit(self.audit, self.gathered, self.words, self.language)

    # -- every post ----------------------------------------------------------------------------

    @property
    def _look_path(self) -> str:
        return f"{self.id}/look"

    def _draw_look(self, page: Page) -> Widget:
        """Which posts are shown: all, or those of one kind."""
        if self.audit is None:
            raise AssertionError("nothing was looked at")
        form, kinds = str(self.words["option"]), load_mix_words(self.language)["kinds"]
        found = {kind: sum(each.kind is kind for each in self.audit.judged) for kind in PostClass}
        options = [Option(value=_ALL, label=str(self.words["all"]))]
        for kind, count in found.items():
            label = form.format(
                label=kinds[kind]["label"], count=write_number(count, self.language)
            )
            options.append(Option(value=kind, label=label))
        question = Question(
            id="look",
            path=self._look_path,
            kind="choice",
            label=str(self.words["show"]),
            why="",
            subject="look",
            options=tuple(options),
        )
        spec = make_spec(question, lambda _: True, few=1) | {"passing": True}
        return Field(page=page.desk.page, path=question.path, spec=spec, value=self.kind)

    def _look(self, page: Page, kind: str) -> None:
        if self.audit is not None and kind in {_ALL, *PostClass}:
            self.kind, self.shown = kind, SHOWN
            self._fill_list(page)

    def _chosen(self) -> list[Judged]:
        """The posts of the kind that is looked at, the newest first, each text once."""
        if self.audit is None:
            return []
        ordered = sorted(
            self.audit.judged,
            key=lambda each: each.post.day.toordinal() if each.post.day else 0,
            reverse=True,
        )
        found = (each for each in ordered if self.kind in (_ALL, each.kind))
        return list({each.mark: each for each in reversed([*found])}.values())[::-1]

    def _fill_list(self, page: Page) -> None:
        if self._list is None:
            return
        chosen = self._chosen()
        self._reasons, self._fields = {}, {}
        parts = [self._draw_post(page, each) for each in chosen[: self.shown]]
        if not chosen:
            parts.append(draw_html(write_paragraphs(self.words["none"], "wb-hint")))
        left = len(chosen) - self.shown
        if left > 0:
            text = self.words["shown"].format(
                shown=write_number(self.shown, self.language),
                count=write_number(len(chosen), self.language),
            )
            label = self.words["more"].format(count=min(SHOWN, left))
            more = draw_button(label, lambda _: page.guard(lambda: self._more(page)), name="quiet")
            parts += [draw_html(write_paragraphs(text, "wb-hint")), draw_row(more)]
        fill_box(self._list, *parts)

    def _more(self, page: Page) -> None:
        self.shown += SHOWN
        self._fill_list(page)

    def _draw_post(self, page: Page, each: Judged) -> Widget:
        path = f"{self.id}/kind-{each.mark}"
        self._fields[path] = each.mark
        kinds = load_mix_words(self.language)["kinds"]
        options = tuple(Option(value=kind, label=kinds[kind]["label"]) for kind in PostClass)
        question = Question(
            id=f"kind-{each.mark}",
            path=path,
            kind="choice",
            label=str(self.words["kind"]),
            why="",
            subject="kind",
            options=options,
        )
        spec = make_spec(question, lambda _: True) | {"passing": True}
        field = Field(page=page.desk.page, path=path, spec=spec, value=each.kind.value)
        reason = draw_html(self._write_reason(each))
        self._reasons[each.mark] = reason
        return draw_group(draw_html(self._write_post(each)), reason, field, name="post")

    def _write_post(self, each: Judged) -> Html:
        text = each.post.text
        if len(text) > LONGEST:
            text = self.words["cut"].format(text=text[:LONGEST].rstrip())
        day = write_day(each.post.day, self.language) if each.post.day else ""
        date = fill_html('<p class="wb-tag">{day}</p>', day=day) if day else ""
        quote = fill_html('<blockquote class="wb-said" dir="auto">{text}</blockquote>', text=text)
        return join_html([date, quote])

    def _write_reason(self, each: Judged) -> Html:
        return Html(
            fill_html(
                "<p><strong>{kind}.</strong> {label} {reason}</p>",
                kind=name_kind(each.kind, self.language),
                label=self.words["reason"],
                reason=write_reason(each, self.language),
            )
        )

    # -- put right -----------------------------------------------------------------------------

    def _correct(self, page: Page, mark: str, raw: object) -> None:
        """Take a person's word for a post, and count everything again."""
        if self.audit is None or raw not in set(PostClass):
            return
        self.said[mark] = PostClass(str(raw))
        self.audit = correct(self.audit, {mark: self.said[mark]}, page.there.plan)
        if self._told is not None:
            self._told.value = self._write_told()
        each = next(each for each in self.audit.judged if each.mark == mark)
        self._reasons[mark].value = self._write_reason(each)
        self._fill_keep(page)
        sold = write_sold(self.audit, self.words, self.language)
        page.announce(self.words["recounted"].format(sold=sold))

    def _fill_keep(self, page: Page, *, kept: bool = False) -> None:
        """The button that keeps corrections, once there are any."""
        if self._keep is None:
            return
        count = len(self.said)
        parts: list[Widget] = []
        if kept:
            parts.append(draw_html(write_paragraphs(self.words["kept"], "wb-hint")))
        elif count:
            label = self.words["keep_one" if count == 1 else "keep"].format(count=count)
            parts.append(draw_button(label, lambda _: page.guard(lambda: self._store(page))))
        fill_box(self._keep, *parts)

    def _store(self, page: Page) -> None:
        """Put the corrections into the plan: digest and kind, never a word of the post."""
        session = page.there
        entries = {entry.id: entry for entry in session.plan.mix.corrections}
        entries |= {m: Correction(id=m, said=Said(kind=kind)) for m, kind in self.said.items()}
        newest = tuple(entries.values())[-MOST_KEPT:]
        changed = session.plan.mix.model_copy(update={"corrections": newest})
        outcome = session.replace(session.plan.model_copy(update={"mix": changed}))
        if outcome.error is not None:
            raise outcome.error
        self.said = {}
        page.tell_kept()
        self._fill_keep(page, kept=True)
        page.announce(self.words["kept"])


def _read_counts(given: Mapping[str, Any], inbox: Counts | None) -> Counts:
    """What was counted by hand; what an inbox tells counts where nothing was."""
    by_hand = given.get("by_hand") == "yes"

    def count(name: str) -> int | None:
        value = given.get(name) if by_hand else None
        return None if value is None else int(min(value, _MOST))

    received, answered, oldest = count("received"), count("answered"), count("oldest")
    if inbox is not None and received is None:
        received, answered, oldest = inbox.received, inbox.answered, inbox.oldest_days
    if oldest is None and received is not None and answered is not None and answered >= received:
        oldest = 0
    return Counts(
        replies=count("replies"),
        received=received,
        answered=answered,
        praise=count("praise"),
        elsewhere=count("elsewhere"),
        oldest_days=oldest,
    )
