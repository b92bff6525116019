"""What runs inside a worker process of the sandbox: limits first, then one task after the other.

Messages to the parent are bytes, the first of which tells the kind (the constants below).
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import io
import math
import multiprocessing
import os
import pickle
import signal
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from multiprocessing.connection import Connection, wait
from typing import Any

from dossier.errors import DossierError
from dossier.i18n import Sentence
from dossier.scanner import landlock

READY = b"r"  # the worker is up and waits for its first task
ALIVE = b"a"  # the task at hand needs longer and is getting on
VALUE = b"v"  # followed by the pickled result
FAILED = b"f"  # followed by text: the job raised; the worker goes on
MEMORY = b"m"  # the task ran out of memory; the worker ends, its heap may be in tatters
OUTPUT = b"o"  # the task's result is larger than a result may be; the worker goes on

# Objects made and kept before unreachable ones are looked for: a page has thousands, none in a circle.
_SELDOM = 100_000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # prctl(2)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # unshare(2)

# What a worker may be bounded in, in the order in which people are told.
BOUNDS = ("memory", "cpu", "network", "files", "rights")
# What programs and libraries need to see, beside Python itself.
_LIBRARIES = (
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/libx32",
    "/bin",
    "/sbin",
    "/opt",
    "/nix/store",
    "/gnu/store",
)
_SETTINGS = (
    "/etc/alternatives", "/etc/antiwordrc", "/etc/fonts", "/etc/ld.so.cache", "/etc/ld.so.conf",
    "/etc/ld.so.conf.d", "/etc/libreoffice", "/etc/localtime", "/etc/mime.types", "/etc/nsswitch.conf",
    "/etc/passwd", "/etc/ssl/openssl.cnf", "/proc", "/sys/devices/system/cpu", "/sys/fs/cgroup",
    "/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice",
)  # fmt: skip
_SOCKETS = "/tmp"  # noqa: S108
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")

_parent: Connection | None = None
_in_force: set[str] = set()
_job: Any = None  # the job that this worker is in, on Windows


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a worker may use.

    ``readable``: the folders that hold its tasks' files; beside them it sees programs and libraries, and
    writes nowhere but in a folder of its own. ``None``: files are not bounded.

    ``memory_bytes``: data it holds. ``cpu_seconds``: processor time of one task, and of each program
    it starts. ``output_bytes``: its result, and each file that it or its programs write: a run-away
    must not fill the disk. ``nice``: by how much it stands back behind others that want the processor (on
    Windows: below them, whatever the number).
    """

    memory_bytes: int = 2 << 30
    cpu_seconds: int = 600
    output_bytes: int = 1 << 30
    readable: tuple[str | bytes, ...] | None = None
    nice: int = 0


def still_alive() -> None:
    """Tell the pool that the task gets on: its time is counted anew. Does nothing elsewhere."""
    if _parent is not None:
        _parent.send_bytes(ALIVE)


def work(pipe: Connection, job: Callable[[Any], Any], bounds: Bounds, folder: str) -> None:
    """Run tasks from ``pipe`` until it is closed at the other end. The body of a worker process; ``folder``
    is where it may write."""
    global _parent
    _parent = pipe
    _isolate(bounds, folder)
    gc.set_threshold(_SELDOM)
    settled = False
    with contextlib.suppress(OSError):  # the parent is gone: nobody left to tell
        pipe.send_bytes(READY)
        while True:
            try:
                message = pipe.recv_bytes()
            except (EOFError, OSError):
                return
            _allow_processor_time(bounds.cpu_seconds)
            answer = _answer(job, message)
            if len(answer) > bounds.output_bytes:
                answer = OUTPUT
            pipe.send_bytes(answer)
            if answer == MEMORY:
                return
            if not settled:
                gc.freeze()  # modules and rules stay: nobody need look through them again
                settled = True


def _answer(job: Callable[[Any], Any], message: bytes) -> bytes:
    try:
        return VALUE + pickle.dumps(job(pickle.loads(message)), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except MemoryError:
        return MEMORY
    except Exception as error:  # noqa: BLE001  whatever a task does stays in its outcome
        return FAILED + f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace")


def _allow_processor_time(seconds: int) -> None:
    """From now on this much; past it the kernel ends the process with SIGXCPU."""
    if sys.platform == "win32":
        if _job is not None:
            _job.allow(seconds)
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    if _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + seconds):
        _in_force.add("cpu")


def bounds_in_force(_task: object = None) -> tuple[str, ...]:
    """The bounds that the system let this worker have, by the names of :data:`BOUNDS`. A job like another."""
    return tuple(sorted(_in_force))


def _isolate(bounds: Bounds, folder: str) -> None:
    """Own session, Ctrl-C ignored, silent, end with the parent, no core dumps, bounded memory."""
    with contextlib.suppress(OSError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")  # libraries complain about bad files; people are told by the result
    _silence()
    if sys.platform == "win32":
        _enter_job(bounds)
        _end_with_parent()
        return
    with contextlib.suppress(OSError):
        os.setsid()  # so that the programs a task started can be ended together with it
    with contextlib.suppress(OSError):
        os.nice(bounds.nice)
        if (
            bounds.nice and sys.platform == "linux"
        ):  # who wakes up does not wait for the end of a slice of time
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    if sys.platform == "linux":
        _cut_off_the_network()  # first: a new namespace forgets the signal asked for next
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            # No program that is started may gain rights, whatever its file says.
            if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
                _in_force.add("rights")
        if bounds.readable is not None:
            _see_no_more_than(bounds.readable, folder)
    import resource

    # RLIMIT_DATA rather than RLIMIT_AS: libraries reserve address space they never use.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    if _limit(kind, bounds.memory_bytes):
        _in_force.add("memory")
    _limit(resource.RLIMIT_FSIZE, bounds.output_bytes)
    _limit(resource.RLIMIT_CORE, 0)  # a core dump would hold what the file says


def _enter_job(bounds: Bounds) -> None:
    """Windows' way: bounded memory and time, no window about a crash, and programs end with the worker."""
    global _job
    if sys.platform == "win32":
        from dossier.windows.jobs import JobObject

        with contextlib.suppress(
            OSError
        ):  # a system that does not nest jobs: only the pool's clock bounds it
            _job = JobObject(bounds.memory_bytes, gives_way=bounds.nice > 0)
            _in_force.update(("memory", "cpu"))


def _end_with_parent() -> None:
    """Where the system does not do it for us: a thread that waits for the parent to end."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent.sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _silence() -> None:
    """Nothing a library prints reaches the user's terminal, nor the answer on standard output."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)


def _cut_off_the_network() -> None:
    """Give the worker a network of its own with nothing in it, where the kernel lets it.

    What a hostile file might make a library do then reaches nobody. Containers often forbid this; the
    readers open no connection by themselves.
    """
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET
    with contextlib.suppress(OSError, AttributeError):
        if ctypes.CDLL(None).unshare(flags) == 0:
            _in_force.add("network")


def _see_no_more_than(readable: tuple[str | bytes, ...], folder: str) -> None:
    """The files of the tasks, what Python and programs need to run, and a folder to write in.

    LibreOffice also makes and removes a socket where all users do, whatever it is told: where a task's files
    lie there, they would be in reach, and files are not bounded at all.
    """
    if any(os.fsencode(path).startswith(os.fsencode(_SOCKETS) + b"/") for path in readable):
        return
    os.environ["TMPDIR"] = tempfile.tempdir = folder
    libraries = {sys.prefix, sys.base_prefix, *filter(None, sys.path), *_LIBRARIES}
    rules: list[tuple[str | bytes, int]] = [(path, landlock.RUN) for path in libraries]
    rules += [(path, landlock.READ) for path in (*readable, *_SETTINGS)]
    rules += [(path, landlock.DEVICE) for path in _DEVICES]
    if landlock.confine([*rules, (_SOCKETS, landlock.SOCKETS), (folder, landlock.WRITE)]):
        _in_force.add("files")


def _limit(kind: int, value: int) -> bool:
    import resource

    with contextlib.suppress(OSError, ValueError):
        _soft, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, hard))
        return True
    return False


_PLAIN = {
    "builtins": {"set", "frozenset", "bytearray", "complex"},
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
}
_OURS = ("dossier.model.", "dossier.scanner.")


class ForeignResultError(pickle.UnpicklingError):
    """A worker sent what no reading of a file gives."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """The class of that name, if it is one that results are made of."""
        # Python before 3.11.4 names a member of an enumeration by getattr(class, name).
        return _member if (module, name) == ("builtins", "getattr") else _class(module, name)


def _member(enumeration: Any, name: str) -> Any:
    from enum import Enum

    if isinstance(enumeration, type) and issubclass(enumeration, Enum) and name in enumeration.__members__:
        return enumeration[name]
    raise ForeignResultError(f"getattr({enumeration!r}, {name!r})")


@cache  # a dozen for each result, always the same; what is refused is not kept
def _class(module: str, name: str) -> Any:
    found_in = pickle.Unpickler(io.BytesIO()).find_class  # noqa: S301  reads nothing
    if (module, name) == (Sentence.__module__, Sentence.__name__):
        return Sentence
    if name in _PLAIN.get(module, ()):
        return found_in(module, name)
    if f"{module}.".startswith(_OURS) and "." not in name:
        found = found_in(module, name)
        # Classes of our own values only: never a function, nor what a module merely imports.
        if isinstance(found, type) and found.__module__ == module and _is_value(found):
            return found
    raise ForeignResultError(f"{module}.{name}")


def read(message: bytes | memoryview) -> Any:
    """The value in a worker's message. Raises :class:`pickle.UnpicklingError`, :class:`EOFError`."""
    try:
        return _Reader(io.BytesIO(message)).load()
    except (EOFError, pickle.UnpicklingError):
        raise
    except Exception as error:  # whatever a message made to fail makes of a class
        raise ForeignResultError(repr(error)) from error


def _is_value(found: type) -> bool:
    from enum import Enum

    named = issubclass(found, tuple) and hasattr(found, "_fields")  # such as the boxes of words
    return named or hasattr(found, "__dataclass_fields__") or issubclass(found, (Enum, DossierError))
