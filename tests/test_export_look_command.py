"""The look of one export on the command line: in the place of the plan's, and kept nowhere."""

from __future__ import annotations

import pytest

from tests.exports.sample_looks import draw_logo
from workbook.calling import read_plan
from workbook.cli import main
from workbook.plan import OwnLook, Plan
from workbook.storage.plan_file import PlanFile, write_plan_file

KEPT = OwnLook(name="Kept & Co", accent="#8e0038")


@pytest.fixture
def export(capsys, monkeypatch, tmp_path):
    """Export the one-page strategy of a plan with a look; gives the code, the page, the error."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logo.png").write_bytes(draw_logo())
    (tmp_path / "plan.json").write_bytes(write_plan_file(PlanFile(plan=Plan(look=KEPT))))

    def run(*options):
        page = tmp_path / "page.html"
        with pytest.raises(SystemExit) as left:
            main(["export", "plan.json", page.name, "--document", "one_page", *options])
        text = page.read_text(encoding="utf-8") if page.exists() else ""
        return int(left.value.code or 0), text, capsys.readouterr().err

    return run


def test_without_options_a_document_looks_as_the_plan_says(export):
    """Its name and its colour."""
    code, page, _ = export()
    assert code == 0
    assert "Kept &amp; Co" in page
    assert "--wb-accent:#8e0038" in page


def test_what_is_given_stands_in_the_place_of_the_plans(export, tmp_path):
    """Name, picture and colours for this document; what is left out stays, and so does the plan."""
    code, page, _ = export("--by", "Wren", "--logo", "logo.png", "--colour", "1B5E20")
    assert code == 0
    assert "Wren" in page
    assert "Kept" not in page
    assert "data:image/png;base64," in page
    assert "--wb-accent:#1b5e20" in page
    assert read_plan(tmp_path / "plan.json").plan.look == KEPT
    assert "--wb-accent:#8e0038" in export("--by", "Wren")[1]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--colour", "red"), "“red” is no colour"),
        (("--logo", "gone.png"), "“gone.png” cannot be opened"),
        (("--logo", "plan.json"), "neither PNG nor JPEG"),
        (("--by", "x" * 61), "60 letters"),
        (("--colour", "#111", "--colour", "#222", "--colour", "#333"), "two colours"),
    ],
)
def test_what_cannot_be_used_is_refused_and_nothing_is_written(export, options, said):
    """A sentence says why and what to give, and the exit code is 2."""
    code, page, err = export(*options)
    assert code == 2
    assert said in err
    assert page == ""
