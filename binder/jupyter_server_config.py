"""Jupyter's server on Binder: our frame for the guided app, and room on a small machine."""  # noqa: INP001 - settings, in no package

from __future__ import annotations

from workbook.serving.extension import configure

c = get_config()  # type: ignore[name-defined]  # noqa: F821 - Jupyter puts it there

configure(c)

# A kernel whose page was left ends after five minutes; an open page keeps its own.
c.MappingKernelManager.cull_idle_timeout = 300
c.MappingKernelManager.cull_interval = 60
c.MappingKernelManager.cull_connected = False
c.ServerApp.tornado_settings = {"websocket_compression_options": {}}
