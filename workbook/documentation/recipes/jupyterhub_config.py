"""Settings of JupyterHub: a server for everybody, and a part of PostgreSQL for each of them.

Who may log in, and how servers are started (a container, a pod, a user of the machine), is yours
to add. Read from the environment: HUB_DATABASE, the address of a database whose user may
make roles, and HUB_SECRET, a long random text from which passwords are made.
"""  # noqa: INP001 - settings, in no package

from __future__ import annotations

import asyncio
import hashlib
import hmac
import os

from sqlalchemy import NullPool, create_engine, make_url, text

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - JupyterHub puts it there

DATABASE = make_url(os.environ["HUB_DATABASE"])
SECRET = os.environ["HUB_SECRET"].encode()
MOST_CONNECTIONS = 20
LOCK = 7_302_118_845_019_662

engine = create_engine(DATABASE, poolclass=NullPool, hide_parameters=True)


def name_role(user: str) -> str:
    """The name of a user's role and of their part of the database, whatever they are called."""
    return f"workbook_{hashlib.sha256(user.encode()).hexdigest()[:32]}"


def make_password(role: str) -> str:
    """The password of a role; who does not know the secret cannot make it."""
    return hmac.new(SECRET, role.encode(), hashlib.sha256).hexdigest()


def write_address(user: str) -> str:
    """What a user's server is given as WORKBOOK_STORE."""
    role = name_role(user)
    own = DATABASE.set(drivername="postgresql", username=role, password=make_password(role))
    return own.render_as_string(hide_password=False)


def make_part(user: str) -> None:
    """Make the user's role, with a schema of the same name that nobody else may look into."""
    role = name_role(user)
    with engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
        known = text("SELECT 1 FROM pg_roles WHERE rolname = :role")
        if not connection.execute(known, {"role": role}).scalar():
            connection.exec_driver_sql(f"CREATE ROLE {role} LOGIN")
            connection.exec_driver_sql(f"GRANT {role} TO CURRENT_USER")
        limits = f"CONNECTION LIMIT {MOST_CONNECTIONS} PASSWORD '{make_password(role)}'"
        connection.exec_driver_sql(f"ALTER ROLE {role} {limits}")
        connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {role} AUTHORIZATION {role}")


async def prepare(spawner: object) -> None:
    """Before a server starts: its user has a part of the database, and the server knows it."""
    user = spawner.user.name  # type: ignore[attr-defined] # JupyterHub's own class
    await asyncio.to_thread(make_part, user)
    store = {"WORKBOOK_STORE": write_address(user)}
    spawner.environment = {**spawner.environment, **store}  # type: ignore[attr-defined]


c.Spawner.pre_spawn_hook = prepare
c.Spawner.default_url = "/voila/render/notebooks/00_start.ipynb"
c.Spawner.environment = {
    name: os.environ[name]
    for name in ("WORKBOOK_OPERATOR", "WORKBOOK_OPERATOR_CONTACT")
    if name in os.environ
}
# What a spawner that has limits allows; the one for users of the machine has none.
c.Spawner.mem_limit = "1G"
c.Spawner.mem_guarantee = "256M"
# A server at which nobody does anything for an hour ends; plans are in the database.
c.Spawner.args = ["--ServerApp.shutdown_no_activity_timeout=3600"]
c.Spawner.http_timeout = 120
