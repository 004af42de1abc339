"""What a page's kernel may know of the machine it runs on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Names a Python program needs to start, and nothing that says who visits or what the server holds.
_ALLOWED = re.compile(
    r"PATH|HOME|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|VIRTUAL_ENV|PYTHONPATH|PYTHONHOME"
    r"|PYTHONUTF8|PYTHONWARNINGS|LD_LIBRARY_PATH|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|USERPROFILE"
    r"|APPDATA|LOCALAPPDATA|XDG_\w+_(?:HOME|DIR)|MPLCONFIGDIR|SSL_CERT_\w+|COVERAGE_\w+"
    r"|WORKBOOK_\w+|SERVER_SOFTWARE|JPY_PARENT_PID|PYDEVD_\w+"
)

_SET = {
    # one browser per kernel: an echo of what it sent is of no use to it
    "JUPYTER_WIDGETS_ECHO": "0",
    # one thread: pages are many and small, and a process with threads cannot be forked
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    # one place for memory whatever thread asks: each further one begins with pages of its own
    "MALLOC_ARENA_MAX": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}

#: What a page's kernel is started with, besides where its lines are: it keeps nothing of what runs.
OPTIONS = ("--HistoryManager.enabled=False", "--IPKernelApp.capture_fd_output=False")


def reduce_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of an environment a page's kernel gets, with what we set for every kernel."""
    kept = {name: value for name, value in environment.items() if _ALLOWED.fullmatch(name)}
    return kept | _SET
