"""Our frame where Voila runs inside JupyterLab's server, as on Binder."""

from __future__ import annotations

import os
from typing import Any

from jupyter_server.utils import url_path_join
from voila.configuration import VoilaConfiguration

from workbook.settings import Settings

from .frame import TEMPLATE
from .handlers import Privacy
from .policy import PAGE_POLICY
from .wording import read_words

#: The folder of pages, seen from where the server looks for notebooks.
PAGES = "notebooks"

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
    config.ServerApp.jpserver_extensions = {__name__: True}


class PrivacyBeside(Privacy):
    """What happens to your answers, with the way back to pages that lie in a folder."""

    def show(self, name: str, **values: Any) -> None:
        """Answer with one of our templates, which is told where the start page lies."""
        self.set_header("Content-Security-Policy", PAGE_POLICY)
        start = url_path_join(self.base_url, "voila", "render", PAGES, "00_start.ipynb")
        super().show(name, start=start, **values)


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:  # noqa: ANN401 # jupyter_server is untyped
    """Add the page on privacy, which Voila's own extension does not know."""
    application = server.web_app
    application.settings["workbook_settings"] = Settings.read(os.environ)
    address = url_path_join(application.settings["base_url"], "privacy.html")
    values = {"voila_configuration": VoilaConfiguration(parent=server)}
    application.add_handlers(".*$", [(address, PrivacyBeside, values)])
