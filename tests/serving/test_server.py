"""What the server answers, asked without a browser."""

from __future__ import annotations

import asyncio
import gzip
import html
import json
import re
import signal
import socket
import time
from typing import TYPE_CHECKING

import pytest
from serving_fixtures import Served, run_server, wait_until, write_notebook, write_pages

if TYPE_CHECKING:
    from http.client import HTTPMessage as Message
    from pathlib import Path

pytestmark = pytest.mark.server

ID = "1be86e7f-b44d-482f-a8c8-686fca7b97df"
START = "/voila/render/00_start.ipynb"


def test_health_tells_status_version_and_open_pages(served: Served) -> None:
    """Whoever watches the server learns that it works and how many pages are open."""
    said = served.health()
    assert said["status"] == "ok"
    assert said["version"]
    assert said["pages"] <= said["places"]


def test_figures_are_for_programs_on_this_machine(served: Served) -> None:
    """Prometheus reads counts and times; through a proxy nobody does, unless it is let."""
    status, headers, body = served.ask("/metrics")
    assert status == 200
    assert headers["Content-Type"].startswith("text/plain")
    figures = dict(line.rsplit(" ", 1) for line in body.decode().splitlines() if line[0] != "#")
    assert float(figures["workbook_pages_open"]) == served.health()["pages"]
    assert float(figures["workbook_places"]) == served.health()["places"]
    for header in ("X-Forwarded-For", "Via", "CF-Connecting-IP", "Host"):
        assert served.ask("/metrics", headers={header: "192.0.2.7"})[0] == 404


def test_a_refused_page_is_counted(served: Served) -> None:
    """By its reason, and by nothing that tells who asked."""

    def count() -> float:
        text = served.ask("/metrics")[2].decode()
        found = re.search(r'workbook_pages_refused_total{reason="prefetch"} (\S+)', text)
        return float(found[1]) if found else 0.0

    before = count()
    served.ask(START, headers={"Purpose": "prefetch"})
    assert count() == before + 1


def test_a_page_opens_and_has_a_kernel_of_its_own(served: Served) -> None:
    """Opening a page takes one place; its text comes with it, its sources do not."""
    before = served.health()["pages"]
    status, headers, body = served.ask(START)
    assert status == 200
    assert b"Words come first." in body
    assert b"application/vnd.jupyter.widget-view+json" in body
    assert b"ipywidgets.Text(" not in body
    assert headers["Cache-Control"] == "no-store"
    assert served.health()["pages"] == before + 1


def test_the_address_without_a_page_leads_to_the_start(served: Served) -> None:
    """A bare address opens the start page."""
    status, headers, _ = served.ask("/")
    assert (status, headers["Location"]) == (302, START)


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("HEAD", {}),
        ("GET", {"Sec-Purpose": "prefetch"}),
        ("GET", {"Purpose": "prefetch"}),
        ("GET", {"User-Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"}),
        ("GET", {"User-Agent": "WhatsApp/2.23"}),
        ("GET", {"User-Agent": "curl/8.5"}),
    ],
)
def test_who_does_not_look_takes_no_place(
    served: Served, method: str, headers: dict[str, str]
) -> None:
    """Programs that only fetch or preview a page start no kernel."""
    before = served.health()["pages"]
    status, _, body = served.ask(START, method=method, headers=headers)
    assert served.health()["pages"] == before
    if method == "HEAD":
        assert (status, body) == (200, b"")
    elif "urpose" in str(headers):
        assert (status, body) == (503, b"")
    else:
        assert (status, b"Words come first." in body) == (200, True)


def test_a_preview_gets_the_text_of_the_page(served: Served) -> None:
    """A link sent to somebody shows the page's title and words."""
    _, _, body = served.ask(START, headers={"User-Agent": "Slackbot-LinkExpanding 1.0"})
    assert b"<title>Start" in body
    assert b"Words come first." in body


@pytest.mark.parametrize(
    "path",
    [
        "/voila/render/99_missing.ipynb",
        "/voila/render/..%2F..%2Fetc%2Fpasswd",
        "/voila/render/../secret.ipynb",
        "/voila/render/.hidden.ipynb",
        "/voila/tree",
        "/voila/tree/",
        "/voila/api/contents",
        "/voila/api/contents/00_start.ipynb",
        "/voila/files/00_start.ipynb",
        "/voila/static/%2Fetc%2Fpasswd",
        "/voila/templates/workbook/static/..%2F..%2Findex.html.j2",
        "/api/contents",
        "/api/terminals",
    ],
)
def test_nothing_but_pages_is_given_away(served: Served, path: str) -> None:
    """No listing, no notebook file, nothing from outside the folder of pages."""
    status, _, body = served.ask(path)
    assert status in (403, 404)
    assert b"Traceback" not in body
    assert b"root:" not in body


@pytest.mark.parametrize("query", ["theme=x", "template=../x", "theme=dark&template=lab"])
def test_nobody_chooses_template_or_theme(served: Served, query: str) -> None:
    """What stands behind the question mark changes nothing on the page."""
    status, _, body = served.ask(f"{START}?{query}")
    assert status == 200
    assert b'class="wb jp-Notebook"' in body
    assert b"cdn." not in body


def test_headers_forbid_what_no_page_needs(served: Served) -> None:
    """No foreign script, no script inside a page, no evaluation of text, no foreign frame."""
    _, headers, body = served.ask(START)
    rules = dict(
        rule.strip().split(" ", 1) for rule in headers["Content-Security-Policy"].split(";")
    )
    assert rules["script-src"] == "'self' blob:"
    assert rules["frame-ancestors"] == "'self'"
    assert rules["base-uri"] == rules["object-src"] == "'none'"
    assert rules["form-action"] == rules["default-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    scripts = re.findall(rb"<script(?![^>]*(?:src=|type=\"application/))", body)
    assert scripts == []


def test_no_cookie_tells_visitors_apart(served: Served) -> None:
    """The only cookie guards the page's farewell against other sites."""
    _, headers, _ = served.ask(START)
    cookies = headers.get_all("Set-Cookie")
    assert [cookie.partition("=")[0] for cookie in cookies] == ["_xsrf"]
    assert "SameSite=Lax" in cookies[0]


def test_scripts_and_styles_are_small_and_kept_for_a_year(served: Served) -> None:
    """Each file the page names is compressed and never asked for again."""
    body = served.ask(START)[2].decode()
    paths = re.findall(r'(?:href|src)="(/voila/[^"]+\.(?:js|css)[^"]*)"', body)
    assert len(paths) >= 5
    for path in paths:
        status, headers, sent = served.ask(path, headers={"Accept-Encoding": "gzip"})
        assert status == 200, path
        assert "immutable" in headers["Cache-Control"], path
        assert len(sent) < 1024 or headers["Content-Encoding"] == "gzip", path


def test_what_happens_to_answers_is_told_and_escaped(served: Served) -> None:
    """Who runs the server is text, never markup."""
    for path in ("/privacy.html", "/voila/render/privacy.html"):
        status, _, body = served.ask(path)
        assert status == 200
        assert b"A &lt;b&gt;bakery&lt;/b&gt; runs this server." in body
        assert b"13 months" in body


def test_robots_are_asked_to_stay_away(served: Served) -> None:
    """Search engines find the way to the start page and no further."""
    assert b"Disallow: /" in served.ask("/robots.txt")[2]


def test_a_page_that_fails_says_so_and_shows_no_traceback(served: Served) -> None:
    """A mistake of ours ends in a sentence with a next step."""
    status, _, body = served.ask("/voila/render/03_fails.ipynb")
    assert status == 200
    assert b"could not be opened completely" in body
    assert b"SECRET" not in body
    assert b"Traceback" not in body
    assert "A page did not come out whole: ValueError" in served.log()


def read_environment(body: bytes) -> dict[str, str]:
    """What a page printed of its environment."""
    text = re.search(r"<pre>(.*?)</pre>", body.decode(), re.DOTALL)
    lines = html.unescape(text[1]).splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def test_a_kernel_knows_nothing_of_any_visitor(served: Served) -> None:
    """Neither this visitor's address nor the last one's is in a kernel's environment."""
    served.ask("/voila/render/02_environment.ipynb?key=FIRST", headers={"Cookie": "a=FIRST"})
    body = served.ask("/voila/render/02_environment.ipynb?key=SECOND")[2]
    known = read_environment(body)
    text = json.dumps(known)
    assert "FIRST" not in text
    assert "SECOND" not in text
    assert known["SERVER_SOFTWARE"].startswith("voila/")
    assert known["JUPYTER_WIDGETS_ECHO"] == "0"
    assert not {"QUERY_STRING", "VOILA_REQUEST_URL", "HTTP_COOKIE"} & set(known)


def test_the_log_has_neither_queries_nor_kernels(served: Served) -> None:
    """What is written down says which page was opened, and nothing that opens anything."""
    served.ask(f"{START}?key=WORD-OF-MINE")
    served.ask("/voila/render/99_missing.ipynb?key=WORD-OF-MINE")
    served.ask("/voila/render/04_says.ipynb")
    assert "WORD-OF-MINE" not in served.log()
    assert "A page did not come out whole: KeyError" in served.log()
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-", served.log()) is None
    assert "127.0.0.1)" not in served.log()


def find_kernel(body: bytes) -> str:
    """The kernel a page was given."""
    return re.search(rb'"kernelId": "([0-9a-f-]+)"', body)[1].decode()


async def say(served: Served, kernel: str, kind: str, content: dict, origin: str) -> list[str]:
    """Send one message to a kernel over a page's line; the kinds of what comes back."""
    from tornado.httpclient import HTTPRequest
    from tornado.websocket import websocket_connect

    address = f"ws://127.0.0.1:{served.port}/api/kernels/{kernel}/channels?session_id=s"
    line = await websocket_connect(HTTPRequest(address, headers={"Origin": origin}))
    header = {"msg_id": "m", "msg_type": kind, "session": "s", "username": "", "version": "5.3"}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
    await line.write_message(json.dumps({**message, "channel": "shell"}))
    heard: list[str] = []
    try:
        while text := await asyncio.wait_for(line.read_message(), 3):
            told = json.loads(text)
            if told["parent_header"].get("msg_id") == "m":
                heard.append(told["msg_type"])
                if told["msg_type"].endswith("_reply"):
                    break
    except TimeoutError:
        pass
    line.close()
    while await line.read_message() is not None:
        pass
    return heard


def test_no_code_runs_over_a_pages_line(served: Served, tmp_path: Path) -> None:
    """Whoever knows a page's kernel can use its widgets, and cannot run anything in it."""
    kernel = find_kernel(served.ask(START)[2])
    origin = served.address.rstrip("/")
    code = {"code": f"open({str(tmp_path / 'here')!r}, 'w')", "silent": False}
    heard = asyncio.run(say(served, kernel, "kernel_info_request", {}, origin))
    assert "kernel_info_reply" in heard
    heard = asyncio.run(say(served, kernel, "execute_request", code, origin))
    assert not {"execute_reply", "execute_input", "stream", "error"} & set(heard)
    assert not (tmp_path / "here").exists()


def test_other_sites_reach_no_kernel(served: Served) -> None:
    """A line from a page of another site is refused."""
    from tornado.httpclient import HTTPClientError

    kernel = find_kernel(served.ask(START)[2])
    with pytest.raises(HTTPClientError) as refused:
        asyncio.run(say(served, kernel, "kernel_info_request", {}, "http://elsewhere.example"))
    assert refused.value.code == 403


def test_a_farewell_from_another_site_is_refused(served: Served) -> None:
    """Only the page itself can end its kernel."""
    kernel = find_kernel(served.ask(START)[2])
    assert served.ask(f"/voila/api/shutdown/{kernel}", method="POST")[0] == 403
    assert served.ask(f"/api/kernels/{kernel}", method="DELETE")[0] in (403, 405)
    assert served.ask(f"/api/kernels/{kernel}")[0] == 200


BUSY = """
import asyncio, time
asyncio.get_event_loop().call_later(0.2, time.sleep, 60)
"""


def test_a_page_that_goes_gives_its_place_back(served: Served) -> None:
    """After its farewell a page's kernel is gone: not at once, and within ten seconds."""
    _, headers, body = served.ask(START)
    kernel = find_kernel(body)
    cookie = headers["Set-Cookie"].split(";")[0]
    token = cookie.partition("=")[2]
    before = served.health()["pages"]
    said = {"Cookie": cookie, "X-XSRFToken": token}
    assert served.ask(f"/voila/api/shutdown/{kernel}", method="POST", headers=said)[0] == 204
    assert served.ask(f"/api/kernels/{kernel}")[0] == 404
    assert served.health()["pages"] == before
    taken = wait_until(lambda: served.health()["pages"] < before, 10)
    assert taken > 1.5


def read_turn(headers: Message) -> dict[str, str]:
    """The cookie of a turn, as a browser sends it back."""
    cookies = headers.get_all("Set-Cookie")
    turn = next(cookie for cookie in cookies if cookie.startswith("wb_turn="))
    assert "HttpOnly" in turn
    return {"Cookie": turn.split(";")[0]}


def test_when_every_place_is_taken_people_wait_in_line(tmp_path: Path) -> None:
    """One page too many gets a kind page and a turn, in the order of arrival, and no kernel."""
    settings = {"kernels": 1, "grace_seconds": 0, "fork": False}
    with run_server(write_pages(tmp_path), tmp_path / "log", **settings) as small:
        check_moving(small, check_line(small))


def check_line(small: Served) -> str:
    """Two wait for one place; the kernel of the one who came in."""
    _, headers, body = small.ask(START)
    farewell = headers["Set-Cookie"].split(";")[0]
    status, headers, told = small.ask(START)
    assert (status, headers["Retry-After"]) == (503, "3")
    assert b"Every place is taken" in told
    assert f'<meta http-equiv="refresh" content="3; url={START}"></noscript>'.encode() in told
    first, second = read_turn(headers), read_turn(small.ask(START)[1])
    for program in ({"Purpose": "prefetch"}, {"User-Agent": "Googlebot/2.1"}):
        assert "wb_turn" not in str(small.ask(START, headers=program)[1])
    assert (small.health()["pages"], small.health()["waiting"]) == (1, 2)
    assert json.loads(small.ask("/voila/turn", headers=second)[2])["before"] == 1
    said = {"Cookie": farewell, "X-XSRFToken": farewell.partition("=")[2]}
    small.ask(f"/voila/api/shutdown/{find_kernel(body)}", method="POST", headers=said)

    def is_called() -> bool:
        return bool(json.loads(small.ask("/voila/turn", headers=first)[2])["come"])

    wait_until(is_called, 10)
    assert small.ask(START, headers=second)[0] == 503
    status, headers, body = small.ask(START, headers=first)
    assert status == 200
    assert 'wb_turn="";' in str(headers)
    figures = small.ask("/metrics")[2].decode()
    assert "workbook_waiting 1.0" in figures
    assert 'workbook_turns_total{outcome="taken"} 1.0' in figures
    assert first["Cookie"].partition("=")[2] not in small.log()
    return find_kernel(body)


def check_moving(small: Served, kernel: str) -> None:
    """Whoever works does not go to the end of the line; a page gives its place up once."""
    left = {"Cookie": f"wb_left={kernel}"}
    assert json.loads(small.ask("/voila/turn", headers=left)[2]) == {"come": True}
    assert [small.ask(START, headers=left)[0] for _ in range(2)] == [200, 503]
    assert small.ask(START, headers={"Cookie": f"wb_left={ID}"})[0] == 503


def test_while_it_stops_the_app_saves_and_says_so(tmp_path: Path) -> None:
    """A page that is busy is not waited for longer than is set; who comes is told to wait."""
    pages = write_pages(tmp_path)
    write_notebook(pages, "05_busy.ipynb", "# Busy", BUSY)
    with run_server(pages, tmp_path / "log", stop_seconds=3, fork=False) as served:
        served.ask("/voila/render/05_busy.ipynb")
        served.process.send_signal(signal.SIGTERM)
        wait_until(lambda: served.ask("/healthz")[0] == 503, 5)
        status, headers, body = served.ask(START)
        assert (status, headers["Retry-After"]) == (503, "5")
        assert b"The workbook is being restarted" in body
        assert json.loads(served.ask("/voila/turn")[2])["restarting"]
        began = time.monotonic()
        served.process.wait(timeout=20)
        assert time.monotonic() - began < 4.5


def test_visitors_who_come_at_once_share_the_places(tmp_path: Path) -> None:
    """Pages still being opened count: five at once find three places, not five."""
    from concurrent.futures import ThreadPoolExecutor

    with (
        run_server(write_pages(tmp_path), tmp_path / "log", kernels=3, fork=False) as served,
        ThreadPoolExecutor(5) as visitors,
    ):
        answers = list(visitors.map(lambda _: served.ask(START)[0], range(5)))
    assert sorted(answers) == [200, 200, 200, 503, 503]


def ask_for(served: Served, address: str) -> int:
    """The status of a page asked for by somebody behind a proxy."""
    return served.ask(START, headers={"X-Forwarded-For": address})[0]


@pytest.mark.parametrize("trusted", [True, False])
def test_a_program_that_opens_page_after_page_is_held_up(tmp_path: Path, *, trusted: bool) -> None:
    """Pages nobody comes to use are counted by address, where a trusted proxy tells it.

    Where it tells of https as well, cookies are sent over nothing else.
    """
    settings = {"kernels": 9, "opening_per_address": 2, "trust_proxy": trusted, "fork": False}
    with run_server(write_pages(tmp_path), tmp_path / "log", **settings) as served:
        asked = [ask_for(served, "198.51.100.1") for _ in range(3)]
        assert asked == [200, 200, 503 if trusted else 200]
        assert ask_for(served, "198.51.100.2") == 200
        somebody = {"X-Forwarded-For": "198.51.100.3", "X-Forwarded-Proto": "https"}
        page = "/voila/render/02_environment.ipynb"
        _, headers, body = served.ask(page, headers=somebody)
        assert ("Secure" in headers["Set-Cookie"]) == trusted
        origin = read_environment(body)["WORKBOOK_ORIGIN"]
        assert bool(re.fullmatch("[0-9a-f]{32}", origin)) == trusted
        assert "198.51" not in body.decode()


def test_a_taken_port_is_told_with_a_way_out(tmp_path: Path) -> None:
    """The server does not move to another port by itself; it says what is wrong."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        pages = write_pages(tmp_path)
        with (
            pytest.raises(pytest.fail.Exception, match=f"port {port} cannot be opened"),
            run_server(pages, tmp_path / "log", port=port),
        ):
            pass


def test_our_front_end_is_small_and_kept(served: Served) -> None:
    """What every page loads is a few kilobytes on the wire, and asked for once a year."""
    path = re.search(rb'src="([^"]+/front\.js[^"]*)"', served.ask(START)[2])[1].decode()
    _, headers, packed = served.ask(path, headers={"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert gzip.decompress(packed) == served.ask(path)[2]
    assert len(packed) < 8_000


def test_voilas_scripts_come_as_one_file_compressed_once(served: Served) -> None:
    """The bundle is small on the wire, whole for who cannot unpack, and kept for a year."""
    page = html.unescape(served.ask(START)[2].decode())
    path = re.search(r'"(/voila/bundle-[0-9a-f]+\.js)"', page)[1]
    _, headers, packed = served.ask(path, headers={"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert gzip.decompress(packed) == served.ask(path)[2]
    assert len(packed) < 1_100_000


def test_whoever_was_taken_for_a_program_can_open_the_page(served: Served) -> None:
    """The text page has a link that opens the page itself; programs are asked not to follow it."""
    reader = {"User-Agent": "Somebody's own browser, a chat bot"}
    text = served.ask(START, headers=reader)[2].decode()
    link = re.search(r'<a [^>]*rel="nofollow" href="(\?\w+)">Open the page</a>', text)
    before = served.health()["pages"]
    status, _, body = served.ask(START + link[1], headers=reader)
    assert (status, b"application/vnd.jupyter.widget-view+json" in body) == (200, True)
    assert served.health()["pages"] == before + 1
    script = re.search(r'src="(/voila/[^"]+/go\.js[^"]*)"', text)[1]
    assert b"window.location.hash" in served.ask(script)[2]


LEFTOVER = [
    "/login",
    "/logout",
    "/api/me",
    "/api/identity",
    "/api/status",
    "/api/kernelspecs",
    "/api/spec.yaml",
    "/api/config/x",
    "/api/kernels/{id}/restart",
    "/api/kernels/{id}/interrupt",
    "/api/sessions/{id}",
    "/api/nbconvert",
    "/voila",
    "/voila/",
    "/voila/query/{id}",
    "/voila/execution/{id}",
    "/voila/api/themes/x.css",
    "/voila/tree/x",
    "/voila/templates/workbook/index.html.j2",
    "/static/favicon.ico",
    "/favicon.ico",
    "/files/00_start.ipynb",
    "/custom/custom.css",
    "/kernelspecs/python3/logo",
    "/notebooks/00_start.ipynb",
    "/00_start.ipynb",
    "/lab",
    "/tree",
    "/terminals/1",
    "/hub/login",
    "/.env",
    "/a/b/c?x=1",
]


@pytest.mark.parametrize("path", LEFTOVER)
def test_everything_else_is_not_there(served: Served, path: str) -> None:
    """What no page of ours needs is answered with 404 in our own frame, whatever is asked."""
    for method in ("GET", "POST", "DELETE"):
        status, _, body = served.ask(path.format(id=ID), method=method)
        assert status == 404, method
        assert "There is no such page" in body.decode()
    assert served.ask(path.format(id=ID), method="HEAD")[0] == 404


def test_the_log_says_what_an_operator_can_use(served: Served) -> None:
    """Pages start and are opened; how libraries talk to each other is left out."""
    kernel = find_kernel(served.ask(START)[2])
    asyncio.run(say(served, kernel, "kernel_info_request", {}, served.address.rstrip("/")))
    wait_until(lambda: "Kernel started" in served.log(), 5)
    for chatter in ("Adapting from", "buffering", "Connecting to", "ping_timeout"):
        assert chatter not in served.log()
