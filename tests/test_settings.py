"""What whoever runs the workbook may set, and what happens to wrong values."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from workbook.settings import Settings


def test_nothing_set_is_our_defaults():
    """Without any setting the defaults hold; what other programs set is left alone."""
    assert (
        Settings.read({"HOME": "/nowhere", "PATH": "x", "WORKBOOK_": "", "WORKBOOK_ELSE": "x"})
        == Settings()
    )
    assert Settings().keep_months == 13


def test_settings_are_read_from_their_names():
    """Each setting is read from its name in capitals behind WORKBOOK_."""
    given = {"WORKBOOK_KEEP_MONTHS": "6", "WORKBOOK_DEMO": "true", "WORKBOOK_LANGUAGE": "de"}
    found = Settings.read(given)
    assert (found.keep_months, found.demo, found.language) == (6, True, "de")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("KEEP_MONTHS", "0"),
        ("KEEP_MONTHS", "soon"),
        ("PLAN_LIMIT_MB", "51"),
        ("LANGUAGE", "../etc"),
        ("LANGUAGE", "English"),
        ("DEMO", "perhaps"),
        ("GRACE_SECONDS", "60"),
        ("GRACE_SECONDS", "nan"),
    ],
)
def test_wrong_values_are_refused(name, value):
    """A value outside its bounds is refused, and the setting is named."""
    with pytest.raises(ValidationError) as refused:
        Settings.read({f"WORKBOOK_{name}": value})
    assert refused.value.errors()[0]["loc"] == (name.lower(),)


def test_settings_stay_as_they_are():
    """Settings cannot be changed while the workbook runs."""
    with pytest.raises(ValidationError):
        Settings().demo = True


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is(name):
    """Each setting has a description and a default that it takes itself."""
    field = Settings.model_fields[name]
    assert field.description
    assert Settings.read({f"WORKBOOK_{name.upper()}": str(field.default)}) == Settings()
