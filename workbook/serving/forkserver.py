"""The warm parent: a process that has imported everything a page needs, and forks its kernels.

Started by :mod:`workbook.serving.warm` as ``python -m workbook.serving.forkserver``. It has one
thread, no socket of a kernel's, no open database. Over a Unix socket it gets one request as a
line of JSON and gives one line of JSON back, with the new process's handle beside it.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from .environment import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .process import PageKernelApp

#: What our pages import only when they need it, so that a rehearsal would not meet it.
_HEAVY = (
    "anywidget",
    "cryptography.hazmat.primitives.ciphers.aead",
    "cryptography.hazmat.primitives.kdf.hkdf",
    "docx",
    "ipywidgets",
    "PIL.BmpImagePlugin",
    "PIL.GifImagePlugin",
    "PIL.JpegImagePlugin",
    "PIL.PngImagePlugin",
    "PIL.PpmImagePlugin",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "pandas",
    "sqlalchemy.dialects.sqlite",
)

#: Parts of ours that no page runs.
_NOT_FOR_PAGES = ("workbook.__main__", "workbook.cli", "workbook.serving")
_PAGES = "workbook.serving.pages"

#: The first thing it says: everything is imported. With it comes a file with the pages' script.
READY = b"ready\n"

#: Seconds in which nobody asked for a copy, after which it practises; our default.
_QUIET = 2.0


def main(control: int, lifeline: int) -> None:
    """Warm up, then fork on request until the app closes its end of the socket."""
    os.environ.pop("JPY_PARENT_PID", None)  # a kernel would take it for its own parent
    gc.disable()
    _import_all([*_list_own(), *_HEAVY])
    _import_all(_rehearse(_play))
    _hear_of_widgets()
    _warm()
    _prepare()
    _settle()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system itself takes away ended children
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the app decides when it is over
    with socket.socket(fileno=control) as line:
        _say_ready(line)
        _answer_all(line, lifeline, _list_lessons())


def _say_ready(line: socket.socket) -> None:
    """Say so, and give the app the very script that the copies will name to their pages."""
    handles = []
    with suppress(Exception):
        script = importlib.import_module(_PAGES).read_script().encode()
        with os.fdopen(os.memfd_create("script"), "wb", closefd=False) as file:
            handles.append(file.fileno())
            file.write(script)
    socket.send_fds(line, [READY], handles)
    for handle in handles:
        os.close(handle)


def _answer_all(line: socket.socket, lifeline: int, lessons: Iterator[Callable[[], None]]) -> None:
    """Answer until the other end closes; when nobody has asked for a while, practise."""
    waiting = b""
    patience: float | None = _QUIET
    while True:
        if not select.select([line], [], [], patience)[0]:
            patience = 0.0 if _take(lessons) else None
            continue
        chunk = line.recv(65536)
        if not chunk:
            return
        waiting += chunk
        while b"\n" in waiting:
            request, _, waiting = waiting.partition(b"\n")
            _answer(line, json.loads(request), lifeline)
        patience = _QUIET if patience is not None else None


def _take(lessons: Iterator[Callable[[], None]]) -> bool:
    """Whether there was a lesson left; without it pages only begin more slowly."""
    lesson = next(lessons, None)
    if lesson is None:
        return False
    with suppress(Exception):
        lesson()
    _settle()
    return True


def _list_lessons() -> Iterator[Callable[[], None]]:
    """Every page, then what writing documents loads."""
    with suppress(Exception):
        practice = importlib.import_module("workbook.serving.practice")
        yield from practice.list_lessons()
        yield lambda: _import_all(_rehearse(practice.write_documents))


def _settle() -> None:
    """Keep what there is out of the way: nothing looks through it any more."""
    gc.collect()
    gc.freeze()


def _answer(line: socket.socket, request: dict[str, Any], lifeline: int) -> None:
    handles: list[int] = []
    try:
        answer = _describe() if "argv" not in request else _fork(request, line, lifeline, handles)
    except OSError as error:
        answer = {"error": str(error)}
    text = json.dumps(answer).encode() + b"\n"
    socket.send_fds(line, [text], handles)
    for handle in handles:
        os.close(handle)


def _describe() -> dict[str, Any]:
    """What the app and the tests want to know of this process."""
    zmq = sys.modules.get("zmq")
    return {
        "pid": os.getpid(),
        "threads": _count_threads(),
        "modules": len(sys.modules),
        "zmq_context": getattr(getattr(zmq, "Context", None), "_instance", None) is not None,
    }


def _count_threads() -> int:
    return len(list(Path("/proc/self/task").iterdir()))


def _fork(
    request: dict[str, Any], line: socket.socket, lifeline: int, handles: list[int]
) -> dict[str, Any]:
    if error := _find_hindrance(request["argv"]):
        return {"error": error}
    pid = os.fork()
    if pid == 0:
        line.close()
        _become_kernel(request, lifeline)
    handles.append(os.pidfd_open(pid))
    return {"pid": pid}


def _find_hindrance(argv: list[str]) -> str:
    """What makes a copy no kernel, if anything."""
    if _count_threads() > 1:
        return "more than one thread"
    if not _get_kernel_app().initialized():
        return "no kernel could be made"
    return "" if argv[2:] == [*OPTIONS] else "other options than all kernels have"


def _get_kernel_app() -> type[PageKernelApp]:
    from workbook.serving.process import PageKernelApp  # noqa: PLC0415 # not before it is needed

    return PageKernelApp


def _prepare() -> None:
    """Make the kernel that all copies are; without it, they are started the ordinary way."""
    app = _get_kernel_app()
    try:
        app.instance().prepare()
    except Exception:  # noqa: BLE001 # whatever it is, pages open without it
        sys.excepthook(*sys.exc_info())
        app.clear_instance()


def _become_kernel(request: dict[str, Any], lifeline: int) -> NoReturn:
    """In the child: a session, folder and environment of its own, then the kernel."""
    try:
        os.setsid()
        for name in (signal.SIGCHLD, signal.SIGINT):
            signal.signal(name, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(request["env"])
        os.chdir(request["cwd"] or "/")
        tempfile.tempdir = None  # the parent's folder for temporary files is not the child's
        _reseed()
        _end_with(lifeline)
        gc.enable()
        _run_kernel(Path(request["argv"][1]))
    except BaseException:  # noqa: BLE001 # whatever it was, this copy must not go on as the parent
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


def _reseed() -> None:
    """Chance of its own: every child begins as the same copy."""
    import random  # noqa: PLC0415 # beside its use

    random.seed()
    if numpy_random := sys.modules.get("numpy.random"):
        numpy_random.seed()


def _end_with(lifeline: int) -> None:
    """End when the app has gone, however it went: its end of the pipe closes then."""
    import threading  # noqa: PLC0415 # beside its use

    def wait() -> None:
        with suppress(OSError):
            os.read(lifeline, 1)
        os._exit(1)

    threading.Thread(target=wait, name="lifeline", daemon=True).start()


def _run_kernel(place: Path) -> None:
    app = _get_kernel_app().instance()
    app.begin(place)
    app.start()


def _import_all(names: list[str]) -> None:
    """Import what a rehearsal met; what cannot be imported by name is left to the pages."""
    for name in names:
        with suppress(Exception):
            importlib.import_module(name)


def _rehearse(play: Callable[[], None]) -> list[str]:
    """Names of all modules that something loads, learned in a child that ends."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.setsid()
            play()
        finally:
            _report(writing)
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        names = told.read().split()
    with suppress(ChildProcessError):  # where the system itself takes away ended children
        os.waitpid(pid, 0)
    return names


def _report(writing: int) -> None:
    names = [name for name in list(sys.modules) if name.isascii() and name != "__main__"]
    with suppress(OSError), os.fdopen(writing, "w", encoding="utf-8") as told:
        told.write("\n".join(names))


def _play() -> None:
    """What a kernel and a page do until the page is there, for the modules' sake."""
    with tempfile.TemporaryDirectory(prefix="wb") as folder:
        place = Path(folder) / "k.json"
        lines = {"ip": f"{folder}/k", "shell_port": 1, "iopub_port": 2}
        place.write_text(json.dumps({"transport": "ipc", "key": "k", **lines}))
        app = _get_kernel_app().instance()
        app.prepare()
        app.begin(place)
        app.shell.run_cell("import ipywidgets; display(ipywidgets.VBox([ipywidgets.Text()]))")


def _hear_of_widgets() -> None:
    """Let every kernel be asked for all its widgets at once.

    ipywidgets does so when a kernel imports it; imported before there is a kernel, it does not,
    and a page then has to ask for each widget by itself.
    """
    with suppress(Exception):
        comms = importlib.import_module("comm").get_comm_manager()
        asked = sys.modules["ipywidgets"].Widget.handle_control_comm_opened
        comms.register_target("jupyter.widget.control", asked)


def _warm() -> None:
    """Let the pages read what they all need; without it they only begin more slowly."""
    with suppress(Exception):
        importlib.import_module(_PAGES).warm()


def _list_own() -> list[str]:
    """Our own modules that pages may use, found in the package's folders."""
    package = importlib.import_module("workbook")
    found = pkgutil.walk_packages(package.__path__, "workbook.", onerror=lambda _: None)
    return [_PAGES, *(m.name for m in found if not m.name.startswith(_NOT_FOR_PAGES))]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
