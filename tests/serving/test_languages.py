"""In which language a visitor is answered: what they chose, what their browser asks, and where."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from tornado.httputil import HTTPHeaders, HTTPServerRequest, RequestStartLine
from tornado.web import Application, RequestHandler

from workbook.serving.languages import choose_language, list_switches, take_choice
from workbook.translating import find_languages, name_language

if TYPE_CHECKING:
    from http.client import HTTPMessage

    from serving_fixtures import Served

START = "/voila/render/00_start.ipynb"
ENVIRONMENT = "/voila/render/02_environment.ipynb"
SPANISH = {"Accept-Language": "es-MX,es;q=0.9,en;q=0.8"}


@pytest.mark.parametrize(
    ("accepted", "wanted"),
    [
        ("es", "es"),
        ("es-MX", "es"),
        ("ES-mx", "es"),
        ("en-GB,es;q=0.9", "en"),
        ("de, es;q=0.2, en;q=0.1", "es"),
        ("en;q=0.5, es;q=0.7", "es"),
        ("es;q=0, en;q=0.1", "en"),
        ("de, fr", "es"),
        ("*", "es"),
        ("", "es"),
        ("es;q=many, ;;;,en", "en"),
        ("estonian-but-not-a-code", "es"),
    ],
)
def test_the_browser_names_the_language(accepted: str, wanted: str) -> None:
    """The dearest of its languages that there is; where there is none, what the operator set."""
    assert choose_language("", accepted, "es") == wanted


def test_a_choice_goes_before_the_browser() -> None:
    """What a visitor chose holds, as long as there is such a language."""
    assert choose_language("en", "es", "es") == "en"
    assert choose_language("qqq", "es", "en") == "es"
    assert choose_language("../en", "", "en") == "en"


def test_each_language_is_called_by_its_own_name() -> None:
    """Whoever looks for their language finds it in that language."""
    assert find_languages()[0] == "en"
    assert name_language("es") == "Español"
    assert name_language("qqq") == "qqq"
    assert list_switches("es") == [{"code": "en", "name": "English"}]


class _Asked(RequestHandler):
    """A page of the app below a folder of its address, that only takes a choice."""

    def get(self) -> None:
        """Take the choice, if there is one."""
        if not take_choice(self, "/workbook/"):
            self.finish("nothing chosen")


@pytest.mark.parametrize("is_behind_https", [True, False])
def test_behind_https_the_choice_goes_over_nothing_else(*, is_behind_https: bool) -> None:
    """And in a folder of an address it is kept for that folder alone."""
    protocol = "https" if is_behind_https else "http"
    asked = HTTPServerRequest(
        start_line=RequestStartLine("GET", "/workbook/privacy.html?language=es", "HTTP/1.1"),
        headers=HTTPHeaders({"Host": "example.com"}),
        connection=Mock(context=Mock(protocol=protocol, remote_ip="192.0.2.7")),
    )
    handler = _Asked(Application(), asked)
    handler._transforms = []
    handler.get()
    kept = handler._new_cookie["wb_language"]
    assert (kept.value, kept["path"]) == ("es", "/workbook/")
    assert bool(kept["secure"]) is is_behind_https
    assert handler._headers["Location"] == "/workbook/privacy.html"


def _page(answer: tuple[int, HTTPMessage, bytes]) -> str:
    return answer[2].decode()


@pytest.mark.server
@pytest.mark.parametrize("path", ["/privacy.html", "/nowhere", START])
def test_every_page_of_the_server_speaks_the_browsers_language(served: Served, path: str) -> None:
    """It says which one it is in, offers the others, and says what it depends on."""
    status, headers, body = served.ask(path, headers=SPANISH)
    text = body.decode()
    assert '<html lang="es">' in text, status
    assert re.search(r'href="\?language=en" lang="en" hreflang="en"[^>]*>English<', text)
    assert {"Accept-Language", "Cookie"} <= set(headers["Vary"].split(", "))
    assert '<html lang="en">' in _page(served.ask(path, headers={"Accept-Language": "fr"}))


@pytest.mark.server
def test_who_switches_gets_the_same_page_again(served: Served) -> None:
    """The choice is kept in a cookie that only this server gets; the address is clean."""
    status, headers, _ = served.ask(f"{START}?a=1&language=es")
    assert (status, headers["Location"]) == (303, f"{START}?a=1")
    kept = headers["Set-Cookie"]
    assert kept.startswith("wb_language=es;")
    for part in ("HttpOnly", "SameSite=Lax", "Path=/", "expires="):
        assert part in kept
    assert "Secure" not in kept
    cookie = {"Cookie": kept.split(";")[0], "Accept-Language": "en"}
    assert '<html lang="es">' in _page(served.ask("/privacy.html", headers=cookie))


@pytest.mark.server
@pytest.mark.parametrize("wanted", ["qq", "../es", ""])
def test_a_language_there_is_not_changes_nothing(served: Served, wanted: str) -> None:
    """It is left out of the address, and nothing is kept."""
    status, headers, _ = served.ask(f"/privacy.html?language={wanted}")
    assert (status, headers["Location"]) == (303, "/privacy.html")
    assert "Set-Cookie" not in headers


@pytest.mark.server
def test_a_switch_leads_to_no_other_server(served: Served) -> None:
    """Whatever the address looks like."""
    for path in ("//evil.example/?language=es", "/%5Cevil.example/?language=es"):
        place = served.ask(path)[1]["Location"]
        assert place.startswith("/")
        assert not place.startswith(("//", "/\\"))


@pytest.mark.server
def test_a_link_to_the_app_may_name_the_language(served: Served) -> None:
    """The address of the app with a language leads to the start page with it."""
    assert served.ask("/?language=es")[1]["Location"] == f"{START}?language=es"


@pytest.mark.server
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_program_behind_a_page_knows_the_language(served: Served, language: str) -> None:
    """What it says is in the language of the page around it."""
    text = _page(served.ask(ENVIRONMENT, headers={"Accept-Language": language}))
    assert f"WORKBOOK_LANGUAGE={language}" in html.unescape(text).replace("\\n", "\n").split()
