"""Tells programs that read or preview a page from people's browsers, by the name they give."""

from __future__ import annotations

import re

#: Names of crawlers and fetchers, and never of an app: people open links inside Telegram, Slack,
#: Discord, WhatsApp and Pinterest too. CUBOT makes phones.
_READERS = re.compile(
    r"(?<!cu)bot\b|crawler|spider|slurp|(?:bing|skypeuri|url )preview|slack-imgproxy"
    r"|facebookexternalhit|facebookcatalog|meta-external|embedly|google-inspectiontool"
    r"|mediapartners-google|^googleother|\bia_archiver|^whatsapp/|^viber/|^iframely"
    r"|^curl|^wget|^python-|^go-http-client|^$",
    re.IGNORECASE,
)


def is_reader(name: str) -> bool:
    """Whether a program with this user agent only reads a page, and needs no kernel for that."""
    return _READERS.search(name.strip()) is not None
