"""A server with notebooks of its own, for tests and benchmarks: started, watched, stopped."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/130.0"
_OBJECTS = re.compile(r"^objects: (\d+)$", re.MULTILINE)

_SERVE = """
import gc, os, signal, sys
from contextlib import nullcontext
from pathlib import Path
from workbook.serving.app import serve
from workbook.serving.hosting import hold_store
from workbook.settings import Settings

def count(*_):
    gc.collect()
    print("objects:", len(gc.get_objects()), flush=True)

signal.signal(signal.SIGUSR1, count)
settings = Settings.read(os.environ)
with hold_store(settings) if settings.store else nullcontext(("", {})) as (_, told):
    serve(settings, port=int(sys.argv[1]), open_browser=False,
          notebooks=Path(sys.argv[2]), environment=os.environ | told)
"""


def write_notebook(folder: Path, name: str, text: str, *cells: str, title: str = "") -> None:
    """Write a page: its text and its cells of code."""
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["title"] = title or name.removesuffix(".ipynb")
    notebook.cells = [nbformat.v4.new_markdown_cell(text)]
    notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in cells]
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(notebook, folder / name)


class Served:
    """A running server: its address, its log and what it says of itself."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        """Take over a process that writes its log to a file."""
        self.process = process
        self._log = log
        self.port = self._wait_for_port()
        self.address = f"http://127.0.0.1:{self.port}/"

    def log(self) -> str:
        """What the server has written so far."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def ask(
        self, path: str, *, method: str = "GET", headers: dict[str, str] | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """One request, as a browser sends it: status, headers and body."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        line.request(method, path, headers={"User-Agent": BROWSER, **(headers or {})})
        answer = line.getresponse()
        result = (answer.status, answer.headers, answer.read())
        line.close()
        return result

    def health(self) -> dict[str, Any]:
        """What /healthz says."""
        return json.loads(self.ask("/healthz")[2])

    def count_objects(self) -> int:
        """Objects that the server keeps which can hold others, garbage taken away before."""
        known = len(_OBJECTS.findall(self.log()))
        self.process.send_signal(signal.SIGUSR1)
        wait_until(lambda: len(_OBJECTS.findall(self.log())) > known, 10)
        return int(_OBJECTS.findall(self.log())[-1])

    def stop(self) -> None:
        """Stop it as an operator does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)

    def _wait_for_port(self) -> int:
        found: list[re.Match[str] | None] = [None]

        def look() -> bool:
            found[0] = re.search(r"http://[\w.]+:(\d+)/", self.log())
            return found[0] is not None or self.process.poll() is not None

        wait_until(look, 60)
        if found[0] is None:
            pytest.fail(f"The server did not start:\n{self.log()}")
        return int(found[0][1])


def wait_until(check: Callable[[], Any], seconds: float) -> float:
    """Seconds until something is so; fails when it is not so in time."""
    began = time.monotonic()
    while not check():
        if time.monotonic() - began > seconds:
            pytest.fail(f"Not so within {seconds} seconds")
        time.sleep(0.02)
    return time.monotonic() - began


@contextmanager
def run_server(notebooks: Path, log: Path, *, port: int = 0, **settings: Any) -> Iterator[Served]:
    """A server over a folder of notebooks, with settings by name; stopped at the end."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("WORKBOOK_")}
    environment["WORKBOOK_RENEW"] = "false"  # code that is edited meanwhile is not this test's
    environment["WORKBOOK_SPARES"] = "0"  # tests count processes; those about spares ask for them
    environment |= {f"WORKBOOK_{name.upper()}": str(value) for name, value in settings.items()}
    environment["PYTHONPATH"] = str(ROOT)
    with log.open("ab") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", _SERVE, str(port), str(notebooks)],
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=notebooks,
        )
    served = None
    try:
        served = Served(process, log)
        served.pages = notebooks
        yield served
    finally:
        if served is not None:
            served.stop()
        else:
            process.kill()
            process.wait()


WIDGETS = """
import ipywidgets
from IPython.display import display
name = ipywidgets.Text(description="Name")
button = ipywidgets.Button(description="Greet")
greeting = ipywidgets.Label()
def greet(_):
    greeting.value = f"Hello {name.value}"
button.on_click(greet)
display(ipywidgets.VBox([name, button, greeting]))
"""

NOTING = """
import os, pathlib, anywidget, traitlets
from IPython.display import display
FOLDER = pathlib.Path({folder!r})
(FOLDER / "pids").open("a").write(str(os.getpid()) + chr(10))
class Field(anywidget.AnyWidget):
    _esm = '''
    export default {{ render({{ model, el }}) {{
      el.innerHTML = '<label>Answer <input></label>';
      el.querySelector('input').addEventListener('input', (event) => {{
        model.set('value', event.target.value); model.save_changes();
      }});
    }} }}
    '''
    value = traitlets.Unicode("").tag(sync=True)
field = Field()
def note(change):
    import time
    time.sleep({slow})
    with (FOLDER / "answers").open("a") as file:
        file.write(change["new"] + chr(10))
field.observe(note, "value")
display(field)
"""


def write_pages(folder: Path, *, slow: float = 0.0) -> Path:
    """The notebooks most tests need: widgets, a page that notes answers, and a failing one."""
    pages = folder / "pages"
    pages.mkdir()
    write_notebook(pages, "00_start.ipynb", "# Start\n\nWords come first.", WIDGETS, title="Start")
    noting = NOTING.format(folder=str(folder), slow=slow)
    write_notebook(pages, "01_note.ipynb", "# Note\n\n[Start](00_start.ipynb)", noting)
    environment = "import os\nprint('\\n'.join(f'{k}={v}' for k, v in sorted(os.environ.items())))"
    write_notebook(pages, "02_environment.ipynb", "# Environment", environment)
    write_notebook(pages, "03_fails.ipynb", "# Fails", "raise ValueError('SECRET ANSWER')")
    says = "value = ''.join(['WORD', '-OF-MINE'])\nraise KeyError(value)"
    write_notebook(pages, "04_says.ipynb", "# Says", says)
    write_notebook(pages, "05_plan.ipynb", "# Plan", "from workbook import page\npage('start')")
    return pages
