"""Writes the repository's address anew wherever it cannot be read from the project.

Run as ``python -m workbook.documentation.addresses`` after a change of ``Repository`` under
``[project.urls]`` in ``pyproject.toml``. A code host shows the README as it is, and the package's
index wants whole addresses: so there the address is copied, and only there.
"""

from __future__ import annotations

import re

from workbook.documentation.rendering import PROJECT, find_binder, find_site, read_repository

README = PROJECT.with_name("README.md")
COPIES = (README, PROJECT)
"""The files that hold copies of the address."""

_BADGE = re.compile(r"https://mybinder\.org/v2/gh/([\w.-]+/[\w.-]+)/HEAD")
_HOST = "https://github.com/"


def write_addresses(text: str, old: str, new: str) -> str:
    """A text with the addresses of one repository in place of another's.

    The repository itself, its documentation and what opens it on Binder are replaced; ``old`` and
    ``new`` are addresses such as ``https://github.com/owner/name``.
    """
    for find in (find_binder, find_site, str):
        end = "" if find(old).endswith("/") else r"(?![\w-])"
        text = re.sub(re.escape(find(old)) + end, find(new), text)
    return text


def find_copied(readme: str) -> str:
    """The repository that a README is written for, by the first badge in it.

    Raises:
        ValueError: There is no badge.
    """
    if found := _BADGE.search(readme):
        return _HOST + found[1]
    message = "README.md has no badge of Binder, by which its repository is known"
    raise ValueError(message)


def main() -> None:
    """Write every copy anew."""
    new, old = read_repository(), find_copied(README.read_text(encoding="utf-8"))
    for path in COPIES:
        path.write_text(
            write_addresses(path.read_text(encoding="utf-8"), old, new), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
