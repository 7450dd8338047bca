"""Fonts: typefaces that come with the site for scripts which not every reader's machine has, and for formulas.

No request goes to anyone else. A page names a typeface only where it has text in it, the browser loads it
only for that script's characters (`unicode-range`), and behind it stand the reader's own fonts.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

FOLDER = "assets/hexapla/fonts"
"""Where the typefaces are in a built site."""

Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """One font file that comes with hexapla."""

    family: str
    """Its name on our pages: not its makers', who have not seen what was left out."""
    file: str
    ranges: Ranges
    """The code points that it is for; empty for formulas, which it sets whole."""
    languages: frozenset[str] = frozenset()
    """The base languages that are written with it."""
    weight: int = 400
    whole: bool = True
    """Whether the site gets all of it; else what its pages use, for it is large."""


_DEVANAGARI = ((0x0900, 0x097F), (0x1CD0, 0x1CFF), (0x200C, 0x200D), (0x20B9, 0x20B9), (0x25CC, 0x25CC), (0xA8E0, 0xA8FF))  # fmt: skip
_ARABIC = ((0x0600, 0x06FF), (0x0750, 0x077F), (0x08A0, 0x08FF), (0x200C, 0x200F), (0x25CC, 0x25CC))
# With the quotes, dashes and dots that are as wide as a character in Chinese.
_HAN = (
    (0x2014, 0x2014),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
    (0x2026, 0x2026),
    (0x3000, 0x303F),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xFF00, 0xFFEF),
)
_DEVANAGARI_LANGUAGES = frozenset({"hi", "mr", "ne", "sa", "mai", "kok", "bho", "doi"})
_ARABIC_LANGUAGES = frozenset({"ar", "fa", "ur", "ps", "sd", "ug", "ckb"})

MATH = Typeface(family="Hexapla Math", file="math-400.woff2", ranges=(), whole=False)
"""Sets formulas."""

TYPEFACES = (
    Typeface(family="Hexapla Devanagari", file="devanagari-400.woff2", ranges=_DEVANAGARI, languages=_DEVANAGARI_LANGUAGES),
    Typeface(family="Hexapla Devanagari", file="devanagari-700.woff2", ranges=_DEVANAGARI, languages=_DEVANAGARI_LANGUAGES, weight=700),
    Typeface(family="Hexapla Arabic", file="arabic-400.woff2", ranges=_ARABIC, languages=_ARABIC_LANGUAGES),
    Typeface(family="Hexapla Arabic", file="arabic-700.woff2", ranges=_ARABIC, languages=_ARABIC_LANGUAGES, weight=700),
    Typeface(family="Hexapla Han", file="han-400.woff2", ranges=_HAN, languages=frozenset({"zh"}), whole=False),
    MATH,
)  # fmt: skip
"""Noto Sans, Noto Sans CJK SC and STIX Two Math; `templates/fonts/LICENSE` says whose they are."""
BY_FILE = {face.file: face for face in TYPEFACES}

_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})
"""Chinese in traditional characters has other forms for many of the same code points."""

_ITALIC = frozenset((*range(0x1D434, 0x1D468), *range(0x1D6E2, 0x1D71C), 0x210E))
"""Browsers set a formula's letters in these (MathML Core, "italic mappings"), whatever its source says."""
_ASCII = frozenset(range(0x20, 0x7F))
_RADICAL = 0x221A
"""Drawn around what is in a root, and written in no formula."""


def needed(languages: Iterable[str], *, formulas: bool) -> tuple[Typeface, ...]:
    """Return the typefaces that a page needs; `languages` are those of its words."""
    scripts = set(map(script_language, languages))
    return tuple(face for face in TYPEFACES if face.languages & scripts or (not face.ranges and formulas))


def script_language(language: str) -> str:
    """Return the base language by which a language's typeface is known; empty for traditional Chinese."""
    base, *parts = language.lower().split("-")
    return "" if _TRADITIONAL.intersection(parts) else base


def characters(face: Typeface, text: str) -> frozenset[int]:
    """Return the code points of a text that are set in a typeface."""
    return frozenset(
        sign for sign in map(ord, set(text)) if any(first <= sign <= last for first, last in face.ranges)
    )


def of_formulas(content: LexborNode) -> frozenset[int]:
    """Return the code points that a page's formulas are set in; empty where it has none."""
    formulas = content.css("math")
    if not formulas:
        return frozenset()
    drawn = {_RADICAL} if content.css_matches("msqrt, mroot") else set()
    return _ASCII | _ITALIC | drawn | {ord(sign) for formula in formulas for sign in formula.text()}


def cut(data: bytes, signs: Iterable[int]) -> bytes:
    """Return a font with these characters only, and with what their layout needs."""
    from fontTools.subset import Options, Subsetter, load_font  # Most builds find the font cut already.

    options = Options(flavor="woff2", hinting=False, layout_features=["*"], notdef_outline=True)
    font = load_font(io.BytesIO(data), options)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(signs))
    subsetter.subset(font)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out)
    return out.getvalue()


def name(languages: Iterable[str], *, formulas: bool) -> str:
    """Return the name of the style sheet that has what `style` returns for the same."""
    languages = tuple(languages)
    faces = needed(languages, formulas=False)
    return f"{'.'.join((*(languages if faces else ()), *(['math'] if formulas else [])))}.css"


def style(languages: Iterable[str], *, formulas: bool) -> str:
    """Return a style sheet beside the typefaces, for pages with words in `languages`, each a value of `lang`."""
    languages = tuple(languages)
    faces = needed(languages, formulas=formulas)
    rules = [
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};font-display:swap;'
        f'src:url("{face.file}")format("woff2"){_range(face.ranges)}}}'
        for face in faces
    ]
    if any(face.ranges for face in faces):
        for language in languages:
            families = dict.fromkeys(
                f'"{face.family}",' for face in faces if script_language(language) in face.languages
            )
            rules.append(_stacks(language, "".join(families)))
    if formulas:
        rules.append('math{font-family:"Hexapla Math",math}')
    return "\n".join(rules)


def preloaded(faces: Iterable[Typeface]) -> tuple[str, ...]:
    """Return the files that a page's text is set in: loaded at once, they move nothing when they arrive."""
    return tuple(face.file for face in faces if face.ranges and face.weight == 400)


def _stacks(language: str, families: str) -> str:
    """Return the rule for text in a language: its typeface, which has no Latin letters, before the theme's."""
    return (
        f":is(body,[lang]):lang({language}){{"
        f"--md-text-font-family:{families}var(--md-text-font,_),-apple-system,BlinkMacSystemFont,Helvetica,Arial,sans-serif;"
        f"--md-code-font-family:{families}var(--md-code-font,_),SFMono-Regular,Consolas,Menlo,monospace;"
        "font-family:var(--md-text-font-family)}"
    )


def _range(ranges: Ranges) -> str:
    parts = ",".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in ranges)
    return f";unicode-range:{parts}" if parts else ""
