"""The settings of an archive: the sections and keys of its ``dossier.toml``, with their defaults."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from dossier import engines
from dossier.checklists.judging import RuleSettings
from dossier.model import Office, Usual


@dataclass(frozen=True)
class ArchiveSettings:
    """``[archive]``: the archive's name, the group of users that shares its state folder (empty: only its
    owner uses it), and the folders that are dossiers, as globs by kind."""

    name: str = ""
    group: str = ""
    dossiers: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class UsualSettings(Usual):
    """``[dossiers]``: facts assumed of the archive's dossiers unless known otherwise."""

    led_by: Literal["police", "other"] | None = None
    year: Literal["calendar", "school"] | None = None


@dataclass(frozen=True)
class ScanSettings:
    """``[scan]``: how files are read. Times in seconds, sizes in MiB; ``workers`` 0: one per core."""

    workers: int = field(default=0, metadata={"ge": 0, "le": 256})
    timeout_seconds: int = field(default=300, metadata={"ge": 1, "le": 86_400})
    cpu_seconds: int = field(default=600, metadata={"ge": 1, "le": 86_400})
    memory_mb: int = field(default=2048, metadata={"ge": 256, "le": 262_144})
    output_mb: int = field(default=1024, metadata={"ge": 16, "le": 262_144})
    max_file_mb: int = field(default=200, metadata={"ge": 1, "le": 16_384})
    ocr: bool = True
    ocr_engine: str = field(default=engines.AUTO, metadata={"one_of": (engines.AUTO, *engines.OCR)})
    ignore: tuple[str, ...] = ()


@dataclass(frozen=True)
class NightlySettings:
    """``[nightly]``: days within which every file's content is verified, days for which reports are kept."""

    verify_days: int = field(default=30, metadata={"ge": 1, "le": 3650})
    keep_days: int = field(default=90, metadata={"ge": 1, "le": 36_500})
    formats: tuple[str, ...] = ("html", "json", "xlsx")


@dataclass(frozen=True)
class MailSettings:
    """``[mail]``: the server that sends the nightly digest; without ``host`` nothing is sent.

    ``port`` 0: the default port for ``security``. The password is not stored here: it comes from the
    environment (``DOSSIER_MAIL_PASSWORD``) or from the file ``password_file``. ``when``: every night, or
    only after changes; a failed night is always reported.
    """

    host: str = ""
    port: int = field(default=0, metadata={"ge": 0, "le": 65_535})
    security: Literal["starttls", "tls", "none"] = "starttls"
    sender: str = field(default="", metadata={"key": "from"})
    to: tuple[str, ...] = ()
    user: str = ""
    password_file: str = ""
    timeout_seconds: int = field(default=30, metadata={"ge": 1, "le": 600})
    when: Literal["always", "changes"] = "always"


@dataclass(frozen=True)
class IndexSettings:
    """``[index]``: which full-text engine; ``auto``: the fastest one that is installed."""

    engine: str = field(default=engines.AUTO, metadata={"one_of": (engines.AUTO, *engines.INDEX)})


@dataclass(frozen=True)
class SearchSettings:
    """``[search]``: other archives to search, as addresses of their pages by name (``others``); the timeout
    (``seconds``); the folder of credentials (``tokens``): for each name a ``.token``, and a ``.pem`` for a
    certificate that the system does not trust."""

    others: dict[str, str] = field(default_factory=dict)
    seconds: int = field(default=5, metadata={"ge": 1, "le": 60})
    tokens: str = ""


@dataclass(frozen=True)
class WatchSettings:
    """``[watch]``, in seconds: how long a file must be unchanged before it is read, on local disks and on
    network shares; the interval at which shares are listed; after how long an unchanged file is read although
    a program keeps it open."""

    quiet_seconds: int = field(default=1, metadata={"ge": 1, "le": 3600})
    network_quiet_seconds: int = field(default=4, metadata={"ge": 1, "le": 3600})
    poll_seconds: int = field(default=3, metadata={"ge": 1, "le": 86_400})
    patience_seconds: int = field(default=600, metadata={"ge": 1, "le": 86_400})


@dataclass(frozen=True)
class InboxSettings:
    """``[inbox]``: the folder of the archive for new files that a person has to file (empty: none);
    the number of days for which filing can be undone; limits of one uploaded file and of all waiting files,
    in MiB."""

    folder: str = "Hộp thư đến"
    undo_days: int = field(default=90, metadata={"ge": 1, "le": 3650})
    max_file_mb: int = field(default=200, metadata={"ge": 1, "le": 16_384})
    max_waiting_mb: int = field(default=4096, metadata={"ge": 1, "le": 1_048_576})


@dataclass(frozen=True)
class SignInSettings:
    """``[sign_in]``: external authentication for the page, instead of passwords of its own: an LDAP
    directory (``ldap``: its address; ``ldap_user``: the distinguished name, with ``{name}``;
    ``ldap_authority``: file of trusted certificates), or a proxy (``proxy_from``: its
    addresses; ``proxy_header``: the header with the user's name; ``proxy_address``: the address used by
    browsers)."""

    ldap: str = ""
    ldap_user: str = ""
    ldap_authority: str = ""
    proxy_from: tuple[str, ...] = ()
    proxy_header: str = "X-Remote-User"
    proxy_address: str = ""


@dataclass(frozen=True)
class CatalogueSettings:
    """``[catalogue]``: the PostgreSQL server with the catalogue; without ``url`` it is a file in the
    state folder.

    ``schema`` is the archive's schema in the database, by default made of its name. The password is
    not stored here: it comes from the environment (``DOSSIER_DATABASE_PASSWORD``), from the file
    ``password_file``, or from libpq's password file.
    """

    url: str = ""
    schema: str = ""
    password_file: str = ""


@dataclass(frozen=True)
class Config:
    """The content of ``dossier.toml``; every key is optional. ``people``: names recorded with people's
    decisions, by their account on the system."""

    archive: ArchiveSettings = field(default_factory=ArchiveSettings)
    unit: Office = field(default_factory=Office)
    dossiers: UsualSettings = field(default_factory=UsualSettings)
    scan: ScanSettings = field(default_factory=ScanSettings)
    watch: WatchSettings = field(default_factory=WatchSettings)
    nightly: NightlySettings = field(default_factory=NightlySettings)
    mail: MailSettings = field(default_factory=MailSettings)
    rules: RuleSettings = field(default_factory=RuleSettings)
    index: IndexSettings = field(default_factory=IndexSettings)
    search: SearchSettings = field(default_factory=SearchSettings)
    catalogue: CatalogueSettings = field(default_factory=CatalogueSettings)
    inbox: InboxSettings = field(default_factory=InboxSettings)
    sign_in: SignInSettings = field(default_factory=SignInSettings)
    people: dict[str, str] = field(default_factory=dict)
