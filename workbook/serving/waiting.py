"""The page of those who wait for a place, and what it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tornado.web import RequestHandler

if TYPE_CHECKING:
    from .handlers import Furnished
    from .kernels import PageKernels
    from .turns import Answer, Turns

#: The cookie that keeps a turn, and the one in which a page that goes names its kernel.
TURN, LEFT = "wb_turn", "wb_left"

#: Seconds a browser keeps a turn: far longer than anybody waits, and not until it is closed.
_TURN_SECONDS = 24 * 3600

#: Seconds between two looks while the app is restarted.
RESTARTING_SECONDS = 5


def let_wait(handler: Furnished, answer: Answer) -> None:
    """Answer with the page of those who wait, or of those for whom the line is too long."""
    if answer.token:
        _keep_turn(handler, answer.token)
    _show(handler, "line" if answer.token else "crowd", answer.every, answer.before)


def tell_restarting(handler: Furnished) -> None:
    """Answer with the page of those who come while the app is restarted."""
    _show(handler, "restarting", RESTARTING_SECONDS, 0)


def forget_turn(handler: Furnished) -> None:
    """Take away the cookies of somebody who came in, where there are any."""
    for name in (TURN, LEFT):
        if handler.get_cookie(name):
            handler.clear_cookie(name, path=_place(handler))


class TurnHandler(RequestHandler):
    """Those who wait ask whether it is their turn."""

    def get(self) -> None:
        """Whether to come in, how many are before, and when to ask again, as JSON."""
        self.set_header("Cache-Control", "no-store")
        self.finish(self._look())

    def _look(self) -> dict[str, Any]:
        if self.settings["ending"].is_on:
            return {"come": False, "restarting": True, "every": RESTARTING_SECONDS}
        kernels: PageKernels = self.settings["kernel_manager"]
        if kernels.may_follow(self.get_cookie(LEFT, "") or ""):
            return {"come": True}  # some browsers tell what page was left when it has gone
        turns: Turns = self.settings["turns"]
        answer = turns.look(self.get_cookie(TURN, "") or "")
        if answer is None:
            return {"come": True}
        return {"come": answer.is_called, "before": answer.before, "every": answer.every}


def _show(handler: Furnished, kind: str, seconds: int, before: int) -> None:
    """Show the page that asks again by itself.

    Without a script it names its own address: a page whose address has a part behind its # sign
    is not loaded again by browsers otherwise.
    """
    handler.set_status(503)
    handler.set_header("Retry-After", str(seconds))
    here = handler.request.uri
    handler.show("waiting.html", kind=kind, seconds=seconds, before=before, here=here)


def _keep_turn(handler: Furnished, token: str) -> None:
    kept = {"httponly": True, "samesite": "Lax", "max_age": _TURN_SECONDS}
    handler.set_cookie(TURN, token, path=_place(handler), **kept)


def _place(handler: Furnished) -> str:
    return f"{handler.base_url}voila/"
