"""Changes between two stored nights in a sentence: which dossiers improved and which got worse."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dossier.i18n import _
from dossier.model import SECRECY, DossierAtNight, Night, Severity
from reports import looks

_NAMED = 5  # names listed per group


def alarm(last_two: Sequence[Night]) -> str:
    """A sentence on the places with secret documents in the newest night; empty if there are none."""
    if not last_two:
        return ""
    newest = last_two[-1]
    places = [stood.name for stood in newest.standing.values() if _secret(stood.findings)]
    if _secret(newest.findings):
        places.append(_("ngoài các hồ sơ"))
    return (
        _("Có tài liệu mang dấu chỉ độ mật, hoặc dấu đỏ chưa đọc được: {places}.").format(
            places=_some(places)
        )
        if places
        else ""
    )


def sentence(last_two: Sequence[Night]) -> str:
    """How the newest night differs from the previous one; empty if there is none."""
    if len(last_two) < 2:
        return ""
    before, now = last_two
    off = {*before.off, *now.off}
    ranks = [
        (stood.name, _rank(before.standing[path], off), _rank(stood, off))
        for path, stood in now.standing.items()
        if path in before.standing
    ]
    groups = (
        (_("tốt lên: {names}"), [name for name, then, rank in ranks if rank > then]),
        (_("kém đi: {names}"), [name for name, then, rank in ranks if rank < then]),
        (_("hồ sơ mới: {names}"), _only(now.standing, before.standing)),
        (_("hồ sơ không còn: {names}"), _only(before.standing, now.standing)),
    )
    told = [words.format(names=_some(names)) for words, names in groups if names]
    return _("So với ngày {day}: {score}; {changes}.").format(
        day=looks.day(before.day),
        score=_score(before.score, now.score),
        changes="; ".join(told) or _("không hồ sơ nào thay đổi"),
    )


def _score(then: float, now: float) -> str:
    if now == then:
        return _("mức đầy đủ giữ nguyên {now}").format(now=looks.percent(now))
    words = (
        _("mức đầy đủ tăng từ {then} lên {now}") if now > then else _("mức đầy đủ giảm từ {then} xuống {now}")
    )
    return words.format(then=looks.percent(then), now=looks.percent(now))


def _rank(stood: DossierAtNight, off: Iterable[str]) -> tuple[bool, float, bool, int]:
    """Key for comparing results, higher is better. Rules switched off on one of the nights do not count."""
    errors = sum(
        weight == Severity.ERROR.value and key.split("|")[0] not in off
        for key, weight in stood.findings.items()
    )
    return not _secret(stood.findings), stood.score, stood.complete, -errors


def _secret(findings: Iterable[str]) -> bool:
    return any(key.split("|")[0] == SECRECY for key in findings)


def _only(these: Mapping[str, DossierAtNight], those: Mapping[str, DossierAtNight]) -> list[str]:
    return [stood.name for path, stood in these.items() if path not in those]


def _some(names: Sequence[str]) -> str:
    said = ", ".join(names[:_NAMED])
    rest = len(names) - _NAMED
    return said if rest <= 0 else _("{names} và {count} nơi khác").format(names=said, count=rest)
