"""The recipe with what a trial adds: a hub on this machine alone, that lets two people in.

Everybody's server is a process of the one who runs the trial. That is for a trial: it keeps
nobody's files from anybody.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

FOLDER = Path(os.environ["TRIAL_FOLDER"])
ROOT = Path(os.environ["TRIAL_ROOT"])

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - JupyterHub puts it there
load_subconfig(  # type: ignore[name-defined]  # noqa: F821 - the same
    str(ROOT / "workbook" / "documentation" / "recipes" / "jupyterhub_config.py")
)
prepare = c.Spawner.pre_spawn_hook


async def prepare_with_notebooks(spawner):
    """As the recipe, and with the notebooks in the folder that the server starts in."""
    await prepare(spawner)
    home = FOLDER / "homes" / spawner.user.name / "notebooks"
    if not home.exists():
        home.mkdir(parents=True)
        for path in (ROOT / "notebooks").glob("*.ipynb"):
            shutil.copy(path, home)


c.Spawner.pre_spawn_hook = prepare_with_notebooks
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(FOLDER / "homes" / "{username}")
if os.getuid() == 0:
    c.Spawner.args = [*c.Spawner.args, "--allow-root"]
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allowed_users = {"ada", "ben"}
c.DummyAuthenticator.password = os.environ["TRIAL_PASSWORD"]
c.JupyterHub.bind_url = f"http://127.0.0.1:{os.environ['TRIAL_PORT']}"
c.JupyterHub.hub_port = int(os.environ["TRIAL_HUB_PORT"])
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{os.environ['TRIAL_PROXY_PORT']}"
c.ConfigurableHTTPProxy.command = [os.environ["TRIAL_PROXY"]]
c.ConfigurableHTTPProxy.pid_file = str(FOLDER / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{FOLDER / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie_secret")
c.JupyterHub.services = [{"name": "trial", "api_token": os.environ["TRIAL_TOKEN"]}]
c.JupyterHub.load_roles = [
    {"name": "trial", "services": ["trial"], "scopes": ["servers", "read:users", "shutdown"]}
]
