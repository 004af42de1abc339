"""Spoils files in ways of chance and gives them to everything that reads files.

``python -m tests.imports.fuzz --minutes 10`` does so for ten minutes and says what it found:
errors, readings that take long, and memory. ``--seed`` begins elsewhere, ``--folder`` takes more
files to spoil, ``--guided`` lets atheris choose (``pip install atheris``), which looks for ways
through the program that it has not seen.
"""

from __future__ import annotations

import argparse
import gzip
import io
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.imports.given_files import FILES, READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST = 20.0
"""Seconds after which a reading of a file as small as these hangs."""
MOST_MEMORY = 1_500.0
"""Megabytes that no reading may need."""
LARGEST = 300_000
"""Bytes of a spoilt file: more takes time and finds nothing else."""
MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=;\n", b"\x1f\x8b", b"PK\x03\x04")
CELLS = (
    b"=1+1", b'=HYPERLINK("http://a.b")', b"@SUM(A1)", b"9" * 400, b"-1", b"1e999", b"NaN",
    b"2031-12-31", b"31/12/2099", b"0000-00-00", b"99991231", b"12.13.2026", b"\xf0\x9f\x98\x80",
    b"\x00", b"\r", b'"', b"'", b"\\", b"{", b"[" * 300, b"]]}}", b"<a>" * 50, b"\xe2\x80\xae",
    b"a" * 5000, b",", b";", b"\t", b"|", b"null", b"true", b"https://[::1", b"%ff%00",
)  # fmt: skip


class Hanging(Exception):
    """A reading took far too long."""


@dataclass
class Found:
    """What was tried, and what went wrong."""

    tried: Counter[str] = field(default_factory=Counter)
    errors: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    """By where it happened: what, and the file."""
    slowest: float = 0.0
    memory: float = 0.0


# -- ways to spoil a file --------------------------------------------------------------------------


def _cut(raw: bytes, dice: random.Random) -> bytes:
    return raw[: dice.randrange(len(raw) + 1)]


def _behead(raw: bytes, dice: random.Random) -> bytes:
    return raw[dice.randrange(len(raw) + 1) :]


def _flip(raw: bytes, dice: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.randrange(1, 12)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _put_cell(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.choice(CELLS) + raw[at:]


def _mark(raw: bytes, dice: random.Random) -> bytes:
    return dice.choice(MARKS) + raw


def _swap_delimiter(raw: bytes, dice: random.Random) -> bytes:
    return raw.replace(
        dice.choice((b",", b";", b"\t", b" ")), dice.choice((b";", b"\t", b"|", b""))
    )


def _put_other(raw: bytes, dice: random.Random) -> bytes:
    other = dice.choice([*FILES.values()])
    at, begin = dice.randrange(len(raw) + 1), dice.randrange(len(other))
    return raw[:at] + other[begin : begin + dice.randrange(2000)] + raw[at:]


def _shuffle_lines(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    dice.shuffle(lines)
    return b"\n".join(lines)


def _repeat_line(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.split(b"\n")
    at = dice.randrange(len(lines))
    return b"\n".join([*lines[:at], *[lines[at]] * dice.choice((2, 40, 400)), *lines[at:]])


def _encode(raw: bytes, dice: random.Random) -> bytes:
    text = raw.decode("utf-8", "replace")
    encoding = dice.choice(
        ("utf-16", "utf-16-be", "utf-16-le", "cp1252", "utf-7", "cp037", "utf-32")
    )
    return text.encode(encoding, "replace")


def _pack(raw: bytes, dice: random.Random) -> bytes:
    if dice.random() < 0.5:
        return gzip.compress(raw, 1)
    told = io.BytesIO()
    with zipfile.ZipFile(told, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in dice.sample([*FILES], dice.randrange(1, 3)):
            archive.writestr(name, raw)
    return told.getvalue()


def _repack_sheet(raw: bytes, dice: random.Random) -> bytes:
    """A spreadsheet with a spoilt part."""
    import openpyxl

    told, book = io.BytesIO(), openpyxl.Workbook()
    for line in raw.decode("utf-8", "replace").splitlines()[:40]:
        book.active.append([cell.translate(_CONTROL) for cell in line.split(",")[:30]])
    book.save(told)
    read, spoilt = zipfile.ZipFile(told), io.BytesIO()
    chosen = dice.choice([n for n in read.namelist() if n.startswith("xl/")])
    with zipfile.ZipFile(spoilt, "w") as archive:
        for name in read.namelist():
            part = read.read(name)
            archive.writestr(name, spoil(part, dice, most=2) if name == chosen else part)
    return spoilt.getvalue()


_CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _behead, _flip, _flip, _put_cell, _put_cell, _mark, _swap_delimiter, _put_other,
    _put_other, _shuffle_lines, _repeat_line, _encode,
)  # fmt: skip
LAST: tuple[Callable[[bytes, random.Random], bytes], ...] = (_pack, _repack_sheet)


def spoil(raw: bytes, dice: random.Random, most: int = 5) -> bytes:
    """A file with a few things done to it."""
    for _ in range(dice.randrange(1, most + 1)):
        if raw:
            raw = dice.choice(WAYS)(raw, dice)[:LARGEST]
    return raw


def make_file(dice: random.Random, files: Mapping[str, bytes]) -> tuple[str, bytes]:
    """A spoilt file, now and then packed and spoilt again, and what it is called."""
    name, raw = dice.choice([*files.items()])
    raw = spoil(raw, dice)
    if dice.random() < 0.2:
        raw = dice.choice(LAST)(raw, dice)
        raw = spoil(raw, dice, most=2) if dice.random() < 0.5 else raw
    return dice.choice((name, dice.choice([*files]), "given")), raw


# -- trying ----------------------------------------------------------------------------------------


def fuzz(seconds: float, seed: int = 1, files: Mapping[str, bytes] = FILES) -> Found:
    """Spoil files and read them, for so many seconds."""
    dice, found, until = random.Random(seed), Found(), time.monotonic() + seconds
    while time.monotonic() < until:
        name, raw = make_file(dice, files)
        for reader in READERS if dice.random() < 0.3 else ("visits",):
            try_reader(reader, raw, name, found)
    return found


def try_reader(reader: str, raw: bytes, name: str, found: Found) -> None:
    """Give a file to a reader, and note what goes wrong."""
    began = time.monotonic()
    found.tried[reader] += 1
    try:
        with _limit(LONGEST):
            said = READERS[reader](raw, name).said
        assert all(said), "something is left unsaid"
    except (Exception, Hanging) as error:  # noqa: BLE001 - whatever it is, it is a finding
        place = traceback.extract_tb(error.__traceback__)[-1]
        key = f"{reader}: {type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
        found.errors.setdefault(key, (f"{name}\n{traceback.format_exc()}", raw))
    found.slowest = max(found.slowest, time.monotonic() - began)
    found.memory = max(found.memory, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@contextmanager
def _limit(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise Hanging

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def main() -> int:
    """Try for as long as is asked, and say what was found; 1 when there is anything."""
    parser = argparse.ArgumentParser(prog="python -m tests.imports.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--guided", action="store_true")
    given = parser.parse_args()
    warnings.simplefilter("error")
    more = {path.name: path.read_bytes() for folder in given.folder for path in folder.iterdir()}
    if given.guided:
        return _guide(given.minutes, {**FILES, **more})
    found = fuzz(60 * given.minutes, given.seed, {**FILES, **more})
    _report(found, given.seed)
    return 1 if found.errors or found.memory > MOST_MEMORY else 0


def _report(found: Found, seed: int) -> None:
    tried = ", ".join(f"{count:,} as {reader}" for reader, count in found.tried.most_common())
    print(  # noqa: T201 - the result
        f"seed {seed}: {found.tried.total():,} readings ({tried}); {len(found.errors)} findings;"
        f" slowest {found.slowest:.1f} s; peak memory {found.memory:.0f} MB"
    )
    folder = Path(tempfile.mkdtemp(prefix="fuzz-")) if found.errors else Path()
    for number, (key, (told, raw)) in enumerate(found.errors.items()):
        (folder / f"{number}").write_bytes(raw)
        print(f"\n== {key}\n{folder / str(number)}\n{told}")  # noqa: T201 - the result


def _guide(minutes: float, files: Mapping[str, bytes]) -> int:
    """Let atheris spoil the files; it ends with the first finding."""
    import atheris

    from workbook.discovery import load_modules

    names = [*files]
    load_modules("imports/formats")
    for name, module in sorted(sys.modules.items()):
        if name.startswith(("workbook.imports", "workbook.measurement")):
            _instrument(module, atheris.instrument_func)

    def try_one(raw: bytes) -> None:
        if raw:
            reader = [*READERS][raw[0] % len(READERS)]
            READERS[reader](raw[2:], names[raw[1] % len(names)] if raw[1:] else "given")

    with tempfile.TemporaryDirectory() as folder:
        for number, (name, raw) in enumerate(files.items()):
            for reader in range(len(READERS)):
                start = bytes([reader, names.index(name) % 256])
                Path(folder, f"{number}-{reader}").write_bytes(start + raw)
        atheris.Setup(
            [sys.argv[0], f"-max_total_time={60 * minutes:.0f}", f"-timeout={LONGEST:.0f}",
             f"-rss_limit_mb={MOST_MEMORY:.0f}", "-max_len=20000", "-print_final_stats=1", folder],
            try_one,
        )  # fmt: skip
        atheris.Fuzz()
    return 0


def _instrument(module: object, instrument: Callable[[object], object]) -> None:
    """Let a module's functions tell which way was taken through them."""
    for name, value in list(vars(module).items()):
        is_ours = getattr(value, "__module__", "") == getattr(module, "__name__", "")
        if is_ours and type(value).__name__ == "function":
            setattr(module, name, instrument(value))


if __name__ == "__main__":
    sys.exit(main())
