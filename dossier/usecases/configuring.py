"""Read and change settings of an archive by their Vietnamese names. ``dossier.toml`` is edited line by line,
so that everything else in the file, including comments, stays as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import fields
from difflib import get_close_matches

from dossier import workspace
from dossier.archive import CONFIG_NAME, Archive
from dossier.checklists.source import parse_toml, read_text
from dossier.errors import DossierError, UsageError
from dossier.i18n import _
from dossier.model import DossierReport, FactSource, Office
from dossier.setting_names import ME, SETTINGS, Setting
from dossier.settings import Config
from dossier.usecases import fact_entries, typed_text, whole_acts
from dossier.usecases.assess import assess
from dossier.usecases.known import check_scanned
from dossier.usecases.locking import writing
from dossier.usecases.output import cannot_write
from dossier.vietnamese import nfc, words

_YES, _NO = frozenset({"co", "yes", "true", "1", "bat"}), frozenset({"khong", "no", "false", "0", "tat"})
_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?")


# Settings that `init` asks for: about the unit, and about all its dossiers.
ASKED = tuple(
    each
    for each in SETTINGS
    if (each.section == "unit" and each.key != "code") or each.key in ("led_by", "year")
)


def setting_named(name: str) -> Setting:
    """Return the setting with this Vietnamese name or dotted key. Raises :class:`UsageError` for an unknown
    one."""
    wanted = words(name)
    if wanted in (words(ME), words(_(ME))):
        return Setting("people", workspace.current().account, ME, "Đại úy Nguyễn Văn Hùng")
    known = {words(name): each for each in SETTINGS for name in (each.path, _(each.called), each.called)}
    if wanted in known:
        return known[wanted]
    close = [known[name] for name in get_close_matches(wanted, known, n=3)]
    raise UsageError(
        _("Không có cài đặt nào tên “{name}”.").format(name=name),
        _("Các cài đặt: {names}.").format(
            names=", ".join(_(each.called) for each in dict.fromkeys(close or SETTINGS))
        ),
    )


def is_setting(name: str) -> bool:
    """Return whether a setting has this name."""
    try:
        setting_named(name)
    except UsageError:
        return False
    return True


def value_of(archive: Archive, setting: Setting) -> str:
    """Return the value of a setting as a person writes it; empty if unset."""
    if setting.section == "people":
        return archive.config.people.get(setting.key, "")
    section = getattr(archive.config, setting.section)
    name = next(f.name for f in fields(section) if f.metadata.get("key", f.name) == setting.key)
    value = getattr(section, name)
    if value is None:
        return ""
    if setting.section == "dossiers" and isinstance(value, str):
        return fact_entries.shown_value(value)
    if isinstance(value, bool):
        return _("có") if value else _("không")
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def change(archive: Archive, changes: Iterable[tuple[Setting, str]]) -> None:
    """Change settings in ``dossier.toml``, which is created if missing; an empty value unsets one.

    Raises :class:`UsageError` for an invalid value, :class:`ConfigurationError` if the file is already
    invalid.
    """
    file = archive.root / CONFIG_NAME
    settings = list(changes)
    with writing(archive.ready_state(), "config"):  # not at a server: its address may be what is wrong
        source = read_text(file) if file.exists() or file.is_symlink() else ""
        for setting, value in settings:
            source = _with_value(source, setting, _written(setting, nfc(value).strip()))
        parse_toml(source, str(file), Config)
        told = {setting.path: value for setting, value in settings}
        try:
            whole_acts.put(archive, file, source.encode("utf-8"), "config", set=told)
        except OSError as error:
            raise cannot_write(file, error) from error


def check(setting: Setting, value: str) -> None:
    """Raise :class:`UsageError` for an invalid value."""
    _written(setting, nfc(value).strip())


def _written(setting: Setting, value: str) -> str:
    """Return the value in TOML syntax; empty for an empty value. Raises :class:`UsageError` for an invalid
    one."""
    if not value:
        return ""
    value = typed_text.checked(value, _(setting.called), typed_text.LONGEST_SETTING)
    if setting.section == "people":
        return json.dumps(value, ensure_ascii=False)
    if setting.section == "dossiers":
        fact = fact_entries.parse_fact(f"{setting.key}={value}").value
        return ("true" if fact else "false") if isinstance(fact, bool) else json.dumps(str(fact))
    now = getattr(getattr(Config(), setting.section), _attribute(setting))
    if isinstance(now, bool):
        if words(value) not in _YES | _NO:
            raise _bad(setting, value)
        return "true" if words(value) in _YES else "false"
    if isinstance(now, int):
        if not value.isdecimal():
            raise _bad(setting, value)
        return str(int(value))
    if isinstance(now, tuple):
        return json.dumps([each.strip() for each in value.split(";") if each.strip()], ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _attribute(setting: Setting) -> str:
    section = getattr(Config(), setting.section)
    return next(f.name for f in fields(section) if f.metadata.get("key", f.name) == setting.key)


def _bad(setting: Setting, value: str) -> UsageError:
    return UsageError(
        _("{name}: không dùng được giá trị “{value}”.").format(name=_(setting.called), value=value),
        _('Viết như: dossier config "{name}={example}"').format(
            name=_(setting.called), example=setting.example
        ),
    )


def _with_value(source: str, setting: Setting, value: str) -> str:
    """Return the file's text with the value set in its section; it replaces a commented-out line of the
    key."""
    lines = source.split("\n")
    key = setting.key if re.fullmatch(r"[A-Za-z0-9_-]+", setting.key) else json.dumps(setting.key)
    at = next((n for n, line in enumerate(lines) if _section(line) == setting.section), None)
    if at is None:
        if not value:
            return source
        head = source.rstrip("\n")
        return f"{head}{chr(10) * 2 if head else ''}[{setting.section}]\n{key} = {value}\n"
    end = next((n for n in range(at + 1, len(lines)) if _section(lines[n])), len(lines))
    own = re.compile(rf"\s*(?:{re.escape(setting.key)}|{re.escape(json.dumps(setting.key))})\s*=")
    noted = re.compile(rf"\s*#\s*{re.escape(setting.key)}\s*=")
    current = next((n for n in range(at + 1, end) if own.match(lines[n])), None)
    note = next((n for n in range(at + 1, end) if noted.match(lines[n])), None)
    if current is not None:
        last = _end_of_value(lines, current, end)
        lines[current : last + 1] = [f"{key} = {value}"] if value else []
    elif value and note is not None:
        lines[note] = f"{key} = {value}"
    elif value:
        lines.insert(at + 1, f"{key} = {value}")
    return "\n".join(lines)


def _section(line: str) -> str:
    match = _HEADER.fullmatch(line)
    return match[1].strip() if match else ""


def _end_of_value(lines: list[str], first: int, end: int) -> int:
    """Return the index of a value's last line: a list may span several lines, up to its closing bracket."""
    depth = 0
    for at in range(first, end):
        bare = re.sub(r'"(?:[^"\\]|\\.)*"|\'[^\']*\'|#.*', "", lines[at])
        depth += bare.count("[") - bare.count("]")
        if depth <= 0:
            return at
    return first


def read_from_papers(archive: Archive) -> Office:
    """Infer the office from the documents of a scanned archive: head and signature of the unit that keeps
    most dossiers. A field that differs between most of its documents stays empty."""
    try:
        check_scanned(archive)
    except DossierError:
        return Office()
    dossiers = assess(archive).dossiers
    unit = _most(str(value) for each in dossiers if (value := _unit(each)))
    heads = [
        d.header for each in dossiers for d in each.documents if words(d.header.issuing_body) == words(unit)
    ]
    if not unit or not heads:
        return Office(name=unit.upper())
    signed = [head for head in heads if head.signer_title and not head.signer_capacity]
    title = _most(head.signer_title for head in signed)
    return Office(
        superior=_most(head.superior_body for head in heads).upper(),
        name=unit.upper(),
        symbol=_most(_symbol(head.number_symbol) for head in heads),
        place=_most(head.place for head in heads),
        signer_title=title.upper(),
        signer=_most(
            " ".join(filter(None, (head.signer_rank, head.signer)))
            for head in signed
            if head.signer_title == title and head.signer
        ),
    )


def usual_by_papers(archive: Archive) -> dict[str, str]:
    """Infer settings common to most dossiers of a scanned archive from their documents: who leads them, in
    words (``led_by``)."""
    try:
        check_scanned(archive)
    except DossierError:
        return {}
    leads = [each.facts["led_by"] for each in assess(archive).dossiers]
    leader = _most(str(fact.value) for fact in leads if fact.source is FactSource.INFERRED)
    return {"led_by": fact_entries.shown_value(leader)} if leader else {}


def _unit(dossier: DossierReport) -> object:
    fact = dossier.facts.get("unit")
    return fact.value if fact is not None else None


def _symbol(number: str) -> str:
    """Return the issuer's symbol in a document number: ``CAX`` of ``12/BC-CAX-ANTT``."""
    pieces = number.rpartition("/")[2].split("-")
    return pieces[1] if len(pieces) > 1 else ""


def _most(values: Iterable[str]) -> str:
    """Return the value that makes up more than half of the non-empty values; empty if there is none."""
    given = [each.strip() for each in values if each.strip()]
    best = max(dict.fromkeys(given), key=given.count, default="")
    return best if given.count(best) * 2 > len(given) else ""
