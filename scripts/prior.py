"""Write dossier/scanner/classify/prior.txt: how papers of each part, and papers of none, are worded.

    python scripts/prior.py                            # from benchmarks/bank but those of MEASURE
    python scripts/prior.py --without ninth --out FILE # with a bank left out, to measure what it is worth

Scans the banks as benchmarks/real_wording.py does, and fits a linear model (scikit-learn) to the features of
their papers. Words that only one dossier has are left out: they are its own names.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "benchmarks"))

import real_wording  # noqa: E402

from dossier.archive import open_archive  # noqa: E402
from dossier.model import Header  # noqa: E402
from dossier.scanner.classify import Classification, Classifier  # noqa: E402
from dossier.scanner.classify.around import Around  # noqa: E402
from dossier.scanner.classify.order import turn  # noqa: E402
from dossier.scanner.classify.prior import DATA, NONE, UNIT, Prior, features  # noqa: E402
from dossier.scanner.classify.scoring import Score  # noqa: E402
from dossier.scanner.classify.text import Texts  # noqa: E402
from dossier.scanner.classify.tied import Bound  # noqa: E402
from dossier.usecases import weighing  # noqa: E402
from dossier.usecases.known import open_known  # noqa: E402
from dossier.usecases.reading import processor_for  # noqa: E402
from dossier.usecases.scan import scan  # noqa: E402

DOSSIERS = 2  # least number of dossiers with a feature; a paper of other work counts as one
LEAST = 10  # least hundredths of a weight that is kept
STRENGTH = 30.0  # inverse regularisation
ROUNDS = 60
MEASURE = ("nineteenth", "twentyfirst", "twentythird")  # not learned from: tells how right new papers go


class Example(NamedTuple):
    """A paper: its kind of dossier, its first part, the dossier, its features."""

    kind: str
    part: str
    dossier: str
    features: frozenset[str]


class Listener(Classifier):
    """Keeps what the words would be asked about, also of papers that the rules alone decide."""

    heard: tuple[Texts, Sequence[str]] | None = None

    def _as_usual(
        self, prior: Prior, found: Classification, scores: dict[str, Score], bound: Bound, texts: Texts,
        header: Header,
    ) -> Classification:  # fmt: skip
        self.heard = texts, bound.order
        return found


def examples(bank: str) -> Iterator[Example]:
    """Yield the papers of a bank as the classifier sees them beside the others of their dossier."""
    with tempfile.TemporaryDirectory(prefix="dossier-words-") as work:
        folder, state = Path(work) / "kho", Path(work) / "state"
        folder.mkdir()
        strangers = "strangers" in bank
        truth = real_wording.strangers(folder, bank, None) if strangers else real_wording.write(folder, bank)
        archive = open_archive(folder, state)
        scan(archive)
        with open_known(archive) as catalogue:
            for path, papers in truth.items():
                places = {paper["path"]: paper["places"] for paper in papers}
                (dossier,) = catalogue.folders([path]).values()
                checklist = archive.checklists[dossier.kind]
                processor = processor_for(archive)
                listener = processor._classifiers[dossier.kind] = Listener(checklist, None, Prior((), (), {}))
                known = catalogue.circumstances.documents(path)
                context = {each.id: weighing._paper(each, dossier) for each in known}
                around = Around(checklist, list(context.values()), {}, path)
                for at, each in enumerate(known):
                    logical = catalogue.circumstances.logical(each)
                    task = weighing.task_of(each, dossier)
                    listener.heard = None
                    processor.place(task, logical, around.seen_from(context[each.id]))
                    own = places.get(each.document.path) or [(NONE, "")]
                    named = f"{bank} {each.document.path if strangers else path}"
                    if listener.heard is not None:
                        texts, order = listener.heard
                        said = frozenset(features(texts, turn(at) if strangers else order))
                        yield Example(dossier.kind, own[0][0], named, said)


def fitted(known: list[Example]) -> Iterator[str]:
    """Yield the lines of a model fitted to the examples of one kind."""
    dossiers = defaultdict(set)
    for example in known:
        for feature in example.features:
            dossiers[feature].add(example.dossier)
    kept = sorted(feature for feature, found in dossiers.items() if len(found) >= DOSSIERS)
    index = {feature: at for at, feature in enumerate(kept)}
    rows = [sorted(index[feature] for feature in example.features if feature in index) for example in known]
    ends = np.cumsum([0, *map(len, rows)])
    values = np.concatenate([np.full(len(row), 1 / np.sqrt(len(row) or 1)) for row in rows])
    matrix = csr_matrix((values, np.concatenate(rows).astype(int), ends), shape=(len(rows), len(kept)))
    model = LogisticRegression(C=STRENGTH, max_iter=ROUNDS, tol=1e-3)
    model.fit(matrix, [example.part for example in known])
    yield " ".join(model.classes_)
    yield " ".join(str(round(each * UNIT)) for each in model.intercept_)
    for feature, column in zip(kept, np.rint(model.coef_ * UNIT).astype(int).T, strict=True):
        weights = [f"{at}:{weight}" for at, weight in enumerate(column) if abs(weight) >= LEAST]
        if weights:
            yield f"{feature}\t{' '.join(weights)}"


def main() -> None:
    """Scan, fit, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--without", nargs="+", default=MEASURE, help="leave out the banks that begin so")
    parser.add_argument("--out", type=Path, default=DATA)
    options = parser.parse_args()
    banks = [bank for bank in real_wording.BANKS if not bank.startswith(tuple(options.without))]
    known = [example for bank in banks for example in examples(bank)]
    write(known, options.out)


def write(known: list[Example], out: Path) -> None:
    """Write the models of all kinds."""
    lines = ["# Made by scripts/prior.py from benchmarks/bank."]
    for kind in sorted({example.kind for example in known}):
        lines += [f"= {kind}", *fitted([example for example in known if example.kind == kind])]
    out.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
