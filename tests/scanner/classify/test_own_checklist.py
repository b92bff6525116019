"""A checklist with nothing but titles, and what is made of a document before and after the scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dossier import checklists
from dossier.checklists.schema import Checklist, Item, Part
from dossier.model import Header, Level, Placement, Reference
from dossier.scanner.classify import Classification, Classifier
from dossier.scanner.classify.about import KindWords, Names, Tie, Title, movement, tie
from dossier.scanner.classify.around import Around
from dossier.scanner.classify.learned import Learned, Signal, describe
from dossier.scanner.classify.papers import ContextPaper
from dossier.scanner.classify.phrases import Wordings
from dossier.scanner.classify.scoring import Score
from dossier.scanner.classify.text import ChecklistWords, gather
from dossier.scanner.classify.tied import Tied
from dossier.vietnamese import words

MODEL = checklists.load()["mo-hinh"]
HANDBOOK = Checklist(
    kind="so-tay",
    title="Sổ tay",
    items=(
        Item(number=1, title="Nội quy", rule="ST-01", citation="x",
             parts=(Part(id="1", title="Nội quy cơ quan (nếu có)"),)),
        Item(number=2, title="Biên bản", rule="ST-02", citation="x",
             parts=(Part(id="2", title="Biên bản họp cơ quan", types={"bien-ban": 1.0}),)),
    ),
)  # fmt: skip
WORDS = ChecklistWords({"bcd": "ban chỉ đạo", "mh": "mô hình"}, Wordings(()))


def placed(item: int, confidence: float, *evidence: str) -> Classification:
    return Classification((Placement(item, str(item), confidence, evidence=evidence),))


@pytest.mark.parametrize(
    ("kind", "abstract", "expected"),
    [
        ("quyet-dinh", "Ban hành nội quy cơ quan", placed(1, 0.981, "trích yếu có “Nội quy cơ quan”")),
        ("bien-ban", "Họp cơ quan tháng 3",
         placed(2, 0.991, "trích yếu có “Biên bản họp cơ quan”", "loại văn bản: biên bản")),
        ("quyet-dinh", "Nâng lương", Classification(review=True)),
    ],
)  # fmt: skip
def test_titles_alone_place_documents(kind: str, abstract: str, expected: Classification) -> None:
    found = Classifier(HANDBOOK).classify(Header(type=kind, abstract=abstract), abstract, "a.pdf", ())
    assert found == expected


@pytest.mark.parametrize(
    ("name", "number", "fields", "marked"),
    [
        ("BC MH", "", {"name": " bao cao mo hinh "}, {}),
        ("BC MH năm", "", {"name": " bao cao mo hinh nam "}, {"name": " báo cáo mô hình năm "}),
        ("12-QD thanh lap", "12/QĐ", {"name": " thanh lap "}, {}),
        ("so 012_QD-UBND thanh lap", "12/QĐ-UBND", {"name": " so thanh lap "}, {}),
        ("13-QD thanh lap", "12/QĐ", {"name": " 13 quyet dinh thanh lap "}, {}),
        ("12 thanh lap", "12", {"name": " 12 thanh lap "}, {}),
    ],
)
def test_words_of_a_name_are_spelt_out_without_the_papers_number(
    name: str, number: str, fields: dict[str, str], marked: dict[str, str]
) -> None:
    texts = gather(Header(number_symbol=number), "", f"{name}.pdf", (), WORDS)
    assert (texts.fields, texts.marked) == (fields, marked)


def test_folder_is_compared_with_its_marks_only_if_it_was_written_with_them() -> None:
    bare, written = (gather(Header(), "", "", (folder,), WORDS) for folder in ("BCD cu", "BCĐ cũ"))
    assert bare.fields == written.fields == {"folder": " ban chi dao cu "}
    assert (bare.marked, written.marked) == ({}, {"folder": " ban chỉ đạo cũ "})


AGREED, NAMED = Names(("a b c",), sure=True), Names(("a b c",))
OTHERS = "nhưng trích yếu nêu mô hình khác: “"
STRANGE, ABOVE = (
    "nhưng là văn bản của xã, phường khác",
    "nhưng là văn bản của cấp trên, không nêu tên mô hình hay điển hình",
)
NO_MODEL = "nhưng trích yếu không nói tới mô hình hay điển hình nào"


@pytest.mark.parametrize(
    ("degree", "names", "level", "elsewhere", "foreign", "untied", "against"),
    [
        (Tie.FOREIGN, AGREED, None, "", 6.0, 0.89, dict.fromkeys(("9", "13b"), (-1.0, OTHERS))),
        (Tie.FOREIGN, NAMED, None, "", 0.0, 0.89, dict.fromkeys(("9", "13b"), (-1.0, OTHERS))),
        (Tie.FOREIGN, NAMED, None, STRANGE, 6.0, 0.89, dict.fromkeys(("9", "13b"), (-4.0, STRANGE))),
        (Tie.NAMED, NAMED, Level.PROVINCE, "", 0.0, 0.89, {}),
        (Tie.TEXT, NAMED, Level.PROVINCE, "", 0.0, 0.89, {"9": (-4.0, ABOVE)}),
        (Tie.TEXT, NAMED, Level.COMMUNE, "", 0.0, 0.89, {}),
        (Tie.MOVEMENT, NAMED, None, "", 0.0, 0.89, dict.fromkeys(("9", "13b"), (-4.0, NO_MODEL))),
        (Tie.BODY, Names(), None, "", 0.0, 0.94, {}),
    ],
)
def test_tie_limits_and_speaks_against_general_parts(
    degree: Tie, names: Names, level: Level | None, elsewhere: str, foreign: float, untied: float,
    against: dict[str, tuple[float, str]],
) -> None:  # fmt: skip
    header = Header(type="ke-hoach", abstract="Xây dựng “Tiếng kẻng an ninh”", issuer_level=level)
    scores = {part: Score() for part in ("9", "13b", "1")}
    texts = gather(header, "", "", (), WORDS)
    bound = Tied(MODEL).bound(degree, texts, header, scores, names, elsewhere=elsewhere)
    assert (bound.tie, bound.foreign, bound.untied) == (degree, foreign, untied)
    assert (bound.named, bound.above) == (bool(names.own), against.get("9", (0, ""))[1] == ABOVE)
    for part, score in scores.items():
        weight, sentence = against.get(part, (0.0, ""))
        assert score.value == weight
        assert [said.startswith(sentence) for _weight, _sign, said in score.evidence] == [True] * bool(weight)


@pytest.mark.parametrize(
    ("name", "proper", "short", "topics", "distinct"),
    [
        ("dong ho vi tu quan", ("vi",), ("ho vi",), ("dong ho", "ho vi"), False),
        ("camera an ninh", (), (), (), False),
        ("to tu quan tuyen duong le loi", ("le loi",), (), (), True),
    ],
)
def test_name_has_a_place_of_its_own_or_not(
    name: str, proper: tuple[str, ...], short: tuple[str, ...], topics: tuple[str, ...], distinct: bool
) -> None:
    own = Tied(MODEL).own(Names((name,)), Header())
    assert own == Names((name,), proper=proper, short=short, topics=topics)
    assert own.distinct is distinct


@pytest.mark.parametrize(
    ("quoted", "among"),
    [
        ("cong truong an toan", True),
        ("mo hinh cong truong an toan giao thong", True),  # longer
        ("truong an toan", True),  # shorter
        ("an toan truong cong", True),  # the same words
        ("cong truong hanh phuc", False),
    ],
)
def test_name_in_a_longer_or_shorter_form_is_the_dossiers(quoted: str, among: bool) -> None:
    assert Names(("cong truong an toan",)).among(quoted) is among


def test_last_two_words_mark_a_name_of_the_kind() -> None:
    own = Names(("to tu quan tuyen duong le loi",))
    assert own.marked("nhom le loi") and own.marked("to tu quan") and not own.marked("le loi moi")


KIND = KindWords("mo hinh", movement("an ninh trat tu|tu quan"), frozenset(("vi an ninh to quoc",)))


@pytest.mark.parametrize(
    ("title", "distinct", "sure", "expected"),
    [
        ("Ra mắt mô hình “Tiếng kẻng an ninh”", (), False, Tie.FOREIGN),
        ("Ra mắt “Cổng trường an toàn”", (), False, Tie.NAMED),
        ("Xây dựng mô hình “Vì an ninh Tổ quốc”", (), False, Tie.MOVEMENT),  # a saying is no name
        ("Ra mắt tổ tự quản bến đò", ("to tu quan ben do",), True, Tie.FOREIGN),
        ("Ra mắt tổ tự quản bến đò", ("to tu quan ben do",), False, Tie.MOVEMENT),
        ("Ra mắt tổ tự quản", (), True, Tie.MOVEMENT),
        ("Trồng dưa lưới", (), True, Tie.NONE),
    ],
)
def test_title_ties_by_the_name_that_it_gives(
    title: str, distinct: tuple[str, ...], sure: bool, expected: Tie
) -> None:
    own = Names(("cong truong an toan",), sure)
    assert tie({"abstract": f" {words(title)} "}, Title(title, distinct=distinct), own, KIND) is expected


def context(number: str, kind: str = "quyet-dinh", part: str = "6a", cites: str = "") -> ContextPaper:
    references = (Reference("quyet-dinh", cites),) if cites else ()
    header = Header(type=kind, number_symbol=number, references=references)
    return ContextPaper(
        f"{number}{kind}.pdf", 1, "x.pdf", (), None, (Placement(6, part, 0.9),), False, header
    )


@pytest.mark.parametrize(
    ("asked", "citing", "signal"),
    [
        (context("61/QĐ"), 2, (1, "được 2 văn bản khác của hồ sơ viện dẫn")),
        (context("88/QĐ"), 3, (-1, "nhưng 3 văn bản của hồ sơ viện dẫn Quyết định số 61/QĐ")),
        (context("61/QĐ"), 1, None),
        (context("88/QĐ", kind="ke-hoach"), 3, None),
        (context(""), 3, None),
    ],
)
def test_decision_that_others_cite_is_the_founding_one(
    asked: ContextPaper, citing: int, signal: tuple[int, str] | None
) -> None:
    reports = [context(f"{at}/BC", "bao-cao", "10b", "61/QĐ") for at in range(citing)]
    others = [paper for paper in (context("61/QĐ"),) if paper != asked]
    view = Around(MODEL, [asked, *others, *reports], {}).seen_from(asked)
    assert MODEL.circumstances is not None
    expected = signal and (signal[0] * MODEL.circumstances.cited, signal[1])
    assert view.founding == expected


class Heard(Learned):
    """Decisions of people that always point to a part, and what was compared with them."""

    heard: list[str] = []  # noqa: RUF012

    def contradicts(self, _kind: str, text: str, _parts: object) -> bool:
        self.heard.append(text)
        return True

    def signals(self, _kind: str, text: str) -> tuple[Signal, ...]:
        self.heard.append(text)
        return (Signal("11", 0.1, 7),)


def test_what_people_decided_otherwise_is_the_last_candidate() -> None:
    header = Header(
        type="quyet-dinh", abstract="Thành lập mô hình và Ban Chỉ đạo mô hình", date=date(2024, 1, 2)
    )
    asked = (header, f"QUYẾT ĐỊNH\n{header.abstract}", "qd.pdf", ("Cũ", "Mới"))
    sure = Classifier(MODEL).classify(*asked)
    around = Around(MODEL, [], {}).seen_from(
        ContextPaper("qd.pdf", 1, "qd.pdf", ("Cũ", "Mới"), None, (), False, header)
    )
    for view in (None, around):
        found = Classifier(MODEL, Heard("d")).classify(*asked, around=view)
        assert not sure.review and found.review
        assert [place.part for place in found.placements[:1]] == [sure.placements[0].part]
        assert 2 <= len(found.placements) <= 3 and found.placements[-1].part == "11"
        assert "học từ 7 tài liệu mà người đã xếp vào 11" in found.placements[-1].evidence
    assert set(Heard.heard) == {describe(*asked)} and "mới" in Heard.heard[0]


def test_candidates_are_never_as_sure_as_a_placement() -> None:
    strict = Classifier(replace(HANDBOOK, threshold=0.985))
    abstract = "Ban hành nội quy cơ quan"
    found = strict.classify(Header(type="quyet-dinh", abstract=abstract), abstract, "a.pdf", ())
    assert found == replace(placed(1, 0.975, "trích yếu có “Nội quy cơ quan”"), review=True)
