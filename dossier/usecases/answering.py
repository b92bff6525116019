"""Record decisions made about single documents on the web page, each at most once and never overwriting
somebody else's.

:func:`version` of a document changes with everything that a person may change; an answer names the version
that was displayed.
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
from dossier.usecases import correct, decide
from dossier.usecases.decide import as_read
from dossier.usecases.known import open_known
from dossier.usecases.locking import writing
from dossier.usecases.viewing import ViewedFile, view_file
from dossier.usecases.weighing import weigh_now
from dossier.usecases.whole_acts import whole_act
from dossier.vietnamese import words
from dossier.workspace import person

Thing = Document | UnreadFile


def version(archive: Archive, thing: Thing) -> str:
    """Return a short digest of a document's content, pages and the decisions made about it.

    Recognised values are left out: a newer program may recompute them while somebody looks at the page, and
    a decision about a content stays valid.
    """
    parts: list[object] = [thing.sha256, thing.pages if isinstance(thing, Document) else ()]
    for decision in _decisions_on(archive, thing):
        what = sorted(decision.values.items()) if isinstance(decision, Correction) else _places(decision)
        parts.append([decision.author, decision.made_at.isoformat(), what])
    return _digest(parts)


def head_version(document: Document) -> str:
    """Return a short digest of the fields of a document's head."""
    header = document.header
    return _digest(
        [header.number_symbol, header.dated, header.type, header.abstract, header.issuing_body, header.signer]
    )


def _digest(value: object) -> str:
    return blake2b(json.dumps(value, default=str).encode(), digest_size=9).hexdigest()


def thing_of(shown: ViewedFile, ordinal: int) -> Thing | None:
    """Return the document with number ``ordinal`` in a file, or the file itself if it could not be read."""
    found = next((d for d in shown.documents if d.ordinal == ordinal), None)
    return found or (shown.unread if ordinal == 1 else None)


def decided_by(archive: Archive, thing: Thing) -> str:
    """Return the author of the latest decision or correction of a document; empty if there is none."""
    decisions = _decisions_on(archive, thing)
    return max(decisions, key=lambda each: each.made_at).author if decisions else ""


def is_decided(archive: Archive, thing: Thing) -> bool:
    """Return whether a person has decided where the document belongs, whatever happened to it since."""
    return any(isinstance(decision, Decision) for decision in _decisions_on(archive, thing))


def _decisions_on(archive: Archive, thing: Thing) -> list[Decision | Correction]:
    with open_known(archive) as catalogue:
        return [
            *catalogue.decisions.all(sha256=thing.sha256, ordinal=thing.ordinal),
            *catalogue.corrections.all(sha256=thing.sha256, ordinal=thing.ordinal),
        ]


def place(
    archive: Archive, path: str, ordinal: int, sha256: str, places: Sequence[str], by: Processor
) -> str:
    """Record a person's decision where a document belongs; return the path of its dossier. Raises
    :class:`UsageError` for an unknown place or a document that has changed."""
    shown, thing = _current(archive, path, ordinal, sha256)
    checklist = archive.checklists[_kind(archive, shown)]
    placements = decide.placements_of(checklist, places)
    with writing(archive, "review"), open_known(archive) as catalogue:
        made = decide.new_decision(thing, as_read(checklist, thing, placements))
        if not _is_recorded(catalogue, made):
            with whole_act(archive, catalogue) as say:
                say("assign", f"{path}#{ordinal}", places=list(places) or [NONE], sha256=sha256)
                catalogue.decisions.record([made])
            weigh_now(archive, catalogue, by, shown.dossier)
    return shown.dossier


def take_back(archive: Archive, path: str, ordinal: int, sha256: str, by: Processor) -> str:
    """Revoke the decision where a document belongs; return the path of its dossier."""
    shown, _thing = _current(archive, path, ordinal, sha256)
    with writing(archive, "review"), open_known(archive) as catalogue:
        if catalogue.decisions.all(sha256=sha256, ordinal=ordinal):
            with whole_act(archive, catalogue) as say:
                say("unassign", f"{path}#{ordinal}", sha256=sha256)
                catalogue.decisions.end(sha256, ordinal, author=person())
            weigh_now(archive, catalogue, by, shown.dossier)
    return shown.dossier


def fix(
    archive: Archive, path: str, ordinal: int, sha256: str, typed: Mapping[str, str], by: Processor
) -> str:
    """Record a person's correction of a document's head; return the path of its dossier. Raises
    :class:`UsageError` for a bad value or a document that has changed."""
    shown, thing = _current(archive, path, ordinal, sha256)
    if not isinstance(thing, Document):
        raise UsageError(_("“{path}” không có văn bản nào đọc được để sửa.").format(path=path))
    values = correct.values_of(archive, thing, typed)
    with writing(archive, "correct"), open_known(archive) as catalogue:
        known = catalogue.corrections.all(sha256=sha256, ordinal=ordinal)
        made = correct.new_correction(thing, values)
        if not any(_same(each, made) and values.items() <= each.values.items() for each in known):
            with whole_act(archive, catalogue) as say:
                say("correct", f"{path}#{ordinal}", fields=dict(typed), sha256=sha256)
                correct.record(catalogue, thing, values)
            weigh_now(archive, catalogue, by, shown.dossier)
    return shown.dossier


def alike(one: Document, other: Document) -> bool:
    """Return whether two doubtful documents are similar: equal type, equal abstract except for numbers, equal
    candidate places."""

    def places(document: Document) -> list[tuple[str, str]]:
        return sorted({(place.part, place.step) for place in document.placements})

    # Cheapest comparison first: a large archive compares thousands of documents.
    return (
        one.header.type == other.header.type
        and places(one) == places(other)
        and _bare(_title_of(one)) == _bare(_title_of(other))
    )


def _title_of(document: Document) -> str:
    return document.header.abstract or document.path.rpartition("/")[2].rpartition(".")[0]


@lru_cache(maxsize=20_000)
def _bare(text: str) -> str:
    """Return the words of a text without those that contain digits."""
    return " ".join(word for word in words(text).split() if not any(c.isdigit() for c in word))


def _current(archive: Archive, path: str, ordinal: int, sha256: str) -> tuple[ViewedFile, Thing]:
    shown = view_file(archive, path)
    thing = thing_of(shown, ordinal) if shown else None
    if shown is None or thing is None or thing.sha256 != sha256:
        raise UsageError(
            _("“{path}” đã thay đổi hoặc không còn ở đó nữa.").format(path=path),
            _("Mở lại văn bản và quyết định lần nữa."),
        )
    if shown.secret:
        raise UsageError(_("“{path}” bị niêm phong: nội dung của nó không được giữ ở đâu.").format(path=path))
    return shown, thing


def _kind(archive: Archive, shown: ViewedFile) -> str:
    with open_known(archive) as catalogue:
        kind = catalogue.kinds().get(shown.dossier, "")
    if kind not in archive.checklists:
        raise UsageError(
            _("“{path}” không nằm trong hồ sơ nào nên chưa xếp vào mục được.").format(path=shown.path)
        )
    return kind


def _is_recorded(catalogue: Catalogue, made: Decision) -> bool:
    """Return whether this very decision is in force already: the request was carried out once and repeated
    after a crash."""
    known = catalogue.decisions.all(sha256=made.sha256, ordinal=made.ordinal)
    return any(_same(d, made) and _places(d) == _places(made) for d in known)


def _same(known: Decision | Correction, made: Decision | Correction) -> bool:
    """Whether two decisions on one document are of the same request."""
    return (known.author, known.made_at) == (made.author, made.made_at)


def _places(decision: Decision) -> list[tuple[str, str, str]]:
    return [(place.part, place.step, place.period) for place in decision.placements]
