"""Who uses which place, group by group, in words: for the page, the documents and the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbook.charts.reach import Estimate, PlaceReach, draw, order_places
from workbook.content import BASE_LANGUAGE, load_step, load_words
from workbook.evidence import load_sources
from workbook.evidence.clients import Question, Views, count_share
from workbook.evidence.intervals import proportion_interval
from workbook.evidence.shares import Method
from workbook.evidence.survey import US, find_country, place_ids
from workbook.fit.audiences import Kind, list_places
from workbook.fit.daily import explain_daily, write_daily
from workbook.fit.planned import choose_for
from workbook.fit.wording import (
    list_remarks,
    load_fit_words,
    name_place,
    show_country,
    write_dates,
    write_origin,
    write_places,
    write_points,
)
from workbook.steps.audience.left_out import list_left_out
from workbook.wording import write_answer, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from workbook.charts.rendering import Picture
    from workbook.evidence.clients import Counted
    from workbook.evidence.shares import Share
    from workbook.fit.audiences import Known
    from workbook.plan import Plan
    from workbook.steps.audience.answers import Group

WORDS = "steps/audience/reach.toml"
STEP = "audience"
WHOLE = 100
_ROUNDED = 0.5
_SHOWN = 0.05
"""Shares that differ by less read alike."""
_LONG_NAME = 60
_TRAITS = ("ages", "sexes", "education", "income", "community")


def load_reach_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words about who uses which place."""
    return load_words(WORDS, language)


def write_percent(percent: float, low: float, high: float, language: str = BASE_LANGUAGE) -> str:
    """A share in whole percents with its interval; a share is never written without it."""
    words = load_reach_words(language)
    told = write_number(round(percent), language)
    if 0 < percent < _ROUNDED:
        told = str(words["little"])
    elif WHOLE - _ROUNDED < percent < WHOLE:
        told = str(words["most"])
    lowest = WHOLE - 1 if round(low) == WHOLE > low else round(low)
    highest = 1 if 0 == round(high) < high else round(high)
    ends = {"low": write_number(lowest, language), "high": write_number(highest, language)}
    return str(words["percent"]).format(percent=told, **ends)


@dataclass(frozen=True)
class GroupReach:
    """A group with all that is known of where its people are."""

    group: Group
    known: Known
    language: str = BASE_LANGUAGE

    @property
    def name(self) -> str:
        """What the business calls it, cut where it is long."""
        name = self.known.audience.name
        return name if len(name) <= _LONG_NAME else f"{name[: _LONG_NAME - 2].rstrip()} …"

    @property
    def is_us(self) -> bool:
        """Whether the survey of the United States is about it."""
        return find_country(self.group.country or "") == US

    @property
    def is_background(self) -> bool:
        """Whether a survey of adults at home only stands beside: they buy for an organisation."""
        return self.known.audience.kind is Kind.BUSINESSES

    @cached_property
    def shares(self) -> Mapping[str, Share]:
        """The survey's shares of the workbook's places, and those of the user's own."""
        ours = place_ids()
        return {n: s for n, s in self.known.reach.shares.items() if n in ours}

    @cached_property
    def views(self) -> Mapping[str, Views]:
        """Each of the workbook's places three ways."""
        names = dict.fromkeys((*self.shares, *self.known.views))
        ours = place_ids()
        return {
            name: self.known.views.get(name) or Views(self.shares.get(name), None, None)
            for name in names
            if name in ours
        }

    @property
    def asked(self) -> Counted | None:
        """The count of clients that stands beside the survey; None where there is none."""
        measures = {v.own.measure for v in self.known.views.values() if v.own}
        return next((c for c in self.known.audience.clients if c.question in measures), None)

    @property
    def own_label(self) -> str:
        """What clients were asked, where their count stands beside the survey."""
        words = load_reach_words(self.language)["own"]
        return str(words[self.asked.question.value if self.asked else "use"])

    @cached_property
    def places(self) -> tuple[PlaceReach, ...]:
        """The places that something is known of, the one with the largest share first."""
        rows = [
            PlaceReach(name, *(self._estimate(s) for s in (v.survey, v.own, v.combined)))
            for name, v in self.views.items()
        ]
        return order_places(rows)

    def _estimate(self, share: Share | None) -> Estimate | None:
        if share is None:
            return None
        low, high = max(share.low, 0.0), min(share.high, 100.0)
        percent = min(max(share.percent, low), high)
        return Estimate(percent, low, high, self.tell(share))

    def tell(self, share: Share) -> str:
        """A share with its interval."""
        return write_percent(share.percent, share.low, share.high, self.language)

    def draw(self, most: int | None = None) -> Picture:
        """The picture of its places, or of so many of them with the largest shares."""
        back, language, name = self.is_background, self.language, f"reach-{self.group.id}"
        shown, own = self.places[:most], self.own_label
        return draw(shown, self.name, own, is_background=back, language=language, name=name)

    def list_counts(self) -> tuple[Counted, ...]:
        """The counts of clients that stand for themselves."""
        return tuple(c for c in self.known.audience.clients if c is not self.asked)


@dataclass(frozen=True)
class Overview:
    """All groups of a plan, with the sources of their figures."""

    plan: Plan
    groups: tuple[GroupReach, ...]
    language: str = BASE_LANGUAGE
    shares_told: tuple[str, ...] = ()
    """What was done to the shares of the groups so that they make 100."""

    @property
    def words(self) -> Mapping[str, Any]:
        """The words about who uses which place."""
        return load_reach_words(self.language)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Where the figures come from, each once: who was asked, when, and by whom."""
        return tuple(dict.fromkeys(text for group in self.groups for text in self._name(group)))

    def _name(self, group: GroupReach) -> list[str]:
        """The sources of a group, their numbers still open."""
        shares = ((share, share.daily) for share in group.shares.values())
        return [self._write_source(each) for both in shares for each in both if each]

    @property
    def has_us(self) -> bool:
        """Whether a figure of the survey of the United States is shown."""
        return any(group.is_us and group.shares for group in self.groups)

    @property
    def has_elsewhere(self) -> bool:
        """Whether a published figure of another country is shown."""
        return any(group.shares and not group.is_us for group in self.groups)

    def number(self, share: Share) -> int:
        """The number of a share's source in the list of sources."""
        return self.sources.index(self._write_source(share)) + 1

    def list_sources(self, group: GroupReach | None = None) -> list[str]:
        """The sources with their numbers; those of one group, or all."""
        mine = set(self.sources if group is None else self._name(group))
        numbered = enumerate(self.sources, 1)
        return [text.format(number=at) for at, text in numbered if text in mine]

    def list_asked(self) -> list[str]:
        """The sources in short: for which places who was asked what, and when."""
        found: dict[str, list[str]] = {}
        for group in self.groups:
            for share in group.shares.values():
                places = found.setdefault(self._write_asked(share), [])
                places += [share.platform] if share.platform not in places else []
        form = str(self.words["asked_for"])
        return [
            form.format(places=write_places(places, self.language), asked=asked)
            for asked, places in found.items()
        ]

    def _write_asked(self, share: Share) -> str:
        if share.method is Method.OWN:
            origin = write_origin(share, self.language).rstrip(". ")
            asked = self.write(share.asked)
            return str(self.words["asked_own"]).format(origin=origin, asked=asked)
        source = load_sources().get(share.source)
        return str(self.words["asked"]).format(
            publisher=source.publisher if source else share.source,
            base=self._name_asked(share),
            dates=write_dates(share, self.language),
            measure=load_fit_words(self.language)["measure"][share.measure],
        )

    def _write_source(self, share: Share) -> str:
        """A source as a line, its number still open."""
        origin = write_origin(share, self.language).replace("{", "{{").replace("}", "}}")
        if share.method is Method.OWN:
            asked = self.write(share.asked)
            text = str(self.words["source_own"])
            return text.format(number="{number}", origin=origin.rstrip(". "), asked=asked)
        text = str(self.words["source"]).format(
            number="{number}",
            origin=origin.rstrip(". "),
            dates=write_dates(share, self.language),
            base=self._name_asked(share),
        )
        return f"{text} {self.words['source_panel']}" if share.is_panel else text

    def _name_asked(self, share: Share) -> str:
        """Whom a survey asked."""
        return str(self.words["populations"].get(share.population, share.population))

    # -- a group in words ----------------------------------------------------------------------

    def write_who(self, group: GroupReach) -> str:
        """Who the people of a group are, in one line."""
        words, said = self.words["who"], group.group
        fields = {f.id: f for f in load_step(STEP, self.language).questions["groups"].fields}
        traits = [
            write_answer(fields[name], getattr(said, name), self.language) for name in _TRAITS
        ]
        told = [trait for trait in traits if trait] or [str(words["everybody"])]
        country = show_country(said.country or "", self.language) or str(words["country_open"])
        parts = [country, *told, str(words[said.buyers.value]) if said.buyers else ""]
        counted, given = round(group.known.audience.share, 1), said.share
        key = "share" if given is None or abs(given - counted) < _SHOWN else "share_counted"
        values = {"percent": self.write(counted), "given": self.write(given or 0)}
        parts.append(str(words[key]).format(**values))
        return str(self.words["clause"]).join(part for part in parts if part)

    def write_figures(self, group: GroupReach) -> list[str]:
        """Which figures there are on a group, and what to know about them."""
        words, reach = self.words["figures"], group.known.reach
        methods = {share.method for share in group.shares.values()}
        told = [str(words[m.value]) for m in _TOLD if m in methods]
        if Method.PUBLISHED in methods and not reach.profile.narrowed():
            told[0] = str(words["all"])
        if not group.shares:
            told.append(self._explain_none(group))
        elif group.is_background:
            told.insert(0, str(words["businesses"]))
        if reach.is_thin:
            key = "thin_at_most" if reach.is_at_most else "thin"
            told.append(str(words[key]).format(count=self.write(reach.interviews)))
        if len({s.start for s in group.shares.values() if s.method in _MODELLED}) > 1:
            told.append(str(words["older"]))
        return told

    def _explain_none(self, group: GroupReach) -> str:
        """Why there is no figure on a group, and what to do about it."""
        words, country = self.words["figures"], group.group.country
        if not country:
            return str(words["country_open"])
        return str(words["none_but_points" if group.known.reach.points else "none"]).format(
            country=show_country(country, self.language)
        )

    def write_rest(self, group: GroupReach) -> list[str]:
        """Places without a figure, and figures that stand apart."""
        words, reach = self.words["figures"], group.known.reach
        told = []
        apart = [name for name in list_places() if name not in group.shares]
        if apart and group.shares:
            text = str(words["apart"])
            told.append(text.format(places=write_places(apart, self.language)))
        if reach.points:
            points = write_points(reach, self.language)
            told.append(str(words["points"]).format(points=points))
        also = [s for name, s in reach.shares.items() if name not in group.shares]
        if also:
            named = self.words["joined"].join(f"{s.platform} {group.tell(s)}" for s in also)
            told.append(str(words["also"]).format(places=named))
        return [*told, *explain_daily(reach, self.language)]

    # -- clients and colleagues ----------------------------------------------------------------

    def write_asked(self, group: GroupReach, least: float) -> list[str]:
        """How many clients of a group answered, and what that can and cannot say."""
        words, counted = self.words["clients"], group.known.audience.clients
        left = list_left_out(self.plan.audience.tallies, group.group.id, self.language)
        if not counted:
            return [*left] or [str(words["nobody"])]
        told = []
        for each in counted:
            is_few = each.asked < least and each.question is not Question.FOUND
            text = str(words["few" if is_few else "enough"])
            question, count = self.name_question(each.question), self.write(each.asked)
            told.append(text.format(asked=count, question=question, least=self.write(least)))
        return [*told, *left, str(words["won"])]

    def write(self, value: float) -> str:
        """A number as it is written in the language of the words."""
        return write_number(value, self.language)

    def name_question(self, question: Question) -> str:
        """A question as clients were asked it."""
        fields = load_step(STEP, self.language).questions["tallies"].fields
        return next(f for f in fields if f.id == "question").label_of(question.value)

    def list_named(self, counted: Counted) -> Iterator[tuple[str, str, str]]:
        """The places that clients named, with how many did and what share that is."""
        text = str(self.words["clients"]["named"])
        for name, hits in sorted(counted.counts.items(), key=lambda pair: -pair[1]):
            share = count_share(counted, name)
            if hits and share:
                named = text.format(hits=self.write(hits), asked=self.write(counted.asked))
                percent = write_percent(share.percent, share.low, share.high, self.language)
                yield name_place(name, self.language), named, percent

    def list_peers(self) -> Iterator[tuple[str, str, str]]:
        """The places where colleagues were seen; for referrals only."""
        words, said = self.words["peers"], self.plan.audience
        question = load_step(STEP, self.language).questions["peers"]
        asked = said.peers_asked or 0
        for place, hits in sorted(said.peers, key=lambda pair: -pair[1]):
            name, count = question.label_of(place), self.write(hits)
            if hits > asked:
                yield name, str(words["seen_open"]).format(hits=count), str(words["open"])
                continue
            low, high = proportion_interval(hits, asked)
            seen = str(words["seen"]).format(hits=count, asked=self.write(asked))
            share = write_percent(100 * hits / asked, 100 * low, 100 * high, self.language)
            yield name, seen, share

    # -- the table -----------------------------------------------------------------------------

    def list_rows(self, group: GroupReach) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
        """The table of a group: its columns, and a row for each place."""
        titles = [str(t) for t in self.words["columns" if group.is_us else "columns_elsewhere"]]
        if group.is_background:
            titles[1] = str(self.words["figures"]["background"]).format(column=titles[1])
        columns = tuple(title.format(own=group.own_label) for title in titles)
        rows = [self._write_row(group, place.place) for place in group.places]
        kept = [at for at in range(len(columns)) if at == 0 or any(row[at] for row in rows)]
        nothing = str(self.words["nothing"])
        return (
            tuple(columns[at] for at in kept),
            [tuple(row[at] or nothing for at in kept) for row in rows],
        )

    def _write_row(self, group: GroupReach, name: str) -> tuple[str, ...]:
        views = group.views[name]
        survey, daily = views.survey, views.survey.daily if views.survey else None
        told = [group.tell(s) if s else "" for s in (survey, daily, views.own, views.combined)]
        told[1] = write_daily(told[1], daily, self.language) if daily else ""
        if survey and survey.measure not in {"ever_use", "own"}:
            measure = load_fit_words(self.language)["measure"][survey.measure]
            told[0] = str(self.words["measure"]).format(share=told[0], measure=measure)
        numbers = [str(self.number(s)) for s in (survey, daily) if s]
        if views.own:
            numbers.append(str(self.words["clients_source"]))
        return (name, *told, str(self.words["joined"]).join(numbers))


_TOLD = (Method.PUBLISHED, Method.MODEL, Method.TOTAL, Method.OWN)
_MODELLED = (Method.PUBLISHED, Method.MODEL)


def survey(plan: Plan, language: str = BASE_LANGUAGE) -> Overview:
    """All that is known of where the people of a plan are."""
    choice = choose_for(plan, language)
    known: Sequence[Known] = choice.audiences
    groups = tuple(
        GroupReach(group, each, language)
        for group, each in zip(plan.audience.groups, known, strict=True)
    )
    told = tuple(n.text for n in list_remarks(choice, language) if n.id.startswith("shares_"))
    return Overview(plan, groups, language, told)
