"""Every HTML document as browsers and the W3C's checker read it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import html5lib
import pytest

pytestmark = pytest.mark.office

JAR = "VNU_JAR"
"""Names the file ``vnu.jar`` of the npm package ``vnu-jar``; ``.ci/run`` fetches it."""


@pytest.fixture(scope="module")
def pages(made):
    """The HTML file of every document that comes as one."""
    found = [each.files["html"] for each in made.values() if "html" in each.files]
    assert len(found) > 20
    return found


def test_no_browser_has_to_guess(pages):
    """Read as the standard says, nothing has to be mended, and every reference leads somewhere."""
    for page in pages:
        parser = html5lib.HTMLParser(namespaceHTMLElements=False)
        tree = parser.parse(page.read_text(encoding="utf-8"))
        assert parser.errors == [], page.name
        ids = Counter(node.get("id") for node in tree.iter() if node.get("id"))
        assert [name for name, count in ids.items() if count > 1] == [], page.name
        named = {name for node in tree.iter() for name in node.get("aria-labelledby", "").split()}
        linked = {node.get("href", "").partition("#")[2] for node in tree.iter("a")} - {""}
        assert all(node.get("href") for node in tree.iter("a")), page.name
        assert (named | linked) - set(ids) == set(), page.name


def test_the_checker_of_the_w3c_finds_nothing(pages):
    """Neither an error nor a warning in any document, checked by one call."""
    java, jar = shutil.which("java"), os.environ.get(JAR, "")
    if not (java and Path(jar).is_file()):
        pytest.skip(f"Java, or the file that {JAR} names, is not here; see CONTRIBUTING.md")
    command = [java, "-Xss64m", "-jar", jar, "--format", "json", "--exit-zero-always", *pages]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    found = json.loads(done.stderr)["messages"]
    assert [f"{Path(m['url']).name}: {m['message']}" for m in found] == []
