"""A draft is told beside what is missing only if it is a draft of that."""

from __future__ import annotations

from datetime import date

import pytest
from states import judge, paper, state, whole

FOUNDED = date(2023, 3, 5)
TODAY = date(2024, 12, 1)


@pytest.mark.parametrize(("period", "told"), [("2023", False), ("2024", True), ("", True)])
def test_draft_of_another_years_plan_is_not_told(period: str, told: bool) -> None:
    draft = paper("9", date(2024, 1, 5), period=period, draft=True, name="du thao")
    given = state(*whole(FOUNDED, "", paper("9", date(2023, 3, 20), period="2023")), draft)
    (missing,) = [each for each in judge(given, TODAY).findings if each.rule == "MH-09"]
    assert "2024" in missing.message
    assert ("dự thảo" in missing.message) is told
    assert (draft.id in missing.documents) is told
