"""The share image of an explainer (Open Graph): its title, its date, and the bar of voices.

Drawn with Pillow, an optional extra, if `site.yaml` has `images: yes`. The colours are those of `theme.css`. Equal views, fonts, colours and releases of Pillow make equal bytes.
"""

import bisect
import contextlib
import functools
import importlib.util
import io
import itertools
import re
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from builder.content import reading, settings
from builder.diagnostics import Diagnostic, Location
from builder.pages.share_images import HEIGHT, WIDTH

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

    from builder.pages.data_files import CardImage

EDGE = 80
SIZES = (76, 66, 58, 50, 44)
"""Of the title: the largest in which it takes no more lines than there is room for."""

BOLD = 600
"""Weight of the title, as of headlines on pages."""

BELOW = 30
"""Size of the line with the date and the voices."""

TITLE_ROOM = 330
LINE_ROOM = WIDTH - 2 * EDGE
LONGEST = 500
"""Letters of a word that are looked at together: more than a line has room for."""

BAR, GAP = 34, 4
WIDEST = 120
"""Of a part of the bar: a single voice does not look like many."""

STRENGTH = {"named": 1.0, "institution": 0.62, "unnamed": 0.26, "unknown": 0.26}
"""Strength of the colour of a voice, by the kind of its speaker."""

STEPS = 20
"""Between paper and a colour, in the file of an image."""

FONTS = "assets/fonts/"
THEME = "assets/theme.css"
NAMES = ("paper", "ink", "soft", "quote")
"""The colours that an image is drawn in, by their names in `theme.css`."""

_COLOUR = re.compile(rf"--({'|'.join(NAMES)})\s*:\s*([^;}}]+?)\s*[;}}]")
_SUBSETS = (
    ("cyrillic", 0x400, 0x52F),
    ("greek", 0x370, 0x3FF),
    ("greek", 0x1F00, 0x1FFF),
    ("latin-ext", 0x100, 0x36F),
    ("latin-ext", 0x1E00, 0x1EFF),
)
_IN_LATIN = frozenset("ıŒœˆ˚˜")


def problems() -> Iterator[Diagnostic]:
    """Yield a problem if images are wanted and Pillow is missing."""
    if importlib.util.find_spec("PIL") is None:
        yield Diagnostic(
            "images-library",
            "Images are asked for, but the library that draws them is not installed.",
            Location(settings.PATH),
            help="Install it with Backstory: pip install 'backstory[images]'. Or take “images: yes” out of site.yaml.",
        )


def fingerprint(assets: Mapping[str, Path]) -> str:
    """Return the digest of the fonts and the colours that images are drawn with."""
    found = blake2b(digest_size=12)
    for name in sorted(assets):
        if name.startswith(FONTS) and name.endswith(".woff2"):
            found.update(f"{name}\0".encode() + assets[name].read_bytes())
    if THEME in assets:
        found.update(repr(sorted(_written(assets[THEME]).items())).encode())
    return found.hexdigest()


def is_drawn_with(name: str) -> bool:
    """Return whether images are drawn with a file of the assets."""
    return name == THEME or name.startswith(FONTS)


def _written(theme: Path | bytes) -> dict[str, str]:
    """Return the colours of a theme as they are written, those of the light scheme: it comes first."""
    text = (theme if isinstance(theme, bytes) else theme.read_bytes()).decode("utf-8", "replace")
    return dict(reversed(_COLOUR.findall(text)))


def colours(theme: Path | bytes | None) -> dict[str, tuple[int, ...]]:
    """Return the colours that images are drawn in; where a theme leaves one out, or writes it in a way of CSS alone, that of our own theme."""
    from PIL import ImageColor

    found: dict[str, tuple[int, ...]] = {}
    for written in (_written(reading.DEFAULT_TEMPLATES / THEME), _written(theme) if theme is not None else {}):
        for name, value in written.items():
            with contextlib.suppress(ValueError):
                found[name] = ImageColor.getrgb(value)[:3]
    return found


class Painter:
    """Draws images; keeps the fonts that it has opened."""

    def __init__(self, assets: Mapping[str, Path | bytes]) -> None:
        """`assets` has the fonts and the theme, as files or as what is in them."""
        self._assets = assets
        self._colours = colours(assets.get(THEME))
        self._font = functools.lru_cache(maxsize=64)(self._open)

    def draw(self, view: "CardImage") -> bytes:
        """Return an image as PNG."""
        from PIL import Image, ImageDraw  # late: nobody needs it who draws nothing

        image = Image.new("RGB", (WIDTH, HEIGHT), self._colours["paper"])
        canvas = ImageDraw.Draw(image)
        canvas.rectangle((0, 0, WIDTH, 10), fill=self._colours["quote"])
        self._write(canvas, (EDGE, 78), view.site, "sans", 30, "soft")
        self._title(canvas, view.title)
        top = HEIGHT - EDGE - BAR
        line = " · ".join(filter(None, (view.date, view.voices)))
        if self._width(line, "sans", BELOW) > LINE_ROOM:
            line = view.date
        self._write(canvas, (EDGE, top - 58), line, "sans", BELOW, "soft")
        self._bar(canvas, view.speak, view.low, top)
        packed = io.BytesIO()
        image.quantize(palette=self._palette, dither=Image.Dither.NONE).save(packed, "PNG", compress_level=7)
        return packed.getvalue()

    @functools.cached_property
    def _palette(self) -> "Image.Image":
        """The colours of an image file: each that something is drawn in, and the steps from paper to it at the edges of letters."""
        from PIL import Image

        steps = {self._mixed(name, step / STEPS) for name in NAMES for step in range(STEPS + 1)}
        bar = {self._mixed("quote", strength) for strength in STRENGTH.values()}
        palette = Image.new("P", (1, 1))
        palette.putpalette([part for colour in sorted(steps | bar) for part in colour])
        return palette

    def _title(self, canvas: "ImageDraw.ImageDraw", title: str) -> None:
        lines: list[str] = []
        size = room = 0
        for size in SIZES:
            room = int(TITLE_ROOM // (size * 1.18))
            lines = self._wrapped(title, size, room + 1)
            if len(lines) <= room:
                break
        if len(lines) > room:
            lines = [*lines[: room - 1], f"{lines[room - 1][:-2]}…"]
        for n, line in enumerate(lines):
            self._write(canvas, (EDGE, 136 + round(n * size * 1.18)), line, "serif", size, "ink")

    def _wrapped(self, text: str, size: int, most: int) -> list[str]:
        """Return the lines of a text, no more than `most`: what comes after these is not looked at."""
        lines = [""]
        for word in (piece for whole in text.split() for piece in self._pieces(whole, size)):
            longer = f"{lines[-1]} {word}".strip()
            if not lines[-1] or self._width(longer, "serif", size) <= LINE_ROOM:
                lines[-1] = longer
            elif len(lines) < most:
                lines.append(word)
            else:
                break
        return lines

    def _pieces(self, word: str, size: int) -> Iterator[str]:
        """Yield a word, cut where it is wider than the image."""
        while len(word) > LONGEST or self._width(word, "serif", size) > LINE_ROOM:
            whole = word
            ends = range(2, min(len(whole), LONGEST))
            end = 1 + bisect.bisect_right(ends, float(LINE_ROOM), key=lambda end: self._width(whole[:end], "serif", size))
            yield whole[:end]
            word = whole[end:]
        yield word

    def _bar(self, canvas: "ImageDraw.ImageDraw", voices: tuple[str, ...], low: tuple[int, ...], top: int) -> None:
        """Draw a part for each voice, the strongest colour first; a low one is half as high."""
        order = sorted(range(len(voices)), key=lambda n: (-STRENGTH[voices[n]], n in low, n))[: LINE_ROOM // (2 * GAP)]
        width = min(WIDEST, (LINE_ROOM + GAP) // max(1, len(order)))
        for column, n in enumerate(order):
            left = EDGE + column * width
            upper = top + BAR // 2 if n in low else top
            canvas.rectangle((left, upper, left + width - GAP, top + BAR), fill=self._mixed("quote", STRENGTH[voices[n]]))

    def _mixed(self, name: str, strength: float) -> tuple[int, ...]:
        """Return a colour on paper, of which a part shows through."""
        return tuple(round(strength * a + (1 - strength) * b) for a, b in zip(self._colours[name], self._colours["paper"], strict=True))

    def _write(self, canvas: "ImageDraw.ImageDraw", at: tuple[int, int], text: str, face: str, size: int, colour: str) -> None:
        left: float = at[0]
        for run, subset in _runs(text):
            font = self._font(face, subset, size)
            # By the base line, on which all subsets stand alike.
            canvas.text((left, at[1] + size), run, font=font, fill=self._colours[colour], anchor="ls")
            left += font.getlength(run)

    def _width(self, text: str, face: str, size: int) -> float:
        return sum(self._font(face, subset, size).getlength(run) for run, subset in _runs(text))

    def _open(self, face: str, subset: str, size: int) -> "ImageFont.FreeTypeFont":
        from PIL import ImageFont

        font = self._assets[f"{FONTS}{face}-{subset}.woff2"]
        opened = ImageFont.truetype(io.BytesIO(font) if isinstance(font, bytes) else font, size, layout_engine=ImageFont.Layout.BASIC)
        if face == "serif":
            with contextlib.suppress(OSError):  # a face of one weight
                opened.set_variation_by_axes([BOLD])
        return opened


def _subset(letter: str) -> str:
    if letter in _IN_LATIN:
        return "latin"
    code = ord(letter)
    return next((name for name, first, last in _SUBSETS if first <= code <= last), "latin")


def _runs(text: str) -> list[tuple[str, str]]:
    """Cut a text into stretches that one font file has; each with the name of its letters."""
    return [("".join(letters), subset) for subset, letters in itertools.groupby(text, _subset)]
