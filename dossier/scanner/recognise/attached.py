"""What the text says where the head does not: the decision a document is attached to, a meeting's day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from dossier.scanner.recognise.dates import find_date
from dossier.scanner.recognise.lines import Line
from dossier.scanner.recognise.number import find_number

ATTACHED = re.compile(
    r"\bkem theo\s+(?:cac )?(?:quyet dinh|nghi quyet|ke hoach|cong van|van ban|to trinh|huong dan|"
    r"thong bao)\b"
)
_IN_BRACKETS = re.compile(r"\W{0,3}(?:ban hanh )?kem theo\b|\W{0,2}\(")
_TODAY = re.compile(r"\bhom nay(?=,? (?:vao )?(?:hoi |luc )?[^.;]{0,30}\bngay\b)")
_MEETING = re.compile(r"hom nay|vao hoi|\bhoi \d|thoi gian|bat dau|luc \d|khai mac")


def attachment(lines: Sequence[Line], at: int) -> tuple[str, date | None]:
    """Return number and date of the decision that the document titled on line ``at`` is attached to."""
    for index in range(at, min(at + 10, len(lines))):
        found = ATTACHED.search(lines[index].folded)
        if found and _IN_BRACKETS.match(lines[index].folded):
            after = " ".join(line.text for line in lines[index : index + 4])[
                found.start() : found.start() + 300
            ]
            after = after.split(")")[0]
            folded = " ".join(line.folded for line in lines[index : index + 4])[found.start() :][: len(after)]
            label = re.search(r"\bso\b", folded)
            # A cited number ends where its date begins; its label may be in lower case.
            ends = folded.find("ngay")
            cited = after[label.end() : ends if ends > 0 else None] if label else ""
            number = find_number("Số: " + cited.strip(" :.")) if cited else None
            day = find_date(folded)
            return (number.value if number else "", day.value if day else None)
    return "", None


def meeting_day(lines: Sequence[Line], *, minutes: bool = True) -> date | None:
    """Return the day of a meeting as stated in the text of its minutes; of other papers (``minutes`` false),
    the day on which they say that they are made: “Hôm nay, ngày …, chúng tôi cam kết”."""
    said = _MEETING if minutes else _TODAY
    for at, line in enumerate(lines):
        found = said.search(line.folded)
        if found:
            sentence = line.folded[found.start() :]
            if at + 1 < len(lines):
                sentence += " " + lines[at + 1].folded[:80]
            day = find_date(sentence[:400], bare=True)
            if day and day.value:
                return day.value
    return None
