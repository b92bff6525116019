"""Names of units, as papers, manifests and accounts spell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dossier.vietnamese import marked_words


def is_one_of(units: Iterable[str]) -> Callable[[str], bool]:
    """Return a test for one of these units, however it is spelt: ``CÔNG AN XÃ HOÀ TRỊ``, as a paper's head
    has it, is ``Công an xã Hòa Trị``. No unit at all is none of them."""
    known = {marked_words(unit) for unit in units} - {""}
    return lambda unit: marked_words(unit) in known
