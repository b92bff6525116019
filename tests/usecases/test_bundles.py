"""Bundles of figures: what is in them, whom they are believed, and what an attacker may try."""

from __future__ import annotations

import io
import json
import os
import shutil
import zipfile
from pathlib import Path

import pytest
from archives import FOUNDING, TODAY, put, run

from dossier.archive import Archive, open_archive
from dossier.errors import ArchiveError, UsageError
from dossier.usecases import bundles, figures
from reports.units import absent

SECRET_WORDS = "Nguyễn Văn Bí Ẩn cư trú tại thôn Kín"


@pytest.fixture(scope="module")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("scanned") / "kho"
    put(root, a_txt=FOUNDING, b_txt=FOUNDING.replace("Căn cứ", SECRET_WORDS))
    run(root)
    return root


@pytest.fixture
def archive(scanned: Path, tmp_path: Path) -> Archive:
    return open_archive(shutil.copytree(scanned, tmp_path / "kho"))


def sent(archive: Archive, where: Path, name: str = "a.zip") -> Path:
    bundle = where / name
    bundle.write_bytes(bundles.make(archive, TODAY))
    return bundle


def known(archive: Archive, where: Path, name: str = "Tỉnh A") -> Path:
    keys = where / "keys"
    keys.mkdir(exist_ok=True)
    (keys / f"{name}.pem").write_bytes(bundles.public_key(archive))
    return keys


def content(bundle: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(bundle) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def packed_as(where: Path, members: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(where, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, each in members:
            packed.writestr(name, each)
    return where


def why_not(bundle: Path, keys: Path) -> str:
    found = bundles.of_archives([bundle], keys)
    assert found.whole.dossiers == 0
    return found.refused[bundle.name]


def test_figures_arrive_as_they_stand_at_home(archive: Archive, tmp_path: Path) -> None:
    found = bundles.of_archives([sent(archive, tmp_path)], known(archive, tmp_path))
    at_home = figures.of_units(archive, TODAY)
    (part,) = found.parts
    assert (part.name, part.day, found.missing) == ("Tỉnh A", TODAY, {})
    for name in ("dossiers", "complete", "score", "errors", "overdue", "doubts", "lacking", "rules"):
        assert getattr(found.whole, name) == getattr(at_home.whole, name)
    assert found.items == at_home.items


def test_nothing_of_any_paper_is_sent(archive: Archive, tmp_path: Path) -> None:
    told = content(sent(archive, tmp_path))["figures.json"].decode()
    for word in ("Bí Ẩn", "12/QĐ-UBND", "a.txt", "Nguyễn Văn An", "mo-hinh/A", "Camera"):
        assert word not in told


def test_the_same_figures_differ_only_in_when_they_were_signed(archive: Archive, tmp_path: Path) -> None:
    one, other = (json.loads(content(sent(archive, tmp_path))["figures.json"]) for _time in range(2))
    assert one.pop("made_at") < other.pop("made_at")
    assert one == other


def test_a_changed_figure_counts_nothing(archive: Archive, tmp_path: Path) -> None:
    keys, parts = known(archive, tmp_path), content(sent(archive, tmp_path))
    changed = parts["figures.json"].replace(b'"complete":false', b'"complete":true ')
    assert changed != parts["figures.json"]
    bundle = packed_as(tmp_path / "x.zip", [("figures.json", changed), ("figures.sig", parts["figures.sig"])])
    assert "bị sửa sau khi ký" in why_not(bundle, keys)


def test_a_key_that_nobody_knows_counts_nothing(archive: Archive, tmp_path: Path) -> None:
    keys = known(archive, tmp_path)
    (keys / "Tỉnh A.pem").unlink()
    put(tmp_path / "khác", a_txt=FOUNDING)
    run(tmp_path / "khác")
    known(open_archive(tmp_path / "khác"), tmp_path, "Tỉnh B")
    found = bundles.of_archives([sent(archive, tmp_path)], keys)
    assert (found.whole.dossiers, set(found.missing), set(found.refused)) == (0, {"Tỉnh B"}, {"a.zip"})


def test_a_bundle_stands_under_the_name_of_its_key_whatever_it_says(archive: Archive, tmp_path: Path) -> None:
    found = bundles.of_archives([sent(archive, tmp_path)], known(archive, tmp_path, "Hà Giang"))
    assert [part.name for part in found.parts] == ["Hà Giang"]


def test_who_sent_nothing_is_named(archive: Archive, tmp_path: Path) -> None:
    put(tmp_path / "khác", a_txt=FOUNDING)
    run(tmp_path / "khác")
    keys = known(archive, tmp_path)
    known(open_archive(tmp_path / "khác"), tmp_path, "Tỉnh B")
    found = bundles.of_archives([sent(archive, tmp_path)], keys)
    assert dict(found.missing) == {"Tỉnh B": "chưa có số liệu"}


def test_a_bundle_that_came_cut_off_makes_no_further_sender(archive: Archive, tmp_path: Path) -> None:
    put(tmp_path / "khác", a_txt=FOUNDING)
    run(tmp_path / "khác")
    keys = known(archive, tmp_path)
    other = open_archive(tmp_path / "khác")
    known(other, tmp_path, "Tỉnh B")
    cut = []
    for folder in ("thư 1", "thư 2"):
        (tmp_path / folder).mkdir()
        cut.append(sent(other, tmp_path / folder, "b.zip"))
        cut[-1].write_bytes(cut[-1].read_bytes()[:200])
    found = bundles.of_archives([sent(archive, tmp_path), *cut], keys)
    assert "Có số liệu của 1 trên 2 nơi:" in absent(found)
    assert set(found.refused) == {"b.zip", str(cut[1])}


@pytest.mark.parametrize("beside", ["Tỉnh B", "TỈNH A"])
def test_one_sender_with_two_keys_is_counted_neither_twice_nor_as_silent(
    archive: Archive, tmp_path: Path, beside: str
) -> None:
    keys = known(archive, tmp_path)
    known(archive, tmp_path, beside)
    with pytest.raises(UsageError, match="của một nơi"):
        bundles.of_archives([sent(archive, tmp_path)], keys)


def test_of_several_bundles_of_one_archive_the_latest_counts_once(archive: Archive, tmp_path: Path) -> None:
    old = tmp_path / "old.zip"
    old.write_bytes(bundles.make(archive, TODAY.replace(year=2022)))
    found = bundles.of_archives([sent(archive, tmp_path), old], known(archive, tmp_path))
    assert ([part.day for part in found.parts], found.whole.dossiers) == ([TODAY], 1)
    assert list(found.refused) == ["old.zip"]


@pytest.mark.parametrize("given", [(0, 1), (1, 0)])
def test_of_two_bundles_of_one_day_the_one_signed_last_counts_and_the_other_is_told(
    archive: Archive, tmp_path: Path, given: tuple[int, int]
) -> None:
    first = sent(archive, tmp_path, "first.zip")
    told = json.loads(content(first)["figures.json"])
    told["dossiers"][0]["errors"] += 1
    last = signed(archive, {**told, "made_at": "2999-01-01T07:00:00+07:00"}, tmp_path / "last.zip")
    found = bundles.of_archives([(first, last)[at] for at in given], known(archive, tmp_path))
    assert (found.whole.errors, list(found.refused)) == (told["dossiers"][0]["errors"], ["first.zip"])


@pytest.mark.parametrize(
    "members",
    [
        [],
        [("figures.json", b"{}")],
        [("figures.json", b"{}"), ("figures.sig", b"0" * 64), ("../../x", b"1")],
        [("figures.sig", b"0" * 64), ("figures.json", b"{}")],
        [("figures.json", b"{}"), ("figures.sig", b"0" * 63)],
        [("/etc/passwd", b"{}"), ("figures.sig", b"0" * 64)],
    ],
)
def test_what_has_not_exactly_the_two_members_is_no_bundle(
    archive: Archive, tmp_path: Path, members: list[tuple[str, bytes]]
) -> None:
    why = why_not(packed_as(tmp_path / "x.zip", members), known(archive, tmp_path))
    assert "không phải gói số liệu" in why


def test_a_file_that_is_cut_off_is_told(archive: Archive, tmp_path: Path) -> None:
    whole = bundles.make(archive, TODAY)
    (tmp_path / "x.zip").write_bytes(whole[: len(whole) // 2])
    assert "cắt cụt" in why_not(tmp_path / "x.zip", known(archive, tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes among its files")
def test_a_pipe_does_not_hang_the_sum(archive: Archive, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.zip")
    assert why_not(tmp_path / "x.zip", known(archive, tmp_path))


def signed(archive: Archive, told: object, where: Path) -> Path:
    written = json.dumps(told).encode()
    return packed_as(
        where, [("figures.json", written), ("figures.sig", bundles._own_key(archive).sign(written))]
    )


@pytest.mark.parametrize(
    "change",
    [
        {"form": "dossier-figures-2"}, {"day": "hôm nay"}, {"dossiers": [[]]}, {"dossiers": 7},
        {"items": [[1]]},
        {"dossiers": [{"score": 1e400}]}, {"archive": None},
    ],
)  # fmt: skip
def test_a_known_key_that_signs_nonsense_counts_nothing(
    archive: Archive, tmp_path: Path, change: dict[str, object]
) -> None:
    told = json.loads(content(sent(archive, tmp_path))["figures.json"])
    bundle = signed(archive, {**told, **change}, tmp_path / "x.zip")
    assert "phiên bản này đọc được" in why_not(bundle, known(archive, tmp_path))


@pytest.mark.parametrize(
    ("field", "value"),
    [("score", 101), ("score", "9"), ("errors", -1), ("errors", 1.5), ("errors", True), ("unit", "x" * 1001),
     ("complete", "yes"), ("lacking", ["1"]), ("score", float("nan"))],
)  # fmt: skip
def test_a_figure_that_cannot_be_counts_nothing(
    archive: Archive, tmp_path: Path, field: str, value: object
) -> None:
    told = json.loads(content(sent(archive, tmp_path))["figures.json"])
    told["dossiers"][0][field] = value
    assert why_not(signed(archive, told, tmp_path / "x.zip"), known(archive, tmp_path))


def test_the_private_key_is_its_owners_alone_and_stays(archive: Archive) -> None:
    first = bundles.public_key(archive)
    key = archive.state / bundles.KEY_NAME
    if os.name != "nt":
        assert key.stat().st_mode & 0o777 == 0o600
    assert bundles.public_key(archive) == first
    assert b"PRIVATE" not in first


def test_a_key_that_is_a_link_or_broken_is_refused(archive: Archive, tmp_path: Path) -> None:
    bundles.public_key(archive)
    key = archive.state / bundles.KEY_NAME
    key.write_bytes(b"no key")
    with pytest.raises(ArchiveError, match="hỏng"):
        bundles.make(archive, TODAY)


def test_a_folder_without_keys_says_how_to_get_them(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    with pytest.raises(UsageError) as refused:
        bundles.of_archives([sent(archive, tmp_path)], tmp_path / "keys")
    assert "dossier bundle key" in refused.value.advice


def test_a_private_key_among_the_public_ones_is_refused(archive: Archive, tmp_path: Path) -> None:
    keys = known(archive, tmp_path)
    (keys / "x.pem").write_bytes((archive.state / bundles.KEY_NAME).read_bytes())
    with pytest.raises(UsageError, match="không phải khóa công khai"):
        bundles.of_archives([sent(archive, tmp_path)], keys)


def test_a_bomb_is_not_unpacked(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "_LARGEST_FIGURES", 1 << 20)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("figures.json", b" " * (4 << 20))
        packed.writestr("figures.sig", b"0" * 64)
    (tmp_path / "x.zip").write_bytes(out.getvalue())
    assert "không phải gói số liệu" in why_not(tmp_path / "x.zip", known(archive, tmp_path))
