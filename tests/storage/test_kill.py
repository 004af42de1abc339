"""Programs that are killed, or save at the same time, lose nothing they said was saved."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from saving_process import FILLER, NOW, open_store

from workbook.storage.encryption import new_key
from workbook.storage.plan_file import PlanFile

SCRIPT = Path(__file__).with_name("saving_process.py")

pytestmark = pytest.mark.server


def kill_while_saving(where: list[str], wait: float) -> int:
    """Start saving, kill -9 some time after the first save, and give what was said last."""
    command = [sys.executable, str(SCRIPT), *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = [int(process.stdout.readline())]
        killer = threading.Timer(wait, process.kill)
        killer.start()
        said += [int(line) for line in process.stdout if line.endswith("\n")]
        killer.join()
    return said[-1]


def prove_kept(where: list[str], rounds: int) -> None:
    """After every kill the plan opens, whole, at the last number that was said or the next."""
    chance = random.Random(20261121)
    for _ in range(rounds):
        said = kill_while_saving(where, chance.uniform(0.0, 0.12))
        kept = open_store(*where).load()
        assert kept.revision in (said, said + 1)
        assert kept.unclear == {"number": str(kept.revision), "text": FILLER}


def places(tmp_path: Path) -> dict[str, list[str]]:
    return {
        "file": ["file", str(tmp_path / "plan.json")],
        "database": ["database", f"sqlite:///{tmp_path}/plans.sqlite3", new_key()],
    }


@pytest.mark.parametrize("kind", ["file", "database"])
def test_a_killed_program_keeps_what_it_said_was_saved(tmp_path: Path, kind: str) -> None:
    """Killed while it saves, a plan is whole and holds the last answer that was acknowledged."""
    prove_kept(places(tmp_path)[kind], rounds=2)
    left = {path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"}
    assert len(left) <= 1


@pytest.mark.parametrize("kind", ["file", "database"])
def test_programs_that_save_at_the_same_time_lose_nothing(tmp_path: Path, kind: str) -> None:
    """Three notebooks or pages on one plan: every line of each is there at the end."""
    where = places(tmp_path)[kind]
    open_store(*where).save(PlanFile(), expected_revision=0, now=NOW)
    command = [sys.executable, str(SCRIPT), "--lines"]
    started = [
        subprocess.Popen([*command, name, *where], stderr=subprocess.PIPE, text=True)
        for name in "abc"
    ]
    for process in started:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    kept = open_store(*where).load()
    assert set(kept.unclear) == {f"{name}.{n}" for name in "abc" for n in range(20)}
    assert kept.revision == 61


@pytest.mark.parametrize("kind", ["file", "database"])
def test_twenty_kills_lose_nothing(tmp_path: Path, kind: str) -> None:
    """The same twenty times over, at other moments."""
    prove_kept(places(tmp_path)[kind], rounds=20)


def read_acknowledged(said: list[str]) -> dict[str, str]:
    """What the killed program said was saved, as answers by their paths."""
    return dict(line.rstrip("\n").split("\t") for line in said)


def kill_while_answering(where: list[str], wait: float) -> list[str]:
    """Answer through a session, kill -9 some time after the first answer; what was said."""
    command = [sys.executable, str(SCRIPT), "--answers", *where]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        said = [process.stdout.readline()]
        killer = threading.Timer(wait, process.kill)
        killer.start()
        said += [line for line in process.stdout if line.endswith("\n")]
        killer.join()
    return said


def prove_answers_kept(where: list[str], rounds: int) -> None:
    """After every kill each acknowledged answer is in the plan, or the one that followed it."""
    from workbook.plan import read_answer

    chance = random.Random(20261122)
    for _ in range(rounds):
        said = kill_while_answering(where, chance.uniform(0.0, 0.3))
        assert said
        plan = open_store(*where).load().plan
        for path, number in read_acknowledged(said).items():
            kept = int(str(read_answer(plan, path)).rpartition(" ")[2])
            # each path is answered every third time, so the next number may be there already
            assert kept in (int(number), int(number) + 3)
            assert kept == int(number) or said[-1].endswith(f"\t{kept - 1}\n")


def test_a_killed_session_keeps_every_acknowledged_answer(tmp_path: Path) -> None:
    """What a page was told is saved is there after the program was killed, sealed on the disk."""
    where = places(tmp_path)["database"]
    prove_answers_kept(where, rounds=2)
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Bakery number" not in stored


def test_twenty_killed_sessions_lose_no_answer(tmp_path: Path) -> None:
    """The same twenty times over, at other moments."""
    prove_answers_kept(places(tmp_path)["database"], rounds=20)
