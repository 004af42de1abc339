"""What can be wrong with topics, people, routine, shares and the two weeks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from workbook.budget.fortnight import OWN, list_entries, reckon
from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_step
from workbook.evidence.intervals import proportion_interval
from workbook.fit.phrases import write_hours
from workbook.steps.mix.answers import Mix, Move, Planned
from workbook.steps.mix.fortnight import Share, find_limit, tell_blocks
from workbook.steps.mix.selling import list_unsaid_offers
from workbook.steps.mix.unshown import find_unshown
from workbook.tone.vocabulary import read_lines
from workbook.values import UNKNOWN, YesNo
from workbook.wording import offer_entries, title_records, write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_ASKED = ("asked_counter", "asked_phone", "asked_mail")
_OF_POSTS = 20
_EARLIEST = "09:00"


def _mix(case: Case) -> Mix:
    """What the plan says of being social; while social media waits, nothing is asked of it."""
    return Mix() if case.answer("goals.decision") == "not_now" else case.plan.mix


def _is_begun(case: Case) -> bool:
    return _mix(case).model_copy(update={"corrections": ()}) != Mix()


def _offer(case: Case, finding: str, answer: tuple[str, str], **values: str) -> tuple[Offer, ...]:
    label = load_step("mix", case.language).findings[finding].offer.format(**values)
    return (Offer(label=label, answers=(answer,)),)


def _whose(case: Case, share: Share) -> str:
    phrases = load_step("mix", case.language).phrases
    return phrases["own" if share.is_own else "ours"]


def _path(entry: Planned, field: str) -> str:
    return f"mix.weeks.{entry.id}.{field}"


def _percent(value: float, case: Case) -> str:
    return write_number(round(value), case.language)


# -- what is worth following --------------------------------------------------------------------


@check("nothing-to-miss", Severity.WARN)
def nothing_to_miss(case: Case) -> Iterator[Found]:
    """Being social was begun, and nothing is named that a follower would miss."""
    if _is_begun(case) and _mix(case).missed in (None, UNKNOWN):
        yield Found("mix.missed")


@check("no-topic-from-customers", Severity.WARN)
def no_topic_from_customers(case: Case) -> Iterator[Found]:
    """Being social was begun, and nothing is noted that customers ask."""
    mix = _mix(case)
    asked = any(getattr(mix, name) for name in _ASKED) or any(t.where for t in mix.topics)
    if _is_begun(case) and not asked:
        yield Found("mix.asked_counter")


@check("topics-few", Severity.NOTE)
def topics_few(case: Case) -> Iterator[Found]:
    """There are fewer topics than last through the first weeks."""
    least, count = case.default("mix.topics_least"), sum(bool(t.asked) for t in _mix(case).topics)
    if _mix(case).topics and count < least:
        form = load_step("mix", case.language).phrases["topics_one" if count == 1 else "topics"]
        values = {"topics": form.format(count=count), "least": write_number(least, case.language)}
        yield Found("mix.topics", values)


# -- yourself -----------------------------------------------------------------------------------


@check("no-name-speaks", Severity.WARN)
def no_name_speaks(case: Case) -> Iterator[Found]:
    """Being social was begun, and nobody is named who speaks."""
    if _is_begun(case) and _mix(case).speaks in (None, UNKNOWN):
        who = case.answer("start.who")
        offers = _offer(case, "no-name-speaks", ("mix.speaks", who), who=who) if who else ()
        yield Found("mix.speaks", offers=offers)


@check("few-sentences", Severity.NOTE)
def few_sentences(case: Case) -> Iterator[Found]:
    """There are fewer sentences than show how somebody speaks."""
    said, least = _mix(case).across_counter, case.default("mix.sentences_least")
    count = len(read_lines(said))
    if said and count < least:
        yield Found(
            "mix.across_counter", {"count": count, "least": write_number(least, case.language)}
        )


@check("not-ours-empty", Severity.WARN)
def not_ours_empty(case: Case) -> Iterator[Found]:
    """Being social was begun, and nothing is named that is not the business's to show."""
    if _is_begun(case) and not _mix(case).not_ours:
        yield Found("mix.not_ours")


# -- people and routine -------------------------------------------------------------------------


@check("contacts-few", Severity.NOTE)
def contacts_few(case: Case) -> Iterator[Found]:
    """Fewer people are named than can be answered or thanked in a month."""
    mix, least = _mix(case), case.default("mix.contacts_least")
    count = sum(bool(contact.name) for contact in mix.contacts)
    if mix.contacts and count < least:
        yield Found("mix.contacts", {"count": count, "least": write_number(least, case.language)})


@check("no-routine", Severity.WARN)
def no_routine(case: Case) -> Iterator[Found]:
    """Being social was begun, and answers have no time of day."""
    if _is_begun(case) and not _mix(case).first_at:
        offers = _offer(case, "no-routine", ("mix.first_at", _EARLIEST))
        yield Found("mix.first_at", offers=offers)


@check("no-replies-so-far", Severity.WARN)
def no_replies_so_far(case: Case) -> Iterator[Found]:
    """In the diagnosis no reply of the last 30 days was counted."""
    if _is_begun(case) and case.answer("diagnosis.replies") == 0:
        yield Found("mix.first_at", rests_on=("diagnosis.replies",))


# -- shares -------------------------------------------------------------------------------------


@check("limit-beyond-folk-rules", Severity.NOTE)
def limit_beyond_folk_rules(case: Case) -> Iterator[Found]:
    """The business lets a larger share sell than any folk rule does."""
    own, folk = _mix(case).promotion_most, case.default("mix.promotion_folk")
    if own is not None and own > folk:
        yield Found(
            "mix.promotion_most",
            {"own": write_number(own, case.language), "folk": write_number(folk, case.language)},
        )


@check("offers-over-limit", Severity.WARN)
def offers_over_limit(case: Case) -> Iterator[Found]:
    """More of the last 20 posts sold than the business wants."""
    offers, limit = case.answer("diagnosis.offers"), find_limit(case.plan, "promotion_most")
    if not _is_begun(case) or not isinstance(offers, int):
        return
    share = 100 * offers / _OF_POSTS
    if share > limit.percent:
        low, high = proportion_interval(offers, _OF_POSTS)
        values = {
            "offers": offers,
            "share": _percent(share, case),
            "limit": write_number(limit.percent, case.language),
            "whose": _whose(case, limit),
            "low": _percent(100 * low, case),
            "high": _percent(100 * high, case),
        }
        yield Found("mix.promotion_most", values, rests_on=("diagnosis.offers",))


@check("promotion-over-limit", Severity.WARN)
def promotion_over_limit(case: Case) -> Iterator[Found]:
    """More of the planned posts sell than the business wants."""
    weeks, limit = reckon(case.plan), find_limit(case.plan, "promotion_most")
    if _mix(case).weeks and weeks.offered > limit.percent:
        values = {
            "offers": weeks.offers,
            "posts": weeks.posts,
            "share": _percent(weeks.offered, case),
            "limit": write_number(limit.percent, case.language),
            "whose": _whose(case, limit),
        }
        yield Found("mix.weeks", values)


@check("talk-under-limit", Severity.WARN)
def talk_under_limit(case: Case) -> Iterator[Found]:
    """Less of the two weeks is talk than the business wants; none at all is told apart."""
    weeks, limit = reckon(case.plan), find_limit(case.plan, "talk_least")
    if _mix(case).weeks and 0 < weeks.talked < limit.percent:
        values = {
            "talk": weeks.talk,
            "all": weeks.all,
            "share": _percent(weeks.talked, case),
            "limit": write_number(limit.percent, case.language),
            "whose": _whose(case, limit),
        }
        yield Found("mix.weeks", values)


# -- the two weeks ------------------------------------------------------------------------------


@check("weeks-without-reply", Severity.WARN)
def weeks_without_reply(case: Case) -> Iterator[Found]:
    """The two weeks hold posts alone."""
    weeks = reckon(case.plan)
    if _mix(case).weeks and weeks.posts and not weeks.talk:
        yield Found("mix.weeks", {"all": weeks.all})


@check("weeks-over-hours", Severity.WARN)
def weeks_over_hours(case: Case) -> Iterator[Found]:
    """Posts and daily blocks take more hours than there are."""
    hours, weeks = case.answer("start.hours_per_week"), reckon(case.plan)
    if _mix(case).weeks and isinstance(hours, int | float) and weeks.hours > hours:
        values = {
            "needed": write_hours(weeks.hours, case.language),
            "hours": write_hours(hours, case.language),
            "making": write_hours(weeks.making, case.language),
            "blocks": tell_blocks(case.plan, case.language),
        }
        yield Found("mix.weeks", values, rests_on=("start.hours_per_week",))


@check("fails-the-test", Severity.NOTE)
def fails_the_test(case: Case) -> Iterator[Found]:
    """A planned post is one that nobody would pass on without the name."""
    for entry in list_entries(_mix(case), *OWN):
        if entry.passed_on is YesNo.NO:
            yield Found(_path(entry, "passed_on"), {"entry": _name(case, entry)})


@check("sells-unsaid", Severity.WARN)
def sells_unsaid(case: Case) -> Iterator[Found]:
    """A planned entry is called a post of use, and its text reads like an offer."""
    if not _mix(case).weeks:
        return
    for entry in list_unsaid_offers(case.plan):
        path = _path(entry, "move")
        offers = _offer(case, "sells-unsaid", (path, Move.OFFER.value))
        yield Found(path, {"entry": _name(case, entry)}, offers=offers)


@check("post-without-proof", Severity.NOTE)
def post_without_proof(case: Case) -> Iterator[Found]:
    """Planned posts have neither a photo nor a proof, of their own or by their topic."""
    proven = {topic.id for topic in _mix(case).topics if topic.proof}
    bare = [
        entry
        for entry in list_entries(_mix(case), *OWN)
        if not entry.proof and entry.topic not in proven
    ]
    if len(bare) > 1:
        yield Found(_path(bare[0], "proof"), {"count": len(bare)})


@check("shows-what-is-not-ours", Severity.WARN)
def shows_what_is_not_ours(case: Case) -> Iterator[Found]:
    """The words of something that is not to be shown stand in a planned entry."""
    mix = _mix(case)
    for unshown in find_unshown(mix):
        first = unshown.entries[0]
        values = {
            "line": unshown.line,
            "entry": _name(case, first),
            "more": _tell_more(case, len(unshown.entries) - 1),
        }
        yield Found(_path(first, "text"), values, rests_on=("mix.not_ours",))


def _tell_more(case: Case, count: int) -> str:
    if not count:
        return ""
    phrases = load_step("mix", case.language).phrases
    return phrases["more_one" if count == 1 else "more"].format(count=count)


@check("same-topic-again", Severity.NOTE)
def same_topic_again(case: Case) -> Iterator[Found]:
    """Several posts of the two weeks are about one topic."""
    posts = list_entries(_mix(case), Move.POST)
    names = {topic.id: topic.asked for topic in _mix(case).topics}
    counts = Counter(entry.topic for entry in posts if entry.topic in names)
    for topic, count in counts.items():
        if count > 1 and names[topic]:
            last = [entry for entry in posts if entry.topic == topic][-1]
            yield Found(_path(last, "topic"), {"topic": names[topic], "count": count})


@check("entry-not-of-use", Severity.NOTE)
def entry_not_of_use(case: Case) -> Iterator[Found]:
    """An entry of the two weeks says nothing of what is to be written."""
    for entry in _mix(case).weeks:
        if entry.move and not (entry.topic or entry.contact or entry.text):
            yield Found(_path(entry, "text"), {"entry": _name(case, entry)})


def _name(case: Case, entry: Planned) -> str:
    """What an entry is called in its list."""
    question = offer_entries(find_question("mix.weeks", case.language), case.plan, case.language)
    return title_records(question, (entry,), case.language)[0]
