"""What can be wrong with scales, traits, situations, examples and word lists."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from workbook.checks.check import Case, Found, Offer, Severity, check
from workbook.content import find_question, load_step
from workbook.steps.voice.answers import Jokes, Moment, Rewrite, Situation, Trait, Voice
from workbook.steps.voice.moments import UPSET
from workbook.steps.voice.scales import MIDDLE, SCALES
from workbook.tone import check_drafts, rules_of
from workbook.tone.vocabulary import read_lines
from workbook.tone.wording import load_tone_words, write_result
from workbook.wording import write_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOMENTS = "voice.moments"


def _voice(case: Case) -> Voice:
    """What the plan says of voice; while social media waits, nothing is asked of it."""
    return Voice() if case.answer("goals.decision") == "not_now" else case.plan.voice


def _is_begun(case: Case) -> bool:
    return _voice(case) != Voice()


def _places(voice: Voice) -> list[int]:
    """The places on the four scales, where all four are given."""
    given = [place for name in SCALES if (place := getattr(voice, name)) is not None]
    return given if len(given) == len(SCALES) else []


def _name_moment(case: Case, situation: Situation) -> str:
    question = find_question(f"{_MOMENTS}.any.situation", case.language)
    return question.label_of(situation)


def _offer(case: Case, finding: str, *answers: tuple[str, str]) -> tuple[Offer, ...]:
    label = load_step("voice", case.language).findings[finding].offer
    return (Offer(label=label, answers=answers),)


# -- scales ------------------------------------------------------------------------------------


@check("scales-missing", Severity.WARN)
def scales_missing(case: Case) -> Iterator[Found]:
    """Voice was begun, and a scale has no place yet."""
    voice = _voice(case)
    missing = [name for name in SCALES if getattr(voice, name) is None]
    if _is_begun(case) and missing:
        yield Found(f"voice.{missing[0]}")


@check("scales-extreme", Severity.WARN)
def scales_extreme(case: Case) -> Iterator[Found]:
    """All four scales are at one of their ends [N3]."""
    extreme, places = case.default("voice.extreme"), _places(_voice(case))
    if places and all(min(place, 100 - place) <= extreme for place in places):
        yield Found(
            "voice.casual",
            {"extreme": write_number(extreme, case.language)},
            rests_on=_other_scales(),
        )


@check("scales-middle", Severity.NOTE)
def scales_middle(case: Case) -> Iterator[Found]:
    """All four scales are about in the middle: nobody will notice."""
    extreme, places = case.default("voice.extreme"), _places(_voice(case))
    if places and all(abs(place - MIDDLE) <= extreme for place in places):
        yield Found(
            "voice.casual",
            {"extreme": write_number(extreme, case.language)},
            rests_on=_other_scales(),
        )


def _other_scales() -> tuple[str, ...]:
    return tuple(f"voice.{name}" for name in SCALES[1:])


@check("funny-and-formal", Severity.NOTE)
def funny_and_formal(case: Case) -> Iterator[Found]:
    """The voice is to be funny and formal at once."""
    voice = _voice(case)
    if voice.funny is None or voice.casual is None:
        return
    formal = 100 - case.default("voice.casual_from")
    if voice.casual <= formal and voice.funny >= case.default("voice.casual_from"):
        values = {"funny": voice.funny, "casual": voice.casual}
        yield Found("voice.funny", values, rests_on=("voice.casual",))


@check("funny-without-rule", Severity.WARN)
def funny_without_rule(case: Case) -> Iterator[Found]:
    """The voice often jokes, and nothing says that nobody jokes with a complaint."""
    voice = _voice(case)
    if voice.funny is None or voice.funny <= case.default("voice.funny_from"):
        return
    asked = [m for m in voice.moments if m.situation is Situation.COMPLAINT]
    if any(moment.jokes is not None for moment in asked):
        return
    entry = asked[0].id if asked else "nojokes1"
    answers = (
        (f"{_MOMENTS}.{entry}.situation", Situation.COMPLAINT.value),
        (f"{_MOMENTS}.{entry}.jokes", Jokes.NONE.value),
    )
    values = {"funny": voice.funny, "situation": _name_moment(case, Situation.COMPLAINT)}
    offers = _offer(case, "funny-without-rule", *answers)
    yield Found("voice.funny", values, offers, rests_on=(_MOMENTS,))


@check("cheeky-when-upset", Severity.WARN)
def cheeky_when_upset(case: Case) -> Iterator[Found]:
    """The voice is irreverent, and the table has neither complaint nor crisis."""
    voice, said = _voice(case), {moment.situation for moment in _voice(case).moments}
    cheeky = voice.irreverent is not None and voice.irreverent >= case.default("voice.casual_from")
    if cheeky and not {Situation.COMPLAINT, Situation.CRISIS} & said:
        values = {"irreverent": voice.irreverent}
        yield Found("voice.irreverent", values, rests_on=(_MOMENTS,))


# -- traits ------------------------------------------------------------------------------------


@check("traits-missing", Severity.WARN)
def traits_missing(case: Case) -> Iterator[Found]:
    """Voice was begun, and no trait is named."""
    if _is_begun(case) and not _voice(case).traits:
        yield Found("voice.traits")


@check("trait-without-limit", Severity.WARN)
def trait_without_limit(case: Case) -> Iterator[Found]:
    """A trait has no “but not”."""
    for trait in _voice(case).traits:
        if trait.trait and not trait.but_not:
            yield Found(_path("traits", trait, "but_not"), {"trait": trait.trait})


@check("trait-against-itself", Severity.WARN)
def trait_against_itself(case: Case) -> Iterator[Found]:
    """A trait and what it must not be are the same."""
    for trait in _voice(case).traits:
        if trait.trait and trait.trait.casefold() == (trait.but_not or "").casefold():
            yield Found(_path("traits", trait, "but_not"), {"trait": trait.trait})


@check("traits-many", Severity.NOTE)
def traits_many(case: Case) -> Iterator[Found]:
    """There are more traits than people keep in mind."""
    count, most = len(_voice(case).traits), case.default("voice.traits")
    if count > most:
        yield Found("voice.traits", {"count": count, "most": write_number(most, case.language)})


def _path(list_name: str, record: Trait | Moment | Rewrite, field: str) -> str:
    return f"voice.{list_name}.{record.id}.{field}"


# -- situations --------------------------------------------------------------------------------


@check("moments-missing", Severity.WARN)
def moments_missing(case: Case) -> Iterator[Found]:
    """Voice was begun, and no situation is described."""
    if _is_begun(case) and not _voice(case).moments:
        yield Found(_MOMENTS)


@check("moment-without-shift", Severity.WARN)
def moment_without_shift(case: Case) -> Iterator[Found]:
    """A situation is named, and not what changes in it."""
    for moment in _voice(case).moments:
        if moment.situation and not moment.shift:
            values = {"situation": _name_moment(case, moment.situation)}
            yield Found(_path("moments", moment, "shift"), values)


@check("moment-twice", Severity.NOTE)
def moment_twice(case: Case) -> Iterator[Found]:
    """The same situation stands in the table twice."""
    moments = [moment for moment in _voice(case).moments if moment.situation]
    for situation, count in Counter(moment.situation for moment in moments).items():
        if situation and count > 1:
            last = [moment for moment in moments if moment.situation is situation][-1]
            values = {"situation": _name_moment(case, situation), "count": count}
            yield Found(_path("moments", last, "situation"), values)


@check("joke-at-bad-time", Severity.WARN)
def joke_at_bad_time(case: Case) -> Iterator[Found]:
    """Somebody may joke where the reader has lost something."""
    for moment in _voice(case).moments:
        joking = moment.jokes in (Jokes.LIGHT, Jokes.FREE)
        if moment.situation in UPSET and joking:
            path = _path("moments", moment, "jokes")
            offers = _offer(case, "joke-at-bad-time", (path, Jokes.NONE.value))
            values = {"situation": _name_moment(case, moment.situation)}
            yield Found(path, values, offers)


# -- examples and words ------------------------------------------------------------------------


@check("rewrite-unchanged", Severity.WARN)
def rewrite_unchanged(case: Case) -> Iterator[Found]:
    """An example reads the same before and after."""
    for rewrite in _voice(case).rewrites:
        if rewrite.before and _squeeze(rewrite.before) == _squeeze(rewrite.after):
            yield Found(_path("rewrites", rewrite, "after"))


def _squeeze(text: str | None) -> str:
    return " ".join((text or "").split())


@check("rewrite-unfinished", Severity.NOTE)
def rewrite_unfinished(case: Case) -> Iterator[Found]:
    """An example has only one half."""
    for rewrite in _voice(case).rewrites:
        if bool(rewrite.before) != bool(rewrite.after):
            yield Found(_path("rewrites", rewrite, "after" if rewrite.before else "before"))


@check("rewrite-against-rules", Severity.WARN)
def rewrite_against_rules(case: Case) -> Iterator[Found]:
    """The better half of an example breaks a rule of the plan."""
    for rewrite in _voice(case).rewrites:
        if rewrite.after and _squeeze(rewrite.before) != _squeeze(rewrite.after):
            values = _break_rules(case, rewrite.after)
            if values:
                yield Found(_path("rewrites", rewrite, "after"), values)


def _break_rules(case: Case, text: str) -> dict[str, Any]:
    """What a text breaks, worded; empty where it keeps to all rules."""
    outside = check_drafts((text,), rules_of(case.plan)).outside
    if not outside:
        return {}
    words = load_tone_words(case.language)
    told = [write_result(result, case.language) for result in outside]
    return {
        "rules": words["joined"].join(told_one.title for told_one in told),
        "found": words["joined"].join(told_one.value for told_one in told),
    }


@check("word-on-both-lists", Severity.NOTE)
def word_on_both_lists(case: Case) -> Iterator[Found]:
    """A word is allowed and not wanted at once."""
    voice = _voice(case)
    avoided = {line.partition("=")[0].strip().casefold() for line in read_lines(voice.avoided)}
    for word in read_lines(voice.allowed):
        if word.casefold() in avoided:
            yield Found("voice.allowed", {"word": word}, rests_on=("voice.avoided",))
