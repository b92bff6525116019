"""Ranks against months of activity, shares of targets, completeness, authority; what follows from a rank."""

from __future__ import annotations

from datetime import date

import pytest
from states import judge, paper, rules, state, whole

from dossier.model import Document, DossierReport, Manifest, Severity

FOUNDED = date(2023, 1, 1)
TODAY = date(2024, 12, 20)
BODY = "UBND XÃ HÀM THẮNG"


def ranked(year: str, rank: str, **more: object) -> Document:
    day = date(int(year), 11, 8)
    return paper("13b", day, period=year, rank=rank, name=f"13b{year}", **more)  # type: ignore[arg-type]


def model(*papers: Document, founded: date = FOUNDED, **more: object) -> DossierReport:
    return judge(state(*whole(founded), *papers, **more), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("founded", "told"),
    [(date(2022, 12, 31), False), (date(2022, 12, 30), False), (date(2023, 1, 1), True)],
)
def test_ten_months_of_activity_end_by_the_end_of_october(founded: date, told: bool) -> None:
    assert ("XL-01" in rules(model(ranked("2023", "tot"), founded=founded))) is told


OLD = date(2019, 3, 5)


def test_ranks_of_years_before_the_guidance_are_not_judged_by_it() -> None:
    late = ranked("2022", "tot", percentage=60.0, issuing_body="CÔNG AN XÃ HÀM THẮNG")
    asked = paper("13a", date(2022, 11, 2), period="2022", rank="kha", recipients=("- Lưu: VT.",))
    early = paper("10b", date(2022, 10, 1), period="2022", recipients=("- Lưu: VT.",))
    founding = paper("6a", OLD, issuing_body=BODY)
    given = state(*whole(OLD, "6a", founding, ranked("2019", "tot"), late, asked, early))
    assert not {rule for rule in rules(judge(given, TODAY)) if rule.startswith("XL-") or rule == "TT-16"}


def test_rank_of_a_year_before_the_guidance_is_still_the_last_one() -> None:
    weak = model(ranked("2022", "yeu"), founded=OLD)
    assert "XL-07" in rules(weak)
    replicated = paper("16b", date(2023, 3, 1), abstract="Kế hoạch nhân rộng mô hình")
    assert "XL-06" in rules(model(ranked("2022", "kha"), replicated, founded=OLD))
    before = paper("16b", date(2022, 3, 1), abstract="Kế hoạch nhân rộng mô hình")
    assert "XL-06" not in rules(model(ranked("2021", "kha"), before, founded=OLD))


@pytest.mark.parametrize(
    ("rank", "share", "told"),
    [
        ("tot", 90, False), ("tot", 89.9, True), ("tot", 120, False),
        ("kha", 70, False), ("kha", 90, False), ("kha", 69.9, True),
        ("trung-binh", 50, False), ("trung-binh", 70, False), ("trung-binh", 49.9, True),
        ("yeu", 49.9, False), ("yeu", 50, False), ("yeu", 0, False),
    ],
)  # fmt: skip
def test_rank_stands_for_its_share_of_the_targets(rank: str, share: float, told: bool) -> None:
    assert ("XL-02" in rules(model(ranked("2024", rank, percentage=share)))) is told


def test_share_is_taken_from_the_report_of_the_same_year() -> None:
    report = paper("10b", date(2024, 11, 1), period="2024", percentage=60.0)
    other = paper("10b", date(2023, 11, 1), period="2023", percentage=99.0)
    assert "XL-02" in rules(model(ranked("2024", "tot"), report, other))
    assert "XL-02" not in rules(model(ranked("2024", "tot"), other))


def test_decision_is_trusted_before_the_report() -> None:
    report = paper("10b", date(2024, 11, 1), period="2024", percentage=60.0)
    assert "XL-02" not in rules(model(ranked("2024", "tot", percentage=95.0), report))


@pytest.mark.parametrize(
    ("rank", "told"), [("tot", True), ("kha", True), ("trung-binh", True), ("yeu", False)]
)
def test_rank_contradicts_a_dossier_that_lacks_something(rank: str, told: bool) -> None:
    papers = whole(FOUNDED, "6c")
    report = judge(state(*papers, ranked("2024", rank)), TODAY)
    assert ("XL-03" in rules(report)) is told


def test_steps_that_a_ranked_model_lacks_are_named_and_no_times() -> None:
    report = model(ranked("2024", "tot"), manifest=Manifest(ended=date(2024, 10, 1)))
    told = next(f.message for f in report.findings if f.rule == "XL-03")
    assert "báo cáo đánh giá toàn diện" in told
    assert " của Báo cáo" not in told and " của báo cáo" not in told


def test_rank_given_before_the_last_day_rests_on_evidence_too() -> None:
    """The day from which evidence counts as missing is later than the usual day of a rank."""
    papers = [
        *(paper("9", FOUNDED, period=y) for y in ("2023", "2024")),
        paper("10a", period="2023-H1"), paper("10a", period="2024-H1"),
        paper("10b", period="2023"), paper("10b", period="2024"), paper("13a", period="2024"),
    ]  # fmt: skip
    early = paper("13b", date(2024, 11, 7), period="2024", rank="tot")
    report = judge(state(*whole(FOUNDED), *papers, early), TODAY)
    (told,) = (f.message for f in report.findings if f.rule == "XL-03")
    assert "tài liệu chứng minh" in told


def test_what_was_lacking_only_after_the_ranked_year_does_not_contradict_it() -> None:
    papers = [
        *(paper("9", FOUNDED, period=y) for y in ("2023", "2024")),
        paper("10a", period="2023-H1"), paper("10a", period="2024-H1"),
        paper("10b", period="2023"), paper("10b", period="2024"),
        paper("13a", period="2024"), paper("11"), ranked("2024", "tot"),
    ]  # fmt: skip
    given = state(*whole(FOUNDED), *papers)
    assert "XL-03" not in rules(judge(given, TODAY))
    later = judge(given, date(2025, 12, 20))
    assert not later.complete
    assert "XL-03" not in rules(later)


@pytest.mark.parametrize(
    ("body", "severity"),
    [
        (BODY, None),
        ("ỦY BAN NHÂN DÂN XÃ HÀM THẮNG", None),
        ("", None),
        ("CÔNG AN HUYỆN HÀM THUẬN BẮC", Severity.WARNING),
    ],
)
def test_the_founder_ranks(body: str, severity: Severity | None) -> None:
    report = judge(
        state(paper("6a", FOUNDED, issuing_body=BODY), ranked("2024", "tot", issuing_body=body)), TODAY
    )
    assert next((f.severity for f in report.findings if f.rule == "XL-04"), None) is severity


def test_another_name_after_the_reorganisation_of_2025_is_only_noted() -> None:
    late = ranked("2025", "tot", issuing_body="UBND PHƯỜNG HÀM THẮNG")
    report = judge(state(paper("6a", FOUNDED, issuing_body=BODY), late), date(2025, 12, 20))
    (finding,) = [f for f in report.findings if f.rule == "XL-04"]
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(("body", "told"), [(BODY, False), ("CÔNG AN XÃ HÀM THẮNG", True)])
def test_the_founder_ends(body: str, told: bool) -> None:
    end = paper("16c", date(2024, 6, 1), step="decision", issuing_body=body)
    report = judge(state(paper("6a", FOUNDED, issuing_body=BODY), end), TODAY)
    assert ("XL-05" in rules(report)) is told


@pytest.mark.parametrize(
    ("ranks", "told"),
    [((("2023", "kha"),), True), ((("2023", "tot"),), False), ((("2023", ""),), False), ((), True),
     ((("2024", "tot"),), True)],
)  # fmt: skip
def test_only_the_best_are_replicated(ranks: tuple[tuple[str, str], ...], told: bool) -> None:
    papers = [ranked(year, rank) for year, rank in ranks]
    report = model(*papers, paper("16b", date(2024, 3, 1)))
    assert ("XL-06" in rules(report)) is told


def test_weak_model_is_consolidated_or_ended() -> None:
    weak = ranked("2023", "yeu")
    assert "XL-07" in rules(model(weak))
    assert "XL-07" in rules(model(weak, paper("14", date(2023, 2, 1))))  # before it was found weak
    assert "XL-07" not in rules(model(weak, paper("14", date(2024, 2, 1))))
    assert "XL-07" not in rules(model(weak, manifest=Manifest(ended=date(2024, 1, 1))))
    assert "XL-07" not in rules(model(weak, ranked("2024", "kha")))


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ((("1 tieng keng", "kha"), ("2 camera an ninh", "tot")), True),
        ((("1 tieng keng", "tot"), ("2 camera an ninh", "kha")), False),
        ((("1 camera an ninh thon 4", "kha"), ("2 camera an ninh", "tot")), True),
        ((("1 camera an ninh thon 4", "kha"), ("2 camera an ninh thon 5", "tot")), False),  # which of them?
        ((("1 tieng keng", "tot"), ("2 cong rao", "kha")), False),
    ],
)
def test_of_several_models_ranked_the_own_row_counts(rows: tuple[tuple[str, str], ...], told: bool) -> None:
    decision = ranked("2024", "tot", ranked=rows, percentage=75.0)
    assert ("XL-02" in rules(model(decision, name="MH Camera an ninh"))) is told


OTHERS = (("mo hinh camera an ninh thon 4", "tot"), ("2 dong ho tu quan", "kha"))


@pytest.mark.parametrize(
    ("rows", "asked"),
    [
        (OTHERS, True),
        ((*OTHERS, ("3 tieng keng an ninh", "tot")), False),
        ((*OTHERS, ("3 tieng keng", "tot")), False),  # a shorter form
        ((("camera an ninh thon 4", "tot"),), False),  # one rank is this model's
    ],
)
def test_ranks_without_the_models_name_are_a_question(rows: tuple[tuple[str, str], ...], asked: bool) -> None:
    plan = paper("9", FOUNDED, period="2024", abstract="Hoạt động của mô hình “Tiếng kẻng an ninh” năm 2024")
    found = model(plan, ranked("2024", "", ranked=rows), name="Hồ sơ số 2")
    assert any(f.rule == "TV-02" and f.part == "13b" for f in found.findings) is asked
    nameless = model(ranked("2024", "", ranked=rows), name="Hồ sơ số 2")
    assert "TV-02" not in rules(nameless)
