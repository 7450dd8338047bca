"""Card: the picture that social sites show beside a link to an article: its title, as an output under a cell.

Drawn with the typefaces that come with hexapla. A title in a script that none of them has, or that this machine
cannot shape, has no card: wrong letters would be worse than none.
"""

import io
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont, features

from hexapla.publish import fonts
from hexapla.render.labels import direction

SIZE = (1200, 630)
"""Width and height in pixels: what Open Graph's readers show without cutting (1.91 to 1)."""

_BLUE, _LIGHT, _WHITE, _DARK = "#3f51b5", "#8c9eff", "#ffffff", "#202124"
_PANEL = (70, 70, 1130, 470)
_BAR, _INSET = 18, 56
LETTERS = "letters-700.woff2"
"""The file with Latin, Greek and Cyrillic letters, which only cards need."""

_SIZES = (84, 76, 68, 60, 52, 46)
_LATIN = re.compile(r"[0-9A-Za-z_](?:[ -~]*[0-9A-Za-z_)\]])?")
"""What is read from left to right within Arabic."""
_NO_START = frozenset("，。、；：！？）】》」』”’…")
"""Chinese begins no line with these."""

Font = ImageFont.FreeTypeFont
Run = tuple[str, Font]


@dataclass(frozen=True, slots=True, kw_only=True)
class Faces:
    """The font files that a language's titles are written with."""

    letters: bytes
    """Latin, Greek and Cyrillic."""
    script: bytes = b""
    """The language's own script; empty where letters do."""
    joined: bool = False
    """Whether the own ones are joined to one another: that needs more than drawing them in order."""


@dataclass(frozen=True, slots=True)
class _Fonts:
    """The fonts of one size."""

    letters: Font
    script: Font | None
    signs: frozenset[int]
    """The code points that are written with `script`."""

    def of(self, sign: str) -> Font:
        return self.script if self.script and ord(sign) in self.signs else self.letters


def faces(language: str, read: Callable[[str], bytes]) -> Faces:
    """Return the fonts for a language; `read` gives a font that comes with hexapla, by its file's name."""
    written = fonts.script_language(language)
    faces = [face for face in fonts.TYPEFACES if written in face.languages]
    boldest = max(faces, key=lambda face: face.weight, default=None)
    return Faces(
        letters=read(LETTERS),
        script=read(boldest.file) if boldest else b"",
        joined=bool(faces) and written != "zh",
    )


def card(title: str, language: str, *, site: str, faces: Faces) -> bytes | None:
    """Return an article's card as a PNG; None where its title cannot be written here."""
    title = " ".join(title.split())
    if not title or not _writable(title + site, faces):
        return None
    right_to_left = direction(language) == "rtl"
    image = Image.new("RGB", SIZE, _BLUE)
    draw = ImageDraw.Draw(image)
    draw.rectangle(_PANEL, fill=_WHITE)
    left, top, right, bottom = _PANEL
    bar = (right - _BAR, top, right, bottom) if right_to_left else (left, top, left + _BAR, bottom)
    draw.rectangle(bar, fill=_LIGHT)
    start, end = left + _BAR + _INSET, right - _INSET - _BAR
    lines, size = _fitted(title, faces, end - start, bottom - top - _INSET, right_to_left)
    # As high in the panel as low, the letters' middle counted.
    y = (top + bottom) / 2 - (len(lines) - 1) * size * 0.7 + size * 0.35
    for line in lines:
        _write(draw, line, (start, end), y, _DARK, right_to_left)
        y += size * 1.4
    _write(draw, _runs(site, _fonts(faces, 44), right_to_left), (left, right), 566, _WHITE, right_to_left)
    out = io.BytesIO()
    image.quantize(32).save(out, "PNG", optimize=True)
    return out.getvalue()


def _writable(text: str, faces: Faces) -> bool:
    """Return whether there is a letter for every sign, and what joins letters where their script needs it."""
    shaped = not faces.joined or (features.check("raqm") and features.check("fribidi"))
    return bool(shaped) and set(map(ord, text)) <= _signs(faces.letters) | _signs(faces.script)


@cache
def _signs(data: bytes) -> frozenset[int]:
    return frozenset(TTFont(io.BytesIO(data), lazy=True).getBestCmap()) if data else frozenset()


def _fonts(faces: Faces, size: int) -> _Fonts:
    letters, *scripts = (
        ImageFont.truetype(io.BytesIO(data), size) for data in (faces.letters, faces.script) if data
    )
    return _Fonts(letters, scripts[0] if scripts else None, _signs(faces.script))


def _fitted(
    title: str, faces: Faces, width: int, height: int, right_to_left: bool
) -> tuple[list[list[Run]], int]:
    """Return a title's lines and the largest size at which they fit; at the smallest, as many as fit."""
    for size in _SIZES:
        lines = _broken(title, _fonts(faces, size), width, right_to_left)
        if len(lines) * size * 1.4 <= height:
            break
    return lines[: int(height // (size * 1.4))], size


def _broken(title: str, at: _Fonts, width: int, right_to_left: bool) -> list[list[Run]]:
    """Break a title into lines."""
    lines, line = [], ""
    for piece in _pieces(title):
        if line and _width(_runs((line + piece).strip(), at, right_to_left)) > width:
            lines.append(line.strip())
            line = ""
        line += piece
    return [_runs(text, at, right_to_left) for text in (*lines, line.strip()) if text]


def _pieces(title: str) -> Iterator[str]:
    """Yield what stays together on a line: words, and in Chinese each character with the marks after it."""
    piece = ""
    for sign, after in itertools.pairwise(f"{title} "):
        piece += sign
        broken = after not in _NO_START and (_ideographic(sign) or _ideographic(after))
        if sign == " " or broken:
            yield piece
            piece = ""
    if piece:
        yield piece


def _ideographic(sign: str) -> bool:
    return "\u3000" <= sign <= "\u9fff" or "\uff00" <= sign <= "\uffef"


def _runs(text: str, at: _Fonts, right_to_left: bool) -> list[Run]:
    """Return the parts of a line that are set in one typeface, in the order in which they are read."""
    if right_to_left:
        parts, start = [], 0
        for match in _LATIN.finditer(text):
            parts += [*_single(text[start : match.start()], at), (match.group(), at.letters)]
            start = match.end()
        return [*parts, *_single(text[start:], at)]
    return list(_single(text, at))


def _single(text: str, at: _Fonts) -> Iterator[Run]:
    run, font = "", at.letters
    for sign in text:
        if run and at.of(sign) is not font:
            yield run, font
            run = ""
        font = at.of(sign)
        run += sign
    if run:
        yield run, font


def _width(runs: list[Run]) -> float:
    return sum(font.getlength(text) for text, font in runs)


def _write(
    draw: ImageDraw.ImageDraw,
    runs: list[Run],
    across: tuple[int, int],
    y: float,
    fill: str,
    right_to_left: bool,
) -> None:
    """Write a line from the side on which its language begins."""
    x: float = across[1] if right_to_left else across[0]
    for text, font in runs:
        width = font.getlength(text)
        x -= width if right_to_left else 0
        draw.text((x, y), text, font=font, fill=fill, anchor="ls")
        x += 0 if right_to_left else width
