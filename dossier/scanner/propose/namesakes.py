"""Proposals of the same model in several folders, probably one dossier in several places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from dossier.model import Hint, Proposal, Reason
from dossier.vietnamese import words


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
