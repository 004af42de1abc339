"""How long each document takes as each kind of file, and everything as one zip.

Run as ``python -m tests.benchmarks.benchmark_documents [DOCUMENT …]``. Each is made of the example
in a process of its own, forked from one that has imported and read what the app's has, so that
nothing is there from the one before: from the plan to the bytes, every check included. It prints
seconds by the clock and of processor time, and how many times each is of merely running the checks.
At the end it does the same for the zip, for the same files one by one, and for both on the command
line, where Python and all it imports are begun from nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from workbook.calling import make_plan
from workbook.exports.bundle import list_kinds, pack_bundle
from workbook.exports.documents import (
    Switches,
    gather,
    list_formats,
    load_documents,
    write_document,
)
from workbook.serving.forkserver import _HEAVY, _import_all, _list_own, _play, _rehearse
from workbook.serving.pages import warm
from workbook.serving.practice import write_documents
from workbook.storage.example import read_demo

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from multiprocessing.connection import Connection

    from workbook.storage.plan_file import PlanFile

TODAY = date(2026, 11, 22)
ROUNDS = 3
IN_BRIEF, IN_FULL = Switches(), Switches(length="full")


class Taken(NamedTuple):
    """What a piece of work took, in seconds: by the clock, and of processor time."""

    clock: float
    processor: float


def get_ready() -> PlanFile:
    """The example, and everything imported and read that the app has before a page is opened."""
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    _import_all([*_list_own(), *_HEAVY])
    for lesson in (_play, write_documents):
        _import_all(_rehearse(lesson))
    warm()
    file = read_demo(TODAY)
    gc.collect()
    gc.freeze()
    return file


def time_alone(work: Callable[[], object], rounds: int = ROUNDS) -> Taken:
    """The least that a piece of work took in some processes of its own."""
    found = [_fork(work) for _ in range(rounds)]
    return Taken(min(each.clock for each in found), min(each.processor for each in found))


def _fork(work: Callable[[], object]) -> Taken:
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe()
    process = context.Process(target=_report, args=(work, there))
    process.start()
    there.close()
    taken: Taken = here.recv()
    process.join()
    return taken


def _report(work: Callable[[], object], line: Connection) -> None:
    clock, processor = time.perf_counter(), time.process_time()
    work()
    line.send(Taken(time.perf_counter() - clock, time.process_time() - processor))


def list_pairs(documents: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Documents with the kinds of file that suit them."""
    for name in documents:
        for kind in list_formats(name):
            yield name, kind


def make_one(file: PlanFile, document: str, kind: str, switches: Switches = IN_BRIEF) -> bytes:
    """One document, from the plan to the bytes."""
    return write_document(document, kind, gather(file.plan, TODAY, switches=switches))


def make_all(file: PlanFile) -> bytes:
    """Everything as one zip."""
    return pack_bundle(gather(file.plan, TODAY), file).raw


def make_singly(file: PlanFile) -> int:
    """The documents of the zip one by one, as somebody would who knows of no zip."""
    made = [make_one(file, name, kind) for name in load_documents() for kind in list_kinds(name)]
    return len(made)


def time_command(folder: Path, name: str) -> Taken:
    """A document or the zip by the command line, from nothing; the processor time is its own."""
    path = folder / "plan.json"
    if not path.exists():
        make_plan(path, demo=True)
    line = [sys.executable, "-m", "workbook", "export", str(path), str(folder / name)]
    code = f"import subprocess, resource; subprocess.run({line!r}, check=True, capture_output=True)"
    code += "; used = resource.getrusage(resource.RUSAGE_CHILDREN)"
    code += "; print(used.ru_utime + used.ru_stime)"
    clock = time.perf_counter()
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return Taken(time.perf_counter() - clock, float(told.stdout))


def measure(documents: Iterable[str], rounds: int = ROUNDS) -> Iterator[tuple[str, Taken, float]]:
    """What is made, what it took, and how many times that is of running the checks."""
    file = get_ready()
    checks = time_alone(lambda: gather(file.plan, TODAY), rounds)
    yield "the checks alone", checks, 1.0
    for name, kind in list_pairs(documents):

        def work(name: str = name, kind: str = kind) -> bytes:
            return make_one(file, name, kind)

        taken = time_alone(work, rounds)
        yield f"{name} as {kind}", taken, taken.processor / checks.processor
    whole: list[tuple[str, Callable[[], object]]] = [
        ("strategy in full as docx", lambda: make_one(file, "strategy", "docx", IN_FULL)),
        ("strategy in full as pdf", lambda: make_one(file, "strategy", "pdf", IN_FULL)),
        ("everything as one zip", lambda: make_all(file)),
        ("the same, one by one", lambda: make_singly(file)),
    ]
    for label, act in whole:
        taken = time_alone(act, rounds)
        yield label, taken, taken.processor / checks.processor


def main(arguments: list[str]) -> None:
    """Measure and print."""
    print(f"{'':32}{'clock':>8}{'processor':>11}{'checks':>8}")  # noqa: T201 - its output
    for label, taken, ratio in measure(arguments or sorted(load_documents())):
        line = f"{label:32}{taken.clock:7.2f}s{taken.processor:10.2f}s{ratio:7.1f}x"
        print(line, flush=True)  # noqa: T201 - its output
    with tempfile.TemporaryDirectory() as folder:
        for name in ("strategy.docx", "strategy.pdf", "everything.zip"):
            taken = time_command(Path(folder), name)
            label = f"workbook export {name}"
            line = f"{label:32}{taken.clock:7.2f}s{taken.processor:10.2f}s"
            print(line, flush=True)  # noqa: T201 - its output


if __name__ == "__main__":
    main(sys.argv[1:])
