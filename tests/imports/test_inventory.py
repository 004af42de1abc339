"""Lists of accounts: what is read, what is left out and why, and that none comes in twice."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from workbook.imports.inventory import (
    INVENTORY,
    explain_inventory,
    read_inventory,
    read_table,
)
from workbook.imports.inventory_merge import MOST_ACCOUNTS, merge_inventory
from workbook.imports.mapping import recall, remember
from workbook.plan import Plan
from workbook.steps.accounts.answers import Login, SecondFactor
from workbook.steps.start.answers import Silence
from workbook.values import UNKNOWN, YesNo

TODAY = date(2027, 1, 15)
SECRETS = ("hunter2", "Summer2024!", "xY7#kk2", "JBSWY3DPEHPK3PXP")
LIST = """Platform,Handle,Owner,2FA,Password,Password location,Last post,Followers,Notes
Facebook,exampleplumbing,The owner,SMS,hunter2,KeePass,2027-01-10,"1,234",pw: xY7#kk2
Insta,@exampleshop,?,none,Summer2024!,Summer2024!,2026-05-03,12,Seldom used.
"""


def _read(text, name="list.csv", **options):
    raw = text if isinstance(text, bytes) else text.encode()
    return read_inventory(raw, name, TODAY, **options)


def _ids(found):
    return [problem.id for problem in found.problems]


def _names(found):
    return [(account.platform, account.handle) for account in found.accounts]


def _told(found):
    return " ".join(explain_inventory(problem) for problem in found.problems)


def test_a_list_is_read_by_the_heads_of_its_columns():
    """Places, names, days, counts and choices are read as answers of the register."""
    first, second = _read(LIST).accounts
    assert (first.platform, first.handle) == ("facebook", "exampleplumbing")
    assert first.said == {
        "owner": "The owner",
        "second_factor": SecondFactor.SMS,
        "password_place": "KeePass",
        "last_post": date(2027, 1, 10),
        "followers": 1234,
    }
    assert (second.platform, second.said["owner"]) == ("instagram", UNKNOWN)
    assert second.said["second_factor"] is SecondFactor.NONE


def test_columns_and_cells_with_secrets_are_left_out_and_told_once():
    """What they held is neither read nor said."""
    found = _read(LIST)
    assert _ids(found) == ["secret-column", "secret-cells"]
    said = _told(found) + repr(found)
    assert not [secret for secret in SECRETS if secret in said]
    assert "“Password”" in _told(found)
    assert "rows 2 and 3" in _told(found)


def test_places_and_heads_in_german_are_known():
    """The name of the account and the profile on the map are read as what they are."""
    found = _read("Plattform,Kontoname\nGoogle Unternehmensprofil,Salon Nord\nTikTok,salonnord\n")
    assert [account.platform for account in found.accounts] == ["google_business", "tiktok"]
    assert found.accounts[1].handle == "salonnord"
    assert "columns-unread" not in _ids(found)


def test_no_text_of_a_row_brings_a_password_in():
    """What an account is for and the name people see are left out where they hold one."""
    found = _read(
        "Plattform,Konto,Zweck,Anzeigename\n"
        "Facebook,salon,pw: Rose11!,Salon Nord\n"
        "Instagram,Password:hunter2,Neue Kunden,pw: hunter2\n"
    )
    first, second = found.accounts
    assert first.said == {"shown_as": "Salon Nord"}
    assert (second.handle, second.said) == ("", {"purpose": "Neue Kunden"})
    assert _ids(found) == ["secret-cells"]


@pytest.mark.parametrize(
    "head", ["Passwort", "PIN", "Recovery codes", "FB password", "2FA secret", "Zugangsdaten"]
)
def test_a_column_of_secrets_is_dropped_whatever_it_is_called(head):
    """Also where the table has to be asked about, it is not offered."""
    found = _read(f"Platform,Handle,{head}\nFacebook,acme,JBSWY3DPEHPK3PXP\n")
    assert _ids(found) == ["secret-column"]
    asked = _read(f"Eins,Zwei,{head}\nfoo,bar,JBSWY3DPEHPK3PXP\n")
    assert [table.heading for table in asked.unknown] == [("Eins", "Zwei")]
    assert "JBSWY3DPEHPK3PXP" not in repr(asked)


@pytest.mark.parametrize(
    "raw",
    [
        LIST.encode("utf-8-sig"),
        LIST.encode("utf-16"),
        LIST.replace('"1,234"', "1234").replace(",", ";").encode("cp1252"),
        LIST.replace('"1,234"', "1234").replace(",", "\t").encode(),
        b"Our accounts\nas of January\n\n" + LIST.encode(),
        b"sep=;\r\n" + LIST.replace('"1,234"', "1234").replace(",", ";").encode(),
    ],
    ids=["bom", "utf-16", "semicolons", "tabs", "preamble", "sep"],
)
def test_encodings_delimiters_and_preambles_do_not_matter(raw):
    """However a spreadsheet program wrote it, the list is the same."""
    assert _names(_read(raw)) == [("facebook", "exampleplumbing"), ("instagram", "@exampleshop")]


def test_a_spreadsheet_is_read_with_its_dates_and_formulas():
    """Dates are dates; a formula is read as what it came to, and nothing is worked out."""
    book = Workbook()
    book.active.append(["Network", "URL", "Created", "Notes"])
    book.active.append(
        ["LinkedIn", "https://www.linkedin.com/company/acme/", date(2019, 4, 2), "ok"]
    )
    book.active.append(["X", "https://x.com/acme", None, '=HYPERLINK("https://example.com")'])
    file = io.BytesIO()
    book.save(file)
    found = _read(file.getvalue(), "list.xlsx")
    assert _names(found) == [("linkedin", "acme"), ("x", "acme")]
    assert found.accounts[0].said["created"] == date(2019, 4, 2)
    assert "notes" not in found.accounts[1].said


def test_addresses_and_names_of_one_account_are_one_account():
    """Capitals, “www”, what only tracks and the @ tell no two accounts apart."""
    found = _read(
        "Network,Account,Link\n"
        "Facebook,Acme,\n"
        ",,https://m.facebook.com/acme?ref=bookmarks\n"
        "fb,@acme,www.facebook.com/acme/\n"
    )
    assert _names(found) == [("facebook", "Acme")]
    assert _ids(found) == []


def test_rows_that_say_different_things_are_told():
    """What stands first is taken, what follows fills the gaps."""
    found = _read("Platform,Handle,Owner,Purpose\nX,acme,Ann,\nX,ACME,Bob,News\n")
    assert found.accounts[0].said == {"owner": "Ann", "purpose": "News"}
    assert _ids(found) == ["rows-differ"]


def test_a_place_nobody_knows_is_kept_by_name():
    """It stands as somewhere else, with its name in the notes."""
    found = _read("Platform,Handle\nMySpace,acme\n")
    assert _names(found) == [("other", "acme")]
    assert found.accounts[0].said["notes"] == "Place in the list: MySpace"
    assert _ids(found) == ["places-unknown"]


def test_no_row_is_lost_in_silence():
    """Rows without a name, odd names, days to come and cells that cannot be read are told."""
    found = _read(
        "Platform,Handle,Last post,Shared password,2FA,Owner\n"
        ",,,,,Ann\n"
        "YouTube,<b>acme</b>,2029-01-10,perhaps,carrier pigeon,Bob\n"
    )
    assert _names(found) == [("youtube", "")]
    assert sorted(_ids(found)) == sorted(
        ["rows-nameless", "handles-odd", "days-to-come", "cells-unread", "cells-unread"]
    )
    assert "row 2" in _told(found)
    assert "yes or no" in _told(found)


def test_days_that_can_be_read_in_two_ways_are_asked_back():
    """Until somebody says which comes first, no day is taken."""
    text = "Platform,Handle,Last post\nX,acme,03/04/2026\n"
    assert _ids(_read(text)) == ["dates-ambiguous"]
    assert "last_post" not in _read(text).accounts[0].said
    assert _read(text, day_first=True).accounts[0].said["last_post"] == date(2026, 4, 3)
    assert _read(text, day_first=False).accounts[0].said["last_post"] == date(2026, 3, 4)


def test_a_list_without_a_header_is_read_line_by_line():
    """A place and a name, or an address; whatever else stands there is left out and told."""
    found = _read(
        "Facebook: exampleplumbing\n- https://www.instagram.com/acme/\nTikTok acme\n"
        "LinkedIn, example-ltd, hunter2\nremember to ask Ann\n"
    )
    assert _names(found) == [
        ("facebook", "exampleplumbing"),
        ("instagram", "acme"),
        ("tiktok", "acme"),
        ("linkedin", "example-ltd"),
    ]
    assert sorted(_ids(found)) == ["lines-unread", "pieces-unread"]
    assert "hunter2" not in repr(found)


def test_a_table_nobody_knows_is_read_as_somebody_says():
    """What was said of its columns is remembered under its header, and no cell is."""
    text = "Wer,Wohin,Egal\nacme,Facebook,x\n"
    table, *_ = _read(text).unknown
    columns = {"handle": 0, "platform": 1}
    assert _names(read_table(table, columns, TODAY)) == [("facebook", "acme")]
    plan = remember(Plan(), INVENTORY, table, columns)
    assert "acme" not in plan.model_dump_json()
    again = _read(text, known=recall(plan, INVENTORY))
    assert _names(again) == [("facebook", "acme")]
    assert not again.unknown


def test_a_document_is_read_like_a_table():
    """The objects of its longest list are the accounts."""
    text = '{"accounts": [{"platform": "Facebook", "handle": "acme", "url": null}]}'
    assert _names(_read(text)) == [("facebook", "acme")]


@pytest.mark.parametrize(
    ("raw", "name"),
    [(b"", "x.csv"), (b"%PDF-1.4", "x.pdf"), (b'{"a": 1}', "x.json"),
     (b"PK\x03\x04broken", "x.xlsx"), (b"nothing of use here", "x.txt")],
)  # fmt: skip
def test_what_is_no_list_is_told(raw, name):
    """Each file that cannot be used says so, and nothing fails."""
    found = read_inventory(raw, name, TODAY)
    assert not found.accounts
    assert all(explain_inventory(problem) for problem in found.problems)
    assert found.problems or found.unknown


def test_a_shared_address_is_known_by_its_name():
    """info@ belongs to a role; of any other address only somebody who knows can say."""
    found = _read("Platform,Handle,Email\nX,acme,info@example.com\nX,acme2,ann@example.com\n")
    assert [a.said.get("login") for a in found.accounts] == [Login.ROLE, None]


# -- into the plan -----------------------------------------------------------------------------


PLAN = Plan.model_validate(
    {
        "start": {
            "accounts": [{"id": "ac01", "platform": "facebook", "handle": "@Exampleplumbing"}]
        },
        "accounts": {"inventory": [{"id": "ac01", "owner": "Ann"}]},
    }
)


def test_accounts_are_put_among_those_there_are():
    """What was said before stays, what is open is filled in, what is new is added in both steps."""
    found = _read(LIST)
    merged = merge_inventory(PLAN, found.accounts, TODAY)
    assert [len(each) for each in (merged.added, merged.filled, merged.same)] == [1, 1, 0]
    first, second = merged.plan.start.accounts
    assert (first.handle, first.last_posted) == ("@Exampleplumbing", Silence.MONTH)
    assert (second.platform, second.last_posted) == ("instagram", Silence.YEAR)
    assert merged.plan.start.has_accounts is YesNo.YES
    held = {holding.id: holding for holding in merged.plan.accounts.inventory}
    assert held["ac01"].owner == "Ann"
    assert held["ac01"].password_place == "KeePass"
    assert held[second.id].owner == UNKNOWN
    assert Plan.model_validate_json(merged.plan.model_dump_json()) == merged.plan


def test_the_same_list_twice_changes_nothing():
    """Nor does it matter in which order its rows stand, or how names are written."""
    text = LIST + "Facebook,,Bob,,,,,,\nMySpace,,Ann,,,,,,\n,https://example.org/us,,,,,,,\n"
    once = merge_inventory(PLAN, _read(text).accounts, TODAY)
    twice = merge_inventory(once.plan, _read(text.replace("Insta,@", "instagram,")).accounts, TODAY)
    assert twice.plan == once.plan
    assert not twice.added
    assert not twice.filled
    assert len(twice.same) == len(_read(text).accounts)


def test_five_hundred_accounts_are_taken_and_the_rest_is_told():
    """Nothing beyond the limit is lost in silence, and what there was stays."""
    rows = "".join(f"Facebook,shop{n},Owner {n % 7}\n" for n in range(MOST_ACCOUNTS + 40))
    found = _read(f"Platform,Handle,Owner\n{rows}")
    merged = merge_inventory(PLAN, found.accounts, TODAY)
    assert len(merged.plan.start.accounts) == MOST_ACCOUNTS
    assert len(merged.added) == MOST_ACCOUNTS - 1
    assert len(merged.left) == 41
    again = merge_inventory(merged.plan, found.accounts, TODAY)
    assert again.plan == merged.plan
