"""The skeleton of a paper that is missing: its form, what is known, and dots for all else.

It says that it is a draft, so that it is never taken for the paper itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dossier.checklists.skeletons import Skeleton
from dossier.checklists.vocabulary import current, name_of
from dossier.model import DossierReport, Office
from dossier.vietnamese import capitalised
from reports.papers import blocks, form, wording
from reports.papers.wording import GUIDANCE

DRAFT = "DỰ THẢO"


def docx(
    dossier: DossierReport, office: Office, today: date, type_: str, title: str, of: Skeleton,
    grounds: Sequence[str],
) -> bytes:  # fmt: skip
    """A paper of ``type_`` (slug) called ``title`` in the checklist, resting on ``grounds``."""
    codes = {slug: code for code, slug in current().codes.items()}
    made = form.page(office)
    form.paragraph(made, DRAFT, form.Style(bold=True, indent=False, after=12))
    about = (
        f"{abstract(title, type_)} mô hình “{dossier.name}”"
        if "mô hình" not in title.lower()
        else (f"{abstract(title, type_)} “{dossier.name}”")
    )
    if type_ == "bien-ban":
        blocks.motto(made, office)
    else:
        letter = about if type_ == "cong-van" else ""
        blocks.letterhead(made, office, codes.get(type_, ""), today, about=letter)
    if type_ != "cong-van":
        said = f"Về việc {about}" if type_ == "quyet-dinh" else capitalised(about)
        form.title(made, name_of(type_).upper(), said)
    if of.addressed:
        blocks.addressee(made, "", before=6)
    for ground in grounds if of.grounded else ():
        form.paragraph(made, ground, form.Style(italic=True))
    if of.grounded:
        form.paragraph(made, f"{name_of(type_).upper()}:", form.Style(bold=True, centre=True))
    if of.lead:
        said = of.lead.format(guidance=GUIDANCE, unit=form.name_of(office), title=f"{name_of(type_)} {about}")
        form.paragraph(made, said)
    for head in of.heads:
        form.heading(made, head)
        form.blanks(made, "", "")
    if type_ == "bien-ban":
        blocks.signatures(made, (), ("THƯ KÝ", ""), ("CHỦ TỌA", ""))
    else:
        blocks.closing(made, office, "Như trên" if of.addressed else form.DOTS)
    return form.save(made)


def abstract(title: str, type_: str) -> str:
    """What the checklist calls the paper, without the name of its type and "(nếu có)"."""
    said = title.replace(" (nếu có)", "").partition(" (")[0]
    kind = name_of(type_)
    if said.lower().startswith(kind.lower()):
        said = said[len(kind) :].strip()
    return wording.lowered(said) if said else title
