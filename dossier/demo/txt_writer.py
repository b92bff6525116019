"""Papers as plain text, as they come out of an e-mail or an old word processor's export."""

from __future__ import annotations

from dossier.demo.paper import Block, Columns, Grid, PageBreak, Text


def write_txt(papers: list[tuple[Block, ...]]) -> bytes:
    """UTF-8 with Windows line ends; the columns of a head stand one under the other."""
    lines: list[str] = []
    for blocks in papers:
        for block in blocks:
            match block:
                case Columns():
                    lines += [line.text for line in block.left] + [line.text for line in block.right] + [""]
                case Text():
                    lines.append(block.text)
                case Grid():
                    lines += ["\t".join(row) for row in block.rows] + [""]
                case PageBreak():
                    lines.append("")
        lines += ["", ""]
    return "\r\n".join(lines).encode()
