"""Server-sent events for open pages (HTML, chapter 9.2).

An event says that something changed, or how far a scan is, but never what changed: the page requests that
itself, with its visitor's permissions.
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

_POLL_SECONDS = 0.5
_ALIVE_SECONDS = 15.0  # after which a comment is sent, to keep an idle connection open
_LONGEST_SECONDS = 600.0  # then the browser reconnects
_RECHECK_SECONDS = 2.0  # interval of checks that the visitor is still signed in with the same rights
_MOST = 3  # connections of one session


class _EventResponse(StreamingResponse):
    """A streaming response that calls ``closed`` when it ends, however it ends."""

    def __init__(self, *args: Any, closed: Callable[[], None], **options: Any) -> None:
        super().__init__(*args, **options)
        self._closed = closed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._closed()


class Streams:
    """Opens event streams, and counts them by session."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._open: Counter[str] = Counter()

    def answer(self, visitor: Visitor, stays: Callable[[], bool] = lambda: True) -> Response:
        """An event stream for the visitor, ended when ``stays`` returns false; status 429 if the session has
        too many."""
        if self._open[visitor.session] >= _MOST:
            return Response("Too many\n", 429)
        self._open[visitor.session] += 1  # now, since others may connect before the first byte is sent
        headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
        return _EventResponse(
            self._events(visitor, stays), media_type="text/event-stream", headers=headers,
            closed=lambda: self._close(visitor.session),
        )  # fmt: skip

    def _close(self, session: str) -> None:
        self._open[session] -= 1
        if not self._open[session]:
            del self._open[session]

    async def _events(self, visitor: Visitor, stays: Callable[[], bool]) -> AsyncIterator[str]:
        services, sees_all = self._services, visitor.units is None
        known = services.cache.version
        sent_progress, silent_seconds, seconds_left = "", 0.0, _LONGEST_SECONDS
        yield "retry: 3000\n\n"
        while seconds_left > 0 and not services.ending.is_set():
            if seconds_left % _RECHECK_SECONDS == 0 and not await asyncio.to_thread(stays):
                return
            now = services.cache.version
            if now != known:
                known, silent_seconds = now, 0.0
                yield event("changed", {"version": now})
            progress = json.dumps(services.progress()) if sees_all else ""
            if progress != sent_progress:
                sent_progress, silent_seconds = progress, 0.0
                yield f"event: progress\ndata: {progress}\n\n"
            if silent_seconds >= _ALIVE_SECONDS:
                silent_seconds = 0.0
                yield ": .\n\n"
            await asyncio.sleep(_POLL_SECONDS)
            silent_seconds, seconds_left = silent_seconds + _POLL_SECONDS, seconds_left - _POLL_SECONDS


def event(name: str, value: object) -> str:
    """An event in the format of the protocol."""
    return f"event: {name}\ndata: {json.dumps(value)}\n\n"
