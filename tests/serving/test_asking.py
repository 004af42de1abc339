"""Who asks a server: somebody out there, or a program on the same machine for itself."""

from __future__ import annotations

import pytest

from workbook.serving.places import is_asked_here, name_address


@pytest.mark.parametrize(
    ("remote", "host", "header", "here"),
    [
        ("127.0.0.1", "127.0.0.1", "Accept", True),
        ("::1", "[::1]", "User-Agent", True),
        ("127.0.0.1", "localhost", "X-Prometheus-Scrape-Timeout-Seconds", True),
        ("198.51.100.1", "localhost", "Accept", False),
        ("127.0.0.1", "workbook.example.com", "Accept", False),
        ("127.0.0.1", "198.51.100.1", "Accept", False),
        *(
            ("127.0.0.1", "localhost", header, False)
            for header in (
                "Via",
                "Forwarded",
                "X-Forwarded-For",
                "X-Forwarded-Host",
                "x-forwarded-proto",
                "X-Real-Ip",
                "CF-Connecting-IP",
            )
        ),
    ],
)
def test_what_a_proxy_passes_on_is_not_asked_here(
    remote: str, host: str, header: str, *, here: bool
) -> None:
    """Any sign of a proxy counts, and so does a name that is not this machine's own."""
    assert is_asked_here(remote, host, [header]) is here


@pytest.mark.parametrize(
    ("remote", "name"), [("::ffff:198.51.100.1", "198.51.100.1"), ("::ffff:127.0.0.1", "")]
)
def test_an_address_of_the_older_kind_is_known_in_the_newer_form(remote: str, name: str) -> None:
    """Visitors of a server that listens on both kinds are not all taken for one."""
    assert name_address(remote) == name
