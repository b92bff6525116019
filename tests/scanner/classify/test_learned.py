"""A model learned from decisions: what it says, how it is kept, and when it keeps silent."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from dossier.checklists import load as load_checklists
from dossier.model import Header, Source
from dossier.scanner.classify import Classifier, learned
from dossier.scanner.classify.learned import Example, Learned, describe, load_model, train

pytestmark = pytest.mark.skipif(find_spec("sklearn") is None, reason="scikit-learn is an optional extra")

GOLD = "sổ vàng chuyện hay của anh em"
TASK = "giấy giao việc ai làm gì bao giờ xong"


def examples(count: int = 12) -> list[Example]:
    return [
        Example("mo-hinh", part, f"{text} số {at}")
        for at in range(count)
        for part, text in (("11", GOLD), ("5", TASK))
    ]


@pytest.fixture(scope="module")
def model() -> Learned:
    return train(examples(), "d")


def test_document_is_sent_where_people_sent_those_like_it(model: Learned) -> None:
    (signal, *_rest) = model.signals("mo-hinh", GOLD)
    assert (signal.part, signal.count) == ("11", 12) and signal.weight > 0
    assert model.signals("mo-hinh", TASK)[0].part == "5"


def test_nothing_is_said_about_a_kind_without_enough_decisions(model: Learned) -> None:
    assert model.signals("dien-hinh", GOLD) == ()
    assert train(examples(learned.LEAST_DECISIONS // 2 - 1), "d").kinds == {}


def test_no_document_is_put_aside_by_learning_alone() -> None:
    none = [Example(e.kind, "" if e.part == "5" else e.part, e.text) for e in examples()]
    assert all(signal.part for signal in train(none, "d").signals("mo-hinh", TASK))


def test_the_same_decisions_give_the_same_model(model: Learned) -> None:
    again = train(examples(), "d").kinds["mo-hinh"]
    assert (again.weights == model.kinds["mo-hinh"].weights).all()


def test_a_kept_model_says_the_same(model: Learned, tmp_path: Path) -> None:
    model.save(tmp_path / "m.npz")
    kept = load_model(tmp_path / "m.npz")
    assert kept is not None and kept.digest == "d"
    assert kept.signals("mo-hinh", GOLD) == model.signals("mo-hinh", GOLD)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"\x80\x04cos\nsystem\n"])
def test_a_damaged_file_is_no_model_and_runs_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "m.npz").write_bytes(content)
    assert load_model(tmp_path / "m.npz") is None
    assert load_model(tmp_path / "none.npz") is None


def test_doubtful_document_is_placed_and_says_from_what(model: Learned) -> None:
    header = Header(abstract="Ai làm gì, bao giờ xong")
    asked = (header, "GIẤY GIAO VIỆC\nAi làm gì, bao giờ xong\n", "g1.txt", ())
    checklist = load_checklists()["mo-hinh"]
    before = Classifier(checklist).classify(*asked)
    assert before.review
    found = Classifier(checklist, model).classify(*asked)
    place = next(place for place in found.placements if place.part == "5")
    assert place.source is Source.LEARNED and any("12" in said for said in place.evidence)


def test_place_that_people_contradict_again_and_again_is_asked_about() -> None:
    ledger = Header(type="so-theo-doi", abstract="Sổ theo dõi thu, chi quỹ mô hình chuyện hay")
    asked = (ledger, "SỔ THEO DÕI\nSổ theo dõi thu, chi quỹ mô hình chuyện hay", "s.txt", ())
    checklist = load_checklists()["mo-hinh"]
    before = Classifier(checklist).classify(*asked)
    assert [place.part for place in before.placements] == ["12"] and not before.review
    like_it = [Example("mo-hinh", "11", f"{describe(*asked)} {at}") for at in range(10)]
    found = Classifier(checklist, train([*like_it, *examples()], "d")).classify(*asked)
    assert found.review and {"11", "12"} <= {place.part for place in found.placements}
    assert next(place for place in found.placements if place.part == "11").source is Source.LEARNED
    agreed = train([Example("mo-hinh", "12", e.text) for e in like_it] + examples(), "d")
    assert Classifier(checklist, agreed).classify(*asked) == before


def test_what_the_rules_are_sure_of_stays_where_decisions_say_little() -> None:
    swapped = {"5": "11", "11": "5"}
    wrong = train(
        [Example("mo-hinh", swapped[e.part], f"quyết định thành lập mô hình {e.text}") for e in examples()],
        "d",
    )
    header = Header(type="quyet-dinh", abstract="Thành lập mô hình “Camera an ninh”")
    asked = (header, "QUYẾT ĐỊNH\nThành lập mô hình", "qd.txt", ())
    checklist = load_checklists()["mo-hinh"]
    assert Classifier(checklist, wrong).classify(*asked) == Classifier(checklist).classify(*asked)


def test_description_is_short_whatever_the_text() -> None:
    assert len(describe(Header(abstract="Về việc"), "x" * 10**6, "tên.pdf", ("a", "b"))) < 1000
