"""What the workbook says about voice: scales, traits, situations, examples, drafts."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.exports.sample_plans import IN_FULL, make_finished, make_waiting
from workbook.checks import run
from workbook.cli import main
from workbook.content import find_question, load_step, load_words
from workbook.exports.documents import build_document, collect, gather
from workbook.exports.report import Figure
from workbook.interface.fields import make_spec
from workbook.plan import Plan, annotation_of
from workbook.steps.voice.answers import Jokes, Moment, Situation
from workbook.steps.voice.moments import UPSET, suggest_moments
from workbook.storage.plan_file import PlanFile, write_plan_file
from workbook.tone import check_drafts, rules_of
from workbook.values import Problem, read
from workbook.wording import write_answer

TODAY = date(2027, 1, 15)
SCALES = ("casual", "funny", "irreverent", "enthusiastic")
SECRET = "Qwertz Quokka guarantees synergy"


def _plan(**voice):
    return Plan.model_validate({"voice": voice})


def _found(**voice):
    return {f.id: f for f in run(_plan(**voice), TODAY) if f.step == "voice"}


# -- scales ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SCALES)
@pytest.mark.parametrize(("typed", "place"), [("0", 0), ("100", 100), (" 70 ", 70), ("35", 35)])
def test_a_place_on_a_scale_is_a_whole_number_up_to_100(name, typed, place):
    """What people type beside the slider is read."""
    assert read(annotation_of(f"voice.{name}"), typed) == place


@pytest.mark.parametrize("typed", ["101", "-5", "3.5", "casual", "1e9", "70 of"])
def test_other_numbers_are_no_place(typed):
    """They get a message that says how to mend them."""
    assert isinstance(read(annotation_of("voice.casual"), typed), Problem)


@pytest.mark.parametrize(
    ("place", "words"),
    [(70, "70 of 100, leaning to casual"), (10, "10 of 100, leaning to formal"),
     (50, "50 of 100, halfway between formal and casual")],
)  # fmt: skip
def test_a_place_reads_as_where_it_leans(place, words):
    """A number alone says little."""
    question = load_step("voice").questions["casual"]
    assert write_answer(question, place) == words


def test_an_untouched_step_is_not_complained_about():
    """Findings come when somebody began, and not while social media waits."""
    assert _found() == {}
    waiting = {"goals": {"decision": "not_now"}, "voice": {"casual": 0, "funny": 90}}
    found = run(Plan.model_validate(waiting), TODAY)
    assert not [f for f in found if f.step == "voice"]


def test_ends_everywhere_and_middle_everywhere_are_told_apart():
    """Each is a finding of its own, and one scale that differs takes it away."""
    ends = {"casual": 100, "funny": 0, "irreverent": 0, "enthusiastic": 95}
    middle = dict.fromkeys(SCALES, 50)
    assert "scales-extreme" in _found(**ends)
    assert "scales-middle" in _found(**middle)
    for name in SCALES:
        assert "scales-extreme" not in _found(**{**ends, name: 30})
        assert "scales-middle" not in _found(**{**middle, name: 30})


# -- situations --------------------------------------------------------------------------------


def test_our_situations_are_complete_and_joke_with_nobody_who_is_upset():
    """Six of them, each with what the reader feels and what changes."""
    moments = suggest_moments(Plan(), "en")
    assert [moment.situation for moment in moments] == list(Situation)
    assert all(moment.feels and moment.shift and moment.jokes for moment in moments)
    assert all(m.jokes is Jokes.NONE for m in moments if m.situation in UPSET)
    assert len({moment.id for moment in moments}) == 6
    found = run(
        Plan.model_validate({"voice": {"moments": [m.model_dump() for m in moments]}}), TODAY
    )
    assert not [f for f in found if f.path.startswith("voice.moments")]


def test_our_situations_leave_alone_what_is_there():
    """Only those that are missing are offered, under ids that are free."""
    mine = Moment(id="ourpraise", situation=Situation.COMPLAINT, shift="Calm.")
    plan = Plan.model_validate({"voice": {"moments": [mine.model_dump()]}})
    offered = suggest_moments(plan, "en")
    assert Situation.COMPLAINT not in {moment.situation for moment in offered}
    assert "ourpraise" not in {moment.id for moment in offered}


@pytest.mark.parametrize("situation", UPSET)
@pytest.mark.parametrize("jokes", ["light", "free"])
def test_nobody_jokes_with_somebody_who_is_upset(situation, jokes):
    """Complaint, outage and crisis; elsewhere it is the business's own affair."""
    row = {"id": "mo01", "situation": situation, "shift": "So.", "jokes": jokes}
    assert "joke-at-bad-time" in _found(moments=[row])
    assert "joke-at-bad-time" not in _found(moments=[{**row, "jokes": "none"}])
    assert "joke-at-bad-time" not in _found(moments=[{**row, "situation": "praise"}])


def test_a_funny_voice_needs_a_rule_for_complaints():
    """From our default on; a rule for complaints settles it."""
    assert "funny-without-rule" not in _found(funny=40)
    assert "funny-without-rule" in _found(funny=41)
    rule = {"id": "mo01", "situation": "complaint", "shift": "Calm.", "jokes": "none"}
    assert "funny-without-rule" not in _found(funny=41, moments=[rule])


# -- examples ----------------------------------------------------------------------------------


def test_an_example_keeps_to_the_rules_it_teaches():
    """The better half is run through the business's own rules; the worse half may break them."""
    row = {"id": "re01", "before": "WORLD-CLASS taps.", "after": "We mend taps."}
    assert "rewrite-against-rules" not in _found(rewrites=[row])
    found = _found(rewrites=[{**row, "after": "We mend taps with synergy."}])
    assert "1 word from the list" in found["rewrite-against-rules"].because


def test_the_example_in_the_question_keeps_to_the_rules():
    """What we show as better is within our own limits."""
    question = load_step("voice").question_at("voice.rewrites.any.after")
    report = check_drafts([question.example], rules_of(_plan(casual=80, enthusiastic=20, funny=60)))
    assert report.outside == ()


def test_a_trait_is_called_by_what_it_is_and_is_not():
    """On the page, a folded trait reads as the rule does and not as two traits."""
    spec = make_spec(find_question("voice.traits"), lambda _: True)
    assert spec["title_between"].join(["plain", "blunt"]) == "plain, but not blunt"


def test_our_own_words_keep_to_our_own_rules():
    """Guidance and suggestions for situations have none of the hype we warn of."""
    texts = [load_step("voice").guidance]
    texts += [row[name] for row in load_words("steps/voice/moments.toml").values()
              for name in ("feels", "shift")]  # fmt: skip
    report = check_drafts(texts, rules_of(_plan(enthusiastic=20)))
    assert [(r.rule, r.hits) for r in report.outside] == []


# -- documents ---------------------------------------------------------------------------------


def test_the_voice_stands_in_the_strategy():
    """Picture, traits, situations, examples and the rules with whose they are."""
    material = gather(make_finished(), TODAY, switches=IN_FULL)
    report = build_document("strategy", material)
    text = report.text()
    assert "voice" in {block.name for block in report.blocks if isinstance(block, Figure)}
    for part in ("Plain", "blunt", "Somebody complains", "who comes when", "our default"):
        assert part in text
    assert "Plain, but not blunt" in build_document("one_page", material).text()


def test_the_limits_of_the_business_are_called_its_own():
    """In documents too."""
    plan = make_finished().model_copy(update={"own_defaults": {"voice.hashtags": 1.0}})
    report = build_document("strategy", gather(plan, TODAY, switches=IN_FULL))
    assert "Hashtags in one draft\tat most 1\tyours" in report.text()


def test_without_social_media_there_is_no_voice():
    """A plan that waits says nothing of it."""
    part = next(p for p in collect(gather(make_waiting(), TODAY)) if p.step == "voice")
    assert (part.body, part.points, part.decisions) == ((), (), ())


# -- posts on the command line -----------------------------------------------------------------


@pytest.fixture
def check(capsys, monkeypatch, tmp_path):
    """Check posts by a plan with a calm, casual voice; gives exit code, output and error."""
    monkeypatch.chdir(tmp_path)
    plan = _plan(casual=70, enthusiastic=10, avoided="premises = shop")
    (tmp_path / "plan.json").write_bytes(write_plan_file(PlanFile(plan=plan)))

    def run_check(posts, *options, name="posts.txt"):
        if posts is not None:
            (tmp_path / name).write_bytes(posts.encode())
        with pytest.raises(SystemExit) as left:
            main(["check", "plan.json", "--posts", name, *options])
        said = capsys.readouterr()
        return int(left.value.code or 0), said.out, said.err

    return run_check


def test_posts_within_the_rules_exit_with_0(check):
    """People read what was looked at, and each rule with its number."""
    code, said, _ = check("Your tap drips? Ring us.\n---\nWe\u2019re there on Monday.")
    assert code == 0
    assert "2 drafts" in said
    assert "All of them keep to your rules." in said


def test_posts_outside_a_rule_exit_with_1(check):
    """The sentence, its place and the better word are named; the worst comes first."""
    code, said, _ = check("Come to our premises! It is FREE.")
    assert code == 1
    assert "Draft 1, sentence 1: “premises”: try “shop” in: Come to our premises!" in said
    assert said.index("FREE") < said.index("Within your rule")


def test_programs_get_every_rule_with_its_hits(check):
    """One JSON document, whatever was found."""
    code, said, _ = check('text,likes\n"Come to our premises!",3\n', "--json", name="posts.csv")
    found = json.loads(said)
    assert code == 1
    assert (found["drafts"], found["posts"], found["problems"]) == (1, "posts.csv", [])
    rules = {rule["id"]: rule for rule in found["rules"]}
    assert found["outside"] == sum(r["verdict"] in ("outside", "hold") for r in rules.values())
    hype = rules["hype"]
    assert (hype["value"], hype["limit"], hype["sense"], hype["whose"]) == (1, 0, "most", "ours")
    assert hype["hits"][0]["better"] == "shop"
    assert rules["reading_ease"]["value"] is None
    assert rules["reading_ease"]["note"]


@pytest.mark.parametrize("posts", [None, "", "   \n", "{}", "PK\x03\x04broken"])
def test_posts_that_cannot_be_read_exit_with_2(check, posts):
    """A missing, empty or foreign file gets a message with a next step, for programs as JSON."""
    code, said, told = check(posts, "--json", name="posts.json")
    assert code == 2
    assert json.loads(said)["error"]["id"] == "posts-unreadable"
    assert "Traceback" not in told


def test_checking_posts_leaves_nothing_behind(check, tmp_path, caplog):
    """Neither the plan file nor a log nor a new file holds a word of them."""
    before = (tmp_path / "plan.json").read_bytes()
    check(SECRET)
    assert (tmp_path / "plan.json").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} <= {
        "plan.json",
        "posts.txt",
        ".plan.json.lock",
    }
    assert "Quokka" not in caplog.text


def test_the_style_is_written_as_a_zip(capsys, monkeypatch, tmp_path):
    """A name that ends otherwise is refused, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.json").write_bytes(write_plan_file(PlanFile(plan=_plan(casual=70))))
    for name, code in (("style.zip", 0), ("style.doc", 2)):
        with pytest.raises(SystemExit) as left:
            main(["style", "plan.json", name])
        assert int(left.value.code or 0) == code
    assert (tmp_path / "style.zip").read_bytes()[:2] == b"PK"
    assert not (tmp_path / "style.doc").exists()
