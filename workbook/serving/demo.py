"""A store for trials: it lies in a folder of its own, and goes with the server."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.storage.defaults import default_address

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

    from workbook.settings import Settings

STORE = "demo"
"""What is written in the place of a database's address."""
_NAMES = ("WORKBOOK_STORE", "WORKBOOK_DEMO", "WORKBOOK_COPIES")


@contextmanager
def lend_store(settings: Settings, environment: MutableMapping[str, str]) -> Iterator[Settings]:
    """Settings for a server, with a store that goes when the block ends, where “demo” is asked for.

    The kernels of pages learn of it from ``environment``, and every page says that nothing is
    kept. No copy is made. Other settings come out as they are.
    """
    if settings.store != STORE:
        yield settings
        return
    before = {name: environment.get(name) for name in _NAMES}
    with tempfile.TemporaryDirectory(prefix="wb-demo", ignore_cleanup_errors=True) as folder:
        address = default_address(Path(folder))
        environment.update(zip(_NAMES, (address, "true", "0"), strict=True))
        try:
            yield settings.model_copy(update={"store": address, "demo": True, "copies": 0})
        finally:
            for name, value in before.items():
                environment.pop(name, None)
                environment.update({} if value is None else {name: value})
