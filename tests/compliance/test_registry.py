"""One place for each rule: its data, its family, its maker."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from guidance import cases, state_of
from states import KINDS

import dossier.compliance
from dossier import checklists
from dossier.checklists.conditions import FACTS, When, YesOrNo
from dossier.checklists.retention import load_packs
from dossier.checklists.rules import by_id
from dossier.checklists.schema import Requirement
from dossier.compliance import evaluate
from dossier.compliance.clock import Clock, requirement_words
from dossier.compliance.facts import DEFAULTS
from dossier.compliance.families import FAMILIES, RegistryError, verify
from dossier.errors import ConfigurationError
from dossier.model import Fact, Facts, FactSource, Severity
from dossier.scanner.manifest import parse_manifest
from dossier.usecases.fact_entries import parse_fact

PACKAGE = Path(dossier.compliance.__file__).parent


def test_rule_without_data_data_without_rule_and_rule_of_two_families_are_refused() -> None:
    verify(FAMILIES, by_id())
    with pytest.raises(RegistryError, match="XX-01"):
        verify([*FAMILIES, SimpleNamespace(RULES=("XX-01",))], by_id())  # type: ignore[list-item]
    with pytest.raises(RegistryError, match="XX-02"):
        verify(FAMILIES, [*by_id(), "XX-02"])
    with pytest.raises(RegistryError, match="TV-01"):
        verify([*FAMILIES, SimpleNamespace(RULES=("TV-01",))], by_id())  # type: ignore[list-item]


def test_findings_are_made_in_one_place() -> None:
    for path in PACKAGE.rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
        made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Finding"]
        assert not made or path.name == "finding.py", path


def test_every_finding_of_a_rule_of_the_file_has_its_citation_or_that_of_its_checklist() -> None:
    own = {each.citation for c in KINDS.values() for each in (*c.issuers, *c.contents, *c.early)}
    own |= {one.citation for c in KINDS.values() for one in (c.one_name, c.agreed, c.commended) if one}
    for _name, case in cases():
        state = state_of(case)
        report = evaluate(state, KINDS[state.folder.kind], load_packs(), case["today"])
        for found in report.findings:
            rule = by_id().get(found.rule)
            if rule and found.rule not in ("BQ-01", "TV-09"):
                assert found.citation in own | {rule.citation}, found


def test_no_finding_of_the_table_is_graver_than_its_rule_says() -> None:
    order = list(Severity)
    for _name, case in cases():
        state = state_of(case)
        report = evaluate(state, KINDS[state.folder.kind], load_packs(), case["today"])
        for found in report.findings:
            rule = by_id().get(found.rule)
            assert rule is None or order.index(found.severity) >= order.index(Severity(rule.severity)), found


KIND = """
kind = "ho-so-thi-dua"
title = "Hồ sơ thi đua"
folder_names = ["thi dua"]
called = "phong trào thi đua"
founding_part = "1"
ending_part = "3"
since = 2020-01-01
clock = { year_from = "01/01", qualifying_months = 6, ranked_before = "15/01" }
order = [{ rule = "TT-81", part = "2", after = ["1"], citation = "QĐ 1" }]
issuers = [{ rule = "XL-09", part = "1", never = ["enterprise"], citation = "QĐ 1" }]

[ranking]
decision = "2"
stated = ["2"]
rank = [
  { id = "tot", title = "Xuất sắc", least = 80 },
  { id = "kha", title = "Hoàn thành", least = 0 },
]

[[deadline]]
rule = "TH-81"
title = "Quyết định xếp loại thi đua"
citation = "QĐ 1"
parts = ["2"]
before = "15/01"

[[contents]]
rule = "ND-04"
part = "1"
citation = "QĐ 1"
ask = [{ id = "prize", title = "giải thưởng", words = "giải thưởng" }]

[[item]]
number = 1
title = "Kế hoạch phát động thi đua"
citation = "QĐ 1"
rule = "TD-01"
[[item.parts]]
id = "1"
title = "Kế hoạch phát động thi đua"
requirements = [{ when = "always" }]

[[item]]
number = 2
title = "Quyết định xếp loại"
citation = "QĐ 1"
rule = "TD-02"
[[item.parts]]
id = "2"
title = "Quyết định xếp loại"
period = "evaluation-year"
requirements = [{ when = "founded", per = "qualifying-year", grace_days = 15 }]

[[item]]
number = 3
title = "Quyết định kết thúc"
citation = "QĐ 1"
rule = "TD-03"
[[item.parts]]
id = "3"
title = "Quyết định kết thúc"
"""


def test_third_kind_needs_data_only() -> None:
    from datetime import date

    from states import paper, state

    kind = checklists.parse(KIND, "thi_dua.toml")
    papers = (
        paper("1", date(2024, 9, 1), issuing_body="CÔNG TY MAY BÌNH THUẬN", mentions=()),
        paper("2", date(2025, 1, 20), period="2024", rank="tot", percentage=70.0),
    )
    report = evaluate(state(*papers, kind="ho-so-thi-dua"), kind, load_packs(), date(2025, 3, 1))
    told = {finding.rule: finding.message for finding in report.findings}
    assert "phong trào thi đua chưa đủ 6 tháng" in told["XL-01"]
    assert "“Hoàn thành”" in told["XL-02"]
    assert "TD-02" not in told and "TH-81" not in told  # founded in September: not ranked for 2024
    assert "giải thưởng" in told["ND-04"] and "XL-09" in told
    assert "mô hình" not in " ".join(told[rule] for rule in ("XL-01", "XL-02", "ND-04", "XL-09"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rule = "ND-04"', 'rule = "ND-99"', "ND-99"),
        ('never = ["enterprise"]', 'never = ["pirates"]', "pirates"),
        ('part = "1", never', 'part = "9", never', "“9”"),
    ],
)
def test_data_that_names_no_rule_body_or_part_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        checklists.parse(KIND.replace(old, new), "thi_dua.toml")
    assert said in error.value.message


@pytest.mark.parametrize(("condition", "fact"), FACTS.items())
def test_a_condition_that_asks_a_fact_needs_its_row_and_a_key_of_the_manifest(
    condition: When, fact: YesOrNo
) -> None:
    assert parse_fact(f"{fact.names[0]}=có").key == condition.value
    assert getattr(parse_manifest(f"{condition.value} = true")[0], condition.value) is True
    asked = Requirement(when=condition)
    clock = Clock(
        KINDS["mo-hinh"], {**_unknown(), condition.value: Fact(True, FactSource.PERSON)}, date(2025, 1, 1)
    )
    assert clock.applies(asked) and requirement_words(asked, KINDS["mo-hinh"]) == fact.said
    assert replace(clock, facts=_unknown()).applies(asked) is fact.default


def _unknown() -> Facts:
    return {key: Fact(value) for key, value in DEFAULTS.items()}
