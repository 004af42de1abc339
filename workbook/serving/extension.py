"""Our frame where Voila runs inside JupyterLab's server, as on Binder."""

from __future__ import annotations

import asyncio
import atexit
import os
from contextlib import ExitStack, suppress
from copy import deepcopy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.utils import url_path_join
from tornado.web import HTTPError, authenticated
from voila.configuration import VoilaConfiguration
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.handler import TornadoVoilaHandler

from workbook.content import BASE_LANGUAGE
from workbook.settings import Settings
from workbook.translating.notebooks import translate_notebook

from .demo import lend_store
from .farewell import FarewellHandler, ask_after
from .frame import TEMPLATE
from .handlers import Privacy
from .languages import list_switches, read_language, take_choice
from .policy import PAGE_POLICY
from .wording import read_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tornado.routing import Rule

#: The folder of pages, seen from where the server looks for notebooks.
PAGES = "notebooks"

#: The header by which Voila tells a kernel the language; whatever a browser says in it is replaced.
_TOLD = "Workbook-Language"

#: JupyterLab extensions a page loads: the widgets', and nothing else that is installed.
EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]


def configure(config: Any) -> None:  # noqa: ANN401 # traitlets makes its attributes when asked
    """Set Voila up in a ``jupyter_server_config.py``: ``configure(c)``.

    The template has to be installed with the package, under ``share/jupyter/voila/templates``.
    """
    config.VoilaConfiguration.template = TEMPLATE
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.resources = describe_frame(BASE_LANGUAGE)
    config.VoilaConfiguration.http_header_envs = [_TOLD]
    config.VoilaConfiguration.prelaunch_hook = lay_text
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"lab"}
    config.KernelManager.autorestart = False
    config.ServerApp.jpserver_extensions = {__name__: True}


def describe_frame(language: str) -> dict[str, Any]:
    """What our template needs for a page in a language."""
    return {
        "words": dict(read_words(language)),
        "policy": PAGE_POLICY,
        "language": language,
        "languages": list_switches(language),
    }


def lay_text(handler: Any, notebook: Any, cwd: str) -> None:  # noqa: ANN401,ARG001 # Voila's form
    """Put the text of the visitor's language into a notebook before it is run."""
    translate_notebook(notebook, Path(handler.request.path).stem, read_language(handler))


class PrivacyBeside(Privacy):
    """What happens to your answers, with the way back to pages that lie in a folder."""

    def show(self, name: str, **values: Any) -> None:
        """Answer with one of our templates, which is told where the start page lies."""
        self.set_header("Content-Security-Policy", PAGE_POLICY)
        start = url_path_join(self.base_url, "voila", "render", PAGES, "00_start.ipynb")
        super().show(name, start=start, **values)


class PageBeside(TornadoVoilaHandler):
    """A page in the visitor's language, which is told what it has to say when it goes."""

    @authenticated
    async def get(self, path: str = "") -> None:
        """Open the page, or keep the language that is switched to."""
        if take_choice(self, self.base_url):
            return
        language = read_language(self)
        config = deepcopy(self.voila_configuration.config)
        config.VoilaConfiguration.resources = describe_frame(language)
        self.voila_configuration: VoilaConfiguration = VoilaConfiguration(config=config)
        self.request.headers[_TOLD] = language  # Voila hands it to the page's kernel
        self.xsrf_token  # noqa: B018 # reading it sets the cookie that the page's farewell needs
        await super().get(path)


class FarewellBeside(FarewellHandler):
    """A page says that it goes; Voila's own answer ends the kernel before it has saved."""

    def leave(self, kernel_id: str) -> None:
        """End the page's kernel, after the grace and once all it was sent is handled."""
        if kernel_id not in self.kernel_manager:
            raise HTTPError(404)
        task = asyncio.get_running_loop().create_task(self._end(kernel_id))
        ending: set[asyncio.Task[None]] = self.settings.setdefault("workbook_ending", set())
        ending.add(task)
        task.add_done_callback(ending.discard)

    async def _end(self, kernel_id: str) -> None:
        grace = self.settings["workbook_settings"].grace_seconds
        await asyncio.sleep(grace)
        await ask_after(self.kernel_manager, kernel_id, bound=max(1.0, 7.5 - grace))
        with suppress(HTTPError, KeyError):
            await self.kernel_manager.shutdown_kernel(kernel_id, now=True)


#: What answers in the place of Voila's own.
INSTEAD = {TornadoVoilaHandler: PageBeside, VoilaShutdownKernelHandler: FarewellBeside}


def _list_rules(router: Any) -> Iterator[Rule]:  # noqa: ANN401 # a router or an application
    for rule in router.rules:
        if hasattr(rule.target, "rules"):
            yield from _list_rules(rule.target)
        else:
            yield rule


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 # jupyter_server is untyped
    """Answer in Voila's place where it would lose answers, and add the page on privacy.

    Jupyter's server loads extensions by the order of their names: Voila's is there before ours.
    """
    application = server.web_app
    until_end = ExitStack()
    atexit.register(until_end.close)
    settings = until_end.enter_context(lend_store(Settings.read(os.environ), os.environ))
    application.settings["workbook_settings"] = settings
    address = url_path_join(application.settings["base_url"], "privacy.html")
    values = {"voila_configuration": VoilaConfiguration(parent=server)}
    application.add_handlers(".*$", [(address, PrivacyBeside, values)])
    for rule in _list_rules(application.default_router):
        rule.target = INSTEAD.get(rule.target, rule.target)
