"""Proposals of the same model in several folders: one dossier parted by years, or probably one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from dossier.model import Hint, Proposal, Reason
from dossier.scanner.propose import mixed
from dossier.scanner.propose.names import ROOT, below, folder_of, name_of
from dossier.vietnamese import words


def with_years_joined(
    proposals: Iterable[Proposal], files: Iterable[str], divides: Callable[[str], bool]
) -> list[Proposal]:
    """Return the proposals with those of one model in folders of one name that lie in dividing folders
    side by side ("2023/Camera", "2024/Camera") as one: of the founding decision's folder, or the first."""
    made = {each.path: each for each in proposals}
    parted: dict[tuple[str, ...], list[Proposal]] = defaultdict(list)
    for each in made.values():
        above = folder_of(each.path)
        if above != ROOT and divides(above) and not each.chosen:
            key = (each.kind, words(each.name), words(name_of(each.path)), folder_of(above))
            parted[key].append(each)
    for same in parted.values():
        same.sort(key=lambda each: (not founded(each), each.path))
        if len(same) < 2 or sum(len(founded(each)) for each in same) > 1:
            continue
        inner = [path for path in made if any(below(each.path, path) for each in same)]
        for other in same[1:]:
            own = mixed.within(other.path, files, inner)
            made[same[0].path] = mixed.joined(made[same[0].path], other.path, own)
            del made[other.path]
    return list(made.values())


def with_namesakes(proposals: Sequence[Proposal]) -> Callable[[Proposal], Proposal]:
    """Return a function that adds to a proposal the other folders with the same model, probably one dossier
    in two places, unless they have founding decisions of different numbers."""
    called: dict[tuple[str, str], list[Proposal]] = {}
    for each in proposals:
        called.setdefault((each.kind, words(each.name)), []).append(each)

    def joined(proposal: Proposal) -> Proposal:
        others = [each for each in called[proposal.kind, words(proposal.name)] if each is not proposal]
        numbers = {number for each in (proposal, *others) for number in founded(each)}
        if not others or len(numbers) > 1:
            return proposal
        same = Reason(Hint.ALSO_IN, min(each.path for each in others), len(others))
        return replace(proposal, reasons=(*proposal.reasons, same))

    return joined


def founded(proposal: Proposal) -> list[str]:
    """Return the number of its founding decision, or else something unlike all others."""
    return [reason.text or proposal.path for reason in proposal.reasons if reason.hint is Hint.FOUNDING]
