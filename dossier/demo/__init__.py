"""Generate a sample archive: believable dossiers with known gaps, and the truth about them (the expected
results).

Used by ``dossier demo``, by tests and by benchmarks. No code of the readers or of the compliance rules is
used here, so that the truth can check them. Texts come from a bank: ``default``, or ``heldout`` with other
phrasings, names and abbreviations, to measure on texts that nobody tuned the program to.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

from dossier.progress import report_progress

__all__ = ["write_archive"]


def write_archive(
    folder: Path,
    *,
    dossiers: int,
    seed: int,
    today: date,
    scans: bool = True,
    bank: str = "default",
    printed: str = "real",
) -> Path:
    """Write a sample archive to ``folder`` and the truth about it beside it; return the truth's path.

    ``today``: no document is younger. ``scans`` false: no image-only files. ``printed``: ``real``, as
    documents come from offices (letters of a second font, numbers written by hand or stamped, heads over
    more lines), or ``plain``. The same arguments give the same bytes. The truth is ``<folder>.truth.json``,
    written last; its presence means done.
    Raises :class:`ValueError` for an unknown ``bank`` and :class:`OSError` where nothing can be written.
    """
    from dossier.demo import wording
    from dossier.demo.folder import SampleArchive, write_dossier
    from dossier.demo.truth import as_text

    archive = SampleArchive(folder, wording.bank(bank), today, scans, printed)
    truth = folder.parent / f"{folder.name}.truth.json"
    truth.unlink(missing_ok=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dossier.toml").write_text('[archive]\nname = "Kho mẫu"\n', "utf-8", newline="\n")
    archive.manifests.append("dossier.toml")
    for number in range(dossiers):
        # each dossier has a generator of its own: the first ten are the same in an archive of a hundred
        write_dossier(archive, random.Random(f"{seed}/{bank}/{number}"), number)
        report_progress(number + 1, dossiers)
    told = {
        "schema": 1,
        "seed": seed,
        "bank": bank,
        "today": today.isoformat(),
        "dossiers": archive.dossiers,
        "files": archive.files,
        "ignored": sorted(archive.ignored),
        "manifests": archive.manifests,
    }
    truth.write_text(as_text(told), "utf-8", newline="\n")
    return truth
