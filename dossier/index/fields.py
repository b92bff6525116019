"""The fields of the index, their names in queries, and the values of fields with fixed values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from dossier.checklists import load
from dossier.checklists.spoken import item_named, kind_named
from dossier.checklists.vocabulary import Vocabulary, current
from dossier.vietnamese import fold, slug

# Fields searched for a word without a field name, with their weights. ``head`` holds the words of the
# fields about a document: type, issuer, signer, file name, dossier, unit.
ANYWHERE: Mapping[str, float] = {"number": 4.0, "abstract": 3.0, "head": 1.5, "body": 1.0}
# Added weight of a document that has the words of the query side by side.
TOGETHER: Mapping[str, float] = {"number": 8.0, "abstract": 4.0, "head": 1.5}
MEANT = 8.0  # … of a document of the type, date or item that plain words may mean
OWNED = 2.0  # … of one whose number is its own: the decision ranks above its annex with the same number
DATED = 12.0  # … of one of exactly the day in the query
EXACT = 1.5  # … of one that has a word with the same diacritics as typed
RAISED = str.maketrans("¹²³", "123")  # km² is one word, as km2
_MOST_WORDS = 6  # in a value of a field with fixed values

# Names of fields in queries, folded → field.
ALIASES: Mapping[str, str] = {
    "so": "number", "number": "number", "sokyhieu": "number", "kyhieu": "number",
    "loai": "type", "type": "type", "loaivanban": "type", "theloai": "type",
    "ngay": "date", "ngaybanhanh": "date", "ngayky": "date", "date": "date", "nam": "date", "year": "date",
    "muc": "items", "item": "items", "thanhphan": "items",
    "hoso": "dossier_name", "dossier": "dossier_name",
    "coquan": "issuing_body", "coquanbanhanh": "issuing_body", "issuer": "issuing_body",
    "donvi": "unit", "unit": "unit",
    "trichyeu": "abstract", "abstract": "abstract", "title": "abstract",
    "nguoiky": "signer", "signer": "signer",
    "ten": "name", "name": "name", "tep": "name", "tentep": "name", "file": "name",
    "loaihoso": "kind", "kind": "kind",
    "trangthai": "states", "status": "states", "state": "states",
}  # fmt: skip
SHOWN = ("số", "loại", "ngày", "năm", "mục", "hồ sơ", "cơ quan", "đơn vị", "trích yếu", "người ký", "tên",
         "loại hồ sơ", "trạng thái")  # fmt: skip

REVIEW, UNPLACED, PLACED, DECIDED, DRAFT, COPY, OCR = (
    "canduyet", "chuaxep", "daxep", "nguoixep", "duthao", "saoy", "banquet",
)  # fmt: skip
OWN = "sorieng"  # another state: the number is the document's own, not that of the document it is attached to
# States of a document by their names in queries; values as stored in the index.
STATES: Mapping[str, str] = {
    REVIEW: REVIEW, "needsreview": REVIEW, "review": REVIEW, "canxem": REVIEW,
    UNPLACED: UNPLACED, "unplaced": UNPLACED, "ngoaidanhmuc": UNPLACED,
    PLACED: PLACED, "placed": PLACED,
    DECIDED: DECIDED, "decided": DECIDED, "person": DECIDED,
    DRAFT: DRAFT, "draft": DRAFT,
    COPY: COPY, "copy": COPY, "bansao": COPY,
    OCR: OCR, "ocr": OCR, "scan": OCR, "scanned": OCR,
}  # fmt: skip


def field_of(name: str) -> str:
    """The field for a name typed by a person, else empty: ``Số``, ``so`` and ``number`` are the same."""
    return ALIASES.get(slug(name).replace("-", ""), "")


def by_code() -> Mapping[str, str]:
    """Slugs of document types by folded code: ``qd``."""
    return _folded(current())


@lru_cache(maxsize=2)
def _folded(vocabulary: Vocabulary) -> Mapping[str, str]:
    return {fold(code): name for code, name in vocabulary.codes.items()}


def type_of(text: str) -> str:
    """The slug of a type given by name or code: ``Quyết định``, ``quyet-dinh``, ``QĐ`` or ``qd``."""
    name = slug(text)
    return name if name in current().names else by_code().get(name, name)


def item_of(text: str) -> str:
    """The item or part typed by a person: ``6a`` for ``mục 6a``, ``06A`` and ``MH-6a``."""
    return item_named(text) or slug(text)


def kind_of(text: str) -> str:
    """The slug of a kind of dossier, given by any of its names."""
    return kind_named(load(), text) or slug(text)


def longest_value(field: str, tokens: Sequence[str]) -> int:
    """Number of leading words that form one of the field's fixed values; 1 if none fits.

    So that ``loại:quyết định thành lập`` means the type “quyết định”: shells strip quotes.
    """
    known: Mapping[str, Callable[[str], bool]] = {
        "type": lambda text: type_of(text) in current().names,
        "kind": lambda text: kind_named(load(), text) is not None,
        "states": lambda text: bool(state_of(text)),
        "items": lambda text: item_named(text) is not None,
    }
    fits = known.get(field)
    most = min(len(tokens), _MOST_WORDS) if fits else 1
    return next((n for n in range(most, 1, -1) if fits and fits(" ".join(tokens[:n]))), 1)


def state_of(text: str) -> str:
    """The state for a name typed by a person, else empty."""
    return STATES.get(slug(text).replace("-", ""), "")
