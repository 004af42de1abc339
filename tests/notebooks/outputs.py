"""Makes the kept outputs of the notebooks anew: ``python -m tests.notebooks.outputs [NAME …]``.

Cells tagged ``nbval-check-output`` keep what they show with the finished example; all others keep
nothing. The tests compare these outputs, and a code host shows them.
"""

from __future__ import annotations

import base64
import os
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
KEPT = "nbval-check-output"
COLOURS = 48
SHOWN = ("text/plain", "text/html", "image/png")


def main() -> None:
    """Run the notebooks that are named, or all, and keep what they show."""
    names = sys.argv[1:] or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["WORKBOOK_PLAN"] = str(Path(folder) / "plan.json")
        for name in names:
            make_anew(NOTEBOOKS / f"{name}.ipynb")


def make_anew(path: Path) -> None:
    """Run one notebook, and keep the outputs that are compared."""
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    metadata = dict(notebook.metadata)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(ROOT)}}).execute()
    notebook.metadata = nbformat.from_dict(metadata)
    for number, cell in enumerate([c for c in notebook.cells if c.cell_type == "code"], start=1):
        is_kept = KEPT in cell.metadata.get("tags", [])
        cell.execution_count = number if is_kept else None  # without one, nbval compares nothing
        cell.outputs = [clean(o, number) for o in cell.outputs] if is_kept else []
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
    nbformat.write(notebook, path)


def clean(output: nbformat.NotebookNode, number: int) -> nbformat.NotebookNode:
    """An output without what differs from one run to the next."""
    output.execution_count = number
    kept = {kind: output.data[kind] for kind in SHOWN if kind in output.data}
    words = output.metadata.get("image/png", {}).get("alt")
    output.metadata = nbformat.from_dict({"image/png": {"alt": words}} if words else {})
    if "image/png" in kept:
        kept["image/png"] = make_small(kept["image/png"])
    output.data = nbformat.from_dict(kept)
    return output


def make_small(picture: str) -> str:
    """A PNG in base64 with a few dozen colours, which are all that a chart has."""
    from PIL import Image

    made = BytesIO()
    drawn = Image.open(BytesIO(base64.b64decode(picture))).convert("RGB")
    drawn.quantize(COLOURS).save(made, "png", optimize=True)
    return base64.b64encode(made.getvalue()).decode()


if __name__ == "__main__":
    main()
