"""The page of being social: topics and weeks with one click, and posts that are kept nowhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.content import find_question, load_words
from workbook.mix import digest
from workbook.plan import Plan
from workbook.steps.mix.answers import PostClass
from workbook.storage.plan_file import write_plan_file

SAMPLES = Path(__file__).parents[1] / "samples" / "imports"
ASKED = {"mix": {"asked_counter": "May the dog come in?\nIs it <b>vegan</b>?"}}
SECRET = "Quokka <img src=x onerror=alert(1)> 20% off, order now."
POSTS = f"{SECRET}\n\nQuokka tea or coffee?\n\nHow to wash a quokka: in cold water."


@pytest.fixture
def bench(visit_page):
    """The bench for posts, on a plan with a limit of its own."""
    return visit_page("mix", Plan.model_validate({"mix": {"promotion_most": 50}}), at="mix/posts")


def _try(browser, pasted=POSTS, files=(), **more):
    browser.say("try", path="mix/posts/pasted", raw=pasted)
    if files:
        raws = [(SAMPLES / name).read_bytes() for name in files]
        browser.say("try", path="mix/posts/files", raw=list(files), buffers=raws)
    for name, raw in more.items():
        browser.say("try", path=f"mix/posts/{name}", raw=raw)
    browser.press("Look at these posts")
    return browser.html()


def _fields(browser):
    found = [w for w in widgets_of(browser.page) if "/kind-" in getattr(w, "path", "")]
    return {field.path: field for field in found}


def test_topics_come_of_what_people_asked(visit_page):
    """One press makes them, in the same words; one step back takes all of them away."""
    browser = visit_page("mix", Plan.model_validate(ASKED), at="mix.topics")
    browser.press("Make 2 topics of the questions you noted")
    topics = browser.page.there.plan.mix.topics
    assert [topic.asked for topic in topics] == ["May the dog come in?", "Is it <b>vegan</b>?"]
    browser.say("undo")
    assert browser.page.there.plan.mix.topics == ()


def test_two_weeks_come_of_topics_and_people(visit_page):
    """They can be changed afterwards like any entry, and the sentences stand beside them."""
    topic = {"id": "tp01", "asked": "Open?"}
    mix = {"topics": [topic], "across_counter": "Come in.\n<i>Sit down.</i>", "talk_least": 0}
    browser = visit_page("mix", Plan.model_validate({"mix": mix}), at="mix.weeks")
    assert '<q dir="auto">Come in.</q>' in browser.html()
    assert "<i>Sit" not in browser.html()
    browser.press("Add what is not in it yet: 1 entry")
    (entry,) = browser.page.there.plan.mix.weeks
    browser.answer(f"mix.weeks.{entry.id}.text", "Until six.")
    assert browser.page.there.plan.mix.weeks[0].text == "Until six."


def test_posts_wait_for_somebody_to_talk_to(visit_page):
    """Where posts alone would leave no talk, they wait, and it is told what makes room."""
    mix = {"topics": [{"id": "tp01", "asked": "Open?"}]}
    browser = visit_page("mix", Plan.model_validate({"mix": mix}), at="mix.weeks")
    assert "1 of your topics waits: you want at least 30 of 100" in browser.html()


SAID = ["Come in.", "<i>Sit down.</i>"]
DRAFTS = {
    "topics": [{"id": "tp01", "asked": "Open?"}],
    "weeks": [{"id": "wk01", "move": "post"}, {"id": "wk02", "move": "reply"}],
}


@pytest.mark.parametrize(("path", "draft"), [("mix.weeks", "text"), ("mix.topics", "says")])
def test_ones_own_sentences_stand_beside_every_draft(visit_page, path, draft):
    """In each entry, and once above them all for whoever listens."""
    mix = {**DRAFTS, "across_counter": "\n".join(SAID)}
    browser = visit_page("mix", Plan.model_validate({"mix": mix}), at=path)
    fields = browser.page.fields[path].spec["fields"]
    assert {f["id"]: f["beside"]["lines"] for f in fields if "beside" in f} == {draft: SAID}
    assert browser.html().count('<aside class="wb-aside wb-hidden"') == 1
    assert "<i>Sit" not in browser.html()


def test_without_sentences_the_way_there_stands_above_the_drafts(visit_page):
    """Nothing to compare with is no dead end."""
    browser = visit_page("mix", Plan.model_validate({"mix": DRAFTS}), at="mix.weeks")
    fields = browser.page.fields["mix.weeks"].spec["fields"]
    assert not [field for field in fields if "beside" in field]
    assert "#at=mix.across_counter" in browser.html()


def test_folk_rules_are_called_folk_rules(visit_page):
    """Each with who tells it, and none as a law."""
    html = visit_page("mix", at="mix.promotion_most").html()
    assert "we found no test of any" in html
    assert "Three of the seven say 20 of 100" in find_question("mix.promotion_most").hint
    says = [rule["says"] for rule in load_words("steps/mix/editor.toml")["folk"]["rules"]]
    assert (sum(bool(re.search("20 (to )?sell", each)) for each in says), len(says)) == (3, 7)
    assert html.count('<th scope="row">') == 7
    assert "St Clair Content" in html


def test_the_two_weeks_stand_on_a_page(visit_page):
    """Days, minutes, shares, hours; nothing planned is said so."""
    html = visit_page("mix", make_finished(), at="mix/fortnight").html()
    rows = html.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
    assert all(row.count("<td") == 1 for row in rows)
    assert "30 minutes" in rows[0]
    for part in (
        "First week: 35 minutes",
        "There are 6 hours",
        "Sam, from the office speaks for you.",
    ):
        assert part in html


@pytest.mark.parametrize(
    ("path", "ways"),
    [("mix.topics", ["asked_counter"]), ("mix.weeks", ["topics", "contacts", "across_counter"])],
)
def test_with_nothing_to_begin_with_the_way_back_is_shown(visit_page, path, ways):
    """An empty list says what it is made of, and leads there."""
    html = visit_page("mix", at=path).html()
    assert [way for way in ways if f'#at=mix.{way}"' not in html] == []


def test_without_entries_the_page_says_where_to_begin(visit_page):
    """Nothing to show is no dead end."""
    assert "Nothing is planned yet." in visit_page("mix", at="mix/fortnight").html()


def test_posts_are_told_with_their_reasons(bench):
    """Shares against one's own limit, what cannot be known, and each post as text."""
    html = _try(bench)
    assert "We looked at 3 posts." in html
    assert "33 of 100 (1 of 3)" in html
    assert "at most 50 of 100 (own number)" in html
    assert "What these files cannot tell (6)" in html
    assert "discount in percent (“20% off”)" in html
    assert "<img" not in html
    assert "precision" not in html
    assert "of 51 posts that sell" not in html


def test_talk_without_replies_is_no_estimate(bench):
    """Where no replies are known, what was counted is told, and no bounds and no verdict."""
    talk = _try(bench).partition("Talk among all you write")[2].partition("</dd>")[0]
    assert "33 of 100 (1 of 3)" in talk
    assert "between" not in talk
    assert "with your replies it would be larger" in talk


def test_each_share_in_the_table_has_its_bounds(bench):
    """Beside each share stands, at 95 %, between what the true one lies."""
    table = _try(bench).partition("Nine indicators")[2].partition("</table>")[0]
    row = next(row for row in table.split("<tr>") if "Posts that end in a question" in row)
    assert "33 of 100 (1 of 3)<br>" in row
    assert "At 95 % certainty" in row
    assert "Held against: at least 10 of 100 (our default)." in row
    assert "too few to be sure" in row


def test_posts_in_another_language_are_told_with_a_warning(bench):
    """The signs know English, and say so where it matters."""
    warned = "Most of these posts seem to be in another language"
    assert warned in _try(
        bench, "Heute gibt es Kuchen und Kaffee f\u00fcr alle.\n\nWir backen Brot."
    )
    assert warned not in _try(bench)


def test_how_well_it_works_is_said_on_the_page(bench):
    """The measured figures stand below the posts."""
    assert "Of 51 posts that sell, the signs find 38" in _try(bench)


def test_a_correction_counts_at_once_and_is_kept_only_when_asked_for(bench):
    """The share changes, the post stays where it is, and only a digest enters the plan."""
    _try(bench)
    path = f"mix/posts/kind-{digest(SECRET)}"
    field = _fields(bench)[path]
    bench.say("try", path=path, raw="helpful")
    assert "0 of 100 (0 of 3)" in bench.html()
    assert "You said so." in bench.html()
    assert _fields(bench)[path] is field
    assert bench.page.there.plan.mix.corrections == ()
    bench.press("Keep 1 correction in my plan")
    (kept,) = bench.page.there.plan.mix.corrections
    assert (kept.id, kept.said.kind) == (digest(SECRET), PostClass.HELPFUL)
    assert "uokka" not in write_plan_file(bench.page.there.file).decode()
    assert "0 of 100 (0 of 3)" in _try(bench)


@pytest.mark.parametrize("raw", ["nonsense", None, 3, ["helpful"]])
def test_a_correction_that_is_none_changes_nothing(bench, raw):
    """Only the five kinds are taken."""
    before = _try(bench)
    bench.say("try", path=f"mix/posts/kind-{digest(SECRET)}", raw=raw)
    assert bench.html() == before


def test_posts_of_one_kind_can_be_looked_at(bench):
    """Twelve at a time, more on demand."""
    _try(bench, "\n\n".join(f"Number {n}: 20% off, order now." for n in range(30)))
    assert len(_fields(bench)) == 12
    bench.press("Show 12 more")
    assert len(_fields(bench)) == 24
    bench.say("try", path="mix/posts/look", raw="helpful")
    assert "There are none of this kind." in bench.html()
    assert _fields(bench) == {}


def test_files_of_several_kinds_are_put_together(bench):
    """Two exports and an inbox; what stands in both counts once."""
    html = _try(bench, "", ("x_content.csv", "x_archive.js", "chatwoot_conversations.json"))
    assert "We looked at 1 post" in html
    assert "were there twice" in html
    assert "Cannot be known" in html


def test_the_same_export_twice_changes_no_figure(bench):
    """Chosen twice, and beside one that overlaps: the same shares, and how many were left out."""
    once = _try(bench, "", ("x_content.csv", "x_archive.js"))
    again = _try(bench, "", ("x_archive.js", "x_content.csv", "x_archive.js", "x_content.csv"))
    assert "2 were there twice" in once
    assert "were there twice" in again
    tables = [
        html.partition("Nine indicators")[2].partition("</table>")[0] for html in (once, again)
    ]
    assert tables[0] == tables[1] != ""


def test_dates_that_can_be_read_two_ways_are_asked_about(bench):
    """The question appears, and the answer puts the posts into time."""
    assert "can be read in two ways" in _try(bench, "", ("meta_facebook_posts.csv",))
    assert bench.page.fields["mix/posts/order"].shown
    assert "1 September 2026" in _try(bench, "", ("meta_facebook_posts.csv",), order="month")


def test_counts_by_hand_are_asked_for_where_somebody_has_them(bench):
    """Five more numbers, and the age of the oldest only where something is open."""
    fields = bench.page.fields
    assert not fields["mix/posts/received"].shown
    bench.say("try", path="mix/posts/by_hand", raw="yes")
    assert fields["mix/posts/received"].shown
    assert not fields["mix/posts/oldest"].shown
    html = _try(bench, received="4", answered="3", oldest="9", replies="2")
    assert fields["mix/posts/oldest"].shown
    assert "75 of 100 (3 of 4)" in html
    assert "9 days" in html


@pytest.mark.parametrize("pasted", ["", "   ", None])
def test_nothing_given_is_told_how_to_mend(bench, pasted):
    """The message says what to choose or paste."""
    assert "Choose a file with posts, or paste some." in _try(bench, pasted)


def test_a_file_without_posts_says_so(bench):
    """And nothing else is shown."""
    html = _try(bench, "", ("x_overview.csv",))
    assert "x_overview.csv" in html
    assert "Nine indicators" not in html


def test_posts_are_kept_nowhere(bench, caplog):
    """Not in the plan, not in what the page tells the browser to keep, not in a log."""
    before = write_plan_file(bench.page.there.file)
    _try(bench)
    bench.page.redraw()
    assert write_plan_file(bench.page.there.file) == before
    told = [m for m in bench.heard if m["kind"] in {"saved", "opened", "screen", "announce"}]
    assert "uokka" not in json.dumps(told, default=str)
    assert "uokka" not in caplog.text


def test_the_short_route_asks_for_the_time_alone(visit_page):
    """One question, and neither bench nor rules in the way."""
    plan = Plan.model_validate({"start": {"route": "short"}})
    browser = visit_page("mix", plan)
    shown = [screen.id for screen in browser.page.screens if screen.is_shown(plan)]
    assert shown == ["mix/routine"]
