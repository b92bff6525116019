"""Find documents by words, number, date, type or dossier."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from dossier.archive import Archive
from dossier.catalogue import nothing_pending
from dossier.checklists.spoken import item_named, kind_named
from dossier.checklists.vocabulary import current
from dossier.errors import DossierError, IndexUnusableError, UsageError
from dossier.i18n import _
from dossier.index import Filters, Results, Sort, fields
from dossier.usecases.indexing import catch_up, index_of, rebuild
from dossier.usecases.known import check_scanned, open_known
from dossier.usecases.locking import writing
from dossier.vietnamese import words


def search(
    archive: Archive,
    query: str,
    filters: Filters,
    *,
    sort: Sort = Sort.RELEVANCE,
    limit: int = 10,
    offset: int = 0,
    exact: bool = False,
    facets: bool = False,
) -> Results:
    """Answer a query from the index, which is made again from the catalogue when it is not usable.

    What the catalogue has learned since is taken in first; while another process writes, hits that
    are gone or secret by now are left out instead. Raises :class:`~dossier.errors.ArchiveError`
    when the archive was never scanned.
    """
    check_scanned(archive)
    late = _late(archive)
    try:
        found = index_of(archive).search(
            query, filters, sort=sort, limit=limit, offset=offset, exact=exact, facets=facets
        )
    except IndexUnusableError:
        found = rebuild(archive).search(
            query, filters, sort=sort, limit=limit, offset=offset, exact=exact, facets=facets
        )
    return _current(archive, found, late) if late else found


def filters(
    archive: Archive,
    dossier: str | None,
    kind: str | None,
    item: str | None,
    type_: str | None,
    date_from: date | None = None,
    date_to: date | None = None,
) -> Filters:
    """Conditions as a person writes them. Raises :class:`UsageError` for a kind, an item or a type of
    documents that there is not."""
    if kind is not None and (kind_ := kind_named(archive.checklists, kind)) is None:
        from dossier.usecases.adopt import no_kind  # with the whole catalogue behind it

        raise no_kind(archive, kind)
    if item is not None and item_named(item) is None:
        raise UsageError(
            _("“{item}” không phải mục nào.").format(item=item),
            _("Viết số của mục hay thành phần, như 6, 6a hoặc “mục 6a”."),
        )
    if type_ is not None and fields.type_of(type_) not in current().names:
        close = get_close_matches(words(type_), map(words, current().names.values()), n=3, cutoff=0.45)
        raise UsageError(
            _("Không có loại văn bản “{type}”.").format(type=type_),
            _("Có thể là: {close}.").format(close=", ".join(_type_named(each) for each in close))
            if close
            else _("Viết như: quyết định, kế hoạch, báo cáo, tờ trình, công văn."),
        )
    if date_from and date_to and date_from > date_to:
        raise UsageError(
            _("Từ ngày {first:%d/%m/%Y} đến ngày {last:%d/%m/%Y} thì không có ngày nào.").format(
                first=date_from, last=date_to
            ),
            _("Ghi ngày sớm sau --from, ngày muộn sau --to."),
        )
    return Filters(dossier, kind_ if kind is not None else None, item, type_, date_from, date_to)


def _type_named(folded: str) -> str:
    return next(name for name in current().names.values() if words(name) == folded).lower()


def _late(archive: Archive) -> Set[str]:
    """Files whose changes the index does not know, after trying to let it know."""
    if nothing_pending(archive):
        return frozenset()
    with open_known(archive) as catalogue:
        pending = catalogue.feed.pending()
        if not pending:
            return frozenset()
        try:
            with writing(archive, "index"):
                catch_up(archive, catalogue)
        except (OSError, DossierError):  # somebody else writes, or nobody may
            return frozenset(pending)
    return frozenset()


def _current(archive: Archive, found: Results, late: Set[str]) -> Results:
    """The results without what is gone or secret by now."""
    doubtful = [path for path in dict.fromkeys(hit.path for hit in found.hits) if path in late]
    with open_known(archive) as catalogue:
        known = catalogue.feed.to_index(doubtful)
    open_ = {
        (path, document.ordinal)
        for path, entries in known.items()
        for document, *_rest in entries
        if document.security is None
    }
    hits = tuple(hit for hit in found.hits if hit.path not in late or (hit.path, hit.ordinal) in open_)
    note = _("Có {count} tệp vừa thay đổi chưa kịp vào chỉ mục; tìm lại sau khi quét xong.").format(
        count=len(late)
    )
    gone = len(found.hits) - len(hits)
    return replace(found, hits=hits, total=found.total - gone, notes=(*found.notes, note))
