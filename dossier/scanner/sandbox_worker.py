"""The body of a worker process of the sandbox: set the limits, then run one task after the other.

A message to the parent is bytes, the first of which is its type (the constants below). The parent
unpickles results by :func:`read`, which accepts values of this project only.
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
from pathlib import Path
from typing import Any

from dossier.errors import DossierError
from dossier.i18n import Sentence
from dossier.scanner import landlock

READY = b"r"  # the worker has started and waits for its first task
ALIVE = b"a"  # the current task makes progress and needs more time
VALUE = b"v"  # followed by the pickled result
FAILED = b"f"  # followed by text: the job raised an exception; the worker continues
MEMORY = b"m"  # the task ran out of memory; the worker ends, because its heap may be damaged
OUTPUT = b"o"  # the task's result exceeds the limit of size; the worker continues

JOB = "job"  # file in the worker's folder

# Threshold of the garbage collector: a page has thousands of objects, none of them in cycles.
_SELDOM = 100_000
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS = 1, 38  # prctl(2)
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # unshare(2)

# The limits of a worker, in the order in which they are shown.
BOUNDS = ("memory", "cpu", "network", "files", "rights")
# Folders that programs and libraries need, besides Python itself.
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
_job: Any = None  # the job object of this worker, on Windows


@dataclass(frozen=True, slots=True)
class Bounds:
    """The limits of a worker.

    ``readable``: the folders with its tasks' files; besides them it can read programs and libraries only, and
    write only in a folder of its own. ``None``: no limit on files.

    ``memory_bytes``: data in memory. ``cpu_seconds``: processor time of one task, and of each program
    started. ``output_bytes``: size of the result, and of each file written by the worker or its programs, so
    that a runaway does not fill the disk. ``nice``: increment of the nice value (on Windows: below normal
    priority, whatever the number).
    """

    memory_bytes: int = 2 << 30
    cpu_seconds: int = 600
    output_bytes: int = 1 << 30
    readable: tuple[str | bytes, ...] | None = None
    nice: int = 0


def still_alive() -> None:
    """Report progress of the task to the pool, which restarts its time limit. Does nothing outside a
    worker."""
    if _parent is not None:
        _parent.send_bytes(ALIVE)


def work(pipe: Connection, bounds: Bounds, folder: str) -> None:
    """Run tasks from ``pipe`` until the other end is closed. The main function of a worker process;
    ``folder`` is the only one in which it may write, and has the job, pickled, in the file :data:`JOB`."""
    global _parent
    _parent = pipe
    job = _taken_job(Path(folder, JOB))
    _isolate(bounds, folder)
    gc.set_threshold(_SELDOM)
    settled = False
    with contextlib.suppress(OSError):  # the parent has ended
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
                gc.freeze()  # modules and rules are kept: exempt them from garbage collection
                settled = True


def _taken_job(file: Path) -> Callable[[Any], Any]:
    """Read the job from the parent's file, and remove the file."""
    job: Callable[[Any], Any] = pickle.loads(file.read_bytes())  # noqa: S301  written by the parent
    file.unlink()
    return job


def _answer(job: Callable[[Any], Any], message: bytes) -> bytes:
    try:
        return VALUE + pickle.dumps(job(pickle.loads(message)), pickle.HIGHEST_PROTOCOL)  # noqa: S301
    except MemoryError:
        return MEMORY
    except Exception as error:  # noqa: BLE001  any error becomes the task's outcome
        return FAILED + f"{type(error).__name__}: {error}"[:500].encode("utf-8", "replace")


def _allow_processor_time(seconds: int) -> None:
    """Limit the processor time from now on; beyond it the kernel ends the process with SIGXCPU."""
    if sys.platform == "win32":
        if _job is not None:
            _job.allow(seconds)
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    if _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + seconds):
        _in_force.add("cpu")


def bounds_in_force(_task: object = None) -> tuple[str, ...]:
    """Return the limits that the system enforces on this worker, as in :data:`BOUNDS`. To be run as a job."""
    return tuple(sorted(_in_force))


def _isolate(bounds: Bounds, folder: str) -> None:
    """Set up the worker: own session, Ctrl-C ignored, no output, end with the parent, and all limits."""
    with contextlib.suppress(OSError, ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")  # libraries warn about bad files; the result reports the problems
    _silence()
    if sys.platform == "win32":
        _enter_job(bounds)
        _end_with_parent()
        return
    with contextlib.suppress(OSError):
        os.setsid()  # so that the programs a task started can be ended together with it
    with contextlib.suppress(OSError):
        os.nice(bounds.nice)
        # As batch processes, workers do not delay interactive ones that wake up.
        if bounds.nice and sys.platform == "linux":
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
    if sys.platform == "linux":
        _isolate_network()  # first, because a new namespace resets the signal set next
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            # Programs started by the worker gain no privileges by setuid bits or capabilities of files.
            if ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0:
                _in_force.add("rights")
        if bounds.readable is not None:
            _restrict_files(bounds.readable, folder)
    import resource

    # RLIMIT_DATA instead of RLIMIT_AS: libraries reserve address space that they never use.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    if _limit(kind, bounds.memory_bytes):
        _in_force.add("memory")
    _limit(resource.RLIMIT_FSIZE, bounds.output_bytes)
    _limit(resource.RLIMIT_CORE, 0)  # a core dump would contain the file's content


def _enter_job(bounds: Bounds) -> None:
    """Enter a Windows job object: limits of memory and time, no crash dialogs, programs end with the
    worker."""
    global _job
    if sys.platform == "win32":
        from dossier.windows.jobs import JobObject

        # On a system without nested jobs, only the pool's time limit remains.
        with contextlib.suppress(OSError):
            _job = JobObject(bounds.memory_bytes, gives_way=bounds.nice > 0)
            _in_force.update(("memory", "cpu"))


def _end_with_parent() -> None:
    """Start a thread that ends this process when the parent ends, where the system does not do so."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _silence() -> None:
    """Discard what libraries print, so that it appears neither on the terminal nor in standard output."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (1, 2):
            os.dup2(nowhere, stream)
        os.close(nowhere)


def _isolate_network() -> None:
    """Move the worker into an empty network namespace, if the kernel allows that.

    A hostile file that exploits a library then cannot connect anywhere. Containers often forbid new
    namespaces; the readers themselves open no connections.
    """
    flags = _CLONE_NEWNET if os.geteuid() == 0 else _CLONE_NEWUSER | _CLONE_NEWNET
    with contextlib.suppress(OSError, AttributeError):
        if ctypes.CDLL(None).unshare(flags) == 0:
            _in_force.add("network")


def _restrict_files(readable: tuple[str | bytes, ...], folder: str) -> None:
    """Restrict the worker to the tasks' files, to what Python and programs need, and to a folder to write in.

    LibreOffice always creates and removes a socket in ``/tmp``, which must be allowed. If the tasks' files
    are in ``/tmp`` too, that would allow their removal, and no restriction is set.
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
_OURS = ("dossier.model.", "dossier.scanner.")  # modules with classes of results


class ForeignResultError(pickle.UnpicklingError):
    """A worker sent an object that is not part of any result."""


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Return the class if results may contain it. Raises :class:`ForeignResultError` otherwise."""
        # Python before 3.11.4 names a member of an enumeration by getattr(class, name).
        return _member if (module, name) == ("builtins", "getattr") else _class(module, name)


def _member(enumeration: Any, name: str) -> Any:
    from enum import Enum

    if isinstance(enumeration, type) and issubclass(enumeration, Enum) and name in enumeration.__members__:
        return enumeration[name]
    raise ForeignResultError(f"getattr({enumeration!r}, {name!r})")


@cache  # every result has the same dozen classes; exceptions are not cached
def _class(module: str, name: str) -> Any:
    found_in = pickle.Unpickler(io.BytesIO()).find_class  # noqa: S301  reads nothing
    if (module, name) == (Sentence.__module__, Sentence.__name__):
        return Sentence
    if name in _PLAIN.get(module, ()):
        return found_in(module, name)
    if f"{module}.".startswith(_OURS) and "." not in name:
        found = found_in(module, name)
        # Only classes of values defined in the module itself: no function, nor anything imported there.
        if isinstance(found, type) and found.__module__ == module and _is_value(found):
            return found
    raise ForeignResultError(f"{module}.{name}")


def read(message: bytes | memoryview) -> Any:
    """Return the value in a worker's message. Raises :class:`pickle.UnpicklingError`, :class:`EOFError`."""
    try:
        return _Reader(io.BytesIO(message)).load()
    except (EOFError, pickle.UnpicklingError):
        raise
    except Exception as error:  # a malicious message can make any class raise anything
        raise ForeignResultError(repr(error)) from error


def _is_value(found: type) -> bool:
    from enum import Enum

    named = issubclass(found, tuple) and hasattr(found, "_fields")  # such as the boxes of words
    return named or hasattr(found, "__dataclass_fields__") or issubclass(found, (Enum, DossierError))
