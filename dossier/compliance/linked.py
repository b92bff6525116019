"""What a dossier must know of the others in its archive: its sisters, copies elsewhere (LK-nn, TV-12).

Source: Hướng dẫn 22/HD-BCA-V05, V.3: every member unit of a linked model keeps a dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from types import MappingProxyType

from dossier.compliance.authority import body_words
from dossier.compliance.definitions import found
from dossier.i18n import _
from dossier.model import DossierFolder, DossierState, Facts, FactSource, Finding
from dossier.vietnamese import words

# What a unit is, as opposed to where: "Công an xã Hàm Thắng" keeps its dossiers in "Xã Hàm Thắng".
_OFFICES = (
    "cong an",
    "uy ban nhan dan",
    "uy ban mat tran to quoc viet nam",
    "uy ban mat tran to quoc",
    "mat tran to quoc",
    "hoi dong nhan dan",
    "dang uy",
    "ban chi huy quan su",
    "ban chi dao",
)
_NAMED = 5  # copies that a finding names; a paper that lies everywhere would name the whole archive
_GENERIC = frozenset(
    ["mo", "hinh", "lien", "ket", "bao", "dam", "an", "ninh", "trat", "tu", "ve", "ho", "so", "va"]
)


@dataclass(frozen=True, slots=True)
class _Kept:
    path: str
    kind: str
    name: str  # the model's name, folded
    where: str  # path and unit, folded


@dataclass(frozen=True, slots=True)
class Shelf:
    """All dossiers of the archive, as far as one must know of another. Made by :func:`shelf`.

    ``elsewhere``: by SHA-256 of what lies in more than one dossier, in how many, and the first
    paths of it, each in another dossier: one more than a finding names, so that the own one can go.
    """

    dossiers: tuple[_Kept, ...] = ()
    elsewhere: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))


def shelf(folders: Iterable[DossierFolder], copies: Iterable[tuple[str, str, str]] = ()) -> Shelf:
    """What the dossiers of an archive must know of each other.

    ``copies``: SHA-256, dossier and path of the files that were read; those whose content lies in one
    dossier only may be left out.
    """
    kept = []
    for folder in folders:
        where = body_words(f"{folder.path.replace('/', ' ')} {folder.manifest.unit or ''}")
        kept.append(_Kept(folder.path, folder.kind, words(folder.manifest.name or folder.name), where))
    places: dict[str, dict[str, str]] = {}  # content → dossier → its first file with it
    for sha, dossier, path in copies:
        of_content = places.setdefault(sha, {})
        known = of_content.get(dossier)
        if known is None or path < known:
            of_content[dossier] = path
    several = {
        sha: (len(at), tuple(nsmallest(_NAMED + 1, at.values()))) for sha, at in places.items() if len(at) > 1
    }
    return Shelf(tuple(sorted(kept, key=lambda k: k.path)), several)


def check(state: DossierState, facts: Facts, around: Shelf) -> Iterator[Finding]:
    """All findings of this family, in the order of their rules."""
    members = facts["members"].value
    named = members if isinstance(members, tuple) else ()
    linked = bool(facts["linked"].value)
    if linked and not named:
        message = _("Mô hình liên kết nhưng chưa biết các đơn vị thành viên; khai members trong hoso.toml.")
        yield found("LK-01", message, mild=facts["linked"].source is not FactSource.DECLARED)
    elif named and not linked:
        message = _("Khai linked = false nhưng lại có các đơn vị thành viên: {members}; sửa một trong hai.")
        yield found("LK-03", message.format(members=", ".join(named)))
    elif linked and (lacking := [name for name in named if not _keeps(name, state, around)]):
        message = _(
            "Trong kho này chưa có hồ sơ mô hình liên kết của: {members}. "
            "Mỗi đơn vị thành viên đều lập hồ sơ."
        )
        said = message.format(members=", ".join(lacking))
        yield replace(found("LK-02", said), subject=tuple(lacking))
    if not linked:
        yield from _copies(state, around)


def _keeps(member: str, state: DossierState, around: Shelf) -> bool:
    """Whether a dossier of this model lies in the archive where the member keeps its own."""
    whole = body_words(member)
    place = next((whole.removeprefix(o).strip() for o in _OFFICES if whole.startswith(o + " ")), whole)
    if len(place.split()) < 2:
        place = whole
    own = _tokens(words(state.folder.manifest.name or state.folder.name), place)
    return any(
        f" {place} " in f" {kept.where} " and _akin(own, _tokens(kept.name, place))
        for kept in around.dossiers
        if kept.kind == state.folder.kind
    )


def _tokens(name: str, place: str) -> frozenset[str]:
    """The words that tell one model from another."""
    return frozenset(name.split()) - _GENERIC - frozenset(place.split())


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """Two names of one model: the shorter's words, but for a few, are in the longer."""
    if not one or not other:
        return True
    return len(one & other) >= 0.6 * min(len(one), len(other))


def _copies(state: DossierState, around: Shelf) -> Iterator[Finding]:
    """Members of a linked model rightly keep the same papers; others do not."""
    inside = state.folder.path + "/"
    for document in state.documents:
        if document.ordinal == 1 and document.sha256 in around.elsewhere:
            dossiers, first = around.elsewhere[document.sha256]
            others = [path for path in first if not path.startswith(inside)][:_NAMED]
            more = dossiers - 1 - len(others)
            message = _("{document}: cùng một nội dung nằm trong hồ sơ khác: {others}.")
            if more:
                message = _(
                    "{document}: cùng một nội dung nằm trong hồ sơ khác: {others} và {more} hồ sơ nữa."
                )
            said = message.format(document=document.path, others=", ".join(others), more=more)
            yield found("TV-12", said, [document.path, *others])
