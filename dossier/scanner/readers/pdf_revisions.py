"""Decide whether the revisions of a PDF after a signature only add further signatures.

E-office systems sign a document several times: the leader, then the clerk with number, date and seal, each
in a new revision of the file. Such revisions leave every page, picture and font unchanged and add signature
fields with their appearances; anything else counts as a change of the document.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

from dossier.scanner.sandbox_worker import still_alive

_MOST = 200_000  # objects compared
_MOST_PAGES = 5000
_MOST_STEPS = 8  # chained references
# Entries of the document catalogue that signing may change; none is displayed on a page.
_OF_SIGNING = frozenset(("/AcroForm", "/DSS", "/Perms", "/Extensions", "/Metadata", "/Version"))
_OF_PAGES = frozenset(("/Annots", "/Kids", "/Count", "/Parent", "/Tabs", "/LastModified", "/PieceInfo"))
# Entries of an empty signature field that signing may change.
_OF_FIELDS = frozenset(("/V", "/AP", "/AS", "/MK", "/F", "/M", "/DA", "/DR", "/Lock", "/P", "/BS", "/Border"))


class _ChangedError(Exception):
    """A visible part of the document may have changed."""


def signed_further_only(reader: Any, revision: int) -> bool:
    """Whether only signatures were added after a revision (counted from 0). May raise on damaged files."""
    try:
        _Comparison(reader, revision).run()
    except _ChangedError:
        return False
    return True


class _Comparison:
    """Compares the signed revision (``then``) with the current file (``now``)."""

    def __init__(self, reader: Any, revision: int) -> None:
        self._now = reader
        self._then = reader.get_historical_resolver(revision)
        self._changed: set[int] = set()
        for later in range(revision + 1, reader.xrefs.total_revisions):
            self._changed |= {ref.idnum for ref in reader.xrefs.explicit_refs_in_revision(later)}
            self._changed |= {ref.idnum for ref in reader.xrefs.refs_freed_in_revision(later)}
        self._seen: set[int] = set()

    def run(self) -> None:
        """Compare catalogue and pages. Raises :class:`_ChangedError` at the first change."""
        then, now = self._then.root, self._now.root
        self._same_entries(then, now, _OF_SIGNING | {"/Pages"})
        self._same_below(then, _OF_SIGNING | {"/Pages"})
        if _draws_fields_anew(now) and not _draws_fields_anew(then):
            raise _ChangedError
        before, after = list(_pages(_at(then, "/Pages"))), list(_pages(_at(now, "/Pages")))
        if len(before) != len(after):
            raise _ChangedError
        for (number_then, page_then), (number_now, page_now) in zip(before, after, strict=True):
            if number_then != number_now:
                raise _ChangedError
            self._same_entries(page_then, page_now, _OF_PAGES)
            self._same_below(page_then, _OF_PAGES)
            self._same_annotations(page_then, page_now)
            still_alive()

    def _same_entries(self, then: Any, now: Any, but: frozenset[str]) -> None:
        for key in (set(then) | set(now)) - but:
            if key not in then or key not in now or _written(then.raw_get(key)) != _written(now.raw_get(key)):
                raise _ChangedError

    def _same_below(self, holder: Any, but: frozenset[str]) -> None:
        """Compare all objects reachable from a dictionary of the signed revision, except by keys ``but``."""
        waiting = [holder.raw_get(key) for key in holder if key not in but]
        while waiting:
            value = waiting.pop()
            reference = getattr(value, "reference", None)
            if reference is not None:
                if reference.idnum in self._seen:
                    continue
                self._seen.add(reference.idnum)
                if len(self._seen) > _MOST:
                    raise _ChangedError  # too many objects to compare
                value = self._then.get_object(reference)
                if isinstance(value, dict) and _at(value, "/Type") in ("/Page", "/Pages"):
                    continue  # run() compares the pages
                if reference.idnum in self._changed:
                    self._same(value, self._now.get_object(reference))
            waiting += _parts(value)

    def _same(self, then: Any, now: Any) -> None:
        if _written(then) != _written(now):
            raise _ChangedError

    def _same_annotations(self, page_then: Any, page_now: Any) -> None:
        """Check that a page's annotations are unchanged and that new ones are signatures."""
        before, after = _annotations(page_then), _annotations(page_now)
        if not set(before) <= set(after):
            raise _ChangedError
        for key, annotation in after.items():
            if key not in before:
                if not (_is_signature(annotation) and _value(annotation) is not None):
                    raise _ChangedError
            elif _is_signature(annotation) and _value(before[key]) is None:
                self._same_entries(before[key], annotation, _OF_FIELDS)
            else:
                self._same_entries(before[key], annotation, frozenset(("/P", "/Parent")))
                self._same_below(before[key], frozenset(("/P", "/Parent", "/V", "/Popup")))


def _pages(node: Any) -> Iterator[tuple[int, Any]]:
    """Each page and each inner node of the page tree, with its object number."""
    waiting, count = [(0, node)], 0
    while waiting:
        number, node = waiting.pop()
        count += 1
        if count > _MOST_PAGES:
            raise _ChangedError  # too many pages to compare
        yield number, node
        kids: Any = _at(node, "/Kids") or ()
        for at in range(len(kids) - 1, -1, -1):
            waiting.append((_number(kids.raw_get(at)), _at(kids, at)))


def _annotations(page: Any) -> dict[str, Any]:
    """Return a page's annotations by object number, or by serialised value for direct objects."""
    annotations: Any = _at(page, "/Annots") or ()
    by_number: dict[str, Any] = {}
    for at in range(len(annotations)):
        annotation = _at(annotations, at)
        if isinstance(annotation, dict):
            by_number[str(_number(annotations.raw_get(at)) or _written(annotation))] = annotation
    return by_number


def _is_signature(annotation: Any) -> bool:
    return "/Sig" in (_at(annotation, "/FT"), _at(_at(annotation, "/Parent"), "/FT"))


def _value(annotation: Any) -> Any:
    return _at(annotation, "/V") or _at(_at(annotation, "/Parent"), "/V")


def _draws_fields_anew(root: Any) -> bool:
    return bool(_at(_at(root, "/AcroForm"), "/NeedAppearances"))


def _at(holder: Any, key: Any) -> Any:
    """Return the value at a key or index with references resolved; ``None`` if missing."""
    if holder is None or (isinstance(holder, dict) and key not in holder):
        return None
    value = holder.raw_get(key)
    for _step in range(_MOST_STEPS):
        if getattr(value, "reference", None) is None:
            break
        value = value.get_object()
    return value


def _number(value: Any) -> int:
    reference = getattr(value, "reference", None)
    return int(reference.idnum) if reference is not None else 0


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [value.raw_get(key) for key in value if key not in ("/Parent", "/P")]  # type: ignore[attr-defined]
    if isinstance(value, list):
        return [value.raw_get(at) for at in range(len(value))]  # type: ignore[attr-defined]
    return []


def _written(value: Any) -> bytes:
    """Serialise an object for comparison: keys sorted, numbers rounded, references not resolved."""
    if getattr(value, "reference", None) is not None:
        return b"%d R" % value.reference.idnum
    if isinstance(value, dict):
        entries = (key.encode() + b" " + _written(value.raw_get(key)) for key in sorted(value))  # type: ignore[attr-defined]
        return b"<<" + b" ".join(entries) + b">>" + getattr(value, "encoded_data", b"")
    if isinstance(value, list):
        return b"[" + b" ".join(map(_written, _parts(value))) + b"]"
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return b"%.2f" % value
    out = BytesIO()
    value.write_to_stream(out, None, None)
    return out.getvalue()
