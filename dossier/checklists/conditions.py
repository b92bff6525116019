"""The conditions under which a requirement applies.

Conditions that depend on the date are evaluated in :mod:`dossier.compliance.clock`. The others depend on a
yes-or-no fact of the dossier: such a condition is only a row of :data:`FACTS` and a key of
:class:`~dossier.model.Manifest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dossier.i18n import N_


class When(StrEnum):
    """Condition under which a requirement applies."""

    ALWAYS = "always"
    FOUNDED = "founded"  # the model has been founded
    LINKED = "linked"
    FUND = "fund"
    PILOT = "pilot"
    COMMITTEE = "committee"  # a steering committee leads, not a head alone
    ENDED = "ended"
    ENDED_AFTER_EVALUATION = "ended_after_evaluation"  # ended, after at least one qualifying year
    AFTER_FIRST_EVALUATION = "after_first_evaluation"  # first qualifying evaluation year has closed
    AFTER_FIRST_FULL_YEAR = "after_first_full_year"  # first full evaluation year has closed
    EVALUATION_DUE = "evaluation_due"  # exemplars: one year from the plan's date has passed
    RECOGNISED = "recognised"  # exemplars: they were recognised


@dataclass(frozen=True, slots=True)
class YesOrNo:
    """A yes-or-no fact of a dossier on which a condition depends.

    ``title``: its title in reports. ``names``: its names in ``dossier set``, the displayed one
    first; its key in ``hoso.toml`` is the condition. ``said``: the condition in words.
    ``default``: assumed if nothing is known. ``hint``: folded words of a dossier's name
    that imply it; so does a document required only under the condition. ``supposed``: as long as the fact is
    only inferred, what depends on it is not an error.
    """

    title: str
    names: tuple[str, ...]
    said: str
    default: bool = False
    hint: str = ""
    supposed: bool = True


FACTS = {
    When.LINKED: YesOrNo(
        N_("Mô hình liên kết"),
        ("liên-kết", "mô-hình-liên-kết"),
        N_("nếu là mô hình liên kết"),
        hint="lien ket",
        supposed=False,
    ),
    When.FUND: YesOrNo(N_("Có quỹ"), ("quỹ", "có-quỹ"), N_("nếu mô hình có quỹ")),
    When.PILOT: YesOrNo(
        N_("Có tổ chức làm điểm"),
        ("làm-điểm", "có-làm-điểm"),
        N_("nếu có tổ chức làm điểm"),
        hint="lam diem",
    ),
    When.COMMITTEE: YesOrNo(
        N_("Có Ban Chỉ đạo"),
        ("ban-chỉ-đạo", "có-ban-chỉ-đạo"),
        N_("nếu do Ban Chỉ đạo điều hành, không phải chỉ có Trưởng mô hình"),
        default=True,
        supposed=False,
    ),
}
