"""Keeps a plan as a file in a folder, for JupyterLab and the command line."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from workbook.errors import (
    NotAPlan,
    PlanChanged,
    PlanMissing,
    StoreError,
    StoreFull,
    StoreUnreachable,
)
from workbook.storage.plan_file import (
    FORMAT,
    PlanFile,
    name_copy,
    read_plan_file,
    refuse_large,
    write_for_saving,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_LOCK_SECONDS = 10.0
_OWN_HEAD = re.compile(
    rb'\s*\{\s*"format":\s*"%b",\s*"version":\s*\d+,\s*"revision":\s*(\d+),?\s' % FORMAT.encode()
)
_HEAD_BYTES = 256
_OWNER_ONLY = 0o600


class FileStore:
    """A plan file, written whole or not at all, with its last good copy beside it.

    The copy is written after the plan itself, so it survives whatever another program does to the
    plan. A damaged or newer file is never written over. Where the path is a symbolic link, the
    file it points to is kept. New files can be read by their owner only.
    """

    reads_only = False

    def __init__(self, path: Path, *, limit_mb: int = 50) -> None:
        """A store at a path that need not exist yet; the limit is in MB of 1,000,000 bytes."""
        self.path = Path(path)
        self._limit_mb = limit_mb

    def __repr__(self) -> str:
        return f"FileStore({str(self.path)!r})"

    @property
    def copy_path(self) -> Path:
        """Where the last good copy lies."""
        target = self._target()
        return target.with_name(name_copy(target.name))

    def load(self) -> PlanFile:
        """The plan in the file; see :class:`workbook.storage.store.Store`."""
        found = self._read()
        if found is None:
            raise PlanMissing(name=self.path.name)
        return found

    def save(self, plan_file: PlanFile, *, expected_revision: int, now: datetime) -> PlanFile:
        """Replace the file in one step; see :class:`workbook.storage.store.Store`."""
        saved = plan_file.mark_saved(expected_revision + 1, now)
        raw = write_for_saving(saved, name=self.path.name, limit_mb=self._limit_mb)
        with _translate_failures():
            target = self._target()
            target.parent.mkdir(parents=True, exist_ok=True)
            with _lock(target):
                self._refuse_change(expected_revision)
                _replace(target, raw, keep=True)
                with contextlib.suppress(OSError):
                    _replace(self.copy_path, raw, keep=False)
        return saved

    def delete(self) -> None:
        """Remove the file, its copy, and the link to it if the path is one."""
        with _translate_failures():
            target = self._target()
            if not target.parent.is_dir():
                return
            with _lock(target):
                _remove_unfinished(target)
                for path in (target, self.copy_path, self.path):
                    path.unlink(missing_ok=True)

    def exists(self) -> bool:
        """Whether something lies at the path."""
        with _translate_failures():
            return self.path.exists()

    def revision(self) -> int | None:
        """The revision in the file's head, or None when there is no file."""
        with _translate_failures():
            head = self._read_head() if self.path.is_file() else b""
        if found := _OWN_HEAD.match(head):
            return int(found.group(1))
        plan_file = self._read()
        return None if plan_file is None else plan_file.revision

    def _read_head(self) -> bytes:
        with contextlib.suppress(FileNotFoundError), self.path.open("rb") as file:
            return file.read(_HEAD_BYTES)
        return b""

    def _target(self) -> Path:
        with _translate_failures():
            return self.path.resolve()

    def _read(self) -> PlanFile | None:
        name = self.path.name
        with _translate_failures():
            if not self.path.exists():
                return None
            if not self.path.is_file():
                raise NotAPlan(name=name)
            refuse_large(self.path.stat().st_size, name=name, limit_mb=self._limit_mb)
            raw = self.path.read_bytes()
            copy = self.copy_path.name if self.copy_path.exists() else ""
        return read_plan_file(raw, name=name, limit_mb=self._limit_mb, copy=copy)

    def _refuse_change(self, expected: int) -> None:
        found = self._read()
        if found is None and expected > 0:
            raise PlanMissing(name=self.path.name)
        if found is not None and found.revision != expected:
            raise PlanChanged


@contextlib.contextmanager
def _translate_failures() -> Iterator[None]:
    """The operating system's failures as the workbook's own, without its details."""
    failure: type[StoreError] | None = None
    try:
        yield
    except (OSError, RuntimeError, Timeout) as error:
        full = isinstance(error, OSError) and error.errno in _FULL
        failure = StoreFull if full else StoreUnreachable
    if failure:
        raise failure from None


def _lock(target: Path) -> FileLock:
    return FileLock(target.with_name(f".{target.name}.lock"), timeout=_LOCK_SECONDS)


def _remove_unfinished(target: Path) -> None:
    """Remove what a program that was killed while writing left behind; needs the lock."""
    for path in target.parent.glob(f".{_escape(target.name)}.*.tmp"):
        path.unlink(missing_ok=True)


def _escape(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)


def _replace(target: Path, raw: bytes, *, keep: bool) -> None:
    """Put the bytes at the target, whole or not at all; ``keep`` waits until the disk has them."""
    _remove_unfinished(target)
    mode = target.stat().st_mode & 0o7777 if target.exists() else _OWNER_ONLY
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            if keep:
                os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if keep:
        _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Wait until the disk has the new name; where a system cannot do that, it is left out."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
