"""What looks like a password is refused; what tells where one is kept is taken."""

from __future__ import annotations

import string
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.passwords import (
    REFUSED,
    GuardedHandle,
    GuardedLongText,
    GuardedName,
    GuardedText,
    PasswordPlace,
    holds_secret,
    is_secret_column,
)
from workbook.values import Problem, read

TEXTS = tomllib.loads((Path(__file__).parent / "samples" / "passwords.toml").read_text("utf-8"))
PLACES, NOTES = TEXTS["places"], TEXTS["notes"]
ANYWHERE, AS_A_PLACE = TEXTS["anywhere"], TEXTS["as_a_place"]


@pytest.mark.parametrize("text", PLACES)
def test_a_place_is_taken(text):
    """Where a password is kept can be said in many ways, and stays as it was typed."""
    assert not holds_secret(text, is_place=True)
    assert read(PasswordPlace, text) == text


@pytest.mark.parametrize("text", [*ANYWHERE, *AS_A_PLACE])
def test_a_password_is_no_place(text):
    """A password, a code, a key or the number of a card is refused where a place belongs."""
    assert holds_secret(text, is_place=True)
    assert read(PasswordPlace, text) == Problem("secret-for-place")


@pytest.mark.parametrize("text", ANYWHERE)
def test_a_secret_is_found_in_notes(text):
    """What can hardly be anything but a secret is refused in any text, and within others too."""
    for said in (text, f"Opened by a helper.\n{text}\nSeldom used."):
        assert read(GuardedLongText, said) == Problem("secret-in-text")
    assert read(GuardedText, text) == Problem("secret-in-text")


@pytest.mark.parametrize("text", TEXTS["alone"])
def test_a_lone_word_that_looks_like_a_password_is_none_of_ours(text):
    """Where a person or a use is asked for, a single word as passwords are made is refused."""
    assert read(GuardedText, text) == Problem("secret-in-text")
    assert read(GuardedLongText, text) == Problem("secret-in-text")
    assert read(PasswordPlace, text) == Problem("secret-for-place")


@pytest.mark.parametrize("text", [*NOTES, *PLACES])
def test_plain_notes_are_taken(text):
    """Phone numbers, days, names of programs and sentences about passwords are no secrets."""
    assert not holds_secret(text)
    assert read(GuardedLongText, text) == text


@pytest.mark.parametrize("text", TEXTS["names"])
def test_a_name_of_an_account_is_taken(text):
    """Names with numbers, phone numbers and addresses of profiles are no passwords."""
    assert read(GuardedHandle, text) == text


@pytest.mark.parametrize("text", TEXTS["no_names"])
def test_a_password_is_no_name_of_an_account(text):
    """What holds signs that no name has, or is announced by a word, is refused."""
    assert read(GuardedHandle, text) == Problem("secret-in-text")
    assert read(GuardedName, text) == Problem("secret-in-text")


@settings(max_examples=25, deadline=None)
@given(
    st.text(string.ascii_lowercase, min_size=2, max_size=5),
    st.text(string.ascii_uppercase, min_size=2, max_size=5),
    st.integers(10, 99),
    st.sampled_from("!#$%*+"),
)
def test_a_made_up_password_is_refused_wherever_it_stands(small, large, number, sign):
    """Four kinds of signs in a word of some length are a password, alone and in a sentence."""
    made = f"{small}{number}{large}{sign}{small}"
    assert holds_secret(made, is_place=True)
    assert holds_secret(f"We log in with {made} on Mondays.")


def test_other_faults_are_told_as_such():
    """A text that is too long, or no text at all, is told like in any other answer."""
    assert read(PasswordPlace, "safe " * 100).id == "text-too-long"
    assert read(GuardedText, ["hunter2"]).id == "text-unreadable"
    assert "secret-for-place" in REFUSED


@pytest.mark.parametrize(
    "head",
    ["Password", "Passwort", "PIN", "Recovery codes", "FB password", "Password (Facebook)",
     "Login/Password", "Backup codes", "2FA secret", "Kennwort alt", "Zugangsdaten", "MDP"],
)  # fmt: skip
def test_a_column_of_passwords_is_told_by_its_head(head):
    """Whatever the language and whatever stands around it."""
    assert is_secret_column(head)


@pytest.mark.parametrize(
    "head",
    ["Password location", "Where is the password", "Shared password", "Password manager entry",
     "Platform", "2FA", "Recovery e-mail", "Pinterest", "Spinning", "Last password change"],
)  # fmt: skip
def test_a_column_of_places_is_none_of_them(head):
    """Where passwords are kept may be read."""
    assert not is_secret_column(head)


def test_long_texts_take_no_longer_than_their_length():
    """Twenty thousand letters of what could be anything are looked at once and not again."""

    def measure(text):
        began = time.perf_counter()
        holds_secret(text)
        return time.perf_counter() - began

    for piece in ("a1 ", "password is in ", "a1b2-", "password ", "1 "):
        short, long = (min(measure(piece * count) for _ in range(3)) for count in (100, 400))
        assert long < 16 * max(short, 1e-4), piece
