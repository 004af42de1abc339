"""The hours a plan needs in words: the gap, its rows, what could be cut, and a week off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from workbook.audit.inventory import name_place
from workbook.budget.absence import Absence, reckon_absence
from workbook.budget.blocks import Span, write_clock
from workbook.budget.colleagues import Ground, Meant, find_purpose
from workbook.budget.cuts import Cut, Kind, Way
from workbook.budget.need import Demand, Need, Part
from workbook.content import BASE_LANGUAGE, load_words
from workbook.fit.effort import BASE
from workbook.fit.phrases import write_hours
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from workbook.budget.listed import Beside
    from workbook.plan import Plan
    from workbook.steps.time.answers import Task

WORDS = "budget/words.toml"
MOST_LEFT = 6
WEEKS_IN_A_MONTH = 4
_ONE = 1.0
_BESIDE = ("listed", "left", "over")
_WITHIN = (Part.MAKING, Part.REPLYING, Part.CARE, Part.PARKED)
_ONCE = (Part.LISTENING, Part.THANKS, Part.PLANNING, Part.REPORTING)


def load_budget_words(language: str = BASE_LANGUAGE) -> Mapping[str, Any]:
    """The words of hours, blocks and cuts."""
    return load_words(WORDS, language)


class Row(NamedTuple):
    """A line of what the hours are made of."""

    name: str
    parts: str
    hours: str
    is_base: bool = False


class Told(NamedTuple):
    """A cut in words: what, because of what, what it saves and costs, how sure, what changes it."""

    what: str
    because: str
    saves: str
    cost: str
    sure: str
    change: str


# -- hours there are and hours needed --------------------------------------------------------------


def tell_gap(need: Need, language: str = BASE_LANGUAGE, beside: Beside | None = None) -> str:
    """The hours there are against those the plan needs, with the list that does not fit in."""
    words = load_budget_words(language)["gap"]
    if not need.demands:
        return str(words["nothing"])
    needed, over = write_hours(need.hours, language), write_hours(need.over, language)
    if need.available is None:
        return str(words["open"]).format(needed=needed)
    fits = "fits" if beside is None else "week"
    name = fits if not need.over else "over_one" if over == write_hours(_ONE, language) else "over"
    hours = write_hours(need.available, language)
    told = str(words[name]).format(hours=hours, needed=needed, over=over)
    return f"{told} {tell_beside(beside, language)}" if beside and not need.over else told


def tell_beside(beside: Beside, language: str = BASE_LANGUAGE) -> str:
    """What the list takes against what the week leaves for it, and what is missing."""
    hours = {name: write_hours(getattr(beside, name), language) for name in _BESIDE}
    return str(load_budget_words(language)["gap"]["beside"]).format(days=beside.days, **hours)


def list_rows(need: Need, language: str = BASE_LANGUAGE) -> list[Row]:
    """What takes hours: each place with its parts, then what is needed once."""
    words = load_budget_words(language)["parts"]
    rows = []
    for place in need.places:
        mine = [each for each in need.demands if each.place == place and each.hours]
        parts = words["joined"].join(_tell_part(each, words, language) for each in mine)
        hours = sum(each.hours for each in mine)
        name = name_place(place, language)
        rows.append(Row(name, parts, write_hours(hours, language), place in BASE))
    for part in _ONCE:
        hours = need.sum_part(part)
        if hours:
            rows.append(Row(str(words[part.value]), "", write_hours(hours, language)))
    return rows


def _tell_part(demand: Demand, words: Mapping[str, str], language: str) -> str:
    return words[demand.part.value].format(hours=write_hours(demand.hours, language))


def list_left_out(need: Need, language: str = BASE_LANGUAGE) -> list[str]:
    """The accounts that take nothing so far, with the reason; of many the first ones."""
    words = load_budget_words(language)["left_out"]
    lines = [
        str(words[use.value]).format(account=_name_account(account, language))
        for account, use in need.left_out[:MOST_LEFT]
    ]
    more = len(need.left_out) - MOST_LEFT
    return [*lines, str(words["more"]).format(count=more)] if more > 0 else lines


def _name_account(account: Any, language: str) -> str:  # noqa: ANN401 - an account of any shape
    place = name_place(account.platform or "", language)
    return f"{place} {account.handle}" if account.handle else place


# -- what hours are for ---------------------------------------------------------------------------


def tell_meant(meant: Meant, language: str = BASE_LANGUAGE) -> str:
    """Why the hours in a place are for what they are for."""
    words = load_budget_words(language)["meant"]
    if meant.ground is Ground.COUNTED:
        return str(words["counted"]).format(
            peers=meant.peers,
            peers_asked=meant.peers_asked,
            clients=meant.clients,
            clients_asked=meant.clients_asked,
        )
    if meant.ground is Ground.SAID:
        return str(words[f"said_{meant.purpose.value}"])
    return str(words["usual"])


def list_purposes(
    plan: Plan, need: Need, language: str = BASE_LANGUAGE
) -> list[tuple[str, str, str]]:
    """For each place that takes hours: its name, what its hours are for, and why."""
    words = load_budget_words(language)["purposes"]
    used = {each.place for each in need.demands if each.part in (Part.MAKING, Part.REPLYING)}
    found = []
    for place in [each for each in need.places if each in used]:
        meant = find_purpose(plan, place)
        why = tell_meant(meant, language)
        found.append((name_place(place, language), str(words[meant.purpose.value]), why))
    return found


# -- what could be cut -----------------------------------------------------------------------------


def tell_cut(cut: Cut, over: float = 0.0, language: str = BASE_LANGUAGE) -> Told:
    """A cut in words; ``over`` are the hours that are missing."""
    words = load_budget_words(language)
    key = "posts_base" if cut.kind is Kind.POSTS and cut.place in BASE else cut.kind.value
    said, saves = words["cuts"][key], write_hours(cut.saves, language)
    fewer = cut.before - cut.after
    before, after = _write_amounts(cut, words["rate"], language)
    values = {
        "place": name_place(cut.place, language) if cut.place else "",
        "before": before,
        "after": after,
        "each": write_hours(cut.saves / fewer, language) if fewer else "",
        "saves": saves,
        "lost": write_number(round(cut.lost or 0.0, 1), language),
    }
    cost, sure = _choose_cost(cut)
    parks = any(path.endswith(".action") for path, _ in cut.answers)
    enough = bool(over) and cut.saves >= over
    return Told(
        what=said["what_park" if parks else "what"].format(**values),
        because=said["because"].format(**values),
        saves=words["way"]["enough" if enough else "saves"].format(hours=saves),
        cost=said[cost].format(**values) + (said["partners"] if cut.is_partners else ""),
        sure=said[sure].format(**values),
        change=said["change"].format(**values),
    )


def _write_amounts(cut: Cut, rate: Mapping[str, str], language: str) -> tuple[str, str]:
    """What there was and what is left; posts by the week, or by the month where it is fewer."""
    amounts = (cut.before, cut.after)
    if cut.kind is not Kind.POSTS:
        before, after = (write_number(round(each), language) for each in amounts)
        return before, after
    whole = all(each == round(each) for each in amounts)

    def write(number: float) -> str:
        if whole:
            return rate["week"].format(count=write_number(number, language))
        month = round(number * WEEKS_IN_A_MONTH, 1)
        form = rate["month_one" if month == 1 else "month"]
        return form.format(count=write_number(month, language))

    return write(cut.before), write(cut.after)


def _choose_cost(cut: Cut) -> tuple[str, str]:
    """Which sentences tell what a cut costs, and how sure that is."""
    if cut.kind is not Kind.PLACE:
        return "cost", "sure"
    if cut.lost is None:
        return "cost_open", "sure_open"
    cost = "cost" if cut.lost >= 0.05 else "cost_none"  # noqa: PLR2004 - it would read as 0
    return cost, "sure_survey" if cut.by_survey else "sure"


def tell_way(way: Way, need: Need, language: str = BASE_LANGUAGE) -> tuple[str, list[str]]:
    """Which cuts make a plan fit: a sentence, and where there are several, each of them."""
    words = load_budget_words(language)["way"]
    over = write_hours(need.over, language)
    cuts = [tell_cut(cut, need.over, language).what for cut in way.cuts]
    if not way.fits:
        needed = write_hours(way.hours, language)
        name = "short" if cuts else "none"
        return str(words[name]).format(needed=needed, over=over), cuts
    if len(cuts) == 1:
        return str(words["one"]).format(cut=_lower(cuts[0])), []
    return str(words["several"]).format(count=len(cuts)), cuts


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def tell_more_hours(need: Need, language: str = BASE_LANGUAGE) -> str:
    """How many hours more would do."""
    words = load_budget_words(language)["way"]
    return str(words["more_hours"]).format(over=write_hours(need.over, language))


# -- blocks, and a week off ------------------------------------------------------------------------


def name_task(task: Task | None, language: str = BASE_LANGUAGE) -> str:
    """What is done in the blocks of a task."""
    return str(load_budget_words(language)["tasks"].get(task.value if task else "", ""))


def tell_span(span: Span, title: str, language: str = BASE_LANGUAGE) -> str:
    """A block on one day, with when it begins and ends."""
    words = load_budget_words(language)["units"]
    start, end = write_clock(span.start), write_clock(span.end)
    return str(words["span"]).format(task=title, day=words["days"][span.day], start=start, end=end)


def tell_absence(plan: Plan, language: str = BASE_LANGUAGE) -> list[str]:
    """What a week without the owner means, line by line; nothing where there are no hours."""
    words = load_budget_words(language)["away"]
    return list(_tell_absence(reckon_absence(plan), words, language))


def _tell_absence(absence: Absence, words: Mapping[str, str], language: str) -> Iterator[str]:
    who = absence.substitute
    lines = {
        "answers" if who else "nobody": absence.answering,
        "makes": absence.making,
        "waits": absence.waiting,
        "others": absence.others,
    }
    for name, hours in lines.items():
        if hours:
            yield words[name].format(who=who, hours=write_hours(hours, language))
