"""Steps of an item are shown by their titles, never by the codes under which they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from click.testing import CliRunner

from dossier.archive import open_archive
from dossier.cli import root as command
from dossier.usecases.decide import assign
from dossier.usecases.decisions import decisions
from dossier.usecases.standing import id_of
from dossier.web.documents import address_of
from tests.usecases.archives import FOUNDING, paper, write
from tests.web.serving import Running, running, scanned

ENDING = "kết thúc hoạt động mô hình “Camera an ninh”"
PAPERS = {
    "qd.txt": FOUNDING,
    "danh gia.txt": paper("BÁO CÁO", "20/BC-UBND", f"Đánh giá toàn diện quá trình hoạt động, lý do {ENDING}"),
    "ket thuc.txt": paper("QUYẾT ĐỊNH", "31/QĐ-UBND", f"Về việc {ENDING}"),
    "cong van.txt": paper("CÔNG VĂN", "40/UBND", "V/v phối hợp"),
}
NOTICE = paper("THÔNG BÁO", "45/TB-UBND", f"Công khai việc {ENDING}")
CODE = re.compile(r"\b\d{1,2}[a-z]?\.(?:assessment|opinions|decision|notice)\b|· (?:assessment|notice)\b")
ASSESSMENT = "báo cáo đánh giá toàn diện quá trình hoạt động"
A = "Xã Hàm Thắng/Mô hình/Camera an ninh"


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A model that was ended; a person put two papers into steps, a notice waits in the inbox."""
    root = tmp_path_factory.mktemp("ended") / "kho"
    for name, text in PAPERS.items():
        write(root, f"{A}/{name}", text)
    write(root, "Hộp thư đến/tb.txt", NOTICE)
    scanned(root)
    archive = open_archive(root)
    assign(archive, f"{A}/danh gia.txt", ["16c.assessment"])
    assign(archive, f"{A}/cong van.txt", ["16c.notice"])
    with running(archive) as up:
        yield up


@pytest.mark.parametrize(
    "page",
    [
        "/", f"/ho-so/{id_of(A)}", "/quyet-dinh", "/hop-thu-den", "/can-xem", "/nhat-ky", "/lich",
        "/nop-luu", f"/bao-cao/html?ho-so={id_of(A)}",
        *(f"/van-ban/{address_of(f'{A}/{name}.txt')}" for name in ("danh gia", "ket thuc", "cong van")),
    ],
)  # fmt: skip
def test_no_page_shows_a_code_of_a_step(ended: Running, page: str) -> None:
    reply = ended.owner().get(page)
    assert reply.status == 200
    typed = re.findall(r'<input name="muc" value="([^"]*)"', reply.text)
    shown = re.sub(r"<[^>]*>", " ", reply.text)
    assert not CODE.search(" ".join([shown, *typed]))


@pytest.mark.parametrize("page", ["/quyet-dinh", f"/van-ban/{address_of(f'{A}/danh gia.txt')}"])
def test_page_says_which_step_a_paper_is(ended: Running, page: str) -> None:
    assert f"mục 16c ({ASSESSMENT}" in ended.owner().get(page).text


def test_log_says_which_step_a_paper_was_put_into(ended: Running) -> None:
    assert "16c (Báo cáo đánh giá toàn diện" in ended.owner().get("/nhat-ky").text


@pytest.mark.parametrize(
    "words",
    [
        ["show", A], ["show", f"{A}/danh gia.txt"], ["decisions", "list"], ["inbox"], ["review", "--list"],
        ["audit", "list"], ["report", "--format", "html", "-o", "-"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_no_command_shows_a_code_of_a_step(
    ended: Running, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ended.archive.root)
    monkeypatch.setenv("COLUMNS", "200")
    said = CliRunner().invoke(command, words)
    assert said.exit_code in (0, 1), said.output
    assert said.output and not CODE.search(said.output)


def test_part_as_it_is_shown_in_the_inbox_is_filed_with_the_step_that_was_read(ended: Running) -> None:
    visit = ended.owner()
    text = visit.get("/hop-thu-den").text
    assert 'name="muc" value="16c"' in text and "mục 16c (thông báo công khai việc kết thúc" in text
    waiting = id_of("Hộp thư đến/tb.txt")
    assert visit.post("/hop-thu-den/xep", tep=waiting, ho_so=id_of(A), muc="16c", lan="1").status == 303
    assert ended.services.intents.settled(30)
    [filed] = [each for each in decisions(ended.archive) if each.path.endswith("tb.txt")]
    assert [(place.part, place.step) for place in filed.decision.placements] == [("16c", "notice")]
