"""TV-nn and MAT-01: the papers themselves, their files, the manifest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cases import Given, No, Row, Whole
from states import paper, state, whole

from dossier.model import (
    AlteredFile,
    DepartedFile,
    Document,
    DossierState,
    Form,
    Header,
    Level,
    Manifest,
    Severity,
    Signature,
    UnreadFile,
    UnreadReason,
)

DAY = date(2026, 11, 1)
TODAY = date(2026, 11, 24)
SEEN = datetime(2026, 11, 2, 20, tzinfo=UTC)
BEFORE = SEEN - timedelta(seconds=1)
_WARN, _INFO = Severity.WARNING, Severity.INFO
_EITHER = No("It is so or it is not: there is no day or number at which it begins")
SIGNED = {"signer": "Nguyễn Văn An", "signer_title": "Chủ tịch"}


def holding(*papers: Document, **manifest: object) -> Given:
    return Given(state(*papers, manifest=Manifest(**manifest)), TODAY)  # type: ignore[arg-type]


def sound(**changed: object) -> Document:
    """A decision in due form, but for what is changed."""
    return replace(paper("6a", DAY, **SIGNED), **changed)  # type: ignore[arg-type]


PHOTO = replace(paper("11"), header=Header(form=Form.NONE))
SOUND = holding(sound())
PHOTOGRAPH = holding(PHOTO)


def lying(path: str) -> Document:
    return replace(sound(), path=f"mo-hinh/A/{path}")


def of_form(rule: str, flawed: Document, severity: Severity = _INFO, apart: Document = PHOTO) -> Row:
    """A flaw of one document; ``apart`` is one of which the rule does not speak."""
    return Row(
        rule=rule,
        satisfied=SOUND,
        violated=holding(flawed),
        not_applicable=holding(apart),
        boundary=_EITHER,
        severity=severity,
    )


def of_district(body: str, day: date, level: Level = Level.DISTRICT) -> Document:
    return paper("7b", day, issuing_body=body, issuer_level=level, **SIGNED)


def signature(*, intact: bool = True, checked: bool = True) -> Given:
    made = Signature("pades", "Nguyễn Văn An", None, intact, False, "…", checked)
    return holding(sound(signatures=(made,)))


_GONE = DepartedFile("mo-hinh/A/x.pdf", 9, "12/QĐ-UBND", DAY, "6a", SEEN, SEEN)


def gone(*, replaced: bool) -> Given:
    return Given(replace(SOUND.state, departed=(replace(_GONE, replaced=replaced),)), TODAY)


def missed(*files: DepartedFile) -> Whole:
    return Whole({"mo-hinh/A": files})


def departed(rule: str, *, replaced: bool, severity: Severity) -> Row:
    lost = gone(replaced=replaced)
    return Row(
        rule=rule,
        satisfied=SOUND,
        violated=lost,
        not_applicable=gone(replaced=not replaced),
        # Who accepts it speaks of what was noticed by then, and of nothing that happens later.
        boundary=(lost.waived(rule, SEEN), lost.waived(rule, BEFORE)),
        severity=severity,
        silent=_INFO,
    )


def twin(*paths: str, linked: bool | None = None) -> Given:
    """The same bytes in this dossier and in those."""
    one = state(replace(sound(), sha256="x"), manifest=Manifest(linked=linked))
    others = tuple(elsewhere(one, path) for path in paths)
    return Given(one, TODAY, (elsewhere(state(PHOTO), "mo-hinh/Z"), *others))


def elsewhere(one: DossierState, path: str) -> DossierState:
    documents = tuple(replace(d, path=f"{path}/copy.pdf") for d in one.documents)
    return replace(one, folder=replace(one.folder, path=path), documents=documents)


_UNREAD = UnreadFile("mo-hinh/A/x.pdf", UnreadReason.ENCRYPTED, "Tệp có mật khẩu.")
_ALTERED = (AlteredFile("mo-hinh/A/x.pdf", SEEN),)
ROWS = (
    Row(
        rule="TV-01",
        satisfied=SOUND,
        violated=Given(state(unread=(_UNREAD,)), TODAY),
        not_applicable=Given(state(), TODAY),
        boundary=_EITHER,
        severity=_WARN,
    ),
    Row(
        rule="TV-02",
        satisfied=SOUND,
        violated=holding(sound(review=True)),
        not_applicable=Given(state(unread=(_UNREAD,)), TODAY),
        boundary=No("How sure is sure enough is the classifier's to say: a document comes with its doubt"),
        severity=_WARN,
    ),
    Row(
        rule="TV-03",
        satisfied=SOUND,
        violated=holding(*(replace(sound(), path=f"mo-hinh/A/{n}.pdf", sha256="x") for n in "abc")),
        not_applicable=holding(*(replace(sound(), ordinal=n, sha256="x") for n in (1, 2))),  # one file
        boundary=(
            holding(*(replace(sound(), path=f"mo-hinh/A/{n}.pdf", sha256=n) for n in "ab")),
            holding(*(replace(sound(), path=f"mo-hinh/A/{n}.pdf", sha256="x") for n in "ab")),
        ),
        severity=_INFO,
    ),
    of_form("TV-04", paper("6a", None, **SIGNED), apart=paper("12", None, type_="so", number="")),
    of_form(
        "TV-05", paper("6a", DAY, number="/QĐ-UBND"), apart=paper("16a", DAY, type_="bien-ban", number="")
    ),
    of_form("TV-06", paper("6a", DAY, draft=True), _WARN),
    Row(
        rule="TV-07",
        satisfied=holding(lying("06 Quyết định thành lập/x.pdf")),
        violated=holding(lying("09 Kế hoạch/x.pdf")),
        not_applicable=holding(lying("Tài liệu nhận qua thư/x.pdf")),
        # Sixteen items: a folder that counts on from there names none.
        boundary=(holding(lying("17 Khác/x.pdf")), holding(lying("16 Kết thúc/x.pdf"))),
        severity=_WARN,
    ),
    Row(
        rule="TV-08",
        satisfied=holding(founded=DAY, ended=date(2026, 11, 20)),
        violated=Given(state(problems=("hoso.toml, dòng 2: …",)), TODAY),
        not_applicable=holding(),
        boundary=(holding(founded=DAY, ended=DAY), holding(founded=DAY, ended=DAY - timedelta(1))),
    ),
    Row(
        rule="TV-08",
        satisfied=holding(founded=DAY),
        violated=holding(founded=date(24, 3, 5)),
        not_applicable=holding(),
        boundary=(holding(founded=date(1945, 9, 2)), holding(founded=date(1945, 9, 1))),
    ),
    Row(
        rule="TV-08",
        satisfied=holding(founded=DAY, ended=TODAY, handed_over=TODAY),
        violated=holding(founded=date(2030, 1, 1)),
        not_applicable=holding(),
        boundary=(holding(founded=TODAY), holding(founded=TODAY + timedelta(1))),
        severity=_WARN,
    ),
    Row(
        rule="TV-08",
        satisfied=holding(founded=DAY, ended=DAY, handed_over=TODAY),
        violated=holding(founded=DAY, ended=TODAY, handed_over=DAY),
        not_applicable=holding(founded=DAY, ended=TODAY),
        boundary=(
            holding(founded=DAY, ended=TODAY, handed_over=TODAY),
            holding(founded=DAY, ended=TODAY, handed_over=TODAY - timedelta(1)),
        ),
        severity=_WARN,
    ),
    Row(
        rule="TV-09",
        part="6a",
        satisfied=Given(state(*whole(DAY)), TODAY),
        violated=Given(state(*whole(DAY, "6a")), TODAY),
        not_applicable=holding(founded=DAY),
        boundary=(holding(founded=date(1945, 9, 2)), holding(founded=date(1945, 9, 1))),
        severity=_INFO,
    ),
    Row(
        rule="TV-09",
        part="3",
        satisfied=Given(state(paper("3", DAY), kind="dien-hinh"), TODAY),
        violated=Given(state(paper("3", None), kind="dien-hinh"), TODAY),
        not_applicable=Given(state(kind="mo-hinh"), TODAY),
        boundary=(
            Given(state(paper("3", DAY, sure=0.6), kind="dien-hinh"), TODAY),
            Given(state(paper("3", DAY, sure=0.59), kind="dien-hinh"), TODAY),
        ),
        severity=_INFO,
    ),
    Row(
        rule="TV-10",
        satisfied=signature(),
        violated=signature(intact=False),
        not_applicable=signature(intact=False, checked=False),
        boundary=_EITHER,
    ),
    Row(
        rule="TV-11",
        satisfied=holding(sound(confidence=0.95)),
        violated=holding(sound(confidence=0.6)),
        not_applicable=holding(sound(confidence=None)),
        boundary=(holding(sound(confidence=0.75)), holding(sound(confidence=0.749))),
        severity=_WARN,
    ),
    Row(
        rule="TV-12",
        satisfied=twin(),
        violated=twin("mo-hinh/B", "mo-hinh/C"),
        not_applicable=twin("mo-hinh/B", linked=True),
        boundary=(twin(), twin("mo-hinh/B")),
        severity=_INFO,
    ),
    of_form("TV-13", paper("6a", DAY), apart=paper("7a", DAY, type_="quy-che", number="")),
    Row(
        rule="TV-14",
        satisfied=SOUND,
        violated=Given(replace(SOUND.state, altered=_ALTERED), TODAY),
        not_applicable=Given(state(), TODAY),
        boundary=_EITHER,
    ),
    of_form("TV-15", sound(notes=("Trang 3 không đọc được.",))),
    *(
        Row(
            rule="TV-19",
            satisfied=holding(of_district(body, date(2024, 11, 1))),
            violated=holding(of_district(body, date(2026, 1, 5))),
            not_applicable=holding(of_district("CÔNG AN XÃ HÀM THẮNG", date(2026, 1, 5), Level.COMMUNE)),
            boundary=(
                holding(of_district(body, since - timedelta(1))),
                holding(of_district(body, since)),
            ),
            severity=_INFO,
        )
        for body, since in (
            ("CÔNG AN HUYỆN HÀM THUẬN BẮC", date(2025, 3, 1)),
            ("UBND HUYỆN HÀM THUẬN BẮC", date(2025, 7, 1)),
        )
    ),
    departed("TV-16", replaced=False, severity=_WARN),
    departed("TV-17", replaced=True, severity=_INFO),
    Row(
        rule="TV-18",
        satisfied=Whole({}),
        violated=missed(_GONE),
        not_applicable=missed(),  # every file of it lies elsewhere: the dossier was moved
        boundary=(missed(_GONE).waived("TV-18", SEEN), missed(_GONE).waived("TV-18", BEFORE)),
        severity=_WARN,
        silent=_INFO,
    ),
    Row(
        rule="MAT-01",
        satisfied=SOUND,
        violated=holding(sound(security="mat")),
        not_applicable=Given(state(), TODAY),
        boundary=_EITHER,
        waived=No("What the law on state secrets asks for is nobody's to accept: a test of its own says so"),
    ),
)  # fmt: skip
