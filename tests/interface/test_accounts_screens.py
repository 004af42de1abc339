"""The screens for accounts: refusals, the bounded list, the parts of one account, the import."""

from __future__ import annotations

import json

import pytest

from tests.exports.sample_plans import make_finished
from tests.interface.conftest import widgets_of
from workbook.plan import Plan
from workbook.storage.plan_file import PlanFile, write_plan_file

INVENTORY = "accounts.inventory"
PLACE = f"{INVENTORY}.acc1.password_place"
NOTES = f"{INVENTORY}.acc1.notes"
HOSTILE = "<img/src=x/onerror=alert(1)>"
LIST = "Platform,Handle,Owner,Password\nYouTube,acme,Ann,hunter2\nX,exampleplumbing,Bob,hunter2\n"


@pytest.fixture
def show(visit_page):
    """Opens the page at one of its screens."""

    def visit(at="accounts/inventory", plan=None):
        browser = visit_page("accounts", make_finished() if plan is None else plan)
        browser.page.show(at)
        return browser

    return visit


def _many(count, **more):
    accounts = [{"id": f"ac{n:04}", "platform": "x", "handle": f"shop{n}"} for n in range(count)]
    held = [{"id": a["id"], "owner": f"Ann {n % 5}", "second": "unknown", "login": "person"}
            for n, a in enumerate(accounts[: count // 2])]  # fmt: skip
    return Plan.model_validate({"start": {"accounts": accounts}, "accounts": {"inventory": held}})


def _labels(browser):
    return [w.description for w in widgets_of(browser.page) if getattr(w, "description", "")]


def _say(browser, path, raw):
    browser.number += 1
    seen = browser.page.raw(path)
    return browser.say("answer", path=path, raw=raw, seen=seen, number=browser.number)


# -- refusals ----------------------------------------------------------------------------------


def test_a_typed_password_is_refused_and_the_page_forgets_it(show, store):
    """The browser is told what to do instead; what was typed is in nothing the page says."""
    browser = show(PLACE)
    before = browser.page.raw(PLACE)
    told = [m for m in _say(browser, PLACE, "hunter2") if m["kind"] == "refused"]
    assert [(m["path"], m["raw"]) for m in told] == [(PLACE, before)]
    assert "looks like a password" in told[0]["message"]
    said = json.dumps([{k: v for k, v in m.items() if k != "buffers"} for m in browser.heard])
    assert "hunter2" not in said
    assert "hunter2" not in browser.html()
    assert b"hunter2" not in write_plan_file(store.load())


def test_what_was_refused_is_said_once_more_before_going_on(show):
    """A place: the field is empty again, so the second time the way is free."""
    browser = show(PLACE)
    _say(browser, PLACE, "hunter2")
    screen = browser.page.screen
    browser.press("Continue")
    assert browser.page.screen is screen
    assert "looks like a password" in browser.html()
    browser.press("Continue")
    assert browser.page.screen is not screen


def test_a_note_with_a_password_is_to_be_mended_first(show):
    """Its field still holds what was typed, so the way is free once it was mended."""
    browser = show(NOTES)
    _say(browser, NOTES, "Ask Ann. pw: hunter2")
    screen = browser.page.screen
    for _ in range(2):
        browser.press("Continue")
        assert browser.page.screen is screen
    _say(browser, NOTES, "Ask Ann.")
    browser.press("Continue")
    assert browser.page.screen is not screen


def test_a_plan_with_passwords_says_so_when_it_is_opened(show):
    """Where they stood is told, not what they were."""
    document = json.loads(write_plan_file(PlanFile(plan=make_finished())))
    document["plan"]["accounts"]["inventory"][0]["password_place"] = "hunter2"
    browser = show()
    raw = json.dumps(document).encode()
    told = browser.say("upload", name="plan.json", buffers=[memoryview(raw)])
    failed = [m for m in told if m["kind"] == "failed"]
    assert "where the password is kept" in failed[0]["what"]
    assert "hunter2" not in repr(told)


# -- the list ----------------------------------------------------------------------------------


def test_the_list_names_each_account_and_who_holds_them(show):
    """How it stands, that it is at risk, what becomes of it, and on whom it hangs."""
    html = show().html()
    assert "Facebook exampleplumbing" in html
    assert "Abandoned" in html
    assert "At risk: " in html
    assert "The owner alone has full rights in 1 of 2 accounts" in html


def test_five_hundred_accounts_are_shown_twenty_at_a_time(show):
    """The screen stays bounded, and turning leads on; nothing takes time beyond the number."""
    browser = show(plan=_many(500))
    assert browser.html().count("wb-standing ") == 20
    assert "1 to 20 of 500" in browser.html()
    browser.press("Show the next")
    assert "21 to 40 of 500" in browser.html()
    browser.press("at risk (250)")
    assert "1 to 20 of 250" in browser.html()
    browser.press("Show the next")
    assert "21 to 40 of 250" in browser.html()


def test_an_account_is_added_and_asked_about(show, store):
    """It is one of the accounts of the business at once, and its own place is asked first."""
    browser = show(plan=Plan())
    browser.press("Add an account")
    account, *_ = store.load().plan.start.accounts
    fields = list(browser.page.fields)
    assert fields[:2] == [f"start.accounts.{account.id}.{name}" for name in ("platform", "handle")]
    browser.answer(f"start.accounts.{account.id}.platform", "facebook")
    browser.answer(f"{INVENTORY}.{account.id}.owner", "Ann")
    kept = store.load().plan
    assert (kept.start.accounts[0].platform, kept.accounts.inventory[0].owner) == (
        "facebook",
        "Ann",
    )


def test_names_from_outside_are_text(show):
    """A handle with markup shows as it was typed, in the list and on its own screens."""
    plan = Plan.model_validate(
        {"start": {"accounts": [{"id": "ac01", "platform": "x", "handle": HOSTILE}]}}
    )
    browser = show(plan=plan)
    assert HOSTILE not in browser.html()
    browser.page.show(f"{INVENTORY}.ac01.owner")
    assert HOSTILE not in browser.html()


def test_the_register_is_downloaded_as_csv_and_excel(show):
    """Both hold every account, and the button says that they are to be kept safe."""
    browser = show()
    for label, suffix in (("Download as CSV", ".csv"), ("Download for Excel", ".xlsx")):
        given = next(m for m in browser.press(label) if m["kind"] == "download")
        assert given["name"].endswith(suffix)
        assert given["buffers"][0]
    assert "keep it where only you can see it" in browser.html()


# -- one account -------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["who", "way_in", "further", "life", "safety", "fate"])
def test_each_part_asks_few_questions_about_one_account(show, part):
    """Never more than six, and it says how the account stands and what would lower its risk."""
    browser = show(f"{INVENTORY}.acc2.owner")
    browser.page.show(f"accounts/{part}")
    assert 1 <= len(browser.page.fields) <= 6
    assert all(".acc2." in path or "platform_fit" in path for path in browser.page.fields)
    assert "Give a second person full rights." in browser.html()


def test_the_parts_follow_each_other_and_lead_back(show):
    """From who holds it to what becomes of it, then back to the list."""
    browser = show(f"{INVENTORY}.acc1.owner")
    seen = [browser.page.screen.id]
    while "Continue" in _labels(browser):
        browser.press("Continue")
        seen.append(browser.page.screen.id)
    assert seen == [f"accounts/{n}" for n in ("who", "way_in", "further", "life", "safety", "fate")]
    browser.press("Back to the list")
    assert browser.page.screen.id == "accounts/inventory"


def test_what_was_said_before_is_shown_and_not_asked(show):
    """What the first page asked of the account stands here, with the way to change it there."""
    browser = show(f"{INVENTORY}.acc2.owner")
    html = browser.html()
    assert "More than a year ago" in html
    assert "00_start.ipynb#at=start.accounts.acc2.last_posted" in html
    assert "start.accounts.acc2.last_posted" not in browser.page.fields


def test_a_decision_shows_its_steps_at_once(show):
    """What the choice means stands below it as soon as it is made."""
    browser = show("platform_fit.fates.acc2.action")
    path = next(path for path in browser.page.fields if path.endswith(".action"))
    browser.answer(path, "recover")
    assert "Use the help page of the place" in browser.html()
    browser.answer(path, "delete")
    assert "Use the help page of the place" not in browser.html()


# -- the import --------------------------------------------------------------------------------


def _give(browser, text, name="list.csv"):
    browser.say("try", path="accounts/import/files", raw=[name], buffers=[text.encode()])
    return browser.press("Read it")


def test_a_list_is_shown_before_it_is_taken(show, store):
    """What is new is said first; taken twice, nothing comes twice; undo takes all of it back."""
    browser = show("accounts/import")
    before = store.load().plan
    _give(browser, LIST)
    assert "1 account is new." in browser.html()
    assert "hunter2" not in browser.html()
    assert "“Password”" in browser.html()
    assert store.load().plan == before
    browser.press("Take these accounts over")
    kept = store.load().plan
    assert len(kept.start.accounts) == len(before.start.accounts) + 1
    assert "1 account is new." not in browser.html()
    assert "with nothing new." in browser.html()
    _give(browser, LIST)
    assert "Take these accounts over" not in _labels(browser)
    browser.say("undo")
    assert store.load().plan == before


def test_what_is_taken_over_is_shown_as_it_was_read(show):
    """Days are written with the month as a word, so that a swapped day and month are seen."""
    browser = show("accounts/import", Plan())
    _give(
        browser, "Platform,Handle,Owner,Last post\nFacebook,acme,Ann,13/04/2026\nX,b,,03/04/2026\n"
    )
    assert "Looks after it: Ann" in browser.html()
    assert "Last post: 13 April 2026" in browser.html()
    assert "Last post: 3 April 2026" in browser.html()


def test_columns_left_out_of_a_known_list_can_be_told(show):
    """A list whose other columns are known is read at once, and one more can be named."""
    browser = show("accounts/import", Plan())
    _give(browser, "Platform,Handle,Wer macht es\nFacebook,acme,Ann\n")
    assert "not taken over: “Wer macht es”" in browser.html()
    browser.press("Choose other columns")
    browser.say("try", path="accounts/import/column-owner", raw="2", buffers=[])
    browser.press("Use these columns")
    assert "Looks after it: Ann" in browser.html()
    assert "was read by the columns you told us" in browser.html()


def test_a_full_register_says_that_it_is_full(show):
    """What does not fit is told, and not that nothing was found."""
    full = [{"id": f"a{n:05}", "platform": "x", "handle": f"shop{n}"} for n in range(500)]
    browser = show("accounts/import", Plan.model_validate({"start": {"accounts": full}}))
    _give(browser, "Platform,Handle\nFacebook,one\nFacebook,two\n")
    assert "2 accounts are not taken over" in browser.html()
    assert "No account was found in it" not in browser.html()


def test_columns_nobody_knows_are_asked_about(show, store):
    """What each holds is chosen, remembered without names or cells, and the list is read."""
    browser = show("accounts/import", Plan())
    _give(browser, "Wer,Wohin,Kennwort\nacme,Facebook,hunter2\n")
    assert "Tell us what the columns are" in browser.html()
    asked = browser.page.fields["accounts/import/column-handle"].spec["options"]
    assert "Wer, such as “acme”" in repr(asked)
    assert "hunter2" not in repr(asked)
    for role, column in (("handle", "0"), ("platform", "1")):
        browser.say("try", path=f"accounts/import/column-{role}", raw=column, buffers=[])
    browser.press("Use these columns")
    assert "1 account is new." in browser.html()
    browser.press("Take these accounts over")
    raw = write_plan_file(store.load())
    assert b"acme" in raw
    assert not [word for word in (b"Wohin", b"Kennwort", b"hunter2") if word in raw]


def test_a_pasted_list_is_read_and_kept_nowhere(show, store):
    """Until it is taken over nothing of it is in the plan; nothing given is said too."""
    browser = show("accounts/import", Plan())
    browser.press("Read it")
    assert "Choose a file, or paste a list." in browser.html()
    text = "Facebook: acme\nTikTok acme hunter2"
    browser.say("try", path="accounts/import/list", raw=text, buffers=[])
    browser.press("Read it")
    assert "2 accounts are new." in browser.html()
    assert "hunter2" not in browser.html()
    assert store.load().plan == Plan()
