"""The conditions under which a requirement applies.

Some hang on the clock: when they hold stands in :mod:`dossier.compliance.clock`. The others ask a fact of the
dossier that is so or not: such a condition is a row of :data:`FACTS` and a key of
:class:`~dossier.model.Manifest`, nothing else.
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
    """A fact of a dossier that is so or not, and that a condition asks for.

    ``title``: the fact, as reports name it. ``names``: how people call it in ``dossier set``, first the one
    that is shown; in ``hoso.toml`` it is called as the condition. ``said``: the condition in words.
    ``default``: what is taken to be so while nobody and no paper tells. ``hint``: words of a dossier's name
    that tell it, folded; a paper that is asked for only under the condition tells it too. ``supposed``: what
    hangs on it is no error as long as only papers tell it.
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
