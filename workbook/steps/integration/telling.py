"""How findings of this step name occasions, actions, days and channels."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from workbook.checks.check import Case, Offer
from workbook.content import find_question, load_step
from workbook.steps.integration.answers import Action, Occasion
from workbook.steps.integration.listing import STEP, budget_of
from workbook.steps.integration.occasions import last_day, read_numbers
from workbook.wording import title_records, write_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from workbook.steps.integration.answers import Channel
    from workbook.steps.integration.occasions import Pair

_DAYS_IN_A_YEAR = 365


def say(case: Case, name: str, **values: object) -> str:
    """A piece of a sentence of this step, with its values."""
    return str(load_step(STEP, case.language).phrases[name]).format(**values)


def tell_day(case: Case, day: date | None) -> str:
    """A day in words; empty for none."""
    return write_day(day, case.language) if day else ""


def make_offer(case: Case, finding: str, *answers: tuple[str, str], **values: object) -> Offer:
    """The answers that would mend a finding, under its label."""
    label = load_step(STEP, case.language).findings[finding].offer.format(**values)
    return Offer(label=label, answers=answers)


def path_of(item: Occasion | Action, field: str) -> str:
    """The path of an answer of an occasion or an action."""
    listed = "occasions" if isinstance(item, Occasion) else "actions"
    return f"{STEP}.{listed}.{item.id}.{field}"


def name_entry(case: Case, item: Occasion | Action) -> str:
    """What an entry is called: by its name, else by its number."""
    larger = case.plan.integration
    listed, own = ("occasions", item.name) if isinstance(item, Occasion) else ("actions", item.what)
    if own:
        return own
    question = find_question(f"{STEP}.{listed}", case.language)
    items: Sequence[Any] = getattr(larger, listed)
    titles = title_records(question, items, case.language)
    named: dict[str, str] = dict(zip((i.id for i in items), titles, strict=True))
    return named.get(item.id, "")


def tell_more(case: Case, count: int) -> str:
    """How many more it is so with; empty for none."""
    return say(case, "more_one" if count == 1 else "more_many", count=count) if count else ""


def find_next_such_day(day: date, today: date) -> date:
    """The same day and month within the next year; the last of February in ordinary years."""
    for year in (today.year, today.year + 1):
        try:
            moved = day.replace(year=year)
        except ValueError:
            moved = day.replace(year=year, day=28)
        if moved >= today:
            return moved
    return today + timedelta(days=_DAYS_IN_A_YEAR)


def tell_dates(case: Case, occasion: Occasion) -> str:
    """The days of an occasion in words."""
    end = last_day(occasion)
    form = "on_day" if end == occasion.first else "between_days"
    return say(case, form, first=tell_day(case, occasion.first), last=tell_day(case, end))


def join_numbers(case: Case, occasion: Occasion) -> str:
    """The numbers in the name of an offer."""
    return ", ".join(read_numbers(occasion.offer)) or say(case, "no_number")


def name_channels(case: Case, channels: Iterable[Channel]) -> str:
    """Channels by name, each once."""
    question = find_question(f"{STEP}.occasions.any.channels", case.language)
    return ", ".join(question.label_of(channel) for channel in dict.fromkeys(channels))


def tell_pair(case: Case, pair: Pair) -> dict[str, object]:
    """What two occasions that do not go together are called."""
    more = say(case, "more_offers", count=pair.more) if pair.more else ""
    return {
        "offer": pair.one.offer,
        "occasion": name_entry(case, pair.one),
        "other": name_entry(case, pair.other),
        "more": more,
    }


def tell_action(case: Case, found: Sequence[Action]) -> dict[str, object]:
    """The first of some actions by name and day, and how many more there are."""
    first = found[0]
    return {
        "action": name_entry(case, first),
        "more": tell_more(case, len(found) - 1),
        "due": tell_day(case, first.due),
        "days": budget_of(case.plan).days,
    }


def find_goal(about: str | None) -> str | None:
    """The id of the goal that an answer belongs to; None where it belongs to none."""
    listed, _, rest = (about or "").partition("goals.goals.")
    return rest.partition(".")[0] if rest and not listed else None
