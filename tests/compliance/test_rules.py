"""Every rule explained, in both languages, and the page in docs/ made from the same data."""

from __future__ import annotations

from pathlib import Path

import pytest

from dossier import checklists, i18n
from dossier.checklists.rules import load_clauses
from dossier.compliance import rules
from dossier.compliance.naming import of_periods
from dossier.errors import UsageError
from dossier.model import RuleNote, Severity

KINDS = checklists.load()


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_rule_says_what_why_and_how_to_mend(lang: str) -> None:
    i18n.use(lang)
    for rule in rules.all_rules(KINDS):
        assert all((rule.title, rule.what, rule.why, rule.fix, rule.citation, rule.example)), rule.id


def test_every_rule_of_a_checklist_has_an_example_of_its_own() -> None:
    for lang in ("vi", "en"):
        i18n.use(lang)
        made = [r.example for r in rules.all_rules(KINDS) if r.id[:2] in ("MH", "DH", "TT")]
        assert len(made) == len(set(made))


def test_both_checklists_have_a_rule_per_item() -> None:
    ids = {rule.id for rule in rules.all_rules(KINDS)}
    assert {f"MH-{n:02}" for n in range(1, 17)} | {f"DH-{n:02}" for n in range(1, 6)} <= ids


def test_rule_is_found_in_lower_case() -> None:
    assert rules.explain("mh-06", KINDS).id == "MH-06"


def test_unknown_rule_names_near_ones() -> None:
    with pytest.raises(UsageError) as error:
        rules.explain("MH-66", KINDS)
    assert "MH-" in error.value.advice


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("mục 6", "MH-06"), ("6b", "MH-06"), ("mục 16c", "MH-16"), ("mh6", "MH-06"),
        ("sổ theo dõi thu, chi", "MH-12"), ("  tv-8 ", "TV-08"),
    ],
)  # fmt: skip
def test_rule_is_found_by_its_item_or_part_or_words_of_its_title(said: str, rule: str) -> None:
    assert rules.explain(said, KINDS).id == rule


def test_words_of_several_titles_list_the_first_eight_and_no_other() -> None:
    with pytest.raises(UsageError) as error:
        rules.explain("xếp loại", KINDS)
    assert error.value.message == "Không có quy tắc “xếp loại”."
    head, *listed = error.value.advice.split("\n")
    alike = [rule for rule in rules.all_rules(KINDS) if "xếp loại" in rule.title.casefold()]
    assert head == "Có thể là:" and len(alike) > 8
    assert listed == [*(f"  {rule.id}  {rule.title}" for rule in alike[:8]), "  …"]


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("MH-66", "Có thể là: MH-16, MH-06, MH-15."),
        ("hoàn toàn không có", "Xem tất cả: dossier explain"),
        ("bộ", "Xem tất cả: dossier explain"),
    ],
)
def test_what_names_no_rule_says_which_are_near_or_where_all_are(said: str, advice: str) -> None:
    with pytest.raises(UsageError) as error:
        rules.explain(said, KINDS)
    assert error.value.advice == advice


def test_reports_carry_the_texts_of_rules_under_the_archives_own_severities() -> None:
    own = rules.notes(KINDS, {"TV-01": "info", "MH-06": "off", "TT-31": "warning"})
    for rule in rules.all_rules(KINDS):
        severity = {"TV-01": Severity.INFO, "TT-31": Severity.WARNING}.get(rule.id, rule.severity)
        assert own[rule.id] == RuleNote(rule.title, severity, rule.citation, rule.what, rule.why, rule.fix)


def test_page_in_docs_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "rules.md"
    assert page.read_text("utf-8") == rules.markdown(KINDS)


def test_page_of_clauses_in_docs_is_current() -> None:
    page = Path(__file__).parents[2] / "docs" / "clauses.md"
    assert page.read_text("utf-8") == rules.clauses_markdown(KINDS)


def test_every_clause_that_can_be_checked_has_a_rule_and_every_rule_a_clause() -> None:
    by_rule = rules.clauses_of(KINDS)
    checked = {clause for clauses in by_rule.values() for clause in clauses}
    assert checked == {clause.id for clause in load_clauses() if not clause.unchecked}
    law_of_its_own = {"BQ-03", "BQ-04", "BQ-05"}
    assert {rule.id for rule in rules.all_rules(KINDS)} == set(by_rule)
    assert not {rule for rule, clauses in by_rule.items() if not clauses} - law_of_its_own


def test_clauses_have_ids_of_their_own_and_stand_in_order() -> None:
    ids = [int(clause.id) for clause in load_clauses()]
    assert ids == list(range(1, len(ids) + 1))


def test_heads_of_an_explanation_are_in_the_language_in_use() -> None:
    i18n.use("en")
    said = rules.as_markdown(rules.explain("TV-01", KINDS))
    assert "Vì sao" not in said
    assert "Why" in said


def test_what_a_title_says_of_each_period_is_not_said_twice() -> None:
    said = {
        ("báo cáo kết quả hoạt động 6 tháng", "6 tháng đầu năm 2024"):
            "báo cáo kết quả hoạt động 6 tháng đầu năm 2024",
        ("kế hoạch hoạt động của mô hình hằng năm", "năm 2024"): "kế hoạch hoạt động của mô hình năm 2024",
        ("báo cáo kết quả hoạt động năm", "năm 2024 (01/11/2023–31/10/2024)"):
            "báo cáo kết quả hoạt động năm 2024 (01/11/2023–31/10/2024)",
        ("báo cáo đánh giá kết quả hoạt động của điển hình", "năm 2024"):
            "báo cáo đánh giá kết quả hoạt động của điển hình năm 2024",
    }  # fmt: skip
    for (title, period), wanted in said.items():
        assert of_periods(title, [period]) == wanted
    assert of_periods("sổ họp", []) == "sổ họp"
    assert of_periods("kế hoạch hằng năm", ["năm 2024", "năm 2025"]) == "kế hoạch năm 2024, năm 2025"
