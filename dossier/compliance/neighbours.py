"""Data on an archive's other dossiers that an evaluation needs: linked dossiers, copies of files elsewhere.

Source: Hướng dẫn 22/HD-BCA-V05, V.3: every member unit of a linked model keeps a dossier.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from types import MappingProxyType

from dossier.compliance.bodies import spelt
from dossier.model import DossierFolder, DossierState
from dossier.vietnamese import words

# Words for the kind of a unit, as opposed to its place: "Công an xã Hàm Thắng" is also "Xã Hàm Thắng".
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
_TELLING = 3  # words that a name must have to tell one dossier from others
NAMED = 5  # copies that a finding names at most
GENERIC = frozenset(
    ["mo", "hinh", "lien", "ket", "bao", "dam", "an", "ninh", "trat", "tu", "ve", "ho", "so", "va"]
)


@dataclass(frozen=True, slots=True)
class _Kept:
    path: str
    kind: str
    name: str  # the model's name, folded
    where: str  # path and unit, folded


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Data on all dossiers of an archive for the evaluation of one. Made by :func:`neighbours`.

    ``elsewhere``: for content in more than one dossier, by SHA-256, the number of dossiers and the first
    paths, each in another dossier: one more than a finding names, since the dossier's own is left out.
    ``by_name``: dossiers whose names tell them from others, by the first words of the name.
    """

    dossiers: tuple[_Kept, ...] = ()
    elsewhere: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=lambda: MappingProxyType({}))
    by_name: Mapping[tuple[str, ...], tuple[_Kept, ...]] = field(default_factory=lambda: MappingProxyType({}))


def neighbours(folders: Iterable[DossierFolder], copies: Iterable[tuple[str, str, str]] = ()) -> Neighbours:
    """Collect the data that dossiers need of each other.

    ``copies``: SHA-256, dossier and path of files; those whose content is in a single dossier may be left
    out.
    """
    kept = [
        _kept(folder.path, folder.kind, folder.manifest.name or folder.name, folder.manifest.unit or "")
        for folder in folders
    ]
    places: dict[str, dict[str, str]] = {}  # content → dossier → its first file with it
    for sha, dossier, path in copies:
        of_content = places.setdefault(sha, {})
        known = of_content.get(dossier)
        if known is None or path < known:
            of_content[dossier] = path
    several = {
        sha: (len(at), tuple(nsmallest(NAMED + 1, at.values()))) for sha, at in places.items() if len(at) > 1
    }
    by_name: dict[tuple[str, ...], list[_Kept]] = {}
    for each in kept:
        called = each.name.split()
        if len(called) >= _TELLING:
            by_name.setdefault(tuple(called[:_TELLING]), []).append(each)
    return Neighbours(
        tuple(sorted(kept, key=lambda k: k.path)),
        several,
        {first: tuple(each) for first, each in by_name.items()},
    )


def named_instead(state: DossierState, title: str, around: Neighbours) -> str:
    """Return the path of the other dossier whose name a document's title has, if it is a single one and the
    title does not have the name of its own dossier; an empty string otherwise."""
    spoken = words(title).split()
    said = f" {' '.join(spoken)} "
    own = words(state.folder.manifest.name or state.folder.name)
    if not own or f" {own} " in said:
        return ""
    others = {
        each
        for at in range(len(spoken) - _TELLING + 1)
        for each in around.by_name.get(tuple(spoken[at : at + _TELLING]), ())
        if f" {each.name} " in said and each.path != state.folder.path and not _one_in_other(each.name, own)
    }
    longest = max((each.name for each in others), key=len, default="")
    others = {each for each in others if each.name == longest or not _one_in_other(each.name, longest)}
    return next(iter(others)).path if len(others) == 1 else ""


def _one_in_other(one: str, other: str) -> bool:
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


@lru_cache(maxsize=20_000)
def _kept(path: str, kind: str, name: str, unit: str) -> _Kept:
    """Cached: called for every dossier whenever one of them has changed."""
    return _Kept(path, kind, words(name), spelt(f"{path.replace('/', ' ')} {unit}"))


def keeps(member: str, state: DossierState, around: Neighbours) -> bool:
    """Whether the archive has a dossier of this model kept by the member unit."""
    whole = spelt(member)
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
    """The distinctive words of a model's name."""
    return frozenset(name.split()) - GENERIC - frozenset(place.split())


def _akin(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two names may be of one model: most words of the shorter are in the longer."""
    if not one or not other:
        return True
    return len(one & other) >= 0.6 * min(len(one), len(other))
