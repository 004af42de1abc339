"""What runs in a page's process: IPython's kernel, without what no page uses.

The process begins as a copy of the warm parent, and shares its memory as long as neither writes to
it. To look at an object is to write to it, since Python counts who refers to it; so nothing here
goes through all modules, and there is no debugger that would.
"""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from ipykernel import debugger, ipkernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel
from traitlets import Type

if TYPE_CHECKING:
    from collections.abc import Iterator


class PageKernelProcess(ipkernel.IPythonKernel):
    """The kernel of a page; it has no debugger, and no list of the modules one would step over."""

    def __init__(self, **kwargs: Any) -> None:
        """Begin as IPython's kernel does."""
        with _without_modules():
            super().__init__(**kwargs)


class PageKernelApp(IPKernelApp):
    """Starts the kernel of a page, which has no files and lines to run before its notebook."""

    kernel_class = Type(PageKernelProcess, klass=Kernel)

    def init_code(self) -> None:
        """Run nothing; what IPython would note here is for commands that no page uses."""
        self.shell._sys_modules_keys = set()  # noqa: SLF001 # “%reset” asks for it


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
