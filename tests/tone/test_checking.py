"""Drafts against a business's own rules: the number, the rule, the sentences, never a grade."""

from __future__ import annotations

import gc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.plan import Plan
from workbook.tone import Rule, Verdict, check_drafts, check_tone, rules_of
from workbook.tone.counting import MOST_HITS, MOST_SAMPLED
from workbook.tone.wording import list_rules, write_head, write_hit, write_place, write_result

PLAIN = "We mend your tap. You ring us and we come on Monday. "
HARD = "Organisational responsibilities necessitate comprehensive documentation procedures. "


def _plan(start=None, own_defaults=None, **voice):
    parts = {"start": start or {}, "voice": voice, "own_defaults": own_defaults or {}}
    return Plan.model_validate(parts)


def _check(text, plan=None, **voice):
    """What each rule comes to over one text, or over several."""
    texts = [text] if isinstance(text, str) else text
    report = check_drafts(texts, rules_of(plan or _plan(**voice)))
    return {result.rule: result for result in report.results}


def _found(result):
    return [(hit.words, hit.draft, hit.sentence) for hit in result.hits]


# -- words -------------------------------------------------------------------------------------


def test_hype_is_found_however_it_is_joined():
    """Our list and the business's own are found, each with its place; a better word is offered."""
    found = _check(
        ["A World Class tap.", "We utilise\npremises daily. Not worldclass."],
        avoided="premises = shop",
    )[Rule.HYPE]
    assert found.value == 3
    assert found.verdict is Verdict.OUTSIDE
    assert _found(found) == [("world-class", 1, 1), ("utilise", 2, 1), ("premises", 2, 1)]
    assert [hit.better for hit in found.hits] == ["", "use", "shop"]


def test_words_of_our_list_can_be_allowed():
    """A word the business allows is found no more; one of its own always is."""
    text = "Our solutions are world-class."
    assert _check(text)[Rule.HYPE].value == 2
    assert _check(text, allowed="Solutions\nworld class")[Rule.HYPE].value == 0
    assert _check(text, allowed="solutions", avoided="solutions")[Rule.HYPE].value == 2


@pytest.mark.parametrize("sign", ["C++", "100%", "(tm)", "🚀", "[x]", "a|b", "\\d", ".*"])
def test_signs_are_looked_for_as_they_stand(sign):
    """A word with signs in it is no pattern: it is found where it stands and nowhere else."""
    assert _check(f"Now with {sign} for you", avoided=sign)[Rule.HYPE].value == 1
    assert _check("Now with c, 100 and x for you", avoided=sign)[Rule.HYPE].value == 0


def test_jokes_beside_serious_subjects_weigh_most():
    """A joke beside an accident is held back; without a joke only a playful voice is asked."""
    sad, joke = "There was an accident at the pool.", "There was an accident at the pool 😂"
    assert _check(joke, funny=10)[Rule.HUMOUR].verdict is Verdict.HOLD
    assert _check(sad, funny=10)[Rule.HUMOUR].verdict is Verdict.WITHIN
    playful = _check(sad, funny=41)[Rule.HUMOUR]
    assert playful.verdict is Verdict.HOLD
    assert [(hit.words, hit.subject) for hit in playful.hits] == [("accident", "safety")]
    assert _check(["😂 New soap!", sad], funny=40)[Rule.HUMOUR].verdict is Verdict.WITHIN


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("We got it wrong and want to put it right.", "complaint"),
        ("One of us died.", "death"),
        ("Twelve people are laid off.", "layoffs"),
        ("Before the election we are open.", "politics"),
    ],
)
def test_each_serious_subject_is_known(text, subject):
    """Complaint, safety, death, layoffs and politics."""
    hits = _check(text, funny=80)[Rule.HUMOUR].hits
    assert {hit.subject for hit in hits} == {subject}


def test_promises_need_something_to_rest_on():
    """A link, a source or the terms in the same post are enough; elsewhere they are not."""
    bare = "We guarantee the best price."
    assert _check(bare)[Rule.PROMISES].value == 2
    assert _check(f"{bare} See example: https://example.com/terms")[Rule.PROMISES].value == 0
    assert _check(f"{bare} Terms apply.")[Rule.PROMISES].value == 0
    assert _check([bare, "Terms apply."])[Rule.PROMISES].value == 2


@pytest.mark.parametrize(
    ("casual", "text", "found"),
    [
        (80, "Kind regards, your plumbers", 1),
        (80, "Yeah, we are gonna come", 0),
        (20, "Yeah, we are gonna come", 2),
        (20, "Kind regards, your plumbers", 0),
        (50, "Kind regards, yeah, that is it", None),
    ],
)
def test_words_fit_the_scale(casual, text, found):
    """Formal words do not suit a casual voice, nor casual ones a formal voice."""
    result = _check(text, casual=casual)[Rule.REGISTER]
    assert (result.limit is None) is (found is None)
    assert result.value == (found or 0)


# -- sentences ---------------------------------------------------------------------------------


def test_reading_ease_is_that_of_the_formula():
    """Twelve words of one syllable in two sentences: 206.835 - 1.015 * 6 - 84.6."""
    result = _check("The cat sat on the mat. The dog sat on the log. " * 20)[Rule.READING_EASE]
    assert result.value == pytest.approx(116.1, abs=0.05)
    assert result.verdict is Verdict.WITHIN


def test_reading_ease_is_pooled():
    """Short posts are measured together; fewer than 200 words are not measured at all."""
    result = _check([HARD, "It is for you and the team."] * 20)[Rule.READING_EASE]
    assert result.value < 60
    assert result.verdict is Verdict.OUTSIDE
    assert {hit.text for hit in result.hits} == {HARD.strip()}
    short = _check([PLAIN] * 10)[Rule.READING_EASE]
    assert short.verdict is Verdict.UNMEASURED
    assert "200 words" in write_result(short).note


@pytest.mark.parametrize(
    ("texts", "language", "note"),
    [
        ([PLAIN] * 30, "other", "you said"),
        (["Wir reparieren Ihren Hahn und kommen am Montag. " * 30], "english", "hardly any"),
        (["نحن نصلح الصنبور ونأتي يوم الاثنين. " * 60], "mixed", "hardly any"),
    ],
)
def test_other_languages_are_told_so(texts, language, note):
    """Where a rule rests on English, another language gets a plain sentence and no number."""
    found = _check(texts, language=language)
    for rule in (Rule.READING_EASE, Rule.YOU_WE, Rule.CONTRACTIONS, Rule.PROMISES):
        assert found[rule].value is None
        assert note in write_result(found[rule]).note
    assert found[Rule.MEAN_SENTENCE].value > 3


def test_long_sentences_are_named():
    """The mean, the longest, and each sentence over the limit with its place."""
    long = "word " * 40 + "end."
    found = _check(["The first one. " + long, long])
    assert found[Rule.LONGEST_SENTENCE].value == 41
    assert _found(found[Rule.LONGEST_SENTENCE]) == [("41", 1, 2), ("41", 2, 1)]
    assert found[Rule.MEAN_SENTENCE].value == pytest.approx(28.3, abs=0.05)
    assert found[Rule.MEAN_SENTENCE].verdict is Verdict.OUTSIDE


def test_contractions_are_asked_of_a_casual_voice_only():
    """Per hundred words, once there are enough of them that one could be expected."""
    stiff = "We are here and it is open and you are late and they do not mind it. " * 8
    assert _check(stiff, casual=80)[Rule.CONTRACTIONS].verdict is Verdict.OUTSIDE
    assert _check(stiff, casual=40)[Rule.CONTRACTIONS].verdict is Verdict.TOLD
    assert _check("We are here.", casual=80)[Rule.CONTRACTIONS].verdict is Verdict.UNMEASURED
    talk = _check("We\u2019re here, it's open, you'll see. The plumber's van.", casual=80)
    assert talk[Rule.CONTRACTIONS].value == pytest.approx(100 * 3 / 9, abs=0.01)


def test_you_and_we_are_counted_with_the_names_of_the_business():
    """Its name, short forms and staff count as “we”; the figure is told and never judged."""
    result = _check(
        "Example Plumbing mends taps. Sam comes, I think. Our US van. You wait.",
        plan=_plan({"name": "Example Plumbing"}, names="Sam\nEP"),
    )[Rule.YOU_WE]
    assert result.parts == (1, 4)
    assert result.verdict is Verdict.TOLD
    assert "only told" in write_result(result).note
    assert [hit.sentence for hit in result.hits] == [1, 2, 3]
    assert _check("Rain today.")[Rule.YOU_WE].verdict is Verdict.UNMEASURED


# -- signs -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("enthusiastic", "verdict"),
    [(20, Verdict.OUTSIDE), (40, Verdict.TOLD), (None, Verdict.TOLD)],
)
def test_exclamation_marks_are_held_against_a_calm_voice(enthusiastic, verdict):
    """Others may use them."""
    text = "It is open now! " * 3
    result = _check(text, **({} if enthusiastic is None else {"enthusiastic": enthusiastic}))
    assert result[Rule.EXCLAMATIONS].verdict is verdict
    assert result[Rule.EXCLAMATIONS].value == 25


def test_capitals_that_people_know_are_free():
    """Ours, the business's own, and what has figures in it; the rest reads as shouting."""
    text = "The UK and the BBC\u2019s PDF, our BSP, COVID-19 and A are FREE and BIG-BIG."
    result = _check(text, capitals="bsp")[Rule.CAPITALS]
    assert result.value == 2
    assert _found(result) == [("FREE BIG-BIG", 1, 1)]


def test_hashtags_and_emoji_are_counted_post_by_post():
    """The most in one post counts; the posts with too many are named."""
    found = _check(["#a #b #c #d 🎉", "#a 🎉🎉🎉🎉 hi", "hi"])
    assert found[Rule.HASHTAGS].value == 4
    assert [hit.draft for hit in found[Rule.HASHTAGS].hits] == [1]
    assert found[Rule.EMOJI].value == 4
    assert [hit.draft for hit in found[Rule.EMOJI].hits] == [2]
    tags = _check("#thenewmenuishere #TheNewMenuIsHere #menu")[Rule.HASHTAG_CASE]
    assert _found(tags) == [("#thenewmenuishere", 1, 0)]


# -- limits ------------------------------------------------------------------------------------


def test_a_limit_is_ours_until_the_business_sets_its_own():
    """The report says whose it is, and judges by it."""
    text = "#a #b #c #d hello"
    ours = _check(text)[Rule.HASHTAGS]
    own = _check(text, plan=_plan(own_defaults={"voice.hashtags": 5}))[Rule.HASHTAGS]
    assert (ours.verdict, own.verdict) == (Verdict.OUTSIDE, Verdict.WITHIN)
    assert write_result(ours).whose != write_result(own).whose
    assert write_result(own).limit == "at most 5"


@pytest.mark.parametrize("name", [r.value for r in Rule])
def test_no_limit_breaks_the_checker(name):
    """Whatever number a business puts in, every rule still answers."""
    for number in (0, 0.001, 10_000):
        plan = _plan(own_defaults={f"voice.{name}": number}, casual=90, enthusiastic=0)
        assert set(_check([PLAIN * 20, HARD * 10], plan=plan)) == set(Rule)


def test_rules_are_listed_for_people_to_read():
    """Each has a title, a limit, whose it is and why; English ones go where posts are not."""
    told = list_rules(rules_of(_plan(casual=80, enthusiastic=10)))
    assert len(told) == len(Rule)
    assert all(each.title and each.limit and each.whose and each.why for each in told)
    other = list_rules(rules_of(_plan(casual=80, language="other")))
    assert Rule.READING_EASE not in {each.rule for each in other}


# -- what is said --------------------------------------------------------------------------------


def test_nothing_is_graded():
    """Every result is worded: a number beside a limit, or why there is none; no mark, no share."""
    report = check_drafts([PLAIN * 15, "BIG #a #b #c #d!"], rules_of(_plan(casual=80, funny=60)))
    for result in report.results:
        told = write_result(result)
        assert told.title
        assert told.value
        assert told.verdict
        assert "{" not in f"{told.title}{told.value}{told.limit}{told.note}{told.why}"
        assert not set(f"{told.value} {told.verdict}".lower().split()) & {"good", "bad", "score"}
        for hit in result.hits:
            assert write_place(hit).startswith("Draft")
            assert "{" not in write_hit(hit)
    assert write_head(report).startswith("We looked at 2 drafts")
    assert "nothing" in write_head(check_drafts(["", "  \n"], rules_of(_plan())))


def test_a_reply_gets_what_is_outside_and_nothing_else():
    """One text, such as a reply to a complaint, in the order of the rules."""
    rules = rules_of(_plan(enthusiastic=10, funny=60))
    hits = check_tone("So funny: your refund! 😂 We guarantee WORLD-CLASS taps.", rules)
    kinds = [hit.rule for hit in hits]
    assert kinds == sorted(kinds, key=list(Rule).index)
    assert {Rule.HUMOUR, Rule.PROMISES, Rule.HYPE, Rule.EXCLAMATIONS, Rule.CAPITALS} == set(kinds)
    assert check_tone("Thank you, Anna. We come on Monday.", rules) == ()
    assert check_tone("", rules) == ()


# -- odd and huge ------------------------------------------------------------------------------

HUGE = {
    "one giant word": "a",
    "no sentence end": "word ",
    "dots": ".",
    "pictures": "😂",
    "hashtags": "#a ",
    "handles": "@a ",
    "marks on one letter": "\u0301\u0327",
    "right to left": "مرحبا بكم في متجرنا. ",
    "apostrophes": "a'",
    "line ends": "\n \n",
    "families": "👩\u200d",
    "shouting": "BUY! ",
}
"""What somebody may paste by mistake or malice, over and over; ``benchmark_tone`` times them."""


@pytest.mark.thorough
@pytest.mark.parametrize("name", HUGE)
def test_the_same_over_and_over_is_answered(name):
    """100,000 characters of one thing: every rule answers."""
    found = _check("Hello " + HUGE[name] * (100_000 // len(HUGE[name])), casual=80, funny=60)
    assert set(found) == set(Rule)


def test_hits_are_named_up_to_a_limit_and_counted_beyond():
    """A thousand finds are a thousand, though not all of them are told."""
    result = _check("A synergy. " * 1000)[Rule.HYPE]
    assert result.value == result.count == 1000
    assert len(result.hits) == MOST_HITS


def test_a_long_text_is_measured_on_its_first_words():
    """Reading ease then says on how many."""
    result = _check(PLAIN * 2000)[Rule.READING_EASE]
    assert result.note == "sampled"
    assert f"{MOST_SAMPLED:,}" in write_result(result).note


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=4), st.integers(0, 100), st.integers(0, 100))
def test_anything_can_be_checked(texts, casual, funny):
    """Whatever is pasted, every rule answers, and each find lies in a post that is there."""
    report = check_drafts(texts, rules_of(_plan(casual=casual, funny=funny, enthusiastic=5)))
    assert report.drafts <= len(texts)
    assert len(report.results) == (len(Rule) if report.drafts else 0)
    for result in report.results:
        assert (result.value is None) == (result.verdict is Verdict.UNMEASURED)
        assert all(1 <= hit.draft <= report.drafts for hit in result.hits)
        assert write_result(result).value


@pytest.mark.thorough
def test_nothing_checked_is_kept_anywhere():
    """No list, cache or table in memory holds a word of what was looked at afterwards."""
    secret = "".join(reversed("qrstuvwxyz"))  # stands in no source as it is looked for
    report = check_drafts([f"{PLAIN}Our {secret} is world-class. " * 20], rules_of(_plan()))
    assert next(r for r in report.results if r.rule is Rule.READING_EASE).value
    del report
    gc.collect()
    holders = [held for held in gc.get_objects() if isinstance(held, dict | set | list)]
    assert not [held for held in holders if _holds(held, secret)]


def _holds(holder, secret):
    return any(isinstance(text, str) and secret in text for text in tuple(holder)) and (
        holder is not globals()
    )
