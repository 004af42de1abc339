"""Why a database server lets nobody in or lets nothing be kept, for whoever runs the workbook.

While a connection is made PostgreSQL tells its reason as a sentence and without a code, so the
sentences of its English messages are looked for; in another language the reason stays unnamed.
"""

from __future__ import annotations

import re
from typing import Final

from workbook.storage.reasons import read_reason

_CODES: Final = {
    "42501": "rights",  # insufficient_privilege
    "3F000": "rights",  # invalid_schema_name: there is none in which tables could be made
    "25006": "standby",  # read_only_sql_transaction
    "53300": "crowded",  # too_many_connections
}
_SENTENCES: Final = (
    ("account", r"password|authentication failed|role .+ (does not exist|is not permitted)"),
    ("account", r"no pg_hba\.conf entry"),
    ("absent", r"database .+ does not exist"),
    ("entry", r"permission denied for database"),
    ("crowded", r"too many (clients|connections)|remaining connection slots"),
    ("host", r"could not translate host name|[Nn]ame or service not known"),
    ("encryption", r"SSL|certificate"),
)


def read_refusal(error: BaseException) -> str:
    """The reason in our words, without a name, an address or a password; empty when none is known.

    ``error`` is what the driver raised, as SQLAlchemy keeps it in ``orig``.
    """
    code = getattr(error, "sqlstate", None)
    if code is None and hasattr(error, "pgconn"):
        code = _find_sentence(str(error))
    else:
        code = _CODES.get(code or "", "")
    return read_reason("refusal", code) if code else ""


def _find_sentence(text: str) -> str:
    told = re.sub(r'"[^"]*"', '""', text)  # names are chosen by people, and may say anything
    return next((name for name, pattern in _SENTENCES if re.search(pattern, told)), "")
