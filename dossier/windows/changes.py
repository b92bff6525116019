"""What Windows tells of changes in a folder (``ReadDirectoryChangesW``), and that it could not tell all.

Where more happens than its buffer holds, the system throws the buffer away and hands over nothing, which the
library passes over in silence. Source: Microsoft, "ReadDirectoryChangesW function", remarks.
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
    """The library's observer; ``lost`` is called, from another thread, after changes that nobody told of."""
    return BaseObserver(partial(Emitter, lost))  # type: ignore[arg-type]


class Emitter(WindowsApiEmitter):
    """As the library's, with what it passes over."""

    def __init__(self, lost: Callable[[], None], *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._lost = lost

    def on_thread_start(self) -> None:
        """As the library's; its reader, which runs by then, hands over buffers through a queue."""
        super().on_thread_start()
        assert self._reader is not None
        buffers = self._reader._buf_queue
        hand_over = buffers.put

        def put(told: tuple[bytes, bool], *arguments: Any) -> None:
            if not told[0]:
                self._lost()
            hand_over(told, *arguments)

        buffers.put = put  # type: ignore[method-assign]
