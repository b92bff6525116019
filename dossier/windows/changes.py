"""Change notifications of Windows (``ReadDirectoryChangesW``) that also report lost events.

When its buffer overflows, the system discards it and returns no events, which the
library ignores. Source: Microsoft, "ReadDirectoryChangesW function", remarks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from watchdog.observers.api import BaseObserver
from watchdog.observers.read_directory_changes import WindowsApiEmitter

assert sys.platform == "win32"


def observer(lost: Callable[[], None]) -> BaseObserver:
    """An observer that calls ``lost``, from another thread, after events were lost."""
    return BaseObserver(partial(Emitter, lost))  # type: ignore[arg-type]


class Emitter(WindowsApiEmitter):
    """The library's emitter, which also reports lost events."""

    def __init__(self, lost: Callable[[], None], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._lost = lost

    def on_thread_start(self) -> None:
        """Override that inspects the buffers the library's reader thread passes through a queue."""
        super().on_thread_start()
        assert self._reader is not None
        buffers = self._reader._buf_queue
        hand_over = buffers.put

        def put(told: tuple[bytes, bool], *arguments: Any) -> None:
            if not told[0]:
                self._lost()
            hand_over(told, *arguments)

        buffers.put = put  # type: ignore[method-assign]
