"""A website that is visited live: what is fetched, what is not, and that it always ends soon."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
import time

import pytest
from local_site import NAME, bomb, drip, drip_headers, endless, packed, redirect, run_site

from tests.audit.samples import TODAY, make_plan
from workbook.audit.fetching import AGENT, Guest, Limits
from workbook.audit.files import Unreadable
from workbook.audit.guard import Refused, look_up
from workbook.audit.pages import Page
from workbook.audit.run import audit
from workbook.audit.tour import visit
from workbook.content import load_words

QUICK = Limits(seconds=2.0, page_seconds=0.3)


@pytest.fixture
def site():
    """A website of several pages."""
    with run_site() as running:
        yield running


def make_guest(site, **given):
    """A guest who may visit this one website on this computer, and nothing else."""
    given.setdefault("resolve", lambda host, *_: ("127.0.0.1",) if host == NAME else ("10.0.0.1",))
    given.setdefault("accept", lambda address, port: (address, port) == ("127.0.0.1", site.port))
    given.setdefault("ports", frozenset({80, 443, site.port}))
    return Guest(time.monotonic, **given)


def test_a_page_is_fetched_as_a_guest(site):
    """Host and name are right, no cookie is sent, and the answer is read like an upload."""
    page = make_guest(site).fetch(site.address())
    assert isinstance(page, Page)
    assert page.was_fetched
    assert page.address == site.address()
    assert page.headings == ("Bathrooms in Norwich, fitted in a week",)
    host, _, headers = site.asked[-1]
    assert host == f"{NAME}:{site.port}"
    assert headers["User-Agent"].startswith(f"{AGENT} (")
    assert not {"Cookie", "Authorization", "Referer"} & set(headers)


def test_the_website_is_visited_where_it_matters(site):
    """The page named, then those the plan names, then contact; at most five, none twice."""
    plan = make_plan(
        linking={
            "services_page": site.address("services.html"),
            "contact_page": site.address("contact.html"),
        }
    )
    pages = visit(plan, site.address(), make_guest(site))
    assert [page.headings[0].split()[0] for page in pages] == ["Bathrooms", "We", "Get"]
    assert site.paths() == ["/", "/services.html", "/contact.html"]
    found = {check.id: check for check in audit(plan, pages, TODAY)}
    assert found["W1"].passed is True
    assert found["W12"].passed is True


def test_pages_are_found_without_a_plan(site):
    """What the page links to as services and contact is looked at too."""
    pages = visit(
        make_plan(linking={"services_page": None, "contact_page": None}),
        site.address(),
        make_guest(site),
    )
    assert {"/contact.html", "/services.html"} <= set(site.paths())
    assert all(isinstance(page, Page) for page in pages)


def test_at_most_five_pages_are_fetched(site):
    """The sixth is refused, whoever asks for it."""
    guest = make_guest(site)
    found = [guest.fetch(site.address()) for _ in range(7)]
    assert [isinstance(page, Page) for page in found] == [True] * 5 + [False] * 2
    assert found[-1].id == "live-too-many"
    links = "".join(f'<a href="/contact{n}.html">contact</a>' for n in range(30))
    site.answers["/many.html"] = lambda h: h.send(links.encode())
    for n in range(30):
        site.answers[f"/contact{n}.html"] = lambda h: h.send(b"<p>x")
    assert len(visit(make_plan(), site.address("many.html"), make_guest(site))) == 5


@pytest.mark.parametrize("path", ["private/a.html", "?secret=1"])
def test_robots_txt_is_respected(site, path):
    """A page that the website does not want programs to see is not asked for."""
    found = make_guest(site).fetch(site.address(path))
    assert isinstance(found, Unreadable)
    assert found.id == "live-robots"
    assert site.paths() == []


def test_robots_txt_is_respected_behind_a_redirect(site):
    """A page that leads to one that is not wanted is not followed there."""
    site.answers["/go"] = redirect("/private/b")
    assert make_guest(site).fetch(site.address("go")).id == "live-robots"
    assert site.paths() == ["/go"]


def test_robots_txt_made_to_be_slow_holds_nobody_up(site):
    """Rules full of stars, which a search by expression would try for hours, are read at once."""
    rules = b"User-agent: *\nDisallow: /" + b"*a" * 12 + b"b$\n"
    site.answers["/robots.txt"] = lambda h: h.send(rules, kind="text/plain")
    began = time.process_time()
    make_guest(site).fetch(site.address("a" * 500))
    assert time.process_time() - began < 2


def test_no_proxy_of_the_environment_is_used(site, monkeypatch):
    """What stands between this computer and the web for other programs decides nothing here."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(make_guest(site).fetch(site.address()), Page)


def test_robots_txt_may_name_us(site):
    """A website may turn away this workbook alone; without rules all is open."""
    rules = f"User-agent: {AGENT}\nDisallow: /\n".encode()
    site.answers["/robots.txt"] = lambda h: h.send(rules, kind="text/plain")
    assert make_guest(site).fetch(site.address()).id == "live-robots"
    site.answers["/robots.txt"] = lambda h: h.send(b"gone", status=404)
    assert isinstance(make_guest(site).fetch(site.address()), Page)
    site.answers["/robots.txt"] = lambda h: h.send(b"broken", status=503)
    assert make_guest(site).fetch(site.address()).id == "live-robots-away"


@pytest.mark.parametrize(
    "location",
    [
        "http://10.0.0.1/", "http://localhost/", "http://127.0.0.1:{port}/", "//[::1]/", "file:///etc/passwd",
        "http://169.254.169.254/latest/meta-data/", "http://inside.on-the-web.com:{port}/",
        "http://user@{name}:{port}/", "http://{name}:22/", "http://2130706433:{port}/",
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", [302, 308])
def test_a_redirect_into_the_network_is_refused(site, location, status):
    """Each hop is held against the rules again, however often it was passed on before."""
    target = location.format(port=site.port, name=NAME)
    site.answers["/one"] = redirect("/two", status)
    site.answers["/two"] = redirect(site.address("three"), status)
    site.answers["/three"] = redirect(target, status)
    found = make_guest(site).fetch(site.address("one"))
    assert isinstance(found, Unreadable)
    assert found.id in {"live-private", "live-number", "live-scheme", "live-user", "live-port"}
    assert site.paths() == ["/one", "/two", "/three"]


def test_robots_txt_cannot_lead_inside_either(site):
    """The rules themselves are fetched under the same rules."""
    site.answers["/robots.txt"] = redirect("http://inside.on-the-web.com/")
    assert make_guest(site).fetch(site.address()).id == "live-private"
    assert site.paths() == []


def test_redirects_end(site):
    """A circle of redirects is left after a few hops; an ordinary one is followed."""
    site.answers["/circle"] = redirect("/circle")
    assert make_guest(site).fetch(site.address("circle")).id == "live-hops"
    assert len(site.paths()) == 6
    site.answers["/old"] = redirect("/contact.html", 301)
    page = make_guest(site).fetch(site.address("old"))
    assert page.address == site.address("contact.html")


def test_a_name_that_changes_its_mind_is_asked_once(site):
    """The address that was checked is the one connected to: a second answer is never used."""
    answers = iter([("127.0.0.1",), ("127.0.0.1",), ("10.0.0.1",)])
    asked = []

    def resolve(host, port, _):
        asked.append((host, port))
        return next(answers)

    guest = make_guest(site, resolve=resolve)
    assert isinstance(guest.fetch(site.address()), Page)
    assert len(asked) == 2  # once for the rules, once for the page
    assert guest.fetch(site.address("contact.html")).id == "live-private"


def test_what_was_checked_is_what_is_connected_to(site, monkeypatch):
    """The system is asked to connect to a number, so it looks no name up by itself."""
    import socket

    connected = []
    create = socket.create_connection
    monkeypatch.setattr(
        socket,
        "create_connection",
        lambda place, *a, **k: connected.append(place) or create(place, *a, **k),
    )
    assert isinstance(make_guest(site).fetch(site.address()), Page)
    assert connected
    assert {host for host, _ in connected} == {"127.0.0.1"}


def test_without_permission_this_computer_is_closed(site):
    """The same website is refused to a guest who was given no permission."""
    for guest in (
        Guest(time.monotonic, resolve=lambda *_: ("127.0.0.1",), ports=frozenset({site.port})),
        Guest(time.monotonic, accept=lambda *_: True),
    ):
        assert isinstance(guest.fetch(site.address()), Unreadable)
    assert site.asked == []


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (lambda h: h.send(b"%PDF-1.7", kind="application/pdf"), "live-kind"),
        (lambda h: h.send(b"{}", kind="application/json"), "live-kind"),
        (lambda h: h.send(b"<p>x", kind=""), "live-kind"),
        (lambda h: h.send(b"<p>x", status=404), "live-status"),
        (lambda h: h.send(b"<p>x", status=500), "live-status"),
        (lambda h: h.send(b"", status=302), "live-status"),
        (lambda h: h.send(b"%PDF-1.7"), "is-pdf"),
        (lambda h: h.send(b""), "empty"),
        (lambda h: h.send(b"<p>" + b"a" * 3_100_000), "live-too-large"),
        (lambda h: h.send(b"\x1f\x8bbroken", Content_Encoding="gzip"), "live-garbled"),
        (lambda h: h.send(b"x", Content_Encoding="br"), "live-packing"),
        (lambda h: h.wfile.write(b"not http at all\r\n\r\n"), "live-garbled"),
        (lambda h: h.wfile.write(b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000), "live-garbled"),
        (bomb, "live-too-large"),
        (endless, "live-too-large"),
    ],
)  # fmt: skip
def test_what_is_no_ordinary_page_is_told(site, answer, problem):
    """Other files, faults, giants and bombs each have a message of their own."""

    def close_after(handler):
        answer(handler)
        handler.close_connection = True

    site.answers["/odd"] = close_after
    found = make_guest(site).fetch(site.address("odd"))
    assert isinstance(found, Unreadable)
    assert found.id == problem
    words = load_words("audit/words.toml")["unreadable"][problem]
    assert words["what"].format(name=found.name, **found.values)


@pytest.mark.thorough
@pytest.mark.parametrize("answer", [drip(b"a"), drip_headers, lambda h: h.server.ending.wait(5)])
def test_a_website_that_drips_is_left(site, answer):
    """However slowly an answer comes, a visit ends in its time."""
    site.answers["/slow"] = answer
    began = time.monotonic()
    found = make_guest(site, limits=QUICK).fetch(site.address("slow"))
    assert found.id == "live-slow"
    assert time.monotonic() - began < 1.5


def test_a_whole_visit_has_an_end(site):
    """When the time of the visit is over, nothing more is asked."""
    now = [0.0]
    guest = make_guest(site)
    guest._clock = lambda: now[0]
    now[0] = 1e9
    assert guest.fetch(site.address()).id == "live-slow"
    assert site.asked == []


def test_packed_pages_and_encodings_are_read(site):
    """What was packed on the way is unpacked, and the encoding of the header is believed."""
    site.answers["/packed"] = packed
    assert make_guest(site).fetch(site.address("packed")).title == "packed"
    site.answers["/old"] = lambda h: h.send(
        "<title>Café</title>".encode("latin-1"), kind="text/html; charset=ISO-8859-1"
    )
    assert make_guest(site).fetch(site.address("old")).title == "Café"


def test_a_website_that_is_away_is_told(site):
    """Nobody listening, and a name that stands for nothing."""
    port = site.port
    site.ending.set()
    site.shutdown()
    site.server_close()
    assert make_guest(site).fetch(f"http://{NAME}:{port}/").id == "live-away"
    assert (
        make_guest(site, resolve=lambda *_: ()).fetch(f"http://{NAME}:{port}/").id
        == "live-not-found"
    )


def test_looking_up_waits_no_longer_than_it_may(monkeypatch):
    """A look-up that hangs is left; one that fails is told."""
    import socket

    waiting = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [][waiting.wait(3) :])
    began = time.monotonic()
    with pytest.raises(Refused):
        look_up("www.example.com", 443, 0.05)
    waiting.set()
    assert time.monotonic() - began < 1

    def fail(*_, **__):
        raise OSError

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(Refused):
        look_up("www.example.com", 443, 1)


def _make_certificate(folder):
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = serialization.Encoding.PEM
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path = folder / "site.pem"
    path.write_bytes(made.public_bytes(pem) + private)
    return path


def test_the_certificate_is_that_of_the_name(site, tmp_path):
    """The name goes into the handshake though a number is connected to; others are refused."""
    path = _make_certificate(tmp_path)
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(path)
    names = []
    server.sni_callback = lambda _, name, __: names.append(name)
    site.socket = server.wrap_socket(site.socket, server_side=True)
    trusted = ssl.create_default_context(cafile=str(path))
    address = site.address().replace("http:", "https:")
    page = make_guest(site, trust=trusted).fetch(address)
    assert isinstance(page, Page), page
    assert set(names) == {NAME}
    assert make_guest(site).fetch(address).id == "live-certificate"
    other = address.replace(NAME, "other.on-the-web.com")
    guest = make_guest(site, trust=trusted, resolve=lambda *_: ("127.0.0.1",))
    assert guest.fetch(other).id == "live-certificate"
