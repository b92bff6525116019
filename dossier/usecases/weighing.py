"""Weigh doubtful documents: classify them again using their dossier's dates, other documents and items
already covered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dossier.archive import Archive
from dossier.batches import batched
from dossier.catalogue import Catalogue
from dossier.catalogue.circumstances import Weighable
from dossier.checklists.schema import Checklist
from dossier.compliance.periods import plausible
from dossier.model import DossierFolder, FileEntry, LogicalDocument, PlacedDocument
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.continued import FEWEST, continued_placements, continuing
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.formats import PICTURES
from dossier.scanner.pipeline import Processor, Task, inside_dossier
from dossier.scanner.recognise import cited
from dossier.usecases.indexing import catch_up
from dossier.usecases.locking import Turns, is_at_work
from dossier.usecases.reading import processor_for

_AT_ONCE = 16  # dossiers per transaction: each transaction is synced to the disk while other writers wait


def weigh(
    archive: Archive,
    catalogue: Catalogue,
    processor: Processor,
    *,
    only: Collection[str] | None = None,
    turns: Turns | None = None,
) -> Sequence[str]:
    """Weigh the doubtful documents of all dossiers changed since the last time; return these dossiers.

    The caller must hold the lock. A document's own signals are taken from its stored text each time, so that
    weighing is idempotent, also after an interrupted scan. ``only``: these dossiers; ``turns``: the lock is
    handed to waiting processes between batches.
    """
    doubted, rest = catalogue.circumstances.pending(only)
    changed = (*doubted, *rest)
    any_corrected = bool(changed) and catalogue.circumstances.any_corrected()
    for some in batched(changed, _AT_ONCE):
        folders = catalogue.folders(some)
        filled_in = catalogue.circumstances.filled_in(some)
        found: list[tuple[Weighable, PlacedDocument]] = []
        for path in some:
            if (folder := folders.get(path)) is None:
                continue
            known = _fill_in_cited(catalogue, processor, folder) if path in filled_in else None
            if any_corrected:
                _place_corrected(catalogue, processor, folder)
                known = None
            if checklist := archive.checklists.get(folder.kind):
                known = catalogue.circumstances.documents(path) if known is None else known
                found += _weigh(catalogue, processor, folder, checklist, known)
        catalogue.circumstances.settle(some, found)
        if turns is not None:
            turns.give_way()
    return changed


def _place_corrected(catalogue: Catalogue, processor: Processor, folder: DossierFolder) -> None:
    """Classify documents with corrected fields by the corrections, which storing a document does not
    apply."""
    found = [each for each in catalogue.circumstances.documents(folder.path) if each.corrected]
    logical = catalogue.circumstances.logical
    catalogue.circumstances.place(
        [(each, processor.place(task_of(each, folder), logical(each))) for each in found]
    )


def _fill_in_cited(
    catalogue: Catalogue, processor: Processor, folder: DossierFolder
) -> list[Weighable] | None:
    """Fill in handwritten numbers and dates from citations in the dossier's other documents, as long as those
    exist. Returns the dossier's documents, or ``None`` if any was changed."""
    documents = catalogue.circumstances.documents(folder.path)
    known = {each.id: each for each in documents}
    headers = {key: each.document.header for key, each in known.items()}
    filled_in = {key: header for key, header in cited.reconciled(headers).items() if not known[key].corrected}
    if not filled_in:
        return documents
    catalogue.circumstances.reread([(known[key], header) for key, header in filled_in.items()])
    logical = catalogue.circumstances.logical
    catalogue.circumstances.place(
        [
            (
                known[key],
                processor.place(task_of(known[key], folder), replace(logical(known[key]), header=header)),
            )
            for key, header in filled_in.items()
            if not known[key].decided
        ]
    )
    return None


def weigh_now(archive: Archive, catalogue: Catalogue, processor: Processor, dossier: str) -> None:
    """Weigh the changed dossiers after a decision; while a scan is running only ``dossier``, since the scan
    weighs the others itself."""
    weigh(archive, catalogue, processor, only={dossier} if is_at_work(archive) else None)


def follow(archive: Archive, catalogue: Catalogue, paths: Iterable[str]) -> None:
    """Weigh the dossiers of the files at ``paths`` after a decision about them, and update the full-text
    index. While a scan is running, other pending work is left to the scan."""
    processor = processor_for(archive)
    if not is_at_work(archive):
        weigh(archive, catalogue, processor)
        catch_up(archive, catalogue)
        return
    touched = set(paths)
    around = {dossier for path in touched if (dossier := catalogue.dossier_of(path))}
    weigh(archive, catalogue, processor, only=around)
    below = tuple(f"{dossier}/" for dossier in around)
    catch_up(archive, catalogue, only=lambda path: path in touched or path.startswith(below))


def _weigh(
    catalogue: Catalogue,
    processor: Processor,
    folder: DossierFolder,
    checklist: Checklist,
    known: Sequence[Weighable],
) -> list[tuple[Weighable, PlacedDocument]]:
    if checklist.circumstances is None:
        return []
    logical = catalogue.circumstances.logical
    # What an earlier weighing found is no evidence: those documents count by their own texts again.
    own = {
        each.id: processor.place(task_of(each, folder), logical(each))
        for each in known
        if each.weighed and not each.decided
    }
    known = [_by_itself(each, own[each.id]) if each.id in own else each for each in known]
    papers = {each.id: _paper(each, folder) for each in known}
    declared = _declared(folder, checklist)
    around = Around(checklist, list(papers.values()), declared, folder.path)
    sure = {each.id for each in known if not each.doubted and not each.decided}
    astray = {key for key in sure if around.astray(papers[key])}
    if astray:
        papers |= {key: replace(papers[key], certain=False) for key in astray}
        around = Around(checklist, list(papers.values()), declared, folder.path)
    claimed = {key for key in sure if around.claims(papers[key])}
    unnamed = {key for key in sure if around.unnamed(papers[key])} - astray
    again = astray | claimed | unnamed | {key for key in sure if around.untimely(papers[key])}

    def weighed(each: Weighable) -> PlacedDocument:
        placed = processor.place(task_of(each, folder), logical(each), around.seen_from(papers[each.id]))
        if each.id in unnamed:  # stays as its own text settled it, unless the name speaks against that
            before = papers[each.id].placements
            unlike = [p.part for p in placed.placements[:1]] != [p.part for p in before[:1]]
            placed = replace(placed, placements=before, review=placed.review or unlike)
        return replace(placed, doubted=each.doubted or each.id in claimed)

    found = [(each, weighed(each)) for each in known if each.doubted or each.id in again]
    settled = {
        each.id: _settled(papers[each.id], placed)
        for each, placed in found
        if each.id not in astray and _is_sure(placed, checklist.circumstances.certain)
    }
    if settled:  # what the names settled tells in turn about the rest
        papers |= settled
        around = Around(checklist, list(papers.values()), declared, folder.path)
        settled = {key: paper for key, paper in settled.items() if not around.untimely(paper)}
        found = [(each, placed if each.id in settled else weighed(each)) for each, placed in found]

    def lost(each: Weighable, placed: PlacedDocument) -> bool:
        """Whether a document that seems to be of another commune or model still does so at its new place."""
        return around.astray(replace(papers[each.id], placements=placed.placements))

    found = [
        (each, replace(placed, review=True) if each.id in astray and lost(each, placed) else placed)
        for each, placed in found
    ]
    anew = {each.id for each, _placed in found}
    restored = [(each, own[each.id]) for each in known if each.id in own and each.id not in anew]
    return [*_continued(known, papers, found, logical), *restored]


def _by_itself(each: Weighable, placed: PlacedDocument) -> Weighable:
    """Return the document with the placement by its own text alone."""
    document = replace(each.document, placements=placed.placements, review=placed.review)
    return replace(each, document=document, doubted=placed.doubted)


def _is_sure(placed: PlacedDocument, certain: float) -> bool:
    """Whether a document's surroundings settled its place."""
    sure = any(place.confidence >= certain for place in placed.placements[:1])
    return sure and not placed.review


def _settled(paper: ContextPaper, placed: PlacedDocument) -> ContextPaper:
    """Return the document's context entry with the placement that its surroundings settled."""
    header = placed.document.header
    return replace(paper, placements=placed.placements, certain=not (placed.review or header.draft))


def _continued(
    known: Sequence[Weighable],
    papers: Mapping[int, ContextPaper],
    found: Sequence[tuple[Weighable, PlacedDocument]],
    logical: Callable[[Weighable], LogicalDocument],
) -> Iterator[tuple[Weighable, PlacedDocument]]:
    """Yield the placements found; images that continue a document get its place without review."""
    files = Counter(each.document.path for each in known)
    alone = [
        each
        for each in known
        if each.document.format in PICTURES
        and each.document.pages == (1, 1)
        and files[each.document.path] == 1
    ]
    pages = [each for each in alone if logical(each).text.count(" ") >= FEWEST]
    heads = continuing(papers[each.id] for each in pages)
    now = {each.document.path: each.document.placements for each in alone}
    now |= {each.document.path: placed.placements for each, placed in found}
    for each, placed in found:
        head = heads.get(each.document.path)
        if head is None or each.decided or not now[head.file]:
            yield each, placed
        else:
            yield each, replace(placed, placements=continued_placements(head, now[head.file]), review=False)


def task_of(each: Weighable, folder: DossierFolder) -> Task:
    """Return the task of classifying a catalogued document again."""
    document = each.document
    entry = FileEntry(document.path, b"", document.size, 0, 0, folder.path)
    return Task(entry, folder.kind, called=folder.called)


def _paper(each: Weighable, folder: DossierFolder) -> ContextPaper:
    """Return the document as context for the others; a draft is not evidence that the final one exists."""
    document = each.document
    entry = task_of(each, folder).entry
    name, folders = inside_dossier(entry, document.inner)
    signed = document.header.date
    return ContextPaper(
        document.path,
        document.ordinal,
        name,
        folders,
        signed if plausible(signed) else None,
        document.placements,
        certain=each.decided or not (each.doubted or document.review or document.header.draft),
        header=document.header,
    )


def _declared(folder: DossierFolder, checklist: Checklist) -> dict[str, date]:
    """Return the plausible founding and ending dates in the manifest, by the places of these milestones."""
    ending = ".".join(filter(None, (checklist.ending_part, checklist.ending_step)))
    milestones = {checklist.founding_part or "": folder.manifest.founded, ending: folder.manifest.ended}
    return {place: day for place, day in milestones.items() if place and day is not None and plausible(day)}
