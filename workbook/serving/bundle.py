"""One file instead of seventy: the scripts a page loads, together and compressed once."""

from __future__ import annotations

import gzip
import hashlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

import voila
from tornado.web import HTTPError, RequestHandler

from workbook.discovery import find_files, read_parts, read_toml
from workbook.interface.desk import name_script, read_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

#: Seconds between two looks for a script that is not known: reading it takes 20 ms.
_EVERY = 1.0

_YEAR = "public, max-age=31536000, immutable"


class Bundle:
    """The scripts' text, compressed, and the name under which browsers keep it."""

    def __init__(self, static: str, extensions: Sequence[str]) -> None:
        """Read what lies in Voila's folder and in the folders of extensions."""
        parts = [_wrap(path) for path in _find_scripts(static, extensions)]
        self.text = b"".join(parts)
        self.compressed = gzip.compress(self.text, 9, mtime=0)
        self.name = f"voila/bundle-{hashlib.sha256(self.text).hexdigest()[:16]}.js"


class BundleHandler(RequestHandler):
    """Sends the bundle."""

    def initialize(self, bundle: Bundle) -> None:
        """Know what to send."""
        self._bundle = bundle

    def get(self) -> None:
        """The scripts, as small as the browser can take them."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", _YEAR)
        self.set_header("Vary", "Accept-Encoding")
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            self.set_header("Content-Encoding", "gzip")
            self.finish(self._bundle.compressed)
        else:
            self.finish(self._bundle.text)


class PageScripts:
    """The script of our pages under its name; those of before stay, for pages opened with them."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Read the script as it is now."""
        self._known: dict[str, bytes] = {}
        self._clock = clock
        self._looked: float | None = None
        self.read_anew()

    def find(self, name: str) -> bytes | None:
        """The script of a name; where it is not known, files are read again, once a second."""
        if name not in self._known and (
            self._looked is None or self._clock() - self._looked >= _EVERY
        ):
            self._looked = self._clock()
            self.read_anew()
        return self._known.get(name)

    def read_anew(self) -> None:
        """Read the script as it is now, and name it to pages that are opened from now on."""
        self.newest = self._read()

    def take(self, script: bytes) -> None:
        """Take over the script that the pages opened from now on will name.

        It is what the process they are copied from has read, whatever the files say since.
        """
        name = name_script(script.decode())
        self._known[name] = script
        self.newest = name

    def _read(self) -> str:
        for kept in (find_files, read_parts):
            kept.cache_clear()  # a newer version may have been put there
        script = read_script()
        name = name_script(script)
        self._known[name] = script.encode()
        return name


class PageScriptHandler(RequestHandler):
    """Sends the script of our pages."""

    def initialize(self, scripts: PageScripts) -> None:
        """Know what there is to send."""
        self._scripts = scripts

    def get(self, name: str) -> None:
        """The script, kept by browsers for as long as they like."""
        script = self._scripts.find(name)
        if script is None:
            raise HTTPError(404)
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", _YEAR)
        self.finish(script)


def _find_scripts(static: str, extensions: Sequence[str]) -> Iterator[Path]:
    """The recorded scripts that are there; Voila's only with the version they belong to."""
    recorded = read_toml("serving/bundle.toml")
    for name in recorded["scripts"]:
        kind, _, rest = name.partition("/")
        folders = extensions if kind == "labextensions" else [static]
        if kind == "static" and recorded["voila"] != voila.__version__:
            continue
        yield from [Path(f) / rest for f in folders if (Path(f) / rest).is_file()][:1]


def _wrap(path: Path) -> bytes:
    """A script that keeps its strictness to itself."""
    return b"(()=>{" + path.read_bytes() + b"\n})();\n"
