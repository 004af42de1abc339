"""The server's own line to a page's kernel, without the waits of the stock one."""

from __future__ import annotations

from queue import Empty
from time import monotonic
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient

#: How long to listen before asking again, in seconds.
_PATIENCE = 0.5


class PromptClient(AsyncKernelClient):
    """Is ready the moment the kernel is.

    The stock client listens 0.2 seconds into the silence after the kernel's first answer, to be
    sure that nothing more comes. The kernel says “idle” when nothing more comes, so this one
    listens until then.
    """

    def start_channels(self, **wanted: bool) -> None:
        """Open what is asked for; heartbeat, input and orders are never used here."""
        super().start_channels(**({"stdin": False, "hb": False, "control": False} | wanted))

    async def wait_for_ready(self, timeout: float | None = None) -> None:  # noqa: ASYNC109 # the stock name
        """Wait until the kernel has answered and both lines carry; raises RuntimeError if not."""
        until = monotonic() + (timeout or float("inf"))
        while monotonic() < until:
            if await self._ask():
                return
            if not await self.parent.is_alive():
                break
        raise RuntimeError("The kernel ended or did not answer in time")

    async def _ask(self) -> bool:
        """Whether the kernel answered one question and said that it is idle after it."""
        asked = self.kernel_info()
        until = monotonic() + _PATIENCE
        try:
            while monotonic() < until:
                message = await self.iopub_channel.get_msg(timeout=_PATIENCE)
                if _is_idle_after(message, asked):
                    self._handle_kernel_info_reply(await self._find_reply(asked))
                    return True
        except (Empty, TimeoutError):
            pass
        return False

    async def _find_reply(self, asked: str) -> dict[str, Any]:
        return dict(await self._async_recv_reply(asked, timeout=_PATIENCE))


def _is_idle_after(message: dict[str, Any], asked: str) -> bool:
    return bool(
        message["msg_type"] == "status"
        and message["content"]["execution_state"] == "idle"
        and message["parent_header"].get("msg_id") == asked
    )
