"""Whether an archive is sorted into dossiers at all: else nobody may call it complete. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dossier.model import Proposal, Unsorted

# Some papers belong to no dossier: guidance of higher levels, forms, letters of the day. Where they are more
# than these, or more than lie in the dossiers, it is likely that a whole dossier is among them.
_FEW = 3
_MANY = 10
_SHARE = 0.2


def check(
    inside: int, outside: Sequence[str], proposals: Sequence[Proposal], refused: Iterable[str], dossiers: int
) -> Unsorted | None:
    """What keeps an archive from being complete beside its dossiers.

    ``inside`` counts the files in its ``dossiers``; ``refused`` are the folders that a person said are none.
    """
    if not dossiers:
        return Unsorted.NO_DOSSIER
    if proposals:
        return Unsorted.PROPOSALS
    settled = tuple("" if folder == "." else f"{folder}/" for folder in refused)
    stray = sum(not path.startswith(settled) for path in outside) if settled else len(outside)
    many = stray > max(_MANY, _SHARE * (inside + stray)) or stray > max(_FEW, inside)
    return Unsorted.MANY_OUTSIDE if many else None
