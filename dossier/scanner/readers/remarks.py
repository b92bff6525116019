"""Comments in the margin: what people said about a paper is no part of it, so it becomes a note."""

from __future__ import annotations

from collections.abc import Iterable

from dossier.i18n import _

_MOST_CHARS = 600


def remarks_note(remarks: Iterable[str]) -> list[str]:
    """One note that quotes the remarks, or none."""
    said = [" ".join(remark.split()) for remark in remarks if remark.strip()]
    if not said:
        return []
    quoted = " | ".join(f"“{remark}”" for remark in said)
    quoted = quoted if len(quoted) <= _MOST_CHARS else quoted[:_MOST_CHARS] + "…"
    return [_("Nhận xét bên lề, không thuộc văn bản ({count}): {said}").format(count=len(said), said=quoted)]
