"""What a page says when it goes, and what it had not yet heard to be saved.

The line to the kernel is cut with the page, and what was sent in the last moment may be cut off
with it. Only what goes with the farewell itself is certain to be carried.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyter_server.base.handlers import APIHandler
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from tornado.web import HTTPError, authenticated

if TYPE_CHECKING:
    from collections.abc import Callable

#: Bytes of a farewell: what browsers carry at most once a page has gone.
_MOST = 65_536

#: Seconds for the kernel to take in what came with a farewell.
_PATIENCE = 5.0


class Unsaved(BaseModel):
    """Messages of a page to its kernel that it has not heard to be handled."""

    model_config = ConfigDict(frozen=True, strict=True)

    model: str = Field(pattern=r"^[0-9A-Za-z-]{1,64}$")
    messages: list[dict[str, Any]] = Field(max_length=1000)


class FarewellHandler(APIHandler):
    """A page says that it goes."""

    def leave(self, kernel_id: str) -> None:
        """End the page's kernel, after the grace; raises HTTPError 404 when it is not there."""
        self.kernel_manager.leave(kernel_id)

    @authenticated
    async def post(self, kernel_id: str) -> None:
        """Hand the kernel what was not saved, and end it."""
        self.leave(kernel_id)
        unsaved = read_unsaved(self.get_body_argument("unsaved", ""))
        if unsaved is not None:
            await ask_after(self.kernel_manager, kernel_id, _PATIENCE, lambda c: send(c, unsaved))
        self.set_status(204)


def read_unsaved(said: str) -> Unsaved | None:
    """What was not saved, from the text of a farewell; nothing where it says nothing of it.

    Half a sign of two, as scripts may write, becomes a question mark. Raises
    :class:`tornado.web.HTTPError` 400 for a text that no page of ours sends.
    """
    if not said:
        return None
    if len(said) > _MOST:
        raise HTTPError(400)
    try:
        whole = json.dumps(json.loads(said), ensure_ascii=False, allow_nan=False)
        return Unsaved.model_validate_json(whole.encode("utf-8", "replace"))
    except (ValidationError, ValueError, RecursionError):
        raise HTTPError(400) from None


def send(client: Any, unsaved: Unsaved) -> None:  # noqa: ANN401 # jupyter_client is untyped
    """Send what was not saved, as the page's own widget would have done.

    A message that cannot be carried holds none of the others back.
    """
    for message in unsaved.messages:
        content = {"comm_id": unsaved.model, "data": {"method": "custom", "content": message}}
        with suppress(ValueError, TypeError, RecursionError):
            client.shell_channel.send(client.session.msg("comm_msg", content))


async def ask_after(
    kernels: Any,  # noqa: ANN401 # jupyter_server is untyped
    kernel_id: str,
    bound: float,
    act: Callable[[Any], None] = lambda _client: None,
) -> None:
    """Wait until a kernel has answered a question asked after all its page sent.

    Waits at most ``bound`` seconds. A kernel that is not among ``kernels`` has nothing to answer.

    Args:
        kernels: The kernels of open pages.
        kernel_id: The kernel to ask.
        bound: Seconds to wait at most.
        act: What to say to it before, with the line to it.
    """
    if kernel_id not in kernels:
        return
    client = kernels.get_kernel(kernel_id).client()
    client.start_channels(iopub=False)
    try:
        act(client)
        asked = client.kernel_info()
        with suppress(TimeoutError):
            await client._async_recv_reply(asked, timeout=bound)  # noqa: SLF001 # its public name blocks
    finally:
        client.stop_channels()
