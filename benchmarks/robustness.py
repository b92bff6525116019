"""Run the readers over a folder of hostile files: nothing may be lost, nothing may get out.

    python benchmarks/robustness.py [DIR]

Without DIR the files of ``hostile.py`` are made and used. Prints files, how many were read, the unread by
reason, workers that died, wall time and peak memory of all processes. Ends with 1 when a file is not
accounted for, or an error got past the readers.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

from hostile import make
from processes import mib

from dossier.scanner.readers import Limits, read_file
from dossier.scanner.readers.interface import Limits as Limit
from dossier.scanner.sandbox import Bounds, Died, Pool


class Job:
    """What a worker does with one file."""

    def __init__(self, limits: Limit) -> None:
        self.limits = limits

    def __call__(self, path: str) -> tuple[str, str]:
        """``("read", format)`` or ``(reason, detail)``."""
        result = read_file(path, self.limits).result
        assert result is not None
        return ("read", result.format) if hasattr(result, "pages") else (str(result.reason), result.detail)


def main() -> None:
    """Read everything, count, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--memory-mb", type=int, default=1024)
    parser.add_argument("--ocr", action="store_true")
    parser.add_argument("--list", action="store_true", help="every file with what became of it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dossier-hostile-") as work:
        folder = options.folder or Path(work)
        if options.folder is None:
            make(folder)
        paths = sorted(str(path) for path in folder.rglob("*") if path.is_file())
        sys.exit(measure(paths, options))


def measure(paths: list[str], options: argparse.Namespace) -> int:
    """Read the files in a pool; the exit code."""
    peak, running = [0.0], [True]

    def watch() -> None:
        while running[0]:
            peak[0] = max(peak[0], mib(os.getpid()))
            time.sleep(0.05)

    threading.Thread(target=watch, daemon=True).start()
    started = time.perf_counter()
    counts: Counter[str] = Counter()
    deaths, silent, escaped = 0, [], []
    seen = set()
    job = Job(Limits(ocr=options.ocr))
    with Pool(job, workers=os.cpu_count() or 1, seconds=options.seconds,
              bounds=Bounds(memory_bytes=options.memory_mb << 20)) as pool:  # fmt: skip
        for path, outcome in pool.run(paths):
            seen.add(path)
            name = os.path.basename(path)
            if isinstance(outcome, Died):
                counts[f"worker: {outcome.cause}"] += 1
                said = f"{outcome.cause} ({outcome.detail})"
                if outcome.cause == "crash" and ":" in outcome.detail:  # an exception, not a signal
                    escaped.append(f"{name}: {outcome.detail}")
                else:
                    deaths += 1
            else:
                reason, said = outcome.value
                counts[reason if reason == "read" else f"unread: {reason}"] += 1
                if not said:
                    silent.append(name)
            if options.list:
                print(f"{name:40} {said}")
    wall = time.perf_counter() - started
    running[0] = False
    lost = set(paths) - seen
    print(f"files {len(paths)}, in {wall:.1f} s, peak {peak[0]:.0f} MiB, workers that died: {deaths}")
    for what, count in counts.most_common():
        print(f"  {what:24} {count:5}")
    for title, bad in (
        ("not accounted for", lost),
        ("errors that got out", escaped),
        ("without a word", silent),
    ):
        if bad:
            print(f"{title}: {sorted(bad)[:20]}")
    return int(bool(lost or escaped or silent))


if __name__ == "__main__":
    main()
