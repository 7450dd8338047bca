#!/usr/bin/env python3
"""Make the fonts that come with hexapla anew, from those of Debian's packages: `scripts/fonts.py FOLDER...`.

The folders are searched for the files of `fonts-noto-core`, `fonts-noto-cjk` and `texlive-fonts-extra` (which
has STIX Two Math). Needs fonttools and brotli. Run it only to take a newer version in.
"""

import io
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter, load_font
from fontTools.ttLib import TTFont

from hexapla.publish.cards import LETTERS
from hexapla.publish.fonts import TYPEFACES

TARGET = Path(__file__).resolve().parent.parent / "src/hexapla/templates/fonts"

SOURCES = {
    "devanagari-400.woff2": ("NotoSansDevanagari-Regular.ttf", 0),
    "devanagari-700.woff2": ("NotoSansDevanagari-Bold.ttf", 0),
    "arabic-400.woff2": ("NotoSansArabic-Regular.ttf", 0),
    "arabic-700.woff2": ("NotoSansArabic-Bold.ttf", 0),
    "han-400.woff2": ("NotoSansCJK-Regular.ttc", 2),
    "math-400.woff2": ("STIXTwoMath-Regular.otf", 0),
    LETTERS: ("NotoSans-Bold.ttf", 0),
}
"""Each file of ours with the one that it is made from, and the place of its face in a collection."""

_MATH = (
    (0x20, 0x7E), (0xA0, 0xFF), (0x131, 0x131), (0x237, 0x237), (0x2C6, 0x2DD), (0x300, 0x338), (0x370, 0x3FF),
    (0x2010, 0x2063), (0x20D0, 0x20EF), (0x2100, 0x214F), (0x2190, 0x22FF), (0x2308, 0x230B), (0x2320, 0x2322),
    (0x239B, 0x23B9), (0x23DC, 0x23E1), (0x25A0, 0x25CF), (0x27C0, 0x27FF), (0x2A00, 0x2A1C), (0x2A2F, 0x2A2F),
    (0x2A7D, 0x2A7E), (0x2AAF, 0x2AB0), (0x1D400, 0x1D7FF),
)  # fmt: skip
"""What formulas are made of, emoji and pictures left out."""

_LETTERS = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x300, 0x304), (0x370, 0x3FF), (0x400, 0x45F), (0x490, 0x491), (0x1E00, 0x1EFF),
    (0x2010, 0x2027), (0x2030, 0x203A), (0x20A0, 0x20BF), (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2265),
)  # fmt: skip
"""Latin with its accents, Greek and Cyrillic: what titles on cards are written in."""


def gb2312() -> set[int]:
    """Return the characters of GB 2312, which simplified Chinese is written with."""
    rows = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(text) for text in (pair.decode("gb2312", "ignore") for pair in rows) if text}


def wanted(name: str) -> set[int]:
    """Return the code points of one of our files."""
    if name.startswith("math"):
        return {sign for first, last in _MATH for sign in range(first, last + 1)}
    if name == LETTERS:
        return {sign for first, last in _LETTERS for sign in range(first, last + 1)}
    ranges = next(face.ranges for face in TYPEFACES if face.file == name)
    signs = {sign for first, last in ranges for sign in range(first, last + 1)}
    if name.startswith("han"):
        return {sign for sign in signs if not 0x3400 <= sign <= 0x9FFF} | gb2312()
    return signs


def make(source: Path, number: int, signs: set[int], family: str) -> bytes:
    """Return a font with these characters, under our own name as its licence asks of a changed one."""
    features = ["ssty", "dtls", "ccmp"] if family.endswith("Math") else ["*"]
    options = Options(font_number=number, hinting=False, layout_features=features, notdef_outline=True)
    if family.endswith("Han"):
        options.layout_features = []
        options.drop_tables += ["BASE", "vhea", "vmtx", "VORG"]
    font = load_font(str(source), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(signs))
    subsetter.subset(font)
    _rename(font, family)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _rename(font: TTFont, family: str) -> None:
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6, 16):
            record.string = family.replace(" ", "") if record.nameID == 6 else family
    if "CFF " in font:
        font["CFF "].cff.fontNames = [family.replace(" ", "")]


def main() -> int:
    """Make every file; the arguments are the folders to look into."""
    found = {path.name: path for folder in sys.argv[1:] for path in Path(folder).rglob("*")}
    families = {face.file: face.family for face in TYPEFACES} | {LETTERS: "Hexapla Letters"}
    for file, (name, number) in SOURCES.items():
        data = make(found[name], number, wanted(file), families[file])
        (TARGET / file).write_bytes(data)
        print(f"{file}: {len(data)} bytes from {found[name]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
