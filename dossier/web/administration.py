"""The administrator's pages: health checks and repairs of the machine, and the archive's settings; the
counterparts of ``dossier doctor``, ``doctor --fix`` and ``config``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from dossier.errors import ConfigurationError, UsageError
from dossier.i18n import _
from dossier.progress import report_progress
from dossier.setting_names import SETTINGS, Setting
from dossier.usecases import configuring, mend
from dossier.web.jobs import reloading, started
from dossier.web.people import with_password
from dossier.web.request import Answer, Ask, data, page, see

ADDRESS, SETTING_ADDRESS = "/quan-tri", "/quan-tri/cai-dat"
_SEEN = "cu:"  # before the name of a setting: the value that the visitor's page showed


def machine(ask: Ask) -> Answer:
    """Show the results of the health checks and recent repairs."""
    checks, at = ask.services.checkup.latest()
    jobs = ask.services.jobs.of(ask.visitor, ADDRESS)
    answer = page("machine.html.j2", checks=checks, at=at, jobs=jobs)
    return reloading(answer, jobs, at_any_rate=at is None)


def health(ask: Ask) -> Answer:
    """Return the health checks as JSON, without paths of this machine."""
    checks, at = ask.services.checkup.latest(wait=20.0)
    archive = ask.cache.archive
    shown = [
        {name: value.replace(str(archive.root), archive.name) for name, value in asdict(check).items()}
        for check in checks
    ]
    return data({"at": at.isoformat() if at else None, "checks": shown})


@with_password
def put_right(ask: Ask) -> Answer:
    """Start a job that repairs the archive's state."""
    archive = ask.cache.archive

    def work(_folder: Path) -> tuple[str, ...]:
        done = []
        for sentence in mend.mend(archive, in_use=True):
            done.append(sentence)
            report_progress(0, 0, sentence)
        return tuple(done) or (_("Trạng thái của kho không có gì phải sửa."),)

    job = ask.services.jobs.begin(ask.visitor, _("Sửa những gì sửa được"), work, ADDRESS)
    return started(ask, job, f"{ADDRESS}#viec")


def settings(ask: Ask, status: int = 200, trouble: str = "") -> Answer:
    """Show the settings by the names of ``dossier config``; ``trouble``: why a change was refused."""
    groups: dict[str, list[tuple[Setting, str, str]]] = {}
    for each in SETTINGS:
        now = configuring.value_of(ask.cache.archive, each)
        typed, seen = ask.form.get(each.path, now), ask.form.get(f"{_SEEN}{each.path}", now)
        # What the visitor left alone stands as it is now, whoever changed it meanwhile.
        value = typed if trouble and typed != seen else now
        groups.setdefault(each.section, []).append((each, value, now))
    told = ask.services.told.take(ask.visitor.name)
    return page("settings.html.j2", status, groups=groups, titles=_titles(), trouble=trouble, told=told)


def _titles() -> Mapping[str, str]:
    return {
        "unit": _("Đơn vị"), "dossiers": _("Mọi hồ sơ của kho"), "archive": _("Kho"), "rules": _("Hạn"),
        "scan": _("Đọc tệp"), "nightly": _("Báo cáo đêm"), "mail": _("Thư báo"),
    }  # fmt: skip


def settings_plain(ask: Ask) -> Answer:
    """Return the settings as JSON."""
    return data({each.path: configuring.value_of(ask.cache.archive, each) for each in SETTINGS})


@with_password
def change(ask: Ask) -> Answer:
    """Store the settings that differ from the present ones; none if one of them is invalid."""
    try:
        changed = _changed(ask)
    except (UsageError, ConfigurationError) as refused:
        return settings(ask, 422, refused.message)
    ask.services.told.put(
        ask.visitor.name,
        [_("Đã ghi {names}.").format(names=", ".join(_(each.called) for each in changed))]
        if changed
        else [_("Không có gì thay đổi.")],
    )
    return see(SETTING_ADDRESS)


@with_password
def change_plain(ask: Ask) -> Answer:
    """JSON version of :func:`change`."""
    return data({"changed": [each.path for each in _changed(ask)]})


def _changed(ask: Ask) -> list[Setting]:
    """Store what was changed on the visitor's page. Raises :class:`UsageError` for an invalid value, or one
    that somebody else has changed since the page was opened."""
    archive = ask.cache.archive
    wanted = []
    for each in SETTINGS:
        now = configuring.value_of(archive, each)
        typed, seen = ask.form.get(each.path, now).strip(), ask.form.get(f"{_SEEN}{each.path}", now).strip()
        if typed in (seen, now):
            continue
        if seen != now:
            raise UsageError(
                _("“{name}” vừa được người khác đổi thành “{value}”; chưa ghi gì. Xem lại rồi ghi.").format(
                    name=_(each.called), value=now
                )
            )
        wanted.append((each, typed))
    if wanted:
        configuring.change(archive, wanted)
        ask.cache.reopen()
    return [each for each, _value in wanted]
