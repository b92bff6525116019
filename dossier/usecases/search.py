"""Find documents by words, number, date, type or dossier."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from dossier.archive import Archive
from dossier.catalogue import nothing_pending
from dossier.checklists.schema import Checklist
from dossier.checklists.spoken import item_named
from dossier.checklists.vocabulary import current
from dossier.compliance.naming import title
from dossier.errors import DossierError, IndexUnusableError, UsageError
from dossier.i18n import _
from dossier.index import Filters, Results, SearchOptions, fields
from dossier.index.interface import facet
from dossier.index.query import parse
from dossier.index.tree import All, Either, Node, Term, Words, leaves
from dossier.usecases.following import Worth, check_here, worth
from dossier.usecases.indexing import catch_up, index_of, rebuild
from dossier.usecases.known import check_scanned, open_known
from dossier.usecases.locking import is_at_work, writing
from dossier.usecases.naming import check_named, kind_meant, no_kind
from dossier.vietnamese import marked_words, words


def search(
    archive: Archive,
    query: str,
    filters: Filters,
    options: SearchOptions = SearchOptions(),  # noqa: B008  frozen
    *,
    waits: bool = True,
) -> Results:
    """Answer a query from the index, which is rebuilt from the catalogue if it is unusable.

    Pending changes of the catalogue are indexed first. While another process writes, or with ``waits`` false
    while a scan is running, that is not possible: hits removed or secret by now are left out instead. Raises
    :class:`~dossier.errors.ArchiveError` if the archive was never scanned,
    :class:`~dossier.errors.IndexElsewhereError` if another machine keeps its index.
    """
    check_scanned(archive)
    filters = _with_units(archive, query, filters)
    behind = _is_behind(archive, waits=waits)
    try:
        found = index_of(archive).search(query, filters, options)
    except IndexUnusableError:
        found = rebuild(archive).search(query, filters, options)
    found = _current(archive, found) if behind else found
    if found.hits or ":" not in query or not (vain := [*_asked_in_vain(archive, parse(query).tree)]):
        return found
    notes = ["\n".join(filter(None, (error.message, error.advice))) for error in vain]
    return replace(found, notes=(*found.notes, *notes), suggestion="")


def _with_units(archive: Archive, query: str, filters: Filters) -> Filters:
    """Return the filters with the units of all dossiers, if the query asks for a unit: hits are those that
    :func:`by_unit` counts."""
    asked = leaves(parse(query).tree, excluded=True) if ":" in query else ()
    if not any(each.field == "unit" for each in asked):
        return filters
    return replace(filters, units=units_of(archive))


def units_of(archive: Archive) -> dict[str, str]:
    """Return the unit that keeps each dossier, by path, as its verdict knows it."""
    from dossier.usecases.overview import overview  # loads the whole catalogue

    return {each.path: each.unit for each in overview(archive).dossiers}


def by_unit(found: Results, units: Mapping[str, str]) -> Results:
    """Return the results with counts by unit in place of those by dossier. ``units``: by dossier, as its
    verdict knows it, so that hits are counted by the units that are compared elsewhere."""
    counted: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for dossier, count in found.facets.get("dossier", ()):
        unit = units.get(dossier, "")
        counted[spelt.setdefault(marked_words(unit), unit)] += count
    rest = {name: counts for name, counts in found.facets.items() if name != "dossier"}
    return replace(found, facets=rest | {"unit": facet("unit", counted)})


def filters(
    archive: Archive,
    dossier: str | None,
    kind: str | None,
    item: str | None,
    type_: str | None,
    date_from: date | None = None,
    date_to: date | None = None,
) -> Filters:
    """Build search filters from a person's input. Raises :class:`UsageError` for an unknown kind of dossier,
    item or document type."""
    kind = kind_meant(archive, kind) if kind is not None else None
    if item is not None and not _is_item(archive, item, kind):
        raise _no_item(archive, item, kind)
    if type_ is not None and fields.type_of(type_) not in current().names:
        raise _no_type(type_)
    if date_from and date_to and date_from > date_to:
        raise UsageError(
            _("Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y} thì không có ngày nào.").format(
                first=date_from, last=date_to
            ),
            _("Ghi ngày sớm sau --from, ngày muộn sau --to."),
        )
    return Filters(dossier, kind, item, type_, date_from, date_to)


def _is_item(archive: Archive, typed: str, kind: str | None) -> bool:
    number = item_named(typed)
    return any(
        number in (str(item.number), *(part.id for part in item.parts))
        for checklist in _checklists(archive, kind)
        for item in checklist.items
    )


def _checklists(archive: Archive, kind: str | None) -> Sequence[Checklist]:
    return [archive.checklists[kind]] if kind else [*archive.checklists.values()]


def _no_item(archive: Archive, typed: str, kind: str | None) -> UsageError:
    """The error for an unknown item; suggests the parts of the item with this number, or all items."""
    number = (item_named(typed) or "").rstrip("abcdefghijklmnopqrstuvwxyz")
    checklists = _checklists(archive, kind)
    known = any(str(item.number) == number for checklist in checklists for item in checklist.items)
    lines = []
    for checklist in checklists:
        numbered = [item for item in checklist.items if str(item.number) == number]
        parts = [f"  {part.id:4}{title(part)}" for item in numbered for part in item.parts]
        every = [f"  {item.number:<4}{title(item)}" for item in checklist.items]
        if parts or not known:
            lines += [f"{title(checklist)}:", *(parts or every)]
    return UsageError(
        _("“{item}” không phải mục nào.").format(item=typed),
        "\n".join([_("Viết số của mục hay thành phần, như 6, 6a hoặc “mục 6a”. Có:"), *lines]),
    )


def _no_type(typed: str) -> UsageError:
    close = get_close_matches(words(typed), map(words, current().names.values()), n=3, cutoff=0.45)
    return UsageError(
        _("Không có loại văn bản “{type}”.").format(type=typed),
        _("Có thể là: {close}.").format(close=", ".join(_type_named(each) for each in close))
        if close
        else _("Viết như: quyết định, kế hoạch, báo cáo, tờ trình, công văn."),
    )


def _asked_in_vain(archive: Archive, node: Node | None) -> Iterator[DossierError]:
    """Yield errors for conditions of a query without hits that no document can meet: unknown items, types,
    kinds or dossiers."""
    match node:
        case All(of) | Either(of):
            for each in of:
                yield from _asked_in_vain(archive, each)
        case Term("items", value) if not _is_item(archive, value, None):
            yield _no_item(archive, value, None)
        case Term("type", value) if value not in current().names:
            yield _no_type(value.replace("-", " "))
        case Term("kind", value) if value not in archive.checklists:
            yield no_kind(archive, value)
        case Words(folded, field="dossier_name"):
            try:
                check_named(archive, " ".join(folded))
            except DossierError as error:
                yield error


def _type_named(folded: str) -> str:
    return next(name for name in current().names.values() if words(name) == folded).lower()


def _is_behind(archive: Archive, *, waits: bool) -> bool:
    """Try to bring the index up to date; return whether it still lacks changes."""
    if nothing_pending(archive):
        return False
    with open_known(archive) as catalogue:
        check_here(archive, catalogue)
        follows = worth(archive, catalogue) is Worth.FOLLOWS
        if follows and not catalogue.feed.behind():
            return False
        if follows and not waits and is_at_work(archive):
            return True
        try:
            with writing(archive, "index"):
                catch_up(archive, catalogue)
        except (OSError, DossierError):  # another process writes, or the state is read-only
            if not follows:
                raise  # unknown what the index lacks and which of its entries are secret by now
            return True
    return False


def _current(archive: Archive, found: Results) -> Results:
    """Remove hits of documents that no longer exist or are secret by now."""
    paths = list(dict.fromkeys(hit.path for hit in found.hits))
    with open_known(archive) as catalogue:
        late = catalogue.feed.pending(paths)
        known = catalogue.feed.to_index([path for path in paths if path in late])
        behind = catalogue.feed.behind()
    open_ = {
        (path, document.ordinal)
        for path, entries in known.items()
        for document, *_rest in entries
        if document.security is None
    }
    hits = tuple(hit for hit in found.hits if hit.path not in late or (hit.path, hit.ordinal) in open_)
    note = _("Có {count} tệp vừa thay đổi chưa kịp vào chỉ mục; tìm lại sau khi quét xong.").format(
        count=behind
    )
    gone = len(found.hits) - len(hits)
    return replace(found, hits=hits, total=found.total - gone, notes=(*found.notes, note))
