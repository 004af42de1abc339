"""Which addresses are never fetched: every way into a network that is not the public web."""

from __future__ import annotations

import ast
import contextlib
import re
import time

import pytest

from workbook.audit.fetching import Guest
from workbook.audit.guard import Refused, follow, is_public, read_target
from workbook.content import load_words
from workbook.discovery import root

HOSTILE = [
    # other ways to fetch
    "file:///etc/passwd", "ftp://www.example.com/a", "gopher://www.example.com/_x",
    "javascript:alert(1)", "data:text/html,<p>x", "dict://www.example.com:11211/", "ws://www.example.com",
    "//www.example.com/a", "www.example.com", "http:/www.example.com", "https:www.example.com", "http://",
    # this computer, by name
    "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://localhost.localdomain/",
    "http://intranet/", "http://router/", "http://printer.local/", "http://db.internal/",
    "http://metadata.google.internal/computeMetadata/v1/", "http://wiki.corp/", "http://nas.lan/",
    "http://fritz.home.arpa/", "http://1.0.0.127.in-addr.arpa/", "http://abc.onion/",
    # addresses as numbers, in every way they are written
    "http://127.0.0.1/", "http://127.1/", "http://0/", "http://0.0.0.0/", "http://2130706433/",
    "http://0x7f000001/", "http://0x7f.0.0.1/", "http://0177.0.0.1/", "http://017700000001/",
    "http://127.0.0.1.:80/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1%25eth0]/",
    "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[2001:0:7f00:1::]/", "http://[::]/",
    "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest/",
    "http://100.64.0.1/", "http://168.63.129.16/", "http://8.8.8.8/", "http://1.1.1.1/",
    "http://\uff11\uff12\uff17.0.0.1/", "http://①②⑦.0.0.1/", "http://127。0。0。1/", "http://127.0.0.0x1/",
    # names that hide where they lead
    "http://user@www.example.com/", "http://www.example.com@127.0.0.1/", "http://a:b@www.example.com/",
    "http://www.example.com\\@127.0.0.1/", "http://127.0.0.1#@www.example.com/",
    "http://www.example.com\t.internal/", "http://www.example.com\r\nHost: localhost/",
    "http://www.example.com\x00.internal/", "http://www.exa mple.com/", "http://www.example.com./",
    "http://%31%32%37.0.0.1/", "http://www.example%2ecom/", "http://-a.example.com/", "http://a..example.com/",
    "http://" + "a" * 64 + ".com/", "http://" + "a." * 140 + "com/", "http://exam_ple.com/",
    "http://[www.example.com]/", "http://[::1/", "http://www.\u200bexample.com/",
    # ports that are not those of the web
    "http://www.example.com:22/", "http://www.example.com:6379/", "https://www.example.com:8080/",
    "http://www.example.com:0/", "http://www.example.com:99999/", "http://www.example.com:-80/",
    "http://www.example.com:80abc/", "", " ", "https://" + "a" * 2000 + ".com/",
]  # fmt: skip
CLOSED = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.100.100.200", "100.127.255.254",
    "127.0.0.1", "127.255.255.254", "168.63.129.16", "169.254.0.1", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1",
    "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255",
    "240.0.0.1", "255.255.255.255",
    "::", "::1", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1", "100::1", "2001::1",
    "2001:0:4136:e378::1", "2001:2::1", "2001:10::1", "2001:20::1", "2001:db8::1",
    "2002:7f00:1::1", "2002:808:808::1",
    "2620:4f:8000::1", "3fff::1", "5f00::1", "fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0",
    "fec0::1", "ff02::1", "not an address", "", "127.0.0.1 ", "0x7f.0.0.1", "1.1.1",
]  # fmt: skip
OPEN = [
    "8.8.8.8", "93.184.216.34", "100.63.255.255", "172.32.0.1",
    "2606:2800:220:1::1", "2a00:1450::1",
]  # fmt: skip


def test_there_are_enough_hostile_addresses():
    """The list covers at least forty ways in, none of them twice."""
    assert len(set(HOSTILE)) == len(HOSTILE)
    assert len(HOSTILE) >= 40


@pytest.mark.parametrize("address", HOSTILE, ids=ascii)
def test_hostile_addresses_are_refused(address):
    """Nothing is looked up or connected to, and the reason has words."""
    asked = []

    def resolve(*question):
        asked.append(question)
        return ("93.184.216.34",)

    with pytest.raises(Refused) as refused:
        read_target(address)
    found = Guest(time.monotonic, resolve=resolve).fetch(address)
    assert found.id == f"live-{refused.value.id}"
    assert asked == []
    words = load_words("audit/words.toml")["unreadable"][found.id]
    assert words["what"].format(name="x", **found.values)


def test_hostile_addresses_are_refused_behind_a_redirect():
    """A redirect is held against the same rules; what is relative stays on the same host."""
    start = read_target("https://www.example.com/a")
    followed = {}
    for address in HOSTILE:
        with contextlib.suppress(Refused):
            target = follow(start, address)
            followed[address] = (target.host, target.port)
    assert {host for host, _ in followed.values()} == {"www.example.com"}
    assert {port for _, port in followed.values()} <= {80, 443}
    assert len(followed) < 10, followed


def test_closed_networks_are_not_public():
    """Private, loopback, link-local, metadata, carrier, test, relay, multicast and reserved."""
    assert [address for address in CLOSED if is_public(address)] == []


def test_the_public_web_is_public():
    """Ordinary addresses, also those right beside a closed network, may be connected to."""
    assert [address for address in OPEN if not is_public(address)] == []


def test_a_name_that_leads_inside_is_refused():
    """Whatever a name says, the address it stands for decides, also beside a public one."""
    for closed in CLOSED:
        for answer in ((closed,), ("93.184.216.34", closed)):
            guest = Guest(time.monotonic, resolve=lambda *_, found=answer: found)
            assert guest.fetch("https://www.example.com/").id == "live-private", closed


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("HTTP://WWW.Example.COM", "http://www.example.com/"),
        ("https://www.example.com:443/a b?c=d e#f", None),
        ("https://www.example.com:443/a?c=d#f", "https://www.example.com/a?c=d"),
        ("https://münchen.example.org/größe?q=ü", "https://xn--mnchen-3ya.example.org/gr%C3%B6%C3%9Fe?q=%C3%BC"),
        ("https://www.example.com/a%20b/../c", "https://www.example.com/a%20b/../c"),
    ],
)  # fmt: skip
def test_ordinary_addresses_are_asked_in_one_form(typed, asked):
    """Capitals, the usual port and fragments make no difference; other letters are written out."""
    if asked is None:
        with pytest.raises(Refused):
            read_target(typed)
    else:
        assert read_target(typed).address == asked


def test_only_one_module_calls_out():
    """Nothing else in the package connects to anything on the web or looks names up."""
    callers = ("httpcore", "httpx", "requests", "urllib3", "aiohttp", "http.client",
               "urllib.request", "ftplib", "smtplib", "telnetlib", "socket")  # fmt: skip
    # Only a module that has one of the names in its text is worth reading as code.
    named = re.compile("|".join(map(re.escape, callers)))
    found = set()
    package = root()
    for path in package.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if "serving" in path.parts or not named.search(source):
            continue
        for node in ast.walk(ast.parse(source)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(name in callers for name in names):
                found.add(str(path.relative_to(package)))
    assert found == {"audit/fetching.py", "audit/guard.py"}
