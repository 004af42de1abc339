"""Our frame where Voila runs inside JupyterLab's server, as on Binder."""

from __future__ import annotations

from typing import Any

from .frame import TEMPLATE
from .policy import PAGE_POLICY
from .wording import read_words

#: JupyterLab extensions a page loads: the widgets', and nothing else that is installed.
EXTENSIONS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]


def configure(config: Any) -> None:  # noqa: ANN401 # traitlets makes its attributes when asked
    """Set Voila up in a ``jupyter_server_config.py``: ``configure(c)``.

    The template has to be installed with the package, under ``share/jupyter/voila/templates``.
    """
    config.VoilaConfiguration.template = TEMPLATE
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.extension_allowlist = list(EXTENSIONS)
    config.VoilaConfiguration.resources = {"words": read_words(), "policy": PAGE_POLICY}
    config.TagRemovePreprocessor.enabled = True
    config.TagRemovePreprocessor.remove_cell_tags = {"lab"}
    config.KernelManager.autorestart = False
