"""What runs in a page's process: IPython's kernel, without what no page uses.

The process begins as a copy of the warm parent, and shares its memory as long as neither writes to
it. To look at an object is to write to it, since Python counts who refers to it. So the parent
makes the kernel once, whole but for its lines, and a copy adds those. There are two,
for what is asked and for what happens, and one thread for both: nothing listens for orders, input,
a debugger, a heartbeat, or the output of further processes.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import zmq
from ipykernel import debugger, ipkernel
from ipykernel.iostream import BackgroundSocket, IOPubThread
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from jupyter_client.session import new_id
from tornado.ioloop import IOLoop
from traitlets import Type
from zmq.eventloop.zmqstream import ZMQStream

from .environment import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: The lifeline says when to end, so the kernel need not watch its parent.
_NO_POLLER = "--IPKernelApp.parent_handle=1"

#: Milliseconds for a kernel's last words.
_LINGER = 1000


class Outlet(IOPubThread):
    """Where a kernel says what happens: at once, in the thread that all its lines have.

    It has no line in the warm parent, and what is said there is said to nobody.
    """

    def __init__(self) -> None:
        """Begin without a line."""
        self.socket: zmq.Socket[bytes] | None = None
        self.session = None
        self.background_socket = BackgroundSocket(self)
        self.thread = threading.Thread(name="IOPub")  # never started: its absence is looked at
        self._pipe_flag = False

    def open(self, line: zmq.Socket[bytes], app: IPKernelApp) -> None:
        """Speak on a line from now on, and greet who listens to it."""
        self.socket = line
        self.session = app.session
        self.io_loop = IOLoop.current()
        self._setup_xpub_listener()

    def schedule(self, f: Callable[[], object]) -> None:
        """Do something where the lines are used, and at once if that is here."""
        if self.socket is None or threading.current_thread() is threading.main_thread():
            f()
        else:
            self.io_loop.add_callback(f)


class PageKernelProcess(ipkernel.IPythonKernel):
    """The kernel of a page; it has no debugger, and no list of the modules one would step over."""

    def __init__(self, **kwargs: Any) -> None:
        """Begin as IPython's kernel does."""
        with _without_modules():
            super().__init__(**kwargs)

    def start(self) -> None:
        """Hear what is asked; stock kernels regret here that nothing is asked by a debugger."""
        Kernel.start(self)


class PageKernelApp(IPKernelApp):
    """Makes and starts the kernel of a page, which runs no files and lines before its notebook."""

    kernel_class = Type(PageKernelProcess, klass=Kernel)

    def prepare(self) -> None:
        """Make the kernel, whole but for its lines; for a process that goes on to be copied."""
        super(IPKernelApp, self).initialize([*OPTIONS, _NO_POLLER])
        self.session.copy_threshold = sys.maxsize  # else pyzmq adds three threads
        self.iopub_thread = Outlet()
        self.iopub_socket = self.iopub_thread.background_socket
        self.kernel = self.kernel_class.instance(
            parent=self,
            session=self.session,
            iopub_thread=self.iopub_thread,
            iopub_socket=self.iopub_socket,
            log=self.log,
            profile_dir=self.profile_dir,
            user_ns=self.user_ns,
        )
        self.init_path()
        self.init_shell()
        self.init_gui_pylab()
        self.init_extensions()
        self.init_code()
        _look_at_lines()

    def begin(self, place: Path) -> None:
        """In a copy: open the lines that a file names, and be heard on them."""
        self._take_name()
        self.connection_file = str(place)
        self.load_connection_info(json.loads(place.read_text(encoding="utf-8")))
        os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        self._open_lines()
        self.init_io()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # but for the time in which something runs
        kernel = self.kernel
        kernel._stdout, kernel._stderr = sys.stdout, sys.stderr  # noqa: SLF001 # as at its making
        self.displayhook.get_execution_count = lambda: kernel.execution_count
        kernel.start()

    def init_code(self) -> None:
        """Run nothing; what IPython would note here is for commands that no page uses."""
        self.shell._sys_modules_keys = set()  # noqa: SLF001 # “%reset” asks for it

    def _take_name(self) -> None:
        """Sign as this process, and as none of its siblings."""
        self.session.pid = os.getpid()
        self.session.session = new_id()
        self.kernel.ident = str(uuid4())
        self.shell.displayhook.topic = self.kernel._topic("execute_result")  # noqa: SLF001 # as at its making

    def _open_lines(self) -> None:
        self.context = zmq.Context()
        self.shell_socket = self._open_line("shell", zmq.ROUTER)
        self.shell_socket.router_handover = 1  # who comes back takes over from who was lost
        self.iopub_thread.open(self._open_line("iopub", zmq.XPUB), self)
        self.kernel.shell_stream = ZMQStream(self.shell_socket)
        self.configure_tornado_logger()

    def _open_line(self, name: str, kind: int) -> zmq.Socket[bytes]:
        line: zmq.Socket[bytes] = self.context.socket(kind)
        line.linger = _LINGER
        self._bind_socket(line, getattr(self, f"{name}_port"))
        return line


def _look_at_lines() -> None:
    """Let Python note what pyzmq asks of its classes, which it looks at with their first option.

    A note on a class makes Python forget what it knows of all that inherit from it, and these
    inherit from what 450 classes in all do: in a copy that is a megabyte.
    """
    for kind in (zmq.Context, zmq.Socket):
        for base in kind.__mro__:
            getattr(base, "__annotations__", None)


@contextmanager
def _without_modules() -> Iterator[None]:
    """Let ipykernel find neither modules nor a debugger while it sets a kernel up."""
    system = ipkernel.sys
    ipkernel.sys = SimpleNamespace(**{**vars(system), "modules": {}})
    debugger._is_debugpy_available = False  # noqa: SLF001 # no page is debugged by its visitor
    try:
        yield
    finally:
        ipkernel.sys = system
