"""The app with the store it keeps plans in, and what is done for them each day."""

from __future__ import annotations

import contextlib
import os
import re
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from workbook.calling import APPLICATION, read_today
from workbook.content import load_words
from workbook.errors import SettingError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from workbook.settings import Settings


_EVERYWHERE = {"0.0.0.0", "::", ""}  # noqa: S104 - looked for, and bound to where somebody asks
_ELSEWHERE = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737); nothing is sent to it."""

FILE = "WORKBOOK_STORE_FILE"
"""What names, in the environment of a page, the file of the database that its server holds."""


def name_for_others(address: str, ip: str) -> str:
    """The app's address as others in the same network can open it.

    Where the app listens on all addresses, the computer's name is of no use to a phone: the number
    stands in its place, if the computer has one.
    """
    if ip not in _EVERYWHERE:
        return address
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        asked.connect(_ELSEWHERE)
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
        return parts._replace(netloc=f"{asked.getsockname()[0]}{port}").geturl()
    return address


def find_store(settings: Settings) -> str:
    """The address of the database with the visitors' plans."""
    from platformdirs import user_data_path  # noqa: PLC0415 - only where nobody chose a store

    from workbook.storage.defaults import default_address  # noqa: PLC0415 - same reason

    return settings.store or default_address(user_data_path(APPLICATION))


def serve_app(
    settings: Settings,
    *,
    port: int,
    ip: str,
    open_browser: bool,
    announce: Callable[[str], None] | None = None,
) -> None:
    """Serve the guided app until it is stopped.

    Each day the embedded database is copied, unless no copy is wanted, and what has outlived its
    time is deleted.
    ``announce`` is called with the app's address once it takes visitors. Raises ServeError, and
    SettingError when the database cannot be used.
    """
    from workbook.serving.app import find_notebooks, serve  # noqa: PLC0415 - loads Voila

    with hold_store(settings) as (address, told):
        serve(
            settings,
            port=port,
            ip=ip,
            open_browser=open_browser,
            notebooks=find_notebooks(),
            environment=os.environ | told,
            daily=list_daily(settings, address),
            announce=announce,
        )


def list_daily(settings: Settings, store: str) -> dict[str, Callable[[], None]]:
    """What is done each day, by what is said of it when it fails."""
    from workbook.storage.copies import copy_database  # noqa: PLC0415 - loads SQLAlchemy
    from workbook.storage.creations import forget_creations  # noqa: PLC0415 - same reason
    from workbook.storage.database import purge  # noqa: PLC0415 - same reason
    from workbook.workshop.ending import purge_rooms  # noqa: PLC0415 - same reason

    def copy() -> None:
        copy_database(store, read_today(), keep=settings.copies)

    def delete_old() -> None:
        purge(store, read_today(), settings.keep_months)
        forget_creations(store, datetime.now(UTC))
        purge_rooms(store, datetime.now(UTC), settings.keep_months)

    copying = "Copying the database" if settings.copies else "Deleting old copies"
    return {"Deleting old plans": delete_old, copying: copy}


@contextlib.contextmanager
def hold_store(settings: Settings) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of the database, which is held open, and what pages are told of its file.

    Raises SettingError when it cannot be used.
    """
    from workbook.storage.connections import hold_database  # noqa: PLC0415 - loads SQLAlchemy

    with contextlib.ExitStack() as held:
        try:
            address = find_store(settings)
            number = held.enter_context(hold_database(address))
        except StoreError as error:
            raise _name_fault(settings, error) from None
        yield address, {FILE: str(number)} if number else {}


def expect_store(address: str) -> None:
    """Let a page keep answers in the very file that its server holds, and in no other."""
    if number := os.environ.get(FILE):
        from workbook.storage.connections import expect_file  # noqa: PLC0415 - loads SQLAlchemy

        expect_file(address, int(number))


def _name_fault(settings: Settings, found: StoreError) -> SettingError:
    """What is wrong with the address of the database, for whoever starts the app."""
    given = _hide_password(settings.store)
    words = load_words("cli.toml")["store"]
    reason = found.values.get("reason") or words.get(found.id, found.id)
    return SettingError(name="WORKBOOK_STORE", value=given, reason=reason)


def _hide_password(address: str) -> str:
    """An address of a database that may be shown."""
    shown = re.sub(r"([?&]password=)[^&]*", r"\1…", address)
    return re.sub(r"(//[^:/@]*):.*@", r"\1:…@", shown)
