"""How long recognition and classification take on texts that are no ordinary documents.

    python benchmarks/long_texts.py

Prints seconds of one core for each text, and the documents found in it.
"""

from __future__ import annotations

import random
import resource
import time
from collections.abc import Iterator

from dossier import checklists
from dossier.model import Content, Page
from dossier.scanner.classify import Classifier
from dossier.scanner.recognise import recognise

_HEAD = (
    "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ HÀM THẮNG Độc lập - Tự do - Hạnh phúc\n"
    "Số: 12/QĐ-UBND Hàm Thắng, ngày 05 tháng 3 năm 2023\nQUYẾT ĐỊNH\nVề việc thành lập mô hình\n"
)
_PROSE = (
    "Căn cứ Quyết định số 12/QĐ-UBND ngày 05/3/2023 về việc xếp loại Tốt đạt 92% chỉ tiêu, mô hình liên kết "
    "gồm các đơn vị sau: Công an xã A, Công an xã B;\n"
)


def texts() -> Iterator[tuple[str, list[str]]]:
    """Names and pages."""
    noise = random.Random(1)
    yield "50 MB of prose under a head", [_HEAD + _PROSE * (50_000_000 // len(_PROSE.encode()))]
    yield "one line of 10 MB", ["Căn cứ Quyết định số 12 " * (10_000_000 // 30)]
    yield "one line of 10 MB, dots", ["Số:" + "." * 10_000_000]
    yield "one line of 10 MB, numbers", ["1/" * 5_000_000]
    yield "a head 1,000 times on one page", [_HEAD * 1000]
    yield "a head 1,000 times on 1,000 pages", [_HEAD + _PROSE * 20] * 1000
    yield "only tables", ["| a | b | 12 |\n" * 300_000]
    yield "only punctuation", ["…;:.,!?-–—*_#\n" * 200_000]
    yield "Chinese", ["越南社会主义共和国独立自由幸福\n" * 100_000]
    yield "Thai", ["กรุงเทพมหานคร อมรรัตนโกสินทร์\n" * 100_000]
    letters = "QUYẾTĐỊNHso:/-12 ngàythángnăm\n%."
    yield "noise of OCR, 2 million characters", ["".join(noise.choices(letters, k=2_000_000))]
    yield "3 million combining marks", ["a" + "\u0301" * 3_000_000]


def main() -> None:
    """Measure and print."""
    classifier = Classifier(checklists.load()["mo-hinh"])
    for name, pages in texts():
        content = Content("txt", tuple(Page(number, text) for number, text in enumerate(pages, 1)))
        started = time.process_time()
        documents = recognise(content)
        recognised = time.process_time()
        for document in documents:
            classifier.classify(document.header, document.text, "scan.txt", ())
        placed = time.process_time()
        print(f"{name:36} {len(documents):5} documents, recognised in {recognised - started:5.2f} s, "
              f"placed in {placed - recognised:5.2f} s")  # fmt: skip
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


if __name__ == "__main__":
    main()
