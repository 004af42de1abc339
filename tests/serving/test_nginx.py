"""nginx in front of the app, as the documentation sets it up: what gets through and what does not.

Caddy and Apache are tried the same way by ``python -m tests.proxies caddy apache``.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from serving_fixtures import run_server

from tests.proxies.looking import Asker, look, write_slow_page
from tests.proxies.running import find_program, run_proxy

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.server
@pytest.mark.parametrize("prefix", ["/", "/workbook/"])
def test_the_recipe_lets_through_what_pages_need(tmp_path: Path, prefix: str) -> None:
    """WebSockets, words before questions, who asks; on an address of its own or in a folder."""
    if find_program("nginx") is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("nginx is not installed")
    settings = {"trust_proxy": "true", "opening_per_address": 2, "prefix": prefix, "fork": "false"}
    with (
        run_server(write_slow_page(tmp_path), tmp_path / "served", **settings) as served,
        run_proxy("nginx", tmp_path, served.port, prefix) as proxy,
    ):
        found = look(Asker(proxy, prefix))
    assert [what for what, holds in found.items() if not holds] == []
