"""The model learned from people's decisions: a linear classifier on character n-grams of placed documents.

It adds one signal to the scores of doubtful documents, and may send a confident placement to review; it
never decides that a document belongs to no item. It needs scikit-learn (``dossier[learn]``); without it
there is no model. The model is stored as plain numbers, so loading it executes no code.
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

VERSION = 2  # of the stored model and its features; a model of another version is trained again
LEAST_DECISIONS = 10  # least number of examples of one kind; see benchmarks/learn.py
LEAST_OF_PART = 3  # a part with fewer examples is never suggested
_MOST = 4000  # examples of one kind, the newest: limits the time of training
_FEATURES = 1 << 15
_BODY = 400  # characters of the text: a document says at its beginning what it is
_INVERSE_REGULARISATION = 30.0
_LEAST_SHARE = 0.3  # least probability of a part that gets a signal
_EVEN_WEIGHT = 2.0  # weight of a part with probability 0.5
_HIGHEST_WEIGHT = 6.0  # highest weight
# Probability from which the model contradicts a placement the rules are sure of; see benchmarks/learn.py.
_CONTRADICTION = 0.5
_LIKE_NONE = 1.0  # score of "like no example", which competes with the parts


@dataclass(frozen=True, slots=True)
class Example:
    """A document placed by a person: the dossier's kind, the part (empty: none), the text compared."""

    kind: str
    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Signal:
    """The similarity of a document to those that people placed in a part. ``weight``: log odds;
    ``count``: number of examples."""

    part: str
    weight: float
    count: int


@dataclass(frozen=True, slots=True)
class _Kind:
    """The model of one kind: its parts, their numbers of examples, and the linear coefficients."""

    parts: tuple[str, ...]
    counts: tuple[int, ...]
    weights: np.ndarray[Any, Any]  # float32, parts × features
    bias: np.ndarray[Any, Any]  # float32, parts


@dataclass(frozen=True)
class Learned:
    """A model per kind of dossier; ``digest`` identifies the decisions used for training."""

    digest: str
    kinds: dict[str, _Kind] = field(default_factory=dict)

    def signals(self, kind: str, text: str) -> tuple[Signal, ...]:
        """Return signals for the likely parts of a document described by ``text``, strongest first."""
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
        """Whether a document that the rules placed in ``parts`` is very similar to documents that people
        placed in another part."""
        known = self.kinds.get(kind)
        if known is None or not text:
            return False
        scores = [float(score) for score in (_vectors([text]) @ known.weights.T + known.bias)[0]]
        best = max(range(len(scores)), key=scores.__getitem__)
        # "Like no example" competes: with two parts, one always has a probability of at least 0.5.
        total = sum(map(math.exp, scores)) + math.exp(_LIKE_NONE)
        enough = known.counts[best] >= LEAST_OF_PART and math.exp(scores[best]) >= _CONTRADICTION * total
        return enough and known.parts[best] not in ("", *parts)

    def save(self, file: Path) -> None:
        """Write the model to ``file`` atomically."""
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
    """Return the model in ``file``; ``None`` if there is none that this version can use."""
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
    """Return the words by which documents are compared: type, abstract, name, innermost folder, beginning."""
    stem = os.path.splitext(name)[0]  # noqa: PTH122  a name, not a path
    folder = folders[-1] if folders else ""
    return marked_words(f"{header.type} {header.abstract} {stem} {folder} {_beginning(header, text)}")


def _beginning(header: Header, text: str) -> str:
    """Return the first characters of the text, from the abstract on if that is found."""
    start = text.find(header.abstract[:30]) if header.abstract else -1
    return text[max(start, 0) :][:_BODY]


def train(examples: Sequence[Example], digest: str) -> Learned:
    """Train a model on examples, given oldest first. Deterministic."""
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
        if len(counts) == 2:  # scikit-learn gives one row for two classes
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
    return min(_HIGHEST_WEIGHT, max(0.0, _EVEN_WEIGHT + math.log(share / max(1 - share, 1e-6))))


def _vectors(texts: Sequence[str]) -> Any:
    """Return a sparse matrix, texts × features; each row has length 1."""
    return _vectoriser().transform(texts)


@lru_cache(maxsize=1)
def _vectoriser() -> Any:
    import numpy as np
    from sklearn.feature_extraction.text import HashingVectorizer

    return HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 4), n_features=_FEATURES, alternate_sign=False,
        lowercase=False, dtype=np.float32,
    )  # fmt: skip
