"""The register of tagged links, as a table and as QR codes."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET

import pytest

from workbook.exports.formats._sheets import make_harmless
from workbook.exports.register import WRITERS, write_csv, write_xlsx
from workbook.imports.links import read_links
from workbook.measurement.links import LinkProblem, Tags, judge_link
from workbook.measurement.placements import chosen_platforms, find_page, list_spots
from workbook.measurement.qr import draw_qr, encode
from workbook.measurement.register import Register, build_register
from workbook.plan import Plan
from workbook.platforms import load_platforms

PAGE = "https://acme.example/services"
SVG = "{http://www.w3.org/2000/svg}"


def build(*pages: str, platforms=("facebook", "x"), campaign="2027-03_spring", **more) -> Register:
    """A register of pages that can carry tags."""
    register = build_register(pages or (PAGE,), platforms, campaign, **more)
    assert isinstance(register, Register)
    return register


def test_each_placement_of_each_platform_has_its_row():
    """Profile, posts, messages; then e-mail, paper and partners; ads only when they are wanted."""
    register = build(platforms=list(load_platforms()), with_paid=True)
    for platform in load_platforms():
        wanted = [spot.placement.id for spot in list_spots(platform)]
        assert [r.link.placement for r in register.rows if r.link.platform == platform] == wanted
    assert {r.link.platform for r in register.rows} > {"email", "paper", "partner"}
    without = build(platforms=list(load_platforms()), with_beyond=False)
    placements = {(r.link.platform, r.link.placement) for r in without.rows}
    assert not placements & {("paper", "flyer"), ("facebook", "ad")}
    assert len({row.link.url for row in register.rows}) == len(register.rows)


def test_no_row_falls_into_a_trap_but_those_that_are_told():
    """What the register makes is right by the linter, or its note says what to expect."""
    for row in build(platforms=list(load_platforms()), with_paid=True).rows:
        problems = judge_link(row.link.url).problems
        assert all(problem.text in row.note for problem in problems)
        if row.link.prediction.rule == "unassigned":
            assert "Unassigned" in row.note


def test_pages_and_the_campaign_go_through_all_rows():
    """Each page has a link for each placement; Google's profile keeps its own campaign."""
    register = build(PAGE, f"{PAGE}?a=1", PAGE, platforms=["facebook", "google_business"])
    assert len(register.rows) == 2 * len(build(platforms=["facebook", "google_business"]).rows)
    campaigns = {
        (r.link.platform == "google_business", r.link.tags.campaign) for r in register.rows
    }
    assert campaigns == {(True, "gbp"), (False, "2027-03_spring")}
    usual = {r.link.placement: r.link.tags.campaign for r in build(campaign="").rows}
    assert (usual["bio"], usual["post"]) == ("profile", "everyday")


def test_a_page_that_carries_no_tags_is_told():
    """No register is made of half of the pages."""
    found = build_register([PAGE, "mailto:me@acme.example"], ["facebook"])
    assert isinstance(found, LinkProblem)
    assert found.id == "not-web"


def test_a_plan_says_which_places_and_which_page():
    """First the places chosen, then those where profiles are in use, and the services page."""
    plan = Plan.model_validate(
        {
            "start": {
                "website": "https://acme.example/",
                "accounts": [
                    {"id": "face", "platform": "facebook"},
                    {"id": "news", "platform": "own"},
                ],
            },
            "platform_fit": {
                "first": "linkedin",
                "further": [{"id": "more", "platform": "facebook"}],
            },
        }
    )
    assert chosen_platforms(plan) == ("linkedin", "facebook", "own")
    assert find_page(plan) == "https://acme.example/"
    assert (chosen_platforms(Plan()), find_page(Plan())) == ((), "")


def test_the_table_is_read_back_as_it_was():
    """CSV and Excel hold the same links, and our own check reads them again without a problem."""
    register = build()
    for suffix, write in WRITERS.items():
        listed = read_links(write(register), f"register{suffix}")
        assert listed.problems == ()
        assert [each.link for each in listed.links] == [row.link.url for row in register.rows]
        assert not any(judge_link(each.link).problems for each in listed.links)


@pytest.mark.parametrize("page", ["https://acme.example/?=1+1", '=HYPERLINK("x").example/'])
def test_nothing_in_the_table_is_a_formula(page):
    """Cells that a spreadsheet program would run are told as text."""
    from openpyxl import load_workbook

    found = build_register([page], ["facebook"], "=cmd|'/c calc'!A1")
    if isinstance(found, LinkProblem):
        return
    sheet = load_workbook(io.BytesIO(write_xlsx(found))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert all(cell.data_type == "s" for cell in cells)
    table = csv.reader(io.StringIO(write_csv(found).decode("utf-8-sig")))
    assert not [cell for row in table for cell in row if cell.startswith(tuple("=+-@"))]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_what_begins_like_a_formula_is_marked(cell):
    """A mark before it keeps it a text; other cells stay as they are."""
    assert make_harmless(cell) == f"'{cell}"
    assert make_harmless(f"a{cell}") == f"a{cell}"


# -- QR codes ----------------------------------------------------------------------------------


def read_modules(svg: bytes) -> list[list[int]]:
    """The dark modules of a code as its picture draws them, without the quiet zone."""
    root = ET.fromstring(svg)
    size = int(root.attrib["viewBox"].split()[2])
    rows = [[0] * size for _ in range(size)]
    path = next(p for p in root.iter(f"{SVG}path") if "stroke" in p.attrib)
    x = y = 0.0
    for kind, numbers in re.findall(r"([Mmh])([-\d. ]+)", path.attrib["d"]):
        moved = [float(number) for number in numbers.split()]
        if kind == "M":
            x, y = moved
        elif kind == "m":
            x, y = x + moved[0], y + moved[1]
        else:
            for column in range(int(x), int(x + moved[0])):
                rows[int(y)][column] = 1
            x += moved[0]
    quiet = [row[4:-4] for row in rows[4:-4]]
    assert sum(map(sum, quiet)) == sum(map(sum, rows))
    return quiet


@pytest.mark.parametrize(
    ("address", "read"),
    [
        (PAGE, PAGE),
        ("acme.example/a?utm_source=flyer#b", "https://acme.example/a?utm_source=flyer#b"),
        ("https://müller.example/ü?q=ä", "https://xn--mller-kva.example/%C3%BC?q=%C3%A4"),
        ("http://[2001:db8::1]:80/?a=<b>", "http://[2001:db8::1]:80/?a=%3Cb%3E"),
    ],
)
def test_a_code_holds_the_address_and_says_so(address, read):
    """The picture shows the modules of the address, and its title can be heard."""
    svg = draw_qr(address)
    assert isinstance(svg, bytes)
    assert read_modules(svg) == [list(map(int, row)) for row in encode(read).matrix]
    root = ET.fromstring(svg)
    assert root.attrib["role"] == "img"
    told = {e.attrib["id"]: e.text for e in root if e.tag in {f"{SVG}title", f"{SVG}desc"}}
    assert read in told[root.attrib["aria-describedby"]]
    assert told[root.attrib["aria-labelledby"]].startswith("QR code: http")


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("javascript:alert(1)", "not-web"),
        ("", "unreadable"),
        (f"{PAGE}?a={'b' * 1_000}", "too-long"),
    ],
)
def test_what_no_phone_should_open_is_no_code(address, problem):
    """Other schemes, nothing at all, and codes too fine to print are told instead of drawn."""
    found = draw_qr(address)
    assert isinstance(found, LinkProblem)
    assert found.id == problem


# -- lists of links ----------------------------------------------------------------------------

READ = [
    ("source,medium,campaign\nfacebook,social,a\n", [Tags("facebook", "social", "a")]),
    ("\ufeffcampaign;utm_medium;UTM Source\na;social;x\n", [Tags("x", "social", "a")]),
    ("source\tmedium\nx\tcpc\n", [Tags("x", "cpc")]),
    ("Source, Medium, Campaign\nx, social, a b\n", [Tags("x", "social", "a b")]),
    ("source,medium,campaign\nx ,social,-\n", [Tags("x ", "social", "")]),
    ("# GA4\nSession source / medium,Sessions\nx / social,3\n", [Tags("x", "social")]),
    (f"url\n{PAGE}?a=1,2\nacme.example\n", [f"{PAGE}?a=1,2", "acme.example"]),
    (f"{PAGE}\n\n//acme.example\n", [PAGE, "//acme.example"]),
    (f"url,source,medium\n{PAGE},x,social\n", [Tags("x", "social")]),
    (f"url,source,medium\n{PAGE}?utm_source=y,x,social\n", [f"{PAGE}?utm_source=y"]),
    ("source,medium\n'=1+1,social\n", [Tags("=1+1", "social")]),
    (
        f"source,medium\n{'a' * 200_000},b\nx,social\n",
        [Tags("a" * 200_000, "b"), Tags("x", "social")],
    ),
]


@pytest.mark.parametrize(("text", "links"), READ, ids=range(len(READ)))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_list_is_read_however_it_was_saved(text, links, encoding):
    """Any order of columns, any delimiter and encoding, reports of a counter, plain addresses."""
    listed = read_links(text.encode(encoding), "list.csv")
    assert [each.link for each in listed.links] == links
    assert listed.problems == ()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "file-empty"),
        (b"name,town\nAnna,Leeds\n", "links-none"),
        (b"%PDF-1.7", "file-no-table"),
        (b"PK\x03\x04broken", "file-damaged"),
        (b'[{"source": "x"}]', "links-none"),
        (b"\0\1\2" * 400, "file-no-table"),
    ],
)
def test_a_file_without_links_is_told(raw, problem):
    """What it is instead is said, and nothing breaks."""
    listed = read_links(raw, "list.csv")
    assert listed.links == ()
    assert [each.id for each in listed.problems] == [problem]


def test_rows_keep_their_numbers_and_the_page_they_stand_on():
    """Whoever mends the file finds the row; a link within the website is seen by its page."""
    text = f"url,placed_on\n\n{PAGE}?utm_source=fb,https://acme.example/\n"
    (link,) = read_links(text.encode(), "list.csv").links
    assert (link.row, link.placed_on) == (3, "https://acme.example/")
