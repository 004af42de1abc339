"""The server's parts by themselves: logs, places, what kernels know, what visitors read."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from workbook.serving import places
from workbook.serving.environment import reduce_environment
from workbook.serving.frame import lay_out
from workbook.serving.hosting import name_for_others
from workbook.serving.logs import MaskingFilter, log_access, mask
from workbook.serving.metrics import Metrics
from workbook.serving.places import Places, count_places, count_starting, name_address
from workbook.serving.policy import POLICY
from workbook.serving.wording import fill_privacy, read_words
from workbook.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

MANAGER = SimpleNamespace(metrics=Metrics(count_open=lambda: 0, places=1))
ID = "1be86e7f-b44d-482f-a8c8-686fca7b97df"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (f"Kernel started: {ID}", "Kernel started: …"),
        (f"Starting buffering for {ID}:a-b-c", "Starting buffering for …"),
        ("200 GET /voila/render/a.ipynb?key=word 3 ms", "200 GET /voila/render/a.ipynb 3 ms"),
        ("404 GET /x?a=1 (203.0.113.9): not here", "404 GET /x: not here"),
        ("404 GET /x (2001:db8::1): not here", "404 GET /x: not here"),
        ("Request(uri='/x?a=1', remote_ip='203.0.113.9')", "Request(uri='/x', )"),
        ("Why (as asked)? Because.", "Why (as asked)? Because."),
        ("No channel specified, assuming shell: {'raw': 'ANSWER'}", "No channel specified"),
        ('Received message of type "a\nFORGED"', "Received message of type"),
        ("404 GET /a\nFORGED\x1b[0m", "404 GET /a FORGED [0m"),
        ("x" * 100_000, "x" * 1000),
    ],
)
def test_a_log_line_names_no_kernel_visitor_or_query(line: str, kept: str) -> None:
    """What opens something or tells who came is taken out; the rest stays readable."""
    assert mask(line) == kept


def test_the_filter_masks_what_is_put_in_later() -> None:
    """Arguments of a log message are masked with it."""
    record = logging.LogRecord("x", logging.INFO, "f", 1, "Kernel %s", (ID,), None)
    assert MaskingFilter().filter(record)
    assert record.getMessage() == "Kernel …"


def test_waiting_is_no_mistake_of_the_servers(caplog: pytest.LogCaptureFixture) -> None:
    """Who is put in line is written down like any other visitor; a failure is an error."""
    for status in (503, 500):
        request = SimpleNamespace(path="/a.ipynb", method="GET", request_time=lambda: 0.0)
        with caplog.at_level(logging.INFO):
            log_access(SimpleNamespace(request=request, get_status=lambda s=status: s))
    assert [record.levelname for record in caplog.records] == ["INFO", "ERROR"]


def test_a_kernel_gets_a_short_list_of_names() -> None:
    """Secrets of the machine and facts about the visitor stay outside."""
    given = {
        "PATH": "/bin",
        "HOME": "/nowhere",
        "LC_ALL": "C",
        "WORKBOOK_STORE": "sqlite://",
        "AWS_SECRET_ACCESS_KEY": "s",
        "QUERY_STRING": "key=k",
        "HTTP_COOKIE": "c",
        "VOILA_REQUEST_URL": "u",
    }
    kept = reduce_environment(given)
    assert {"PATH", "HOME", "LC_ALL", "WORKBOOK_STORE"} <= set(kept)
    assert not {"AWS_SECRET_ACCESS_KEY", "QUERY_STRING", "HTTP_COOKIE", "VOILA_REQUEST_URL"} & set(
        kept
    )
    assert kept["OPENBLAS_NUM_THREADS"] == "1"


def test_places_count_pages_that_are_being_opened() -> None:
    """A place is held from the request on and handed over to the kernel that then counts."""
    running: list[str] = []
    places = Places(2, lambda: len(running))
    assert places.take("a")
    assert places.take("b")
    assert not places.take("c")
    running.append("a")
    places.hand_over("a")
    assert not places.take("c")
    running.clear()
    assert places.take("c")
    assert places.count_open() == 2


def test_one_address_cannot_take_every_place() -> None:
    """So many pages may be on the way to one address; once one arrived, the next may come."""
    waited: set[str] = set()
    places = Places(100, lambda: len(waited), each=2, is_waited_for=waited.__contains__)
    assert places.take("a", "198.51.100.1")
    assert places.take("b", "198.51.100.1")
    assert not places.take("c", "198.51.100.1")
    assert places.take("d", "198.51.100.2")
    assert places.take("e", "")
    waited |= {"a", "b"}
    places.hand_over("a")
    places.hand_over("b")
    assert not places.take("c", "198.51.100.1")
    waited.remove("a")
    assert places.take("c", "198.51.100.1")


def test_the_last_quarter_is_not_for_whoever_has_half() -> None:
    """Fifty people at one address all come in; the last places are for other addresses."""
    open_pages: list[str] = []
    held = Places(120, lambda: len(open_pages), is_open=open_pages.__contains__)

    def come(address: str, *, moves: bool = False) -> bool:
        page = f"page-{len(open_pages)}"
        taken = held.take(page, address, moves=moves)
        if taken:
            open_pages.append(page)
            held.hand_over(page)
        return taken

    assert sum(come("198.51.100.1") for _ in range(120)) == 90
    assert sum(come("198.51.100.2") for _ in range(20)) == 20
    assert come("198.51.100.1", moves=True)
    del open_pages[:40]
    assert come("198.51.100.1")


@pytest.mark.parametrize(
    ("remote", "name"),
    [
        ("127.0.0.1", ""),
        ("::1", ""),
        ("", ""),
        ("/run/socket", ""),
        ("198.51.100.1", "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
    ],
)
def test_who_asks_is_known_by_the_address_of_a_household(remote: str, name: str) -> None:
    """A program on this machine, such as a proxy, stands for nobody in particular."""
    assert name_address(remote) == name


def test_the_number_of_places_is_set_or_follows_the_memory() -> None:
    """An operator's number is taken as it is; without one there are at least a few."""
    assert count_places(7) == 7
    assert 4 <= count_places(0) <= 500


def test_cores_bound_what_is_open_and_what_is_started(monkeypatch: Any) -> None:
    """A machine with much memory and one core does not take in more than it can answer."""
    monkeypatch.setattr(places, "count_cores", lambda: 1)
    monkeypatch.setattr(places, "_read_memory_mb", lambda: 1e6)
    assert count_places(0) == 150
    assert (count_starting(0), count_starting(9)) == (4, 9)


def test_the_policy_allows_no_inline_script_and_no_evaluation() -> None:
    """Scripts come from the server alone, or from what anywidget makes of them."""
    script = next(rule for rule in POLICY.split("; ") if rule.startswith("script-src"))
    assert script == "script-src 'self' blob:"


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        (Settings(), ["The people who gave you this link", "13 months"]),
        (
            Settings(operator="<script>", operator_contact="a&b", keep_months=1),
            ["&lt;script&gt; runs this server.", "a&amp;b", "one month"],
        ),
        (Settings(demo=True), ["nothing is kept on this server"]),
    ],
)
def test_the_privacy_page_says_who_how_long_and_what(settings: Settings, wanted: list[str]) -> None:
    """What an operator sets is shown as text; nothing is left unfilled."""
    text = fill_privacy(settings)
    assert all(part in text for part in wanted)
    assert "{" not in text
    assert "<script" not in text


def test_the_servers_words_are_all_there() -> None:
    """Every text the template and the handlers ask for is written."""
    words = read_words()
    for name in ("lost", "failed", "missing", "error"):
        assert all(words[name].values())
    for kind in ("line", "crowd", "restarting"):
        assert words["waiting"][kind]["title"]
        assert words["waiting"][kind]["by_itself"]
    assert "{before}" in words["waiting"]["line"]["many"]


def test_the_frame_lies_where_voila_looks(tmp_path: Path) -> None:
    """Template, scripts and a style sheet are under the folder that goes on Jupyter's path."""
    place = lay_out(tmp_path) / "voila" / "templates" / "workbook"
    for name in ("index.html.j2", "conf.json", "static/connection.js", "static/workbook.css"):
        assert (place / name).is_file()


@pytest.mark.parametrize(
    "said",
    [
        "x" * 70_000,
        "[]",
        '{"model": "a", "messages": ["text"]}',
        '{"model": "../a", "messages": []}',
        '{"model": "a", "messages": [{"raw": NaN}]}',
        "[" * 60_000,
        '{"model": "' + "a" * 65 + '", "messages": []}',
    ],
)
def test_a_farewell_no_page_says_is_refused(said: str) -> None:
    """What comes with a farewell is the last answers of one widget, or nothing."""
    from tornado.web import HTTPError

    from workbook.serving.farewell import read_unsaved

    assert read_unsaved("") is None
    with pytest.raises(HTTPError):
        read_unsaved(said)


def test_half_a_sign_in_a_farewell_costs_no_answer() -> None:
    """What cannot be written is replaced, and holds nothing else back."""
    from jupyter_client.session import Session

    from workbook.serving.farewell import read_unsaved, send

    session = Session(key=b"k")
    carried: list[str] = []
    channel = SimpleNamespace(send=lambda m: carried.append(session.serialize(m)[-1].decode()))
    said = '{"model": "a", "messages": [{"raw": "a\\ud800"}, {"raw": "b"}]}'
    send(SimpleNamespace(session=session, shell_channel=channel), read_unsaved(said))
    raw = [json.loads(text)["data"]["content"]["raw"] for text in carried]
    assert raw == ["a?", "b"]


@pytest.fixture
def kernels() -> Any:
    """The kernels of open pages, without any process behind them."""
    from workbook.serving.kernels import PageKernels

    class Alone(PageKernels):
        def __init__(self) -> None:
            self.leaving, self._reached, self._started = set(), set(), {}
            self._kernels, self._kernel_connections, self._dropped = {}, {}, {}
            self._gone, self._followed, self._parents, self._expected = {}, {}, {}, {}
            self.spares = set()
            self.count_wanted = lambda: 0
            self.ended = []

        async def shutdown_kernel(self, kernel_id: str, *, now: bool) -> None:
            assert now
            self.ended.append(kernel_id)
            self._kernels.pop(kernel_id)

        def add(self, kernel_id: str, *, started: float, alive: bool = True) -> None:
            async def is_alive() -> bool:
                return alive

            self._kernels[kernel_id] = SimpleNamespace(is_alive=is_alive)
            self._started[kernel_id] = started

    from traitlets import HasTraits

    alone = Alone.__new__(Alone)
    HasTraits.__init__(alone)
    Alone.__init__(alone)
    return alone


def test_a_kernel_no_page_reached_is_ended(kernels: Any) -> None:
    """Sixty seconds without any page are enough; one that was reached once stays."""
    import time

    now = time.monotonic()
    kernels.add("new", started=now)
    kernels.add("forgotten", started=now - 61)
    kernels.add("reached", started=now - 61)
    kernels._reached.add("reached")
    asyncio.run(kernels.sweep())
    assert kernels.ended == ["forgotten"]


def test_a_dead_kernel_is_ended_and_a_leaving_one_left_alone(kernels: Any) -> None:
    """What died gives its place back; what is leaving goes by its own grace."""
    import time

    now = time.monotonic()
    kernels.add("dead", started=now, alive=False)
    kernels.add("leaving", started=now - 100)
    kernels.leaving.add("leaving")
    asyncio.run(kernels.sweep())
    assert kernels.ended == ["dead"]
    assert asyncio.run(kernels.is_there("leaving")) is False
    assert asyncio.run(kernels.is_there("nobody")) is False


def test_a_page_whose_place_was_taken_ends_though_it_stays(kernels: Any) -> None:
    """Whoever takes a page's place along gives that page up, within seconds."""
    import time

    now, left = time.monotonic(), []
    kernels.leave = left.append
    for name in ("just", "stays", "open"):
        kernels.add(name, started=now)
    for name in ("just", "stays"):
        kernels.note_followed(name)
    kernels._followed["stays"] -= 16
    asyncio.run(kernels.sweep())
    assert left == ["stays"]
    assert kernels.count_followed() == 2
    assert [kernels.may_follow(name) for name in ("just", "open")] == [False, True]


def test_a_page_that_lost_its_line_is_waited_for(kernels: Any, monkeypatch: Any) -> None:
    """Twenty minutes for a locked phone or a dead network; whoever is back in time goes on."""
    import time

    monkeypatch.setattr(kernels, "_wait_until_handled", lambda _: asyncio.sleep(0))

    now = time.monotonic()
    for name in ("away", "back"):
        kernels.add(name, started=now)
        kernels.notify_connect(name)
    for name in ("away", "back"):
        kernels.notify_disconnect(name)
    kernels.notify_connect("back")
    for seconds in (1100, 200):
        assert not kernels.ended
        kernels._dropped = {name: at - seconds for name, at in kernels._dropped.items()}
        asyncio.run(kernels.sweep())
    assert kernels.ended == ["away"]


def test_who_is_away_longest_gives_way_to_those_who_wait(kernels: Any, monkeypatch: Any) -> None:
    """As many as are waited for, and nobody who has just locked the phone."""
    import time

    monkeypatch.setattr(kernels, "_wait_until_handled", lambda _: asyncio.sleep(0))
    now = time.monotonic()
    for name, away in (("longest", 600), ("long", 300), ("just", 60)):
        kernels.add(name, started=now)
        kernels.notify_connect(name)
        kernels._dropped[name] = now - away
    for wanted, ended in ((0, []), (1, ["longest"]), (5, ["longest", "long"])):
        kernels.count_wanted = lambda wanted=wanted: wanted
        asyncio.run(kernels.sweep())
        assert kernels.ended == ended


def test_a_page_in_which_nothing_happens_is_ended(kernels: Any) -> None:
    """Idle for longer than is set, connected or not: ended; busy or used lately: not."""
    from jupyter_server._tz import utcnow

    ended: list[str] = []

    async def note(kernel_id: str, **_: Any) -> None:
        ended.append(kernel_id)

    kernels.shutdown_kernel = note
    kernels.cull_idle_timeout = 1200
    kernels.cull_connected = True
    for name, idle, state in (
        ("idle", 1300, "idle"),
        ("used", 60, "idle"),
        ("busy", 1300, "busy"),
    ):
        kernels._kernels[name] = SimpleNamespace(
            execution_state=state,
            kernel_name="python3",
            kernel_spec=SimpleNamespace(metadata={}),
            last_activity=utcnow() - timedelta(seconds=idle),
        )
        asyncio.run(kernels.cull_kernel_if_idle(name))
    assert ended == ["idle"]


def test_the_store_is_asked_to_delete_and_may_fail(caplog: pytest.LogCaptureFixture) -> None:
    """What is done each day runs beside the pages; when one thing fails, the next is done."""
    from workbook.serving.app import WorkbookApp

    asked: list[int] = []
    daily = {"Deleting": lambda: 1 / 0, "Copying": lambda: asked.append(1)}
    app = SimpleNamespace(daily=daily, log=logging.getLogger("daily"), kernel_manager=MANAGER)
    WorkbookApp._do_safely(app)
    assert "Deleting failed; tried again in a day" in caplog.text
    assert asked == [1]


def test_a_store_that_fails_is_one_line_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    """What the store says of itself is enough; where in the code it said so is not needed."""
    from workbook.errors import StoreError
    from workbook.serving.app import WorkbookApp

    def fail() -> None:
        raise StoreError(reason="the driver is missing")

    app = SimpleNamespace(
        daily={"Deleting": fail}, log=logging.getLogger("daily"), kernel_manager=MANAGER
    )
    WorkbookApp._do_safely(app)
    assert "the driver is missing" in caplog.text
    assert len(caplog.text.splitlines()) == 1


def test_a_warning_is_kept_whatever_it_begins_with() -> None:
    """Only what is said in passing is left out of the log."""
    said = "Starting buffering for x"
    kept = [
        MaskingFilter().filter(logging.LogRecord("x", level, "f", 1, said, None, None))
        for level in (logging.INFO, logging.WARNING)
    ]
    assert kept == [False, True]


def test_what_a_page_wrote_for_a_while_goes_with_it(tmp_path: Path) -> None:
    """A page is killed in the middle of its work; its folder is taken away by the server."""
    from workbook.serving.kernels import PageKernels

    kernels = PageKernels(connection_dir=str(tmp_path))
    folder = kernels._folder_of("k1")
    folder.mkdir(parents=True)
    (folder / "events.duckdb").write_text("half a log")
    kernels.remove_kernel("k1")
    assert not folder.exists()


@pytest.mark.parametrize("ip", ["0.0.0.0", "::"])
def test_a_phone_is_told_an_address_it_can_open(ip: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who serves to the whole room reads a number for it, or the name where there is none."""
    told = name_for_others("http://laptop:8866/", ip)
    assert re.fullmatch(r"http://(\d+\.\d+\.\d+\.\d+|laptop):8866/", told)
    assert name_for_others("http://localhost:8866/", "127.0.0.1") == "http://localhost:8866/"
    monkeypatch.setattr("socket.socket.connect", _refuse)
    assert name_for_others("http://laptop:8866/", ip) == "http://laptop:8866/"


def _refuse(*_: object) -> None:
    raise OSError
