"""Who signed a scanned page: the block is looked at again, and only what the looks agree on is sure."""

from __future__ import annotations

from PIL import Image, ImageDraw

from dossier.model import Box, FieldReading, Word
from dossier.scanner.ocr.interface import Recognised, TextLine
from dossier.scanner.ocr.signer import AGREED, UNANIMOUS, signer_on
from dossier.scanner.recognise.evidence import SPLIT

PAGE = Image.new("RGB", (1000, 1400), "white")


def line(text: str, left: float = 0.1, top: float = 0.7) -> TextLine:
    words = []
    for word in text.split():
        words.append(Word(word, Box(left, top, left + 0.01 * len(word), top + 0.01), 0.9))
        left += 0.01 * len(word) + 0.01
    return TextLine(tuple(words))


def signer(seen: list[TextLine], *looks: list[str]) -> FieldReading | None:
    """What is made of a page when the looks at its block say this in turn."""
    answers = iter(looks)
    return signer_on(
        Recognised(tuple(seen)), PAGE, lambda _piece: Recognised(tuple(map(line, next(answers, []))))
    )


RECIPIENTS = [line("Nơi nhận: KT. CHỦ TỊCH"), line("- Như trên;", top=0.72), line("- Lưu: VT.", top=0.8)]
NAME = ["KT. CHỦ TỊCH", "-=— < Trần Phước Hiền"]


def test_what_every_look_reads_alike_is_sure_whatever_specks_stand_before_it() -> None:
    found = signer(RECIPIENTS, NAME, ["| 4 _ Trần Phước Hiền"], ["Trần Phước Hiền"])
    assert found is not None and found.candidates == ("Trần Phước Hiền",) and found.confidence == UNANIMOUS


def test_letters_that_one_look_read_otherwise_are_outvoted() -> None:
    found = signer(RECIPIENTS, ["Trần Phước Hiềm"], NAME, NAME)
    assert found is not None and found.candidates[0] == "Trần Phước Hiền" and found.confidence == AGREED


def test_other_marks_on_the_same_letters_leave_doubt_and_both_names() -> None:
    """Hiên and Hiền are two persons: which of them signed, two looks against one do not settle."""
    for odd in ("Trần Phước Hiên", "Trần Phước Hiện"):
        found = signer(RECIPIENTS, [odd], NAME, NAME)
        assert found is not None
        assert found.confidence == SPLIT < AGREED
        assert found.candidates == ("Trần Phước Hiền", odd)


def test_a_tone_in_its_older_place_is_the_same_name() -> None:
    found = signer(RECIPIENTS, ["Lê Thị Thuý"], ["Lê Thị Thúy"], ["Lê Thị Thúy"])
    assert found is not None
    assert found.candidates[0] == "Lê Thị Thúy"
    assert found.confidence == AGREED


def test_looks_that_differ_and_rests_of_a_name_leave_doubt() -> None:
    for looks in (
        (["Trần Hoàng Tuấn"], ["Trần Hoàng Tuần"], []),
        (["Văn Thuân"], ["Văn Thuân"], ["Văn Thuân"]),
    ):
        found = signer(RECIPIENTS, *looks)
        assert found is not None and found.confidence < AGREED


def test_what_follows_a_name_makes_it_none() -> None:
    found = signer(RECIPIENTS, *[["Trần Phước Hiền chịu trách nhiệm"]] * 3)
    assert found is not None and not found.candidates


def test_the_block_is_found_by_a_capacity_or_the_last_recipient_and_else_nobody_signs() -> None:
    for seen in ([line("TM. ỦY BAN NHÂN DÂN", left=0.6)], [line("- Lưu: VT, TH.")], [line("Mới nhận:")]):
        found = signer(seen, NAME, NAME, NAME)
        assert found is not None and found.candidates == ("Trần Phước Hiền",)
    assert signer([line("Điều 1. Phê duyệt kế hoạch")], NAME, NAME, NAME) is None


def test_a_family_name_under_a_seal_is_the_only_one_it_can_be() -> None:
    """Three looks tear it differently: “Høăng”, “Heàng”, “Hsàng”; what people are called stays."""
    block = [line("Nơi nhận:", top=0.6), line("KT. GIÁM ĐỐC", 0.6, 0.61)]
    found = signer(block, [">=Høăng Văn Thuân"], ["`>SHeàng Văn Thuân"], [">=Hsàng Văn Thuân"])
    assert found is not None
    assert (found.candidates[0], found.confidence >= 0.9) == ("Hoàng Văn Thuân", True)
    strange = signer(block, ["Giàng A Páo"], ["Giàng A Páo"], ["Giàng A Páo"])
    assert strange is not None
    assert strange.candidates[0] == "Giàng A Páo"


def test_a_family_name_that_could_be_several_is_left_out() -> None:
    block = [line("Nơi nhận:", top=0.6), line("KT. GIÁM ĐỐC", 0.6, 0.61)]
    found = signer(block, ["Txyzg Hồng Hà"], ["Txyzg Hồng Hà"], ["Txyzg Hồng Hà"])
    assert found is None or not any("Hồng Hà" in name and name.count(" ") > 1 for name in found.candidates)


def test_a_name_under_a_blue_signature_is_read_without_its_ink() -> None:
    page = PAGE.copy()
    draw = ImageDraw.Draw(page)
    draw.rectangle((600, 1100, 800, 1120), fill="black")
    draw.line((550, 1000, 950, 1200), fill=(27, 47, 134), width=6)
    draw.ellipse((500, 1000, 700, 1200), outline=(216, 32, 44), width=4)

    def read(piece: Image.Image) -> Recognised:
        inked = piece.point([255 if value < 180 else 0 for value in range(256)]).getbbox()
        alone = inked is not None and inked[3] - inked[1] < 60
        return Recognised((line("Vũ Đình Khoa"),) if alone else ())

    found = signer_on(Recognised(tuple(RECIPIENTS)), page, read)
    assert found is not None
    assert (found.candidates, found.confidence) == (("Vũ Đình Khoa",), UNANIMOUS)


def test_a_name_under_a_grey_seal_is_read_without_what_is_paler_than_print() -> None:
    page = PAGE.copy()
    draw = ImageDraw.Draw(page)
    draw.rectangle((600, 1100, 800, 1120), fill=(28, 28, 28))
    draw.ellipse((500, 1000, 700, 1200), fill=(115, 115, 115))

    def read(piece: Image.Image) -> Recognised:
        inked = piece.point([255 if value < 180 else 0 for value in range(256)]).getbbox()
        alone = inked is not None and inked[3] - inked[1] < 60
        return Recognised((line("Vũ Đình Khoa"),) if alone else ())

    found = signer_on(Recognised(tuple(RECIPIENTS)), page, read)
    assert found is not None
    assert (found.candidates, found.confidence) == (("Vũ Đình Khoa",), UNANIMOUS)


def test_names_of_the_highlands_begin_with_a_letter_and_specks_do_not() -> None:
    for said, name in (
        ("Y Thuyên Niê", "Y Thuyên Niê"),
        ("Nguyễn Thị Như Ý", "Nguyễn Thị Như Ý"),
        ("Y Lưu Thị Bưởi", "Lưu Thị Bưởi"),
        ("Y Vũ Khoa", "Vũ Khoa"),
    ):
        found = signer(RECIPIENTS, [said], [said], [said])
        assert found is not None and found.candidates == (name,), said


def test_who_copied_a_paper_did_not_sign_it() -> None:
    copied = [line("VĂN PHÒNG SAO Y BẢN CHÍNH", top=0.85), line("TL. CHÁNH VĂN PHÒNG", left=0.6, top=0.87)]
    found = signer([*RECIPIENTS, *copied], NAME, NAME, NAME)
    assert found is not None and found.box is not None and found.box.bottom <= 0.86


def test_a_name_by_a_red_stamp_is_read_in_its_ink() -> None:
    page = PAGE.copy()
    ImageDraw.Draw(page).rectangle((600, 1100, 800, 1120), fill=(203, 36, 49))

    def read(piece: Image.Image) -> Recognised:
        dark = piece.convert("L").point([255 if value < 180 else 0 for value in range(256)]).getbbox()
        return Recognised((line("Vũ Đình Khoa"),) if dark else ())

    found = signer_on(Recognised(tuple(RECIPIENTS)), page, read)
    assert found is not None and found.candidates == ("Vũ Đình Khoa",)


def test_a_baptismal_name_is_part_of_a_name() -> None:
    found = signer(RECIPIENTS, *[["Giuse Trần Văn Thược"]] * 3)
    assert found is not None and found.candidates == ("Giuse Trần Văn Thược",)


def test_what_looks_like_a_short_name_within_a_longer_one_is_not_the_signer() -> None:
    """Kim and Quang are family names too; Ngụy is rare, and so is a name whose beginning a seal hides."""
    whole = signer(RECIPIENTS, *[["Ngụy Thị Kim Oanh"]] * 3)
    assert whole is not None and whole.candidates == ("Ngụy Thị Kim Oanh",)
    for torn in ("hị Kim Oanh", "Đànế Quang Tài"):
        found = signer(RECIPIENTS, *[[torn]] * 3)
        assert found is not None and found.confidence < AGREED, torn
    ranked = signer(RECIPIENTS, *[["Đại úy Mai Khánh"]] * 3)
    assert ranked is not None and ranked.confidence == UNANIMOUS


def test_a_page_without_recipients_is_signed_below_the_title_on_its_right() -> None:
    def titles(left: str, right: str) -> list[TextLine]:
        both = (*line(left, 0.1).words, *line(right, 0.6).words)
        return [TextLine(both), line("Họp về việc bầu tổ trưởng", top=0.2)]

    for right in ("CHỦ TỌA", "CHỦTỌA", "CHI HỘI TRƯỞNG"):
        found = signer(titles("THƯ KÝ", right), NAME, NAME, NAME)
        assert found is not None and found.confidence == UNANIMOUS, right
    of_two = signer(titles("GIÁM ĐỐC", "HIỆU TRƯỞNG"), NAME, NAME, NAME)
    assert of_two is not None and of_two.confidence < SPLIT
    torn = signer(titles("THƯ KÝ", "CHỦ TỌA"), NAME, NAME, [])
    assert torn is not None and torn.confidence < SPLIT
    assert signer(titles("CHỦ TỌA", "THƯ KÝ"), NAME, NAME, NAME) is None
