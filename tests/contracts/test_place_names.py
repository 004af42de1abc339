"""A place has one name: in questions, pictures, tables and sentences."""

from __future__ import annotations

import pytest

from workbook.evidence.survey import place_ids
from workbook.imports.channels import name_channel
from workbook.platforms import load_platforms


@pytest.mark.parametrize(("name", "place"), place_ids().items())
def test_a_place_has_one_name(name: str, place: str) -> None:
    """What shares and sets call a place is what questions and documents call it."""
    assert load_platforms()[place].name == name


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("Facebook Page", "facebook"),
        ("X (Twitter)", "x"),
        ("WhatsApp Business", "whatsapp"),
        ("Telegram channel", "telegram"),
    ],
)
def test_a_place_is_known_by_its_longer_name(told: str, place: str) -> None:
    """A list that somebody keeps may name a place in full, and is read all the same."""
    assert name_channel(told) == (place, "")
