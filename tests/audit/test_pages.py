"""Pages as people paste and upload them: packed, broken, in old encodings, or no pages at all."""

from __future__ import annotations

import email.mime.multipart
import email.mime.text
import gzip
import time
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audit.samples import SITE, read_html
from workbook.audit.files import LARGEST, Unreadable
from workbook.audit.pages import Page, read_page
from workbook.content import load_words

HOME = (SITE / "index.html").read_bytes()


def _bomb(size):
    """A gzip file of a few kilobytes that unpacks to a size, without ever being that large."""
    packer = zlib.compressobj(9, wbits=31)
    block = b"<p>a</p>" * 125_000
    return b"".join(packer.compress(block) for _ in range(size // len(block))) + packer.flush()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x00" * 100, "empty"),
        (b"Just some words that were copied.", "no-html"),
        (b'{"a": [1, 2]}', "no-html"),
        (b"a < b and c > d", "no-html"),
        (b"%PDF-1.7 <html>", "is-pdf"),
        (b"\x89PNG\r\n\x1a\n<p>", "is-picture"),
        (b"\xff\xd8\xff\xe0<p>", "is-picture"),
        (b"PK\x03\x04<html>", "is-archive"),
        (b"\xd0\xcf\x11\xe0<html>", "is-office"),
        (b"{\\rtf1 <p>}", "is-office"),
        (b"bplist00<html>", "is-webarchive"),
        (b"<p>\x00\x01\x02\x00", "is-binary"),
        (b"<p>" + b"a" * LARGEST, "too-large"),
        (gzip.compress(gzip.compress(b"<p>a</p>", mtime=0), mtime=0), "is-archive"),
        (b"\x1f\x8b\x08\x00broken", "broken-archive"),
        pytest.param(lambda: _bomb(300_000_000), "too-large", marks=pytest.mark.thorough),
        (b"<div>" * 500_000, "too-deep"),
        (lambda: b"<a " + b" ".join(b"x%d=1" % n for n in range(200_000)) + b">", "too-crowded"),
        (lambda: b"<a " + b" ".join(b"x%d='>'" % n for n in range(100_000)), "too-crowded"),
        (b"<!-- '\" --><p title='" + b" y" * 3_000 + b"'><a " + b"\n/z" * 9_000, "too-crowded"),
    ],
)
def test_what_is_no_page_is_told_and_how_to_mend_it(raw, problem):
    """Each kind of wrong file has a message of its own that says what to do."""
    found = read_page("my page.html", raw() if callable(raw) else raw)
    assert isinstance(found, Unreadable)
    assert found.id == problem
    words = load_words("audit/words.toml")["unreadable"][problem]
    assert "my page.html" in words["what"].format(name=found.name, **found.values)
    assert words["next"].endswith(".")


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("<title>Café “x”</title><p>".encode(), "Café “x”"),
        ("<title>Café</title><p>".encode("latin-1"), "Café"),
        ("<meta charset='iso-8859-1'><title>Café “x”</title>".encode("cp1252"), "Café “x”"),
        ("<meta charset=windows-1251><title>Привет</title>".encode("cp1251"), "Привет"),
        ("<meta charset='shift_jis'><title>こんにちは</title>".encode("shift_jis"), "こんにちは"),
        ("<meta charset=klingon><title>Café</title>".encode(), "Café"),
        ("<meta charset=utf-16><title>Café</title>".encode(), "Café"),
        ("<meta charset=utf-8><title>Café</title>".encode("latin-1"), "Café"),
        ("<title>Café</title><p>".encode("utf-16"), "Café"),
        ("<title>Café</title><p>".encode("utf-8-sig"), "Café"),
        (gzip.compress(b"<title>packed</title>", mtime=0), "packed"),
        ("<title>مرحبا 👋🏽</title><p>".encode(), "مرحبا 👋🏽"),
        (b"<?xml version='1.0' encoding='latin-1'?><html><title>x</title></html>", "x"),
        (b"<TITLE>a &amp; b\n c</TITLE><P>", "a & b c"),
    ],
)
def test_pages_in_any_encoding_are_read(raw, title):
    """What a page says of its encoding is believed where it is true, and mended where not."""
    assert read_html(raw).title == title


def test_a_page_saved_as_one_file_is_read():
    """The “single file” of a browser holds the page among its pictures."""
    whole = email.mime.multipart.MIMEMultipart("related")
    whole.attach(email.mime.text.MIMEText("<title>Café</title><a href='/a'>a</a>", "html", "utf-8"))
    raw = b"From: <Saved by Blink>\nSnapshot-Content-Location: x\n" + whole.as_bytes()
    page = read_html(raw)
    assert page.title == "Café"
    assert len(page.links) == 1


def test_a_broken_page_gives_what_is_there():
    """Tags that are never closed, twice there or in the wrong place lose nothing else."""
    page = read_html(
        "<a href=x>before<html><body><p><b><a href='https://x.com/a' rel=me>a<p><h1>Big"
        "<head><meta name=viewport content='width=1'><title>late</title>"
        "<table><td><a href=//y.example>y"
    )
    assert {link.address for link in page.links} == {"x", "https://x.com/a", "//y.example"}
    assert page.mark("viewport")
    assert page.headings


def test_links_are_whole_addresses():
    """Relative links are joined with the address of the page, or with its base."""
    html = '<a href="b?x=1#y">b</a><a href="#top">t</a><a href="">e</a><area href="/c">'
    page = read_html(html, address="https://www.example.com/a/")
    assert [link.address for link in page.links] == [
        "https://www.example.com/a/b?x=1#y", "https://www.example.com/c",
    ]  # fmt: skip
    page = read_html(f'<base href="https://cdn.example.com/d/">{html}')
    assert page.links[0].address == "https://cdn.example.com/d/b?x=1#y"


def test_scripts_styles_and_templates_say_nothing_to_people():
    """Only what people see counts as the text of a page."""
    page = read_html(
        "<p>one <!-- no --> two</p><script>no</script><style>no</style><noscript>no</noscript>"
        "<template><a href=z>no</a></template><svg><title>no</title></svg><div>three</div>four"
    )
    assert page.text == "one two three four"


def test_json_ld_is_read_in_all_its_ways():
    """Lists, graphs, things in things, comments around it and references by id."""
    page = read_html(
        '<script type="application/ld+json">[{"@type": "Thing", "name": "one"}]</script>'
        '<script type="application/ld+json;charset=utf-8"><!-- {"@graph": ['
        '{"@type": ["A", "schema:B"], "@id": "#x", "logo": {"@id": "#l"}},'
        ' {"@id": "#l", "@type": "ImageObject", "url": "u"},'
        ' {"@id": "#x", "@type": "Plumber", "name": "two"}]} --></script>'
        '<script type="application/ld+json">'
        '{"@type": "Person", "worksFor": {"@type": "Store"}}</script>'
        '<script type="application/ld+json">{"a": </script><script>{"@type": "No"}</script>'
    )
    types = [sorted(node.types) for node in page.markup.nodes]
    assert types == [["Thing"], ["A", "B", "Plumber"], ["ImageObject"], ["Person"], ["Store"]]
    joined = page.markup.nodes[1]
    assert joined.text("name") == "two"
    assert joined.text("logo") == "u"
    assert joined.is_local
    assert len(page.markup.faults) == 1


@pytest.mark.thorough
@pytest.mark.parametrize(
    "text", ["[" * 100_000, '{"@type":' * 50_000, "[" + '{"@type": "Plumber"},' * 100_000 + "{}]"]
)
def test_json_ld_that_means_harm_ends_soon(text):
    """Nesting without end and lists without end are cut, not followed."""
    page = read_html(f'<p>x</p><script type="application/ld+json">{text}</script>')
    assert len(page.markup.nodes) <= 2_000


def test_forms_that_people_write_to_are_counted():
    """A form with room for a question counts; a search box, a log-in or a newsletter does not."""
    page = read_html(
        "<form><textarea></textarea></form>"
        "<form><input type=text name=a><input type=email></form>"
        "<form action=/search><input><input></form><form><input type=search></form>"
        "<form class=newsletter><input type=email><input></form>"
        "<form><input type=text><input type=password></form>"
    )
    assert page.forms == 2


def test_phones_and_mails_are_found_in_links():
    """A number or an address counts where it can be tapped."""
    page = read_html(
        "<a href='TEL:+44 1632'>1</a><a href='mailto:a@b.example?subject=x'>2</a>tel:3"
    )
    assert page.phones == ("+44 1632",)
    assert page.mails == ("a@b.example",)


@pytest.mark.thorough
def test_a_megabyte_is_read_at_once():
    """A page of a megabyte with thousands of links is read to its end."""
    page = read_html(b"<title>t</title>" + b"<p>a <a href='/b'>c</a></p>" * 38_000)
    assert len(page.links) == 5_000
    assert page.title == "t"


@settings(max_examples=60, deadline=None)
@given(
    raw=st.binary(max_size=300) | st.text(alphabet="<>/=\"' ahrefpti!-[]{}\x00é👋", max_size=120)
)
def test_nothing_that_is_pasted_breaks(raw):
    """Whatever it is, it is a page or a message."""
    assert isinstance(read_page("x", raw), Page | Unreadable)


@settings(max_examples=30, deadline=None)
@given(cut=st.integers(0, len(HOME)), put=st.binary(max_size=20))
def test_a_page_that_was_cut_is_still_a_page(cut, put):
    """A page that breaks off anywhere, or has rubbish in it, gives what there is."""
    assert isinstance(read_page("x", HOME[:cut] + put), Page | Unreadable)
    assert isinstance(read_page("x", HOME[:cut] + put + HOME[cut:]), Page | Unreadable)


_THING = b"<div itemscope itemtype=https://schema.org/Organization>"
_SAID = b'{"@type": "Organization", "@id": "a", '
_KEYS = b",".join(b'"k%d": 1' % number for number in range(40_000))


@pytest.mark.thorough
@pytest.mark.parametrize(
    "raw",
    [
        b"<meta name=a content=b>" * 60_000,
        b"<a href=/x><div>" * 120 + b"<i>word</i> " * 60_000,
        b"<a href=/x><div>" * 120 + b"word " * 300_000,
        b"<h1><div>" * 120 + b"<i>word</i> " * 60_000,
        _THING + b"<div itemprop=a>" * 200 + b"<i>word</i> " * 60_000,
        (b"<div itemprop=x " + _THING[5:]) * 100 + b"<p itemprop=n>a</p>" * 60_000,
        b"<script type=application/ld+json>["
        + _SAID
        + _KEYS
        + b"}"
        + b","
        + b",".join([_SAID + b'"n": 1}'] * 1_900)
        + b"]</script>",
        b"<meta charset=punycode><p>" + b"a" * 300_000 + b"-" + b"b9" * 150_000,
    ],
    ids=["marks", "links", "long links", "headings", "values", "things", "parts", "charset"],
)
def test_a_page_made_to_be_slow_is_read_in_time(raw):
    """Nothing on a page is read again and again, however it is put into itself."""
    began = time.process_time()
    assert isinstance(read_page("slow.html", b"<html>" + raw), Page)
    assert time.process_time() - began < 2


@pytest.mark.thorough
def test_a_saved_page_of_parts_within_parts_is_told():
    """A file whose parts hold parts a thousand deep is damaged, and that is said."""
    parts = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
        for number in range(1_000)
    )
    raw = b"MIME-Version: 1.0\r\n" + parts + b"Content-Type: text/html\r\n\r\n<p>a</p>"
    found = read_page("saved.mhtml", raw)
    assert isinstance(found, Unreadable)
    assert found.id == "too-deep"
