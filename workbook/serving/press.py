"""Prints pages: a notebook becomes HTML, its text at once and its widgets when they are there."""

from __future__ import annotations

import asyncio
import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_server.utils import url_path_join
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbconvert.exporters.exporter import Exporter
from traitlets.config import Config
from voila.execute import VoilaExecutor, strip_code_cell_warnings
from voila.exporter import VoilaExporter
from voila.utils import get_page_config

from workbook.content import BASE_LANGUAGE
from workbook.translating.notebooks import translate_notebook

from .frame import TEMPLATE
from .languages import list_switches
from .wording import read_words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Mapping
    from pathlib import Path

    from .app import WorkbookApp
    from .kernels import PageKernel

_KERNEL = {"name": "python3", "language": "python", "display_name": "Python 3"}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FAILURES = (CellExecutionError, DeadKernelError, TimeoutError, RuntimeError)


class Press:
    """What is the same for every page, made once: template, page settings, notebooks read."""

    def __init__(self, app: WorkbookApp) -> None:
        """Set up for an app whose settings and handlers are in place."""
        self._app = app
        self._log = app.log
        self._root = app.notebooks
        self._notebooks: dict[tuple[Path, str], tuple[tuple[int, int], nbformat.NotebookNode]] = {}
        self._page_config = self._read_page_config()
        self._scripts = [
            url_path_join(app.base_url, app.bundle.name),
            url_path_join(self._page_config["fullStaticUrl"], "voila.js"),
        ]
        self._preparer = self._make_exporter()
        self._exporter = self._make_exporter()
        self._exporter._preprocessors = []  # noqa: SLF001 # done once by the preparer, not each time

    async def print(
        self,
        path: str,
        kernel_id: str,
        started: Awaitable[PageKernel],
        language: str,
        told: Mapping[str, str],
    ) -> AsyncIterator[str]:
        """The page of a notebook in a language, piece by piece.

        ``started`` gives the kernel's manager once it runs; until then the text goes out.
        ``told`` is what the kernel is told of its visitor, as variables of its environment: it
        may have run before anybody asked for a page.
        """
        run = _Run(self, kernel_id, started, told)
        async for piece in self._generate(self.read(path, language), path, run, language):
            yield piece

    async def warm_up(self) -> None:
        """Print a page without widgets, so that the first visitor does not wait for templates."""
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("#")])
        run = _Run(self, "", asyncio.get_running_loop().create_future(), {})
        async for _ in self._generate(notebook, "", run, BASE_LANGUAGE):
            pass

    async def _generate(
        self, notebook: nbformat.NotebookNode, path: str, run: _Run, language: str
    ) -> AsyncIterator[str]:
        pieces = self._exporter.generate_from_notebook_node(
            notebook,
            resources=self._make_resources(path, language),
            page_config=self._page_config,
            extra_context={
                "frontend": "voila",
                "main_js": "voila.js",
                "kernel_start": run.begin,
                "cell_generator": run.go_through,
                "progressive_rendering": False,
            },
        )
        async for piece, _ in pieces:
            yield piece

    def has(self, path: str) -> bool:
        """Whether there is such a page: a notebook in the folder of pages, and none elsewhere."""
        place = self._root / path
        inside = place.resolve().is_relative_to(self._root.resolve())
        hidden = any(part.startswith(".") for part in path.split("/"))
        return path.endswith(".ipynb") and inside and not hidden and place.is_file()

    def read(self, path: str, language: str = BASE_LANGUAGE) -> nbformat.NotebookNode:
        """A notebook in a language, read again only when it has changed; treat it as frozen."""
        place = self._root / path
        status = place.stat()
        stamp = (status.st_mtime_ns, status.st_size)
        known = self._notebooks.get((place, language))
        if known is None or known[0] != stamp:
            known = self._notebooks[place, language] = (stamp, self._prepare(place, language))
        return known[1]

    def _prepare(self, place: Path, language: str) -> nbformat.NotebookNode:
        """A notebook without outputs and without the cells for analysts."""
        notebook = nbformat.read(place, as_version=4)
        translate_notebook(notebook, place.stem, language)
        notebook.metadata["kernelspec"] = dict(_KERNEL)
        for cell in notebook.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        prepared, _ = Exporter.from_notebook_node(self._preparer, notebook)
        return prepared

    def make_executor(self, notebook: nbformat.NotebookNode, manager: PageKernel) -> VoilaExecutor:
        """What runs a notebook's cells in a kernel."""
        return VoilaExecutor(notebook, km=manager, config=self._app.config, show_tracebacks=False)

    def note_failure(self, error: Exception) -> None:
        """Write down that a page did not come out whole: where, without what was said there.

        A message may hold what a visitor typed, so only its kind is kept.
        """
        told = getattr(error, "traceback", "")
        for said in filter(None, [getattr(error, "evalue", "")]):
            told = told.replace(said, "…")
        kind = getattr(error, "ename", type(error).__name__)
        self._log.error("A page did not come out whole: %s\n%s", kind, _COLOUR.sub("", told))

    def _make_resources(self, path: str, language: str) -> dict[str, Any]:
        name = path.rpartition("/")[2].removesuffix(".ipynb")
        return {
            "base_url": self._app.base_url,
            "theme": "light",
            "template": TEMPLATE,
            "metadata": {"name": name},
            "page_config": self._page_config,
            "words": read_words(language),
            "language": language,
            "languages": list_switches(language),
            "front": "static/front.js",
            "stock": [*self._scripts],
            "page_script": self._name_script(),
        }

    def _name_script(self) -> str:
        """Where the script of pages is, when they do not carry it themselves."""
        if self._app.warm_parent is None:
            return ""
        return str(url_path_join(self._app.base_url, "voila", self._app.scripts.newest))

    def _read_page_config(self) -> dict[str, Any]:
        app = self._app
        config: dict[str, Any] = get_page_config(
            base_url=app.base_url,
            settings=app.app.settings,
            log=app.log,
            voila_configuration=app.voila_configuration,
        )
        config["jupyterLabTheme"] = "light"
        config["fullStaticUrl"] = url_path_join(app.base_url, app.static_address)
        return deepcopy(config)

    def _make_exporter(self) -> VoilaExporter:
        exporter = VoilaExporter(
            template_paths=self._app.template_paths,
            template_name=TEMPLATE,
            config=Config(self._app.config),
            contents_manager=self._app.contents_manager,
            theme="light",
            base_url=self._app.base_url,
        )
        exporter.exclude_anchor_links = True
        exporter.exclude_input = True
        exporter.exclude_output_prompt = True
        exporter.exclude_input_prompt = True
        return exporter


class _Run:
    """One going-through of a notebook in its kernel."""

    def __init__(
        self,
        press: Press,
        kernel_id: str,
        started: Awaitable[PageKernel],
        told: Mapping[str, str],
    ) -> None:
        self._press = press
        self._told = f"import os; os.environ.update({dict(told)!r}); del os"
        self._kernel_id = kernel_id
        self._started = started
        self._executor: VoilaExecutor | None = None

    def begin(self, notebook: nbformat.NotebookNode) -> str:  # noqa: ARG002 # the template's form
        """The kernel's id, known before it runs."""
        return self._kernel_id

    async def go_through(
        self,
        notebook: nbformat.NotebookNode,
        kernel_id: str,  # noqa: ARG002 # the template's form
    ) -> AsyncIterator[nbformat.NotebookNode]:
        """Every cell, those with code once they have run; where one fails, the page ends."""
        try:
            for index, cell in enumerate(notebook.cells):
                if cell.cell_type != "code":
                    yield cell
                    continue
                if self._executor is None:
                    yield _make_sign("preparing")
                    self._executor = await self._connect(notebook)
                yield await self._execute(self._executor, cell, index)
            if self._executor is not None:
                yield _make_states(self._executor)
        except _FAILURES as error:
            self._press.note_failure(error)
            yield _make_sign("failed")
        finally:
            await self._disconnect()

    async def _connect(self, notebook: nbformat.NotebookNode) -> VoilaExecutor:
        executor = self._press.make_executor(notebook, await self._started)
        executor.kc = await executor.async_start_new_kernel_client()
        executor.kc.execute(self._told, silent=True, store_history=False)
        return executor

    async def _execute(
        self, executor: VoilaExecutor, cell: nbformat.NotebookNode, index: int
    ) -> nbformat.NotebookNode:
        await executor.async_execute_cell(cell, index, store_history=False)
        return strip_code_cell_warnings(cell)

    async def _disconnect(self) -> None:
        if self._executor is not None and self._executor.kc is not None:
            self._executor.kc.stop_channels()


def _make_states(executor: VoilaExecutor) -> nbformat.NotebookNode:
    """A cell with the widgets there are, so that the page need not ask for them.

    Those with files are asked for: a page carries none.
    """
    known = {} if executor.widget_buffers else executor.widget_state
    states = {name: {"state": state} for name, state in known.items()}
    return nbformat.from_dict(
        {"cell_type": "raw", "source": "", "metadata": {"workbook": "states", "states": states}}
    )


def _make_sign(name: str) -> nbformat.NotebookNode:
    """A cell of our own that the template shows as a message."""
    return nbformat.from_dict({"cell_type": "raw", "source": "", "metadata": {"workbook": name}})
