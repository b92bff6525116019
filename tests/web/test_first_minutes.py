"""Pages while nothing was read yet, and of a dossier about very many papers of which the same is said."""

from __future__ import annotations

from pathlib import Path

from dossier.archive import open_archive
from dossier.usecases.locking import writing
from tests.usecases.archives import FOUNDING, TODAY, paper, put
from tests.web.serving import Running, Visit, running, scanned

PAGES = ("/hop-thu-den", "/xu-huong", "/quyet-dinh", "/ho-so-moi")


def opened(up: Running) -> Visit:
    visit = Visit(up.port)
    visit.ask("GET", f"/mo?khoa={up.services.sessions.launch_key()}")
    return visit


def test_no_page_asks_for_a_command_before_the_archive_was_read(tmp_path: Path) -> None:
    put(tmp_path, qd_txt=FOUNDING)
    archive = open_archive(tmp_path)
    with writing(archive, "scan"), running(archive) as up:
        visit = opened(up)
        for address in PAGES:
            reply = visit.ask("GET", address)
            assert reply.status == 503 and reply.headers["refresh"], address
            assert "dossier scan" not in reply.text, address


def test_findings_that_repeat_for_hundreds_of_papers_are_folded_below_the_first(tmp_path: Path) -> None:
    for at in range(1, 8):
        about = f"Kết quả hoạt động tuần {at} của mô hình “Camera an ninh”"
        put(tmp_path, **{f"bc{at}_txt": paper("BÁO CÁO", f"{at}/BC-UBND", about)})
    put(tmp_path, qd_txt=FOUNDING)
    scanned(tmp_path)
    with running(open_archive(tmp_path), TODAY) as up:
        row = up.services.cache.standing().rows[0]
        page = up.owner().get(f"/ho-so/{row.id}").text
    assert "Còn 4 nội dung nữa theo quy tắc TV-02" in page
    findings = page[page.index('<ul class="findings">') : page.index("Danh mục tài liệu</h2>")]
    assert findings.count("TV-02") >= 7  # none is left out


def test_no_item_is_chosen_before_somebody_chooses(own: Running) -> None:
    page = own.owner().get("/can-xem").text
    chosen = page[page.index('data-focus="t"') :]
    assert chosen.startswith('data-focus="t" required><option value="">')
