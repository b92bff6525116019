"""What the decisions of this archive teach: a linear model on the letters of documents people placed.

It speaks only about documents that the rules leave in doubt, and only as one more signal for a place;
it never says that a document belongs nowhere. scikit-learn (``dossier[learn]``) is needed; without it
there is no model. The model is kept as plain numbers, so loading one runs nothing.
"""

from __future__ import annotations

import json
import math
import os
import zipfile
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dossier import libraries, renaming
from dossier.model import Header
from dossier.vietnamese import marked_words

if TYPE_CHECKING:
    import numpy as np

VERSION = 2  # of what is learned from: another one is learned anew
LEAST_DECISIONS = 10  # of one kind; see benchmarks/learn.py
LEAST_OF_PART = 3  # a place with fewer examples is no place to send others to
_MOST = 4000  # examples of one kind, the newest: bounds the time of training
_FEATURES = 1 << 15
_BODY = 400  # characters of the text: what a document is, it says at its beginning
_INVERSE_REGULARISATION = 30.0
_LEAST_SHARE = 0.3  # of the model's belief: below it a place is not spoken for
_LOUDNESS = 2.0
_LOUDEST = 6.0
# The share of its belief that counts against a place the rules are sure of; see benchmarks/learn.py.
_CONTRADICTION = 0.5
_LIKE_NONE = 1.0  # score of a document that looks like none that people placed


@dataclass(frozen=True, slots=True)
class Example:
    """A document a person placed: the dossier's kind, the part (empty: none), what describes it."""

    kind: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Signal:
    """How strongly a document looks like those people put there (a logarithm of odds), and how many."""

    part: str
    weight: float
    count: int


@dataclass(frozen=True, slots=True)
class _Kind:
    parts: tuple[str, ...]
    counts: tuple[int, ...]
    weights: np.ndarray[Any, Any]  # float32, parts × features
    bias: np.ndarray[Any, Any]  # float32, parts


@dataclass(frozen=True)
class Learned:
    """A model per kind of dossier; ``digest`` names the decisions it was made from."""

    digest: str
    kinds: dict[str, _Kind] = field(default_factory=dict)

    def signals(self, kind: str, text: str) -> tuple[Signal, ...]:
        """The places that a document described by ``text`` looks like, the likeliest first."""
        known = self.kinds.get(kind)
        if known is None or not text:
            return ()
        scores = _vectors([text]) @ known.weights.T + known.bias
        top = float(scores.max())
        odds = [math.exp(float(score) - top) for score in scores[0]]
        total = sum(odds)
        found = [
            Signal(part, _weight(share), count)
            for part, count, share in zip(known.parts, known.counts, (o / total for o in odds), strict=True)
            if part and count >= LEAST_OF_PART and share >= _LEAST_SHARE
        ]
        return tuple(sorted(found, key=lambda signal: (-signal.weight, signal.part)))

    def contradicts(self, kind: str, text: str, parts: Collection[str]) -> bool:
        """Whether a document that the rules put into ``parts`` looks very much like others that people
        put elsewhere."""
        known = self.kinds.get(kind)
        if known is None or not text:
            return False
        scores = [float(score) for score in (_vectors([text]) @ known.weights.T + known.bias)[0]]
        best = max(range(len(scores)), key=scores.__getitem__)
        # "Like none of them" competes: of two places, one always looks likelier.
        total = sum(map(math.exp, scores)) + math.exp(_LIKE_NONE)
        enough = known.counts[best] >= LEAST_OF_PART and math.exp(scores[best]) >= _CONTRADICTION * total
        return enough and known.parts[best] not in ("", *parts)

    def save(self, file: Path) -> None:
        """Write it, whole or not at all."""
        import numpy as np

        about = {
            "version": VERSION,
            "digest": self.digest,
            "kinds": {name: [known.parts, known.counts] for name, known in self.kinds.items()},
        }
        arrays: dict[str, Any] = {"about": np.frombuffer(json.dumps(about).encode(), dtype=np.uint8)}
        for number, known in enumerate(self.kinds.values()):
            arrays |= {f"weights{number}": known.weights, f"bias{number}": known.bias}
        unfinished = file.with_name(f"{file.name}.tmp")
        with unfinished.open("wb") as out:
            np.savez(out, **arrays)
        renaming.replace(unfinished, file)


def available() -> bool:
    """Whether scikit-learn is installed and works."""
    return libraries.usable("sklearn")


def load_model(file: Path) -> Learned | None:
    """The model in ``file``; ``None`` when there is none that this version can use."""
    if not file.is_file() or not libraries.installed("sklearn"):
        return None
    import numpy as np

    try:
        with np.load(file, allow_pickle=False) as arrays:
            about = json.loads(bytes(arrays["about"]))
            if about["version"] != VERSION:
                return None
            kinds = {}
            for number, (name, (parts, counts)) in enumerate(about["kinds"].items()):
                weights, bias = arrays[f"weights{number}"], arrays[f"bias{number}"]
                if weights.shape != (len(parts), _FEATURES) or bias.shape != (len(parts),):
                    return None
                if not (np.isfinite(weights).all() and np.isfinite(bias).all()):
                    return None
                kinds[str(name)] = _Kind(tuple(map(str, parts)), tuple(map(int, counts)), weights, bias)
            return Learned(str(about["digest"]), kinds)
    except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile):
        return None


def describe(header: Header, text: str, name: str, folders: tuple[str, ...]) -> str:
    """The words by which documents are compared: type, abstract, name, innermost folder, beginning."""
    stem = os.path.splitext(name)[0]  # noqa: PTH122  a name, not a path
    told = (
        f"{header.type} {header.abstract} {stem} {folders[-1] if folders else ''} {_beginning(header, text)}"
    )
    return marked_words(told)


def _beginning(header: Header, text: str) -> str:
    """The text from where its head ends, if that is known by the abstract."""
    start = text.find(header.abstract[:30]) if header.abstract else -1
    return text[max(start, 0) :][:_BODY]


def train(examples: Sequence[Example], digest: str) -> Learned:
    """Learn from examples, oldest first. The same examples give the same model."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    kinds = {}
    for kind in sorted({example.kind for example in examples}):
        chosen = [example for example in examples if example.kind == kind][-_MOST:]
        counts = Counter(example.part for example in chosen)
        if len(chosen) < LEAST_DECISIONS or len(counts) < 2:
            continue
        model = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=200)
        model.fit(_vectors([example.text for example in chosen]), [example.part for example in chosen])
        weights, bias = model.coef_, model.intercept_
        if len(counts) == 2:  # one row that tells the second from the first
            weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
        parts = tuple(map(str, model.classes_))
        kinds[kind] = _Kind(
            parts,
            tuple(counts[part] for part in parts),
            weights.astype(np.float32),
            bias.astype(np.float32),
        )
    return Learned(digest, kinds)


def _weight(share: float) -> float:
    return min(_LOUDEST, max(0.0, _LOUDNESS + math.log(share / max(1 - share, 1e-6))))


def _vectors(texts: Sequence[str]) -> Any:
    """A sparse matrix, texts × features; each row has length 1."""
    return _vectoriser().transform(texts)


@lru_cache(maxsize=1)
def _vectoriser() -> Any:
    import numpy as np
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), n_features=_FEATURES, alternate_sign=False,
        lowercase=False, dtype=np.float32,
    )  # fmt: skip
