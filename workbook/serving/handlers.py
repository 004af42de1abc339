"""Answers to what a browser asks besides a page's files."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.utils import url_path_join
from prometheus_client import CONTENT_TYPE_LATEST
from tornado.httputil import url_concat
from tornado.iostream import StreamClosedError
from tornado.web import HTTPError, RequestHandler, StaticFileHandler, authenticated
from voila.handler import BaseVoilaHandler

from workbook.content import BASE_LANGUAGE
from workbook.errors import StoreError

from .hosting import find_store
from .languages import CHOICE, SETTING, VARIES, list_switches, read_language, take_choice
from .origins import ORIGIN, find_remote
from .places import is_asked_here, name_address
from .readers import is_reader
from .waiting import LEFT, TURN, forget_turn, let_wait, tell_restarting
from .wording import fill_privacy, read_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from markupsafe import Markup

    from workbook.settings import Settings

    from .kernels import PageKernel
    from .metrics import Metrics
    from .turns import Turns

#: What stands behind the question mark when a person opens a page from its text.
GO = "go"

#: Seconds without a new piece after which the browser gets what there is, and after which
#: a sign of life is sent, so that nothing on the way gives the page up.
_SHORT, _KEEP_ALIVE = 0.004, 10.0


class Furnished(BaseVoilaHandler):
    """A page of the server's own, in our frame and in the visitor's language."""

    async def prepare(self) -> None:
        """Keep the language a visitor switches to, before anything else is answered."""
        await super().prepare()
        if not self._finished:
            take_choice(self, self.base_url)

    @property
    def language(self) -> str:
        """The language of whoever asks."""
        return read_language(self)

    def set_cookie(self, name: str, value: str | bytes, *more: Any, **kwargs: Any) -> None:
        """Set a cookie; where a page came over https, it is sent over nothing else."""
        guard = {"secure": self.request.protocol == "https"}
        super().set_cookie(name, value, *more, **guard | kwargs)

    def show(self, name: str, **values: Any) -> None:
        """Answer with one of our templates, in our own words."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.set_header("Vary", VARIES)
        frame = {
            "words": read_words(self.language),
            "language": self.language,
            "languages": list_switches(self.language),
            "base_url": self.base_url,
        }
        self.finish(self.render_template(name, **frame | values))

    def write_error(self, status_code: int, **kwargs: Any) -> None:  # noqa: ARG002 # tornado's form
        """A plain page instead of a traceback."""
        name = "404.html" if status_code == 404 else "error.html"  # noqa: PLR2004 # HTTP
        self.show(name, status_code=status_code, status_message="")


class Page(Furnished):
    """One page of the workbook, with a kernel of its own as long as there are places."""

    @authenticated
    async def get(self, path: str = "") -> None:
        """Open the page, or say kindly that every place is taken."""
        self._check_exists(path)
        self.set_header("Cache-Control", "no-store")
        metrics: Metrics = self.settings["metrics"]
        if self.settings["ending"].is_on:
            metrics.count_refused("stopping")
            tell_restarting(self)
        elif self._is_prefetch():
            metrics.count_refused("prefetch")
            self.set_status(503)
        elif self._is_for_reader():
            metrics.count_refused("reader")
            self._show_text(path)
        else:
            ready = "" if "/" in path else self.settings["spares"].find()
            await self._ask_in(path, ready or str(uuid4()))

    async def _ask_in(self, path: str, page: str) -> None:
        """Open the page, or give its visitor a turn in the line."""
        metrics: Metrics = self.settings["metrics"]
        turns: Turns = self.settings["turns"]
        left = self.get_cookie(LEFT, "") or ""
        moves = self.kernel_manager.may_follow(left)
        turn = self.get_cookie(TURN, "") or ""
        answer = turns.ask(page, self._asks, turn, moves=moves)
        if answer.is_in:
            if answer.follows:
                self.kernel_manager.note_followed(left)
            forget_turn(self)
            self.settings["spares"].claim(page)
            await self._open(path, page)
            self.settings["spares"].wait_for_quiet()
            metrics.note_printed(self.request.request_time())
            return
        if answer.token != turn:
            metrics.count_refused("full")
        let_wait(self, answer)

    @property
    def _asks(self) -> str:
        """Who asks: an address, or nothing where nobody can tell."""
        trusted = self.settings["workbook_settings"].trust_proxy
        return name_address(find_remote(self.request, trusted=trusted))

    async def head(self, path: str = "") -> None:
        """Say that the page is there, without opening it."""
        self._check_exists(path)
        self.set_header("Content-Type", "text/html; charset=utf-8")

    async def _open(self, path: str, page: str) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Vary", VARIES)
        self.xsrf_token  # noqa: B018 # reading it sets the cookie that the page's farewell needs
        self.kernel_manager.expect(page)
        starting = asyncio.ensure_future(self._start(path, page))
        try:
            told = {ORIGIN: self.settings["origins"].name(self._asks), SETTING: self.language}
            pieces = self.settings["press"].print(path, page, starting, self.language, told)
            await self._send(pieces)
        except StreamClosedError:
            await asyncio.wait({starting})
            if page in self.kernel_manager:
                self.kernel_manager.leave(page)

    async def _start(self, path: str, page: str) -> PageKernel:
        """The manager of the page's kernel, once it runs."""
        folder = path.rpartition("/")[0]
        environment = self.settings["kernel_environment"]
        try:
            async with self.settings["starting"]:
                await self.kernel_manager.begin(page, path=folder, env=environment)
        except Exception:
            self.settings["metrics"].count_failed()
            raise
        finally:
            self.settings["places"].hand_over(page)
            self.kernel_manager.settle(page)
        kernel: PageKernel = self.kernel_manager.get_kernel(page)
        return kernel

    async def _send(self, pieces: AsyncIterator[str]) -> None:
        """Send a page's pieces: at once when the next lets wait, together when it does not."""
        coming = aiter(pieces)
        while True:
            step = asyncio.ensure_future(anext(coming, None))
            if not (await asyncio.wait({step}, timeout=_SHORT))[0]:
                await self.flush()
            while not (await asyncio.wait({step}, timeout=_KEEP_ALIVE))[0]:
                self.write("<!-- -->")
                await self.flush()
            if (piece := await step) is None:
                return
            self.write(piece)

    def _check_exists(self, path: str) -> None:
        if not self.settings["press"].has(path):
            raise HTTPError(404)

    def _is_prefetch(self) -> bool:
        asked = (self.request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
        return any("prefetch" in value or "prerender" in value for value in asked)

    def _is_for_reader(self) -> bool:
        """Whether a program asks, and nobody who followed the link that opens the page."""
        asked = GO in self.request.query_arguments
        return not asked and is_reader(self.request.headers.get("User-Agent", ""))

    def _show_text(self, path: str) -> None:
        """What the page says, for programs that read it: they need no kernel.

        Whoever was taken for a program by mistake finds a link that opens the page.
        """
        notebook = self.settings["press"].read(path, self.language)
        texts = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
        body = _to_html("\n\n".join([*texts, read_words(self.language)["reader"]["text"]]))
        title = notebook.metadata.get("title", path)
        self.show("text.html", title=title, body=body, go=GO)


class Missing(Furnished):
    """Every address that nothing else answers."""

    def check_xsrf_cookie(self) -> None:
        """Nothing happens here that a foreign site could start."""

    async def prepare(self) -> None:
        """Say that there is no such page, whatever is asked of it."""
        await super().prepare()
        if not self._finished:
            raise HTTPError(404)


class Start(JupyterHandler):
    """The address without a page."""

    @authenticated
    def get(self) -> None:
        """Go on to the start page; the fragment with the key goes along in the browser."""
        page = url_path_join(self.base_url, "voila", "render", "00_start.ipynb")
        chosen = self.get_query_argument(CHOICE, "")
        self.redirect(url_concat(page, {CHOICE: chosen} if chosen else {}))

    head = get


class Privacy(Furnished):
    """What happens to your answers."""

    @authenticated
    def get(self) -> None:
        """Who runs this server, what they can read, when answers are deleted."""
        settings: Settings = self.settings["workbook_settings"]
        words = read_words(self.language)["privacy"]
        body = f"<h1>{words['title']}</h1>\n{self._fill(settings, self.language)}"
        self.show("text.html", title=words["title"], body=_as_markup(body))

    @staticmethod
    def _fill(settings: Settings, language: str = BASE_LANGUAGE) -> str:
        """The page, with copies told of as long as there are any."""
        from workbook.storage.copies import find_folder, list_copies  # noqa: PLC0415 # loads SQLAlchemy

        has_copies = is_elsewhere = False
        with suppress(StoreError, OSError):
            store = find_store(settings)
            has_copies = not settings.demo and bool(list_copies(store))
            is_elsewhere = find_folder(store) is None
        return fill_privacy(
            settings, has_copies=has_copies, is_elsewhere=is_elsewhere, language=language
        )


class Health(RequestHandler):
    """Whether the server works, for whoever watches it."""

    def get(self) -> None:
        """Status, version and the number of open pages, as JSON; 503 while it is stopped."""
        places = self.settings["places"]
        is_ending = self.settings["ending"].is_on
        self.set_status(503 if is_ending else 200)
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(
            json.dumps(
                {
                    "status": "stopping" if is_ending else "ok",
                    "version": self.settings["workbook_version"],
                    "pages": places.count_open(),
                    "places": places.most,
                    "waiting": len(self.settings["turns"]),
                }
            )
        )


class Figures(RequestHandler):
    """What Prometheus asks for."""

    def get(self) -> None:
        """The figures, for programs on this machine or whoever is let."""
        if not self._is_let():
            self.send_error(404)
            return
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.set_header("Cache-Control", "no-store")
        self.finish(self.settings["metrics"].write())

    def _is_let(self) -> bool:
        chosen = self.settings["workbook_settings"].metrics
        asked = self.request
        is_here = is_asked_here(asked.remote_ip or "", asked.host_name, asked.headers)
        return chosen == "on" or (chosen == "auto" and is_here)


class Robots(RequestHandler):
    """What programs that collect pages may look at."""

    def get(self) -> None:
        """The start page is for everybody; nothing else is."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("User-agent: *\nAllow: /$\nAllow: /privacy.html\nDisallow: /\n")


class KernelModel(KernelHandler):
    """A page asks after its kernel."""

    @authenticated
    async def get(self, kernel_id: str) -> None:
        """The kernel's model, 404 once the page cannot go on with it, 503 while the app stops."""
        if self.settings["ending"].is_on:
            raise HTTPError(503)
        if not await self.kernel_manager.is_there(kernel_id):
            raise HTTPError(404)
        await super().get(kernel_id)


class Nothing(RequestHandler):
    """What JupyterLab's client asks every ten seconds and no page of ours needs."""

    def get(self) -> None:
        """No content, which the client takes as “not here” without complaining."""
        self.set_status(204)


class Unchanging(StaticFileHandler):
    """Files whose address changes with their content: kept by browsers for a year."""

    def initialize(self, roots: list[Path]) -> None:  # type: ignore[override] # several
        """Look into several folders, the first that has the file."""
        self._roots = [str(root) for root in roots if root.is_dir()]
        super().initialize(path=self._roots[0])

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: FBT001,FBT002 # tornado's form
        """The file, from the first folder that has it."""
        self.root = next((root for root in self._roots if (Path(root) / path).is_file()), self.root)
        await super().get(path, include_body=include_body)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 # tornado's form
        """A year, without asking again."""
        self.set_header("Cache-Control", "public, max-age=31536000, immutable")


def _to_html(markdown: str) -> Markup:
    import mistune  # noqa: PLC0415 # heavy, and asked for by few visitors

    return _as_markup(str(mistune.html(markdown)))


def _as_markup(html: str) -> Markup:
    from markupsafe import Markup  # noqa: PLC0415 # beside its use

    return Markup(html)  # noqa: S704 # made of our own texts, with what settings say escaped
