"""The guided app: Voila with our frame, our limits and our care for what visitors typed."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import os
import signal
import socket
import sys
import tempfile
import threading
import webbrowser
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import voila
from jupyter_server.auth.identity import PasswordIdentityProvider, User
from jupyter_server.utils import url_path_join
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop, PeriodicCallback
from tornado.netutil import bind_sockets
from tornado.web import GZipContentEncoding
from traitlets.config import Config
from voila.app import Voila

from workbook.discovery import root
from workbook.errors import ServeError, WorkbookError
from workbook.translating.notebooks import (
    find_notebooks as find_notebooks,  # noqa: PLC0414 # callers ask the app for it
)

from . import handlers, provisioner
from .bundle import Bundle, BundleHandler, PageScriptHandler, PageScripts
from .ending import Ending
from .environment import reduce_environment
from .extension import EXTENSIONS
from .farewell import FarewellHandler
from .frame import TEMPLATE, lay_out, put_on_path
from .freshness import Freshness
from .kernels import PageKernel, PageKernels, PageKernelSpecs
from .line import PageLine, PageSocket
from .logs import log_access, mask_all, set_up
from .metrics import Metrics
from .origins import Origins
from .places import Places, count_places, count_starting, raise_file_limit
from .policy import SecurityHeaders, describe_headers
from .press import Press
from .spares import Spares
from .turns import Turns
from .waiting import TurnHandler
from .warm import WarmParent
from .wording import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from workbook.settings import Settings

_ID = r"(?P<kernel_id>[0-9a-f]+(?:-[0-9a-f]+)+)"
#: Voila's own routes that our pages use: scripts, widgets, and pictures beside the pages.
_THEIRS = ("/voila/static/(.*)", "/voila/labextensions/(.*)", "/voila/files/(.*)")
_DAY_MS = 24 * 3600 * 1000
_SWEEP_MS = 2000
#: What a request may be: far above the largest, a farewell; and seconds for it to arrive.
_BOUNDS = {"max_body_size": 256 * 1024, "body_timeout": 30, "idle_connection_timeout": 300}
_CULL_SECONDS = 30
_LONGEST_IPC_FOLDER = 40  # a socket's path may have about 100 characters, of which we need 60


class Visitors(PasswordIdentityProvider):
    """Nobody is told apart, and no cookie is set to tell them apart."""

    def get_user(self, handler: object) -> User:  # noqa: ARG002 # jupyter_server's form
        """The same visitor every time."""
        return User(username="visitor")


class WorkbookApp(Voila):
    """Serves the pages of the workbook; set it up with :func:`make_app`."""

    settings: Settings
    notebooks: Path
    provisioner_name = provisioner.NAME
    warm_parent: WarmParent | None = None
    static_address = "voila/static"
    kernel_environment: Mapping[str, str] = MappingProxyType({})
    daily: Mapping[str, Callable[[], None]] = MappingProxyType({})
    announce: Callable[[str], None] | None = None

    def init_settings(self) -> dict[str, Any]:
        """Tornado's settings: Voila's, with ours."""
        settings: dict[str, Any] = super().init_settings()
        kernels: PageKernels = self.kernel_manager
        kernels.grace_seconds = self.settings.grace_seconds
        kernels.dropped_seconds = 60 * self.settings.dropped_minutes
        kernels.memory_mb = self.settings.page_memory_mb
        known = {**self.kernel_environment, "SERVER_SOFTWARE": f"voila/{voila.__version__}"}
        settings |= describe_headers() | {
            "log_function": log_access,
            "static_immutable_cache": [url_path_join(self.base_url, "/voila/labextensions/")],
            "websocket_compression_options": {},
            "websocket_max_message_size": (2 * self.settings.plan_limit_mb + 10) * 1024**2,
            "workbook_settings": self.settings,
            "workbook_version": _find_version(),
            "xsrf_cookie_kwargs": {"samesite": "Lax"},
            "kernel_environment": known,
            "places": Places(
                count_places(self.settings.kernels),
                kernels.count_pages,
                each=self.settings.opening_per_address,
                is_open=kernels.__contains__,
                is_waited_for=kernels.is_waited_for,
                count_followed=kernels.count_followed,
            ),
            "starting": asyncio.Semaphore(count_starting(self.settings.starting)),
            "origins": Origins(),
            "ending": Ending(kernels, self.settings.stop_seconds),
            "spares": Spares(kernels, self.settings.spares, known),
        }
        places = settings["places"]
        settings["metrics"] = metrics = Metrics(count_open=places.count_open, places=places.most)
        settings["turns"] = turns = Turns(places, metrics)
        metrics.watch_line(turns.__len__)
        kernels.count_wanted = turns.count_wanted
        kernels.metrics = metrics
        return settings

    def init_handlers(self) -> list[Any]:
        """Our handlers first, then those of Voila's that our pages use."""
        self.app.transforms[:] = [GZipContentEncoding, SecurityHeaders]
        static = next(path for path in self.static_paths if (Path(path) / "voila.js").is_file())
        self.static_address = f"voila/static/{_hash_folder(static)}"
        self.bundle = Bundle(static, self.labextensions_path)
        self.scripts = PageScripts()
        self.kernel_manager.note_renewed = self.scripts.read_anew
        self.app.settings["press"] = Press(self)
        page = {"voila_configuration": self.voila_configuration}
        ours = [self._route(*route) for route in self._list_routes(page)]
        theirs = [route for route in super().init_handlers() if self._is_wanted(route)]
        return [*ours, *theirs, self._route(".*", handlers.Missing, page)]

    def _is_wanted(self, route: tuple[Any, ...]) -> bool:
        """Whether Voila's own route stays: what our pages load, and nothing else of it."""
        return str(route[0]) in {url_path_join(self.server_url, known) for known in _THEIRS}

    def _list_routes(self, page: dict[str, Any]) -> list[tuple[Any, ...]]:
        static = {"roots": [Path(path) for path in self.static_paths]}
        return [
            ("/", handlers.Start),
            (f"/{self.bundle.name}", BundleHandler, {"bundle": self.bundle}),
            (r"/voila/(page-[0-9a-f]{16}\.js)", PageScriptHandler, {"scripts": self.scripts}),
            ("/healthz", handlers.Health),
            ("/metrics", handlers.Figures),
            ("/robots.txt", handlers.Robots),
            ("/(?:voila/render/)?privacy.html", handlers.Privacy, page),
            ("/api/(?:kernels|sessions)", handlers.Nothing),
            (f"/api/kernels/{_ID}", handlers.KernelModel),
            (f"/api/kernels/{_ID}/channels", PageSocket),
            (f"/voila/api/shutdown/{_ID}", FarewellHandler),
            (rf"/{self.static_address}/(.*)", handlers.Unchanging, static),
            (r"/voila/templates/[\w-]+/static/(.*)", handlers.Unchanging, static),
            ("/voila/turn", TurnHandler),
            ("/voila/render/(.*)", handlers.Page, page),
        ]

    def _route(self, pattern: str, handler: type, *more: Any) -> tuple[Any, ...]:
        return (url_path_join(self.server_url, pattern), handler, *more)

    def listen(self) -> None:
        """Open the port and serve until told to stop.

        Raises :class:`workbook.errors.ServeError` when the port cannot be opened.
        """
        try:
            sockets = bind_sockets(self.port, self.ip)
        except (OSError, OverflowError, UnicodeError) as error:
            kind = _find_fault(error)
            values = {"port": self.port, "ip": self.ip, "fault": getattr(error, "strerror", error)}
            raise ServeError(
                reason=read_words(self.settings.language)["start"][kind].format(**values), kind=kind
            ) from error
        self.set_trait("port", sockets[0].getsockname()[1])
        self.http = HTTPServer(self.app, xheaders=self.settings.trust_proxy, **_BOUNDS)
        self.http.add_sockets(sockets)
        self.ioloop = IOLoop.current()
        self._begin_chores()
        self._announce()
        self._heed_signals()
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            self.log.info("Stopping")
        finally:
            self.stop()

    def _heed_signals(self) -> None:
        """Stop in order when asked to, and not in the middle of what is being answered."""
        loop = asyncio.get_event_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            with contextlib.suppress(NotImplementedError):  # on Windows, Ctrl+C interrupts
                loop.add_signal_handler(name, loop.stop)

    def _begin_chores(self) -> None:
        if self.settings.fork and WarmParent.is_possible():
            self.warm_parent = WarmParent(reduce_environment(self.kernel_environment))
            self.warm_parent.note_script = self.scripts.take
            if self.settings.renew:
                self.kernel_manager.freshness = Freshness([Path(str(root())), self.notebooks])
            self.warm_parent.start()
            self.kernel_manager.warm_parent = self.warm_parent
            self.ioloop.add_callback(self.app.settings["spares"].wait_for_quiet)
        self._chores = [
            PeriodicCallback(self.kernel_manager.sweep, _SWEEP_MS),
            PeriodicCallback(self._do_daily, _DAY_MS),
        ]
        for chore in self._chores:
            chore.start()
        self.ioloop.add_callback(self.app.settings["press"].warm_up)
        self._do_daily()

    def _do_daily(self) -> None:
        """What the store wants done each day, without holding up any page."""
        threading.Thread(target=self._do_safely, name="daily", daemon=True).start()

    def _do_safely(self) -> None:
        for name, do in self.daily.items():
            try:
                do()
            except WorkbookError as error:
                told = "%s failed (%s); tried again in a day"
                self.log.error(told, name, _name(error))  # noqa: TRY400 # the store's reason is all there is
                self.kernel_manager.metrics.count_daily_failure()
            except Exception:  # whatever the store does, pages go on
                self.log.exception("%s failed; tried again in a day", name)
                self.kernel_manager.metrics.count_daily_failure()

    def _announce(self) -> None:
        mask_all(self.log)
        set_up("tornado", "workbook")
        if self.announce is not None:
            self.announce(self.display_url)
        else:
            running = read_words(self.settings.language)["running"]
            sys.stdout.write(running.format(address=self.display_url) + "\n")
            sys.stdout.flush()
        if self.open_browser:
            threading.Thread(target=partial(webbrowser.open, self.display_url), daemon=True).start()

    def stop(self) -> None:
        """Tell open pages, and end their kernels once all they were sent is handled.

        Whoever asks a second time does not wait for that.
        """
        for chore in (*getattr(self, "_chores", []), self.app.settings["spares"]):
            chore.stop()
        with contextlib.suppress(RuntimeError, KeyboardInterrupt):
            asyncio.get_event_loop().run_until_complete(self.app.settings["ending"].run())
        if hasattr(self, "http"):
            self.http.stop()  # who comes now is refused at once and does not wait for nobody
        if self.warm_parent is not None:
            self.warm_parent.stop()


def make_app(
    settings: Settings, *, port: int, ip: str, open_browser: bool, notebooks: Path, folder: Path
) -> WorkbookApp:
    """The app, set up and not yet serving; ``folder`` is for what lasts as long as it runs."""
    put_on_path(lay_out(folder))
    provisioner.register()
    WorkbookApp.clear_instance()
    app = WorkbookApp(config=_configure(settings, port, ip, notebooks, folder))
    app.settings = settings
    app.notebooks = notebooks
    app.open_browser = open_browser
    app.initialize([])
    return app


def serve(
    settings: Settings,
    *,
    port: int,
    ip: str = "127.0.0.1",
    open_browser: bool,
    notebooks: Path,
    environment: Mapping[str, str],
    daily: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the guided app until it is stopped.

    ``notebooks`` is the folder of pages, ``environment`` what the kernels may know of the
    machine's, ``daily`` what is done at the start and each day, by name, ``announce`` is told the
    address once the app takes visitors.

    Raises :class:`workbook.errors.ServeError` when the port cannot be opened.
    """
    raise_file_limit()
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        app = make_app(
            settings,
            port=port,
            ip=ip,
            open_browser=open_browser,
            notebooks=notebooks,
            folder=Path(folder),
        )
        app.kernel_environment = _add_own_path(environment)
        app.daily, app.announce = daily, announce
        app.start()


def _configure(settings: Settings, port: int, ip: str, notebooks: Path, folder: Path) -> Config:
    config = Config()
    config.Voila.update(
        port=port,
        ip=ip,
        port_retries=0,
        base_url=settings.prefix,
        root_dir=str(notebooks.resolve()),
        connection_dir_root=str(folder),
        config_file_paths=[],
        identity_provider_class=Visitors,
        kernel_websocket_connection_class=PageLine,
        token="",
    )
    config.VoilaConfiguration.update(
        template=TEMPLATE,
        allow_template_override="NO",
        allow_theme_override="NO",
        show_tracebacks=False,
        strip_sources=True,
        extension_allowlist=EXTENSIONS,
        file_allowlist=[r".*\.(png|jpg|gif|svg)"],
        multi_kernel_manager_class=PageKernels,
        kernel_spec_manager_class=PageKernelSpecs,
    )
    config.PageKernels.update(
        kernel_manager_class=f"{PageKernel.__module__}.{PageKernel.__name__}",
        cull_idle_timeout=60 * settings.idle_minutes,
        cull_interval=_CULL_SECONDS,
        cull_connected=True,
        allow_tracebacks=False,
    )
    short = len(str(folder)) <= _LONGEST_IPC_FOLDER
    config.PageKernel.transport = "ipc" if os.name == "posix" and short else "tcp"
    config.PageKernel.autorestart = False
    config.PageKernel.client_class = "workbook.serving.client.PromptClient"
    config.TagRemovePreprocessor.update(enabled=True, remove_cell_tags={"lab"})
    return config


def _add_own_path(environment: Mapping[str, str]) -> dict[str, str]:
    """An environment in which kernels find this package, also in a source checkout."""
    source = Path(str(root())).parent
    if not (source / "pyproject.toml").is_file():
        return dict(environment)
    paths = os.pathsep.join(filter(None, [str(source), environment.get("PYTHONPATH")]))
    return {**environment, "PYTHONPATH": paths}


def _find_fault(error: Exception) -> str:
    """Which of our words says why a port could not be opened."""
    if isinstance(error, (socket.gaierror, UnicodeError)):
        return "address"
    known = {
        errno.EADDRINUSE: "taken",
        errno.EACCES: "forbidden",
        errno.EADDRNOTAVAIL: "address",
        errno.EAFNOSUPPORT: "address",
    }
    return known.get(getattr(error, "errno", None) or 0, "other")


def _name(error: WorkbookError) -> str:
    """A failure in one line, for whoever runs the server."""
    reason = error.values.get("reason")
    return f"{error.id}: {reason}" if reason else error.id


def _hash_folder(folder: str) -> str:
    """A short name for what lies in a folder of Voila's scripts, new with each version."""
    lines = sorted(f"{path.name} {path.stat().st_size}" for path in Path(folder).iterdir())
    text = "\n".join([voila.__version__, *lines])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _find_version() -> str:
    try:
        return version("social-media-strategy-workbook")
    except PackageNotFoundError:
        return "0"
