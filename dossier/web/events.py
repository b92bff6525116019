"""What is new, told to open pages while it happens: server-sent events (HTML, chapter 9.2).

They say that something changed and how far a reading is, never what: a page asks for that, as its visitor may
see it.
"""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

from starlette.responses import Response, StreamingResponse

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from dossier.web.roles import Visitor
    from dossier.web.services import Services

_LOOK_SECONDS = 0.5
_ALIVE_SECONDS = 15.0  # after which something is sent, so that nobody takes the line for dead
_LONGEST_SECONDS = 600.0  # then the browser asks again
_LOOKED_AT_SECONDS = 2.0  # who signed out, was locked or may see less now hears nothing more
_MOST = 3  # at once, for one session


class _Line(StreamingResponse):
    """A response that says when it has come to its end, however early."""

    def __init__(self, *told: Any, closed: Callable[[], None], **more: Any) -> None:
        super().__init__(*told, **more)
        self._closed = closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._closed()


class Streams:
    """The open lines, counted by session."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._open: Counter[str] = Counter()

    def answer(self, visitor: Visitor, stays: Callable[[], bool] = lambda: True) -> Response:
        """A line for that visitor, as long as ``stays`` says that it is still the same; refused where they
        have several."""
        if self._open[visitor.session] >= _MOST:
            return Response("Too many\n", 429)
        self._open[visitor.session] += 1  # at once: others may ask before the first byte is sent
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return _Line(
            self._told(visitor, stays), media_type="text/event-stream", headers=headers,
            closed=lambda: self._close(visitor.session),
        )  # fmt: skip

    def _close(self, session: str) -> None:
        self._open[session] -= 1
        if not self._open[session]:
            del self._open[session]

    async def _told(self, visitor: Visitor, stays: Callable[[], bool]) -> AsyncIterator[str]:
        services, whole = self._services, visitor.units is None
        known = services.cache.version
        said, quiet, left = "", 0.0, _LONGEST_SECONDS
        yield "retry: 3000\n\n"
        while left > 0 and not services.ending.is_set():
            if left % _LOOKED_AT_SECONDS == 0 and not await asyncio.to_thread(stays):
                return
            now = services.cache.version
            if now != known:
                known, quiet = now, 0.0
                yield event("changed", {"version": now})
            progress = json.dumps(services.progress()) if whole else ""
            if progress != said:
                said, quiet = progress, 0.0
                yield f"event: progress\ndata: {progress}\n\n"
            if quiet >= _ALIVE_SECONDS:
                quiet = 0.0
                yield ": .\n\n"
            await asyncio.sleep(_LOOK_SECONDS)
            quiet, left = quiet + _LOOK_SECONDS, left - _LOOK_SECONDS


def event(name: str, value: object) -> str:
    """One event as it is sent."""
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"
