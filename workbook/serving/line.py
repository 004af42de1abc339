"""The line between a page and its kernel, without the waits of the stock one."""

from __future__ import annotations

import asyncio
import json
import logging
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from jupyter_client.jsonutil import json_default
from jupyter_server.services.kernels.connection.base import serialize_msg_to_ws_v1
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.web import HTTPError
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

if TYPE_CHECKING:
    from types import TracebackType

    from tornado.websocket import WebSocketProtocol
    from zmq.eventloop.zmqstream import ZMQStream

_log = logging.getLogger("workbook.serving")

#: Seconds between two questions at first; doubled each time, up to the last.
_FIRST, _LAST, _ALL = 0.02, 0.5, 60.0

#: The protocol of lines that carry bytes; any other carries text.
_BINARY = "v1.kernel.websocket.jupyter.org"

#: Parts of a message in bytes: its header and what else it always has, and a few files.
_MOST_PARTS = 1000

#: The code with which a line ends whose other end does not keep to the form of messages.
_WRONG_FORM = 1002


def is_whole(message: bytes, *, binary: bool) -> bool:
    """Whether a message in bytes is as long as its head says, part after part.

    Jupyter Server believes the head: eight bytes could have it count to the end of its memory.

    Args:
        message: What came over the line.
        binary: Whether the line speaks the protocol whose messages are all bytes.
    """
    size, form = (8, "<{}Q") if binary else (4, ">{}I")
    parts = int.from_bytes(message[:size], "little" if binary else "big")
    head = size * (parts + 1)
    if not 1 <= parts <= _MOST_PARTS or head > len(message):
        return False
    offsets = struct.unpack_from(form.format(parts), message, size)
    return list(offsets) == sorted(offsets) and head <= offsets[0] and offsets[-1] <= len(message)


class PageLine(ZMQChannelsWebsocketConnection):
    """Carries as soon as the kernel is heard, and is forgotten as soon as it is closed.

    The stock line asks the kernel once and again after half a second, and a first question that
    comes before the line carries is lost.
    """

    def __init__(self, **kwargs: Any) -> None:
        """Begin with nothing heard."""
        super().__init__(**kwargs)
        self._heard: list[list[bytes]] = []

    async def prepare(self) -> None:
        """Note whose line it is, once the kernel runs; raises HTTPError 404 when it has ended.

        The stock line also asks the kernel what it is, which is the same for all of ours, and sets
        a timer for its answer that keeps all there is of a visit for a minute more.
        """
        await self._register_session()
        await asyncio.wrap_future(self.kernel_manager.ready)
        if not await self.kernel_manager.is_alive():
            raise HTTPError(404)
        self.session.key = self.kernel_manager.session.key

    def create_stream(self) -> None:
        """Open what a page uses: it is not asked for input, and gives no orders."""
        for name in ("iopub", "shell"):
            stream = getattr(self.kernel_manager, f"connect_{name}")(self.session.bsession)
            stream.channel = name
            self.channels[name] = stream

    def connect(self) -> asyncio.Future[None] | None:
        """Open the line; what the kernel said while it was asked is passed on after that."""
        connected: asyncio.Future[None] | None = super().connect()
        if connected is not None:
            connected.add_done_callback(lambda _: self._pass_on())
        return connected

    def _pass_on(self) -> None:
        heard, self._heard = self._heard, []
        if (iopub := self.channels.get("iopub")) is not None:
            for message in heard:
                self.handle_outgoing_message(iopub, message)

    def nudge(self) -> asyncio.Future[None]:
        """Ask the kernel until it is heard; the future is done when the line carries."""
        return asyncio.ensure_future(self._ask_until_heard())

    async def _ask_until_heard(self) -> None:
        iopub = self.channels["iopub"]
        heard: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def hear(message: list[bytes]) -> None:
            self._heard.append(message)
            if not heard.done():
                heard.set_result(None)

        iopub.on_recv(hear)
        shell = self.kernel_manager.connect_shell()
        try:
            await self._ask(shell, heard)
        finally:
            shell.close()
            if not iopub.closed():
                iopub.stop_on_recv()

    async def _ask(self, shell: ZMQStream, heard: asyncio.Future[None]) -> None:
        pause, spent = _FIRST, 0.0
        while spent < _ALL and self.kernel_id in self.multi_kernel_manager:
            self.session.send(shell, "kernel_info_request")
            with suppress(asyncio.TimeoutError):
                await asyncio.wait_for(asyncio.shield(heard), pause)
                return
            spent += pause
            pause = min(2 * pause, _LAST)

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass on what a page says; the line ends at what no page would say."""
        binary = self.subprotocol == _BINARY
        if isinstance(incoming_msg, bytes):
            may_pass = is_whole(incoming_msg, binary=binary)
        else:
            may_pass = not binary
        if may_pass:
            super().handle_incoming_message(incoming_msg)
        else:
            self.websocket_handler.close(_WRONG_FORM)

    def tell(self, kind: str) -> None:
        """Tell the page something of our own; its client passes on what it does not know."""
        message = self.session.msg(kind, {})
        if self.subprotocol == _BINARY:
            self.write_message(serialize_msg_to_ws_v1(message, "iopub", self.session.pack), True)  # noqa: FBT003 # binary
        else:
            self.write_message(json.dumps({**message, "channel": "iopub"}, default=json_default))


class PageSocket(VoilaKernelWebsocketHandler):
    """The page's end of the line: what is ready is sent, however small it is."""

    async def get(self, kernel_id: str) -> None:
        """Take a page in; its kernel may be on its way as yet, as the page itself is."""
        await self.kernel_manager.wait_until_started(kernel_id)
        if kernel_id not in self.kernel_manager:
            raise HTTPError(404)
        await super().get(kernel_id)

    async def open(self, kernel_id: str) -> None:
        """Open the line; without this, each small message waits 40 ms for company."""
        self.set_nodelay(True)
        await super().open(kernel_id)

    def on_close(self) -> None:
        """End what asks whether the page is there; it would keep the line for half a minute."""
        if self.ping_callback is not None:
            self.ping_callback.stop()
        super().on_close()

    def write_message(self, message: Any, binary: bool = False) -> Any:  # noqa: ANN401, FBT001, FBT002 # tornado's form
        """Send a message; bytes on a line that carries text are nothing Voila can read."""
        if isinstance(message, bytes) and self.selected_subprotocol != _BINARY:
            return KernelWebsocketHandler.write_message(self, message, binary)
        return super().write_message(message, binary)

    def log_exception(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Write down what kind of fault ended the line, and nothing of what was sent over it."""
        if isinstance(error, HTTPError):
            super().log_exception(kind, error, trace)
        elif kind is not None:
            _log.warning("A page's line was ended: %s", kind.__name__)

    def get_websocket_protocol(self) -> WebSocketProtocol | None:
        """The protocol of the line; whether the page is still there, jupyter_server asks alone.

        Tornado would ask as well, taking jupyter_server's milliseconds for seconds.
        """
        line: Any = super().get_websocket_protocol()
        if line is not None:
            line.params.ping_interval = line.params.ping_timeout = 0
        protocol: WebSocketProtocol | None = line
        return protocol
