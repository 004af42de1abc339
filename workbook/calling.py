"""The workbook from Python and the command line: with the clock and the environment filled in."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from workbook.checks import Finding, run
from workbook.content import BASE_LANGUAGE, load_words
from workbook.errors import ExportError, PlanExists, PlanMissing, SettingError
from workbook.plan import Plan
from workbook.settings import Settings
from workbook.storage.example import read_demo
from workbook.storage.folder import FileStore
from workbook.storage.plan_file import PlanFile
from workbook.translating import find_languages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from workbook.audit.files import Unreadable
    from workbook.audit.pages import Page
    from workbook.exports import Paper
    from workbook.exports.bundle import Bundle, Place
    from workbook.exports.documents import Material
    from workbook.session import Session

PLAN = "plan.json"
APPLICATION = "social-media-strategy-workbook"
_BUNDLE = ".zip"
_FAULTS = {
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.ENOENT: "no-folder",
    errno.ENOTDIR: "no-folder",
    errno.EISDIR: "folder",
    errno.EACCES: "forbidden",
    errno.EPERM: "forbidden",
    errno.EROFS: "forbidden",
}


# -- the surroundings --------------------------------------------------------------------------


def read_settings() -> Settings:
    """The settings in the environment.

    Raises SettingError, which names the variable that cannot be used.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - only needed together with a fault

    try:
        settings = Settings.read(os.environ)
    except ValidationError as error:
        field = str(error.errors(include_url=False, include_input=False)[0]["loc"][0])
    else:
        if settings.language in find_languages():
            return settings
        field = "language"
    name = f"WORKBOOK_{field}".upper()
    raise SettingError(name=name, value=os.environ.get(name, ""), reason=_explain_setting(field))


def _explain_setting(field: str) -> str:
    """What a setting must be, in words."""
    words, shape = load_words("cli.toml")["setting"], Settings.model_fields[field]
    bounds = {kind: getattr(each, kind) for each in shape.metadata for kind in ("ge", "le")
              if hasattr(each, kind)}  # fmt: skip
    kinds: dict[object, str] = {int: "whole", float: "number", bool: "yes_no"}
    kind = kinds.get(shape.annotation, "other")
    text: str = words[field if field in words else kind]
    known = ", ".join(find_languages())
    return text.format(least=bounds.get("ge"), most=bounds.get("le"), known=known)


def read_today() -> date:
    """The day it is where this computer stands."""
    return datetime.now().astimezone().date()


def find_plan() -> Path:
    """The plan file that WORKBOOK_PLAN names, or ``plan.json`` in the folder one works in."""
    return Path(read_settings().plan or PLAN)


# -- plans -------------------------------------------------------------------------------------


def open_plan(path: str | Path | None = None, *, example: bool = False) -> Plan:
    """The plan in a file, or an empty plan where there is no file yet.

    Without a path it is the file that WORKBOOK_PLAN names, else ``plan.json``. The file is left
    as it is, and none is made. With ``example`` the finished example stands in for a plan in which
    nothing is answered. Raises NotAPlan, PlanDamaged, PlanTooNew, PlanTooLarge, StoreUnreachable.
    """
    try:
        plan = read_plan(Path(path) if path is not None else find_plan()).plan
    except PlanMissing:
        plan = Plan()
    if not example or plan != Plan():
        return plan
    return read_demo(read_today(), read_settings().language).plan


def read_plan(path: Path) -> PlanFile:
    """The plan in a file with its revision; raises PlanMissing where there is no file."""
    return FileStore(_name_in_full(path)).load()


@contextlib.contextmanager
def open_session(path: str | Path) -> Iterator[Session]:
    """A session on the plan in a file, for answers and named versions; saved at each change.

    Raises what ``read_plan`` raises, and at the end what kept a change from being saved.
    """
    from workbook.session import Session  # noqa: PLC0415 - reading a plan needs none

    language = read_settings().language
    store = FileStore(_name_in_full(Path(path)))
    clock = partial(datetime.now, UTC)
    session = Session(store, clock=clock, language=language, create=False)
    yield session
    if session.failure is not None:
        raise session.failure


def make_plan(path: Path, *, demo: bool = False) -> PlanFile:
    """Make a plan file: an empty plan, or the finished example.

    Raises PlanExists where something lies already, StoreFull, StoreUnreachable.
    """
    path = _name_in_full(path)
    store = FileStore(path)
    if store.exists():
        raise PlanExists(name=path.name or str(path))
    now = datetime.now(UTC)
    plan = read_demo(read_today(), read_settings().language).plan if demo else Plan()
    return store.save(PlanFile(plan=plan), expected_revision=0, now=now)


def _name_in_full(path: Path) -> Path:
    """A path whose last part is a name that can be told: “.” is the folder one works in."""
    return path if path.name.strip(".") else path.resolve()


def check(plan: Plan) -> tuple[Finding, ...]:
    """What the checks find in a plan today, the heaviest first."""
    return run(plan, read_today(), language=read_settings().language)


def check_file(plan_file: PlanFile, language: str) -> tuple[Finding, ...]:
    """What the checks find today in a plan file, with what was typed but not understood."""
    return run(plan_file.plan, read_today(), unclear=plan_file.unclear, language=language)


# -- documents ---------------------------------------------------------------------------------


def export(plan: Plan, path: str | Path, *, document: str = "") -> Path:
    """Write a document of a plan; the end of the file's name chooses the format.

    Without a document it is the strategy, or all of them where the name ends in “.zip”. Gives the
    path. Raises ExportError when there is no such document or format, when the file cannot be
    written, or, once the others are, when a document of a zip could not be made.
    """
    path, language = Path(path), read_settings().language
    if is_bundle(path, document):
        bundle = export_bundle(PlanFile(plan=plan), path, language=language)
        if bundle.problems:
            raise _refuse("incomplete", given=path.name, problems=" ".join(bundle.problems))
        return path
    named = document or "strategy"
    return export_file(PlanFile(plan=plan), path, document=named, language=language)


def export_file(
    plan_file: PlanFile,
    path: Path,
    *,
    document: str = "strategy",
    paper: str = "a4",
    switches: Iterable[tuple[str, bool | str]] = (),
    language: str = "en",
    template: bytes | None = None,
    look: Mapping[str, Any] = MappingProxyType({}),
) -> Path:
    """Write a document of a plan file on a paper, “a4” or “letter”.

    ``switches`` says by name what the document takes in, ``template`` is a company's own for Word.
    ``look`` is what stands in the place of the plan's look, by the names of ``Look``.
    Raises ExportError and TemplateUnusable.
    """
    from workbook.exports import documents as found  # noqa: PLC0415 - same reason
    from workbook.exports import load_formats  # noqa: PLC0415 - loaded when one is made

    format_name = choose_format(path)
    if document not in found.load_documents():
        raise _refuse("document", given=document, known=sorted(found.load_documents()))
    if format_name not in found.list_formats(document):
        known = [load_formats()[name].SUFFIX for name in found.list_formats(document)]
        raise _refuse("unsuited", given=path.suffix, document=document, known=known)
    material, sheet = _gather(plan_file, switches, language, look), _find_paper(paper)
    made = found.write_document(document, format_name, material, paper=sheet, template=template)
    write_file(path, made)
    return path


def export_bundle(
    plan_file: PlanFile,
    path: Path,
    *,
    paper: str = "a4",
    switches: Iterable[tuple[str, bool | str]] = (),
    language: str = "en",
    template: bytes | None = None,
    look: Mapping[str, Any] = MappingProxyType({}),
    watch: Callable[[Place], bool] = lambda _: True,
) -> Bundle:
    """Write every document of a plan file, and the plan itself, into one zip.

    ``watch`` is told of each file before it is made. Gives what is in the zip, and what could not
    be made. Raises ExportError and TemplateUnusable.
    """
    from workbook.exports.bundle import pack_bundle  # noqa: PLC0415 - loaded when one is made

    material, sheet = _gather(plan_file, switches, language, look), _find_paper(paper)
    bundle = pack_bundle(material, plan_file, paper=sheet, template=template, watch=watch)
    write_file(path, bundle.raw)
    return bundle


def is_bundle(path: Path, document: str | None = None) -> bool:
    """Whether a file's name asks for every document at once.

    Raises ExportError where one document is named as well.
    """
    if path.suffix.lower() != _BUNDLE:
        return False
    if document:
        raise _refuse("whole", given=path.name, document=document)
    return True


def _gather(
    plan_file: PlanFile,
    switches: Iterable[tuple[str, bool | str]],
    language: str,
    look: Mapping[str, Any],
) -> Material:
    from workbook.exports.documents import Switches, gather  # noqa: PLC0415 - loaded when needed

    parts = [name for name, field in Switches.model_fields.items() if field.annotation is bool]
    chosen: dict[str, bool | str] = {}
    for name, value in switches:
        chosen[name.replace("-", "_")] = value
        if isinstance(value, bool) and name.replace("-", "_") not in parts:
            known = sorted(part.replace("_", "-") for part in parts)
            raise _refuse("switch", given=name, known=known)
    return gather(
        _dress(plan_file.plan, look),
        read_today(),
        unclear=plan_file.unclear,
        language=language,
        switches=Switches.model_validate(chosen),
    )


def _dress(plan: Plan, look: Mapping[str, Any]) -> Plan:
    """The plan with what is given of a look in the place of its own, for one document."""
    if not look:
        return plan
    from workbook.exports.look import keep_look, open_look  # noqa: PLC0415 - same reason

    dressed = replace(open_look(plan.look), **look)
    return plan.model_copy(update={"look": keep_look(dressed)})


def _find_paper(paper: str) -> Paper:
    from workbook.exports import Paper  # noqa: PLC0415 - loaded when a document is made

    return next(each for each in Paper if each.value.lower() == paper.lower())


def choose_format(path: Path) -> str:
    """The format that the end of a file's name stands for; raises ExportError for any other."""
    from workbook.exports import load_formats  # noqa: PLC0415 - loaded when a document is made

    suffixes = {module.SUFFIX: name for name, module in load_formats().items()}
    if path.suffix.lower() not in suffixes:
        raise _refuse("suffix", given=path.name, known=sorted([*suffixes, _BUNDLE]))
    return suffixes[path.suffix.lower()]


def _refuse(reason: str, **values: Any) -> ExportError:
    words = load_words("cli.toml")["reasons"][reason]
    shown = {name: ", ".join(v) if isinstance(v, list) else v for name, v in values.items()}
    return ExportError(reason=words.format(**shown), kind=reason)


def write_file(path: Path, content: bytes) -> None:
    """Put the content at the path, whole or not at all; raises ExportError."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(name).chmod(0o666 & ~_read_umask())
            Path(name).replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        fault = _FAULTS.get(error.errno or 0, "other")
    else:
        return
    raise _refuse(fault, given=path.name, folder=str(path.parent))


def _read_umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


# -- pages of the web ---------------------------------------------------------------------------


def may_fetch(settings: Settings, *, public: bool) -> bool:
    """Whether web pages may be fetched: as whoever runs it chose, else only on one's own computer.

    ``public`` says that others than whoever runs it can ask for a page.
    """
    return settings.live_audit == "on" or (settings.live_audit == "auto" and not public)


def visit_website(
    plan: Plan, address: str, language: str = BASE_LANGUAGE
) -> tuple[Page | Unreadable, ...]:
    """Fetch a page and at most four more of its website; nothing of it is kept."""
    from time import monotonic  # noqa: PLC0415 - only this measures time

    from workbook.audit.fetching import Guest  # noqa: PLC0415 - the one thing that calls out
    from workbook.audit.tour import visit  # noqa: PLC0415 - same reason

    return visit(plan, address, Guest(monotonic), language)
