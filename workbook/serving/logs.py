"""What the server writes down: pages and times, never a query, a kernel, a visitor or a key."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tornado.web import RequestHandler

_log = logging.getLogger("workbook.access")

_ID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?::[0-9a-zA-Z-]+)?")
_WHO = re.compile(r" \((?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]+)\)|remote_ip='[^']*'")
_QUERY = re.compile(r"(?<=[\w/.~%-])\?[^\s'\"<>]+")

#: What jupyter_server writes down for each page and no operator can do anything with.
_CHATTER = (
    "Adapting from protocol version",
    "Starting buffering for",
    "Discarding ",
    "Connecting to kernel",
)


#: What jupyter_server writes down with words that a sender chose; only ours of it are kept.
_FOREIGN = (
    "No channel specified",
    "No such channel",
    "Received message of type",
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_LONGEST = 1000
#: What visitors in the line are told, and those who come while the app is restarted: no mistake.
_WAIT = 503


def mask(text: str) -> str:
    """A line without kernel ids, visitors' addresses and what follows a question mark.

    It is one line, of bounded length, whatever somebody else put into it.
    """
    text = next((ours for ours in _FOREIGN if text.startswith(ours)), text[: 2 * _LONGEST])
    text = _WHO.sub("", _QUERY.sub("", _ID.sub("…", text)))
    return _CONTROL.sub(" ", text)[:_LONGEST]


def log_access(handler: RequestHandler) -> None:
    """Write one request down: status, method, path and time."""
    request = handler.request
    status = handler.get_status()
    level = logging.DEBUG
    if status >= 500 and status != _WAIT:  # noqa: PLR2004 # the server's own mistakes in HTTP
        level = logging.ERROR
    elif request.path.endswith(".ipynb"):
        level = logging.INFO
    milliseconds = 1000 * request.request_time()
    _log.log(level, "%s %s %s %.0f ms", status, request.method, mask(request.path), milliseconds)


class MaskingFilter(logging.Filter):
    """Takes kernel ids and queries out of what any library writes down, and leaves chatter out."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record; keeps it unless it is chatter below a warning."""
        record.msg = mask(record.getMessage())
        record.args = None
        return record.levelno >= logging.WARNING or not record.msg.startswith(_CHATTER)


def set_up(*names: str) -> None:
    """Let these loggers write what they have to say to the error stream, masked."""
    for name in names:
        logger = logging.getLogger(name)
        if not logger.handlers:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            logger.addHandler(handler)
            logger.setLevel(logging.INFO)
            logger.propagate = False
        mask_all(logger)


def mask_all(logger: logging.Logger) -> None:
    """Put the masking filter on every handler of a logger, once."""
    for handler in logger.handlers:
        if not any(isinstance(known, MaskingFilter) for known in handler.filters):
            handler.addFilter(MaskingFilter())
