"""Damage: what translating did to the text of a block that is code, told from the text and not from a tree.

Each finder is a function of the two codes that returns a cause or nothing.
"""

import itertools
import keyword
import re
import unicodedata
from typing import NamedTuple

from hexapla.programs.parse import prepare
from hexapla.programs.sequences import stretches
from hexapla.programs.tokens import texts_or_words

_TYPOGRAPHIC = str.maketrans({
    **dict.fromkeys("“”„‟«»″＂「」『』", '"'),
    **dict.fromkeys("‘’‚‛′＇`´", "'"), **dict.fromkeys("–—−‐‑", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u3000", " "), **dict.fromkeys("\u200b\u200e\u200f\ufeff", None),
    "，": ",", "、": ",", "。": ".", "：": ":", "；": ";", "؛": ";", "،": ",", "…": "...", "×": "*", "÷": "/",
    "≤": "<=", "≥": ">=", "≠": "!=", "【": "[", "】": "]",
})  # fmt: skip
_QUOTES = ('"', "'")
_LEAKED = re.compile(r"@@[\w ]++@@|⟦\w*+⟧|\{\{\s*+(?:CODE|BLOCK)\w*+\s*+\}\}|<(?:code|ph|x)_?\d++/?>")
_WORD = re.compile(r"\w++")
_LEAKED_NAME = re.compile(r"CODE|PLACEHOLDER|BLOCK|TOKEN")
"""What a translator's placeholder holds between pairs of underscores."""
_OPENING = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?(?P<info>\w[^`\n]*)$", re.MULTILINE)
_SUSPECTS = 5
"""How many lines of prose are taken out to see whether the rest parses."""
_LINK = re.compile(r"\]\((?:\.{1,2}/|https?:|/)")

_TOOL = re.compile(
    r"(?:noqa|type: ?ignore|fmt: ?\w|pragma:|ruff:|mypy:|pylint:|isort:|doctest:).*"
    r"|@(?:title|markdown)\b|@(?:tab|param)\b.*|@\w[\w:.-]*+\s*+(?:[\[{(\"'].*)?$|hide(?:[-_][\w-]*)?$"
)
"""What a comment begins with that a tool reads; of a form's title or text in a notebook, the word alone. Where words
follow `@property`, the comment is about a decorator."""


class Cause(NamedTuple):
    """Why two blocks are not the same program."""

    code: str
    """The problem's code."""
    sentence: str
    """What differs."""


def fence_glued(original: str, translation: str) -> Cause | None:
    """Find a line of code that ends with a fence's mark."""
    for line in translation.split("\n"):
        if line.rstrip().endswith(("```", "~~~")) and line not in original.split("\n"):
            return Cause("fence-damage", f"The line `{line.strip().strip('`~')}` ends with a fence's mark.")
    return None


def opening_inside(original: str, translation: str) -> Cause | None:
    """Find a line of a block that opens a fence: then the block was never closed where it should be."""
    match = _OPENING.search(translation)
    if match is None or _OPENING.search(original):
        return None
    words = f"The line `{match['info']}` opens a fence inside this one, which was never closed."
    return Cause("fence-damage", words)


def leaked_placeholder(original: str, translation: str) -> Cause | None:
    """Find a placeholder that a translator put for code and did not take out again."""
    leaked = _placeholder(translation)
    if leaked and leaked not in original:
        return Cause("leaked-placeholder", f"A translator's placeholder `{leaked}` stands in the code.")
    return None


def _placeholder(code: str) -> str:
    """Return the first thing in code that looks like a translator's placeholder; empty for none."""
    places = [(match.start(), match.group()) for match in (_LEAKED.search(code),) if match]
    for word in _WORD.finditer(code):
        first, last = code.find("__", word.start(), word.end()), code.rfind("__", word.start(), word.end())
        if first >= 0 and _LEAKED_NAME.search(code, first + 2, max(last, first + 2)):
            places.append((first, code[first : last + 2]))
            break
    return min(places, default=(0, ""))[1]


def rewritten_link(original: str, translation: str) -> Cause | None:
    """Find a link in the code, as a tool that rewrites links leaves one."""
    match = _LINK.search(translation)
    end = translation.find(")", match.end()) if match else -1
    if match and end >= 0 and (link := translation[match.start() : end + 1]) not in original:
        return Cause("link-rewritten", f"`{link}` was rewritten as a link.")
    return None


def _python_sign(character: str, quote: str) -> str:
    """Return what Python has for a character of print."""
    sign = character.translate(_TYPOGRAPHIC)
    if sign in _QUOTES:
        return quote
    return sign if sign != character else unicodedata.normalize("NFKC", character)


def _repaired(translation: str, new: str, quote: str) -> str:
    """Replace the characters that the original does not have by those that Python has for them."""
    return translation.translate({ord(a): _python_sign(a, quote) for a in new})


def print_typography(original: str, translation: str) -> Cause | None:
    """Find a character of print without which the block parses."""
    if prepare(translation).tree is not None:
        return None
    new = "".join(sorted({*translation} - {*original}))
    wrong = next((a for a in new if a in "`´" or (ord(a) > 127 and _python_sign(a, '"') != a)), "")
    if not wrong or not any(prepare(_repaired(translation, new, quote)).tree for quote in "\"'"):
        return None
    name = unicodedata.name(wrong, "a character").lower()
    words = f"It holds {wrong!r} ({name}) where Python needs plain punctuation."
    return Cause("typographic-character", words)


def translated_keyword(original: str, translation: str) -> Cause | None:
    """Find a line that differs only in words that are keywords of Python in the original."""
    if prepare(translation).tree is not None or prepare(original).tree is None:
        return None
    before, after = (" ".join(texts_or_words(code)).split("\n") for code in (original, translation))
    for equal, i, k, j, m in stretches(before, after):
        for english, translated in () if equal else zip(before[i:k], after[j:m], strict=False):
            if words := _translated_keywords(english.split(), translated.split()):
                sentence = f"`{words[1]}` stands where Python's keyword `{words[0]}` belongs."
                return Cause("keyword-translated", sentence)
    return None


def _translated_keywords(english: list[str], translated: list[str]) -> tuple[str, str] | None:
    """Return the first keyword and the word in its place, where two lines differ in nothing but keywords."""
    changed = [(a, b) for a, b in zip(english, translated, strict=False) if a != b]
    if len(english) != len(translated) or not changed:
        return None
    are = (keyword.iskeyword(a) and b.isidentifier() and not keyword.iskeyword(b) for a, b in changed)
    return changed[0] if all(are) else None


def prose_inside(original: str, translation: str) -> Cause | None:
    """Find a line of words that the original lacks and without which the block parses."""
    prepared = prepare(translation)
    if prepared.tree is not None:
        return None
    lines = translation.split("\n")
    known = {line.strip() for line in original.split("\n")}
    if len(_code_lines(translation)) <= len(_code_lines(original)):
        return None
    # Python stumbles at the line itself or below it, hardly ever far from it.
    above = range(min(prepared.fault_line, len(lines) - 1), -1, -1)
    suspects = (index for index in above if (line := lines[index].strip()) not in known and is_prose(line))
    for index in itertools.islice(suspects, _SUSPECTS):
        line = lines[index].strip()
        without = [*lines[:index], "", *lines[index + 1 :]]
        if prepare("\n".join(without)).tree is not None:
            return Cause("prose-in-code", f"The line `{line}` is prose, not Python.")
    return None


def is_prose(line: str) -> bool:
    """Return whether a line is words and no code: nearly all of it letters, in any script, and blanks."""
    letters = sum(unicodedata.category(sign)[0] in "LMZ" or sign.isspace() for sign in line)
    return bool(line.strip()) and not line.lstrip().startswith("#") and letters >= 0.8 * len(line)


def _code_lines(code: str) -> list[str]:
    return [line for line in code.split("\n") if line.strip() and not line.lstrip().startswith("#")]


def tool_comments(code: str) -> list[str]:
    """Return what the comments of a code say to tools."""
    comments = [line.rsplit("#", 1)[1].strip() for line in code.split("\n") if "#" in line]
    return [match.group() for comment in comments if (match := _TOOL.match(comment))]
