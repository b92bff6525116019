"""What people say of single documents on a page: at most once each, and never over what somebody else said.

``version`` of a document changes with everything that a person may change; whoever answers names the version
they saw.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b

from dossier.archive import Archive
from dossier.catalogue import Catalogue
from dossier.checklists.spoken import NONE
from dossier.errors import UsageError
from dossier.i18n import _
from dossier.model import Correction, Decision, Document, UnreadFile
from dossier.scanner.pipeline import Processor
from dossier.usecases import audit, correct, decide
from dossier.usecases.decide import as_read
from dossier.usecases.known import open_known
from dossier.usecases.locking import is_at_work, writing
from dossier.usecases.viewing import Shown, look
from dossier.usecases.weighing import weigh
from dossier.vietnamese import words
from dossier.workspace import moment, person

Thing = Document | UnreadFile


def version(archive: Archive, thing: Thing) -> str:
    """Short, and another one for other content, other pages, or anything else that people said of it.

    What was only recognised does not count: a newer program may weigh it anew while somebody looks at the
    page, and what a person says of a content holds for it all the same.
    """
    told: list[object] = [thing.sha256, thing.pages if isinstance(thing, Document) else ()]
    for said in _said_of(archive, thing):
        what = sorted(said.values.items()) if isinstance(said, Correction) else _places(said)
        told.append([said.author, said.made_at.isoformat(), what])
    return _short(told)


def head_version(document: Document) -> str:
    """Short, and another one where the head of the document reads otherwise."""
    header = document.header
    return _short(
        [header.number_symbol, header.dated, header.type, header.abstract, header.issuing_body, header.signer]
    )


def _short(told: object) -> str:
    return blake2b(json.dumps(told, default=str).encode(), digest_size=9).hexdigest()


def thing_of(shown: Shown, ordinal: int) -> Thing | None:
    """The document, or the file itself where nobody could read it."""
    found = next((d for d in shown.documents if d.ordinal == ordinal), None)
    return found or (shown.unread if ordinal == 1 else None)


def decided_by(archive: Archive, thing: Thing) -> str:
    """Who said last where the document belongs or what it reads; empty: nobody."""
    said = _said_of(archive, thing)
    return max(said, key=lambda each: each.made_at).author if said else ""


def is_decided(archive: Archive, thing: Thing) -> bool:
    """Whether a person has said where the document belongs, whatever was made of it since."""
    return any(isinstance(said, Decision) for said in _said_of(archive, thing))


def _said_of(archive: Archive, thing: Thing) -> list[Decision | Correction]:
    with open_known(archive) as catalogue:
        people = catalogue.people
        said: list[Decision | Correction] = [
            *people.decisions(sha256=thing.sha256), *people.corrections(sha256=thing.sha256),
        ]  # fmt: skip
    return [each for each in said if (each.sha256, each.ordinal) == (thing.sha256, _ordinal(thing))]


def _ordinal(thing: Thing) -> int:
    return thing.ordinal if isinstance(thing, Document) else 1


def place(
    archive: Archive, path: str, ordinal: int, sha256: str, places: Sequence[str], by: Processor
) -> str:
    """The person says where it belongs; the path of its dossier. Raises :class:`UsageError`."""
    shown, thing = _there(archive, path, ordinal, sha256)
    checklist = archive.checklists[_kind(archive, shown)]
    placements = decide.placements_of(checklist, places)
    with writing(archive, "review"), open_known(archive) as catalogue:
        made = decide.about(thing, as_read(checklist, thing, placements))
        if not _said_already(catalogue, made):
            audit.note(archive, "assign", f"{path}#{ordinal}", places=list(places) or [NONE], sha256=sha256)
            catalogue.people.decide([made])
            _weigh(archive, catalogue, by, shown.dossier)
    return shown.dossier


def _weigh(archive: Archive, catalogue: Catalogue, by: Processor, dossier: str) -> None:
    """Let the doubtful documents beside follow; what a scan at work has left to do is its own business."""
    weigh(archive, catalogue, by, only={dossier} if is_at_work(archive) else None)


def take_back(archive: Archive, path: str, ordinal: int, sha256: str, by: Processor) -> str:
    """What was said of its place holds no more; the path of its dossier."""
    shown, _thing = _there(archive, path, ordinal, sha256)
    with writing(archive, "review"), open_known(archive) as catalogue:
        if any((d.sha256, d.ordinal) == (sha256, ordinal) for d in catalogue.people.decisions()):
            audit.note(archive, "unassign", f"{path}#{ordinal}", sha256=sha256)
            catalogue.people.undecide(sha256, ordinal, person())
            _weigh(archive, catalogue, by, shown.dossier)
    return shown.dossier


def fix(
    archive: Archive, path: str, ordinal: int, sha256: str, said: Mapping[str, str], by: Processor
) -> str:
    """The person says what its head reads; the path of its dossier. Raises :class:`UsageError`."""
    shown, thing = _there(archive, path, ordinal, sha256)
    if not isinstance(thing, Document):
        raise UsageError(_("“{path}” không có văn bản nào đọc được để sửa.").format(path=path))
    values = correct.values_of(archive, thing, said)
    with writing(archive, "correct"), open_known(archive) as catalogue:
        known = catalogue.people.corrections()
        made = correct.about(thing, values)
        if not any(_same(each, made) and values.items() <= each.values.items() for each in known):
            audit.note(archive, "correct", f"{path}#{ordinal}", fields=dict(said), sha256=sha256)
            correct.record(catalogue, thing, values)
            _weigh(archive, catalogue, by, shown.dossier)
    return shown.dossier


def alike(one: Document, other: Document) -> bool:
    """Whether two doubtful papers are of one kind: the same type, the same abstract but for numbers, the same
    places in question."""

    def places(document: Document) -> list[tuple[str, str]]:
        return sorted({(place.part, place.step) for place in document.placements})

    # from the cheapest to the dearest: a large archive asks this of thousands
    return (
        one.header.type == other.header.type
        and places(one) == places(other)
        and _bare(_called(one)) == _bare(_called(other))
    )


def _called(document: Document) -> str:
    return document.header.abstract or document.path.rpartition("/")[2].rpartition(".")[0]


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    """Its words without those that hold numbers."""
    return " ".join(word for word in words(text).split() if not any(c.isdigit() for c in word))


def _there(archive: Archive, path: str, ordinal: int, sha256: str) -> tuple[Shown, Thing]:
    shown = look(archive, path)
    thing = thing_of(shown, ordinal) if shown else None
    if shown is None or thing is None or thing.sha256 != sha256:
        raise UsageError(
            _("“{path}” đã thay đổi hoặc không còn ở đó nữa.").format(path=path),
            _("Mở lại văn bản và quyết định lần nữa."),
        )
    if shown.secret:
        raise UsageError(_("“{path}” có dấu mật: nội dung của nó không được giữ ở đâu.").format(path=path))
    return shown, thing


def _kind(archive: Archive, shown: Shown) -> str:
    with open_known(archive) as catalogue:
        kind = catalogue.kinds().get(shown.dossier, "")
    if kind not in archive.checklists:
        raise UsageError(
            _("“{path}” không nằm trong hồ sơ nào nên chưa xếp vào mục được.").format(path=shown.path)
        )
    return kind


def _said_already(catalogue: Catalogue, made: Decision) -> bool:
    """Whether this very decision is in force: it was carried out, and then the power went."""
    return any(_same(d, made) and _places(d) == _places(made) for d in catalogue.people.decisions())


def _same(one: Decision | Correction, other: Decision | Correction) -> bool:
    return (one.sha256, one.ordinal, one.author) == (other.sha256, other.ordinal, other.author) and (
        one.made_at == other.made_at == moment().replace(microsecond=0)
    )


def _places(decision: Decision) -> list[tuple[str, str, str]]:
    return [(place.part, place.step, place.period) for place in decision.placements]
