"""Causes: why a translated block holds another program, as far as that can be told.

Each cause is a function of the two codes that returns a sentence or nothing; the first that speaks wins.
"""

import ast
import difflib
import keyword
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

from hexapla.programs.fingerprint import Fingerprint, fingerprint_of
from hexapla.programs.parse import prepare
from hexapla.programs.tokens import bare_words, texts_or_words, token_texts

_TYPOGRAPHIC = str.maketrans({
    **dict.fromkeys("“”„‟«»″＂「」『』", '"'),
    **dict.fromkeys("‘’‚‛′＇`´", "'"), **dict.fromkeys("–—−‐‑", "-"),
    **dict.fromkeys("\u00a0\u202f\u2009\u3000", " "), **dict.fromkeys("\u200b\u200e\u200f\ufeff", None),
    "，": ",", "、": ",", "。": ".", "：": ":", "；": ";", "؛": ";", "،": ",", "…": "...", "×": "*", "÷": "/",
    "≤": "<=", "≥": ">=", "≠": "!=", "【": "[", "】": "]",
})  # fmt: skip
_QUOTES = ('"', "'")
_LEAKED = re.compile(
    r"@@[\w ]+@@|__\w*(?:CODE|PLACEHOLDER|BLOCK|TOKEN)\w*__|⟦\w*⟧"
    r"|\{\{\s*(?:CODE|BLOCK)\w*\s*\}\}|<(?:code|ph|x)_?\d+/?>"
)
_OPENING = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*\{?\.?(?P<info>\w[^`\n]*)$", re.MULTILINE)
_LINK = re.compile(r"\]\((?:\.{1,2}/|https?:|/)[^)]*\)")

Cause = Callable[[str, str], tuple[str, str] | None]


def cause(original: str, translation: str) -> tuple[str, str]:
    """Return the code of the likeliest cause and a sentence that says what differs."""
    for find in _CAUSES:
        found = find(original, translation)
        if found is not None:
            return found
    return "program-differs", "It holds another program."


def difference(original: str, translation: str) -> tuple[str, ...]:
    """Return the first difference in three lines or fewer, without comments where those do not matter."""
    trees = [prepare(code).tree for code in (original, translation)]
    before, after = (_bare(code, parsed=None not in trees) for code in (original, translation))
    if before == after:
        before, after = original.rstrip().split("\n"), translation.rstrip().split("\n")
    lines: list[str] = []
    for tag, i, k, j, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            lines = [f"- {line.strip()}" for line in before[i:k][:2]] + [
                f"+ {line.strip()}" for line in after[j:m][:2]
            ]
            if len(lines) == 4:
                lines = [lines[0], lines[2], lines[3]]
            break
    return tuple(line if len(line) <= 160 else f"{line[:159]}…" for line in lines)


def _bare(code: str, *, parsed: bool) -> list[str]:
    """Return code's lines without comments and blank lines: as Python writes them, or as they stand."""
    tree = prepare(code).tree if parsed else None
    if tree is not None:
        return [line for line in ast.unparse(tree).split("\n") if line]
    return [line.split(" #")[0].rstrip() for line in code.split("\n") if line.split("#")[0].strip()]


def _fence(original: str, translation: str) -> tuple[str, str] | None:
    for line in translation.split("\n"):
        if line.rstrip().endswith(("```", "~~~")) and line not in original.split("\n"):
            return "fence-damage", f"The line `{line.strip().strip('`~')}` ends with a fence's mark."
    return None


def fence_inside(original: str, translation: str) -> tuple[str, str] | None:
    """Find a line of a block that opens a fence: then the block was never closed where it should be."""
    match = _OPENING.search(translation)
    if match is None or _OPENING.search(original):
        return None
    return (
        "fence-damage",
        f"The line `{match['info']}` opens a fence inside this one, which was never closed.",
    )


def _magic(original: str, translation: str) -> tuple[str, str] | None:
    """Compare the commands for a notebook, which are no Python."""
    prepared = [prepare(code) for code in (original, translation)]
    commands = [[item.code.split("\n")[row] for row in item.magics] for item in prepared]
    for one, other in zip(*(map(_command, lines) for lines in commands), strict=False):
        if one != other:
            return "program-differs", f"The command `{one}` became `{other}`."
    return None


def _command(line: str) -> str:
    return re.sub(r"\s#[^\"']*$", "", line.strip().removeprefix("pass  # "))


def _leak(original: str, translation: str) -> tuple[str, str] | None:
    match = _LEAKED.search(translation)
    if match and match.group() not in original:
        return "leaked-placeholder", f"A translator's placeholder `{match.group()}` stands in the code."
    return None


def _link(original: str, translation: str) -> tuple[str, str] | None:
    match = _LINK.search(translation)
    if match and match.group() not in original:
        return "link-rewritten", f"`{match.group()}` was rewritten as a link."
    return None


def _plain(character: str, quote: str) -> str:
    """Return what Python has for a character of print."""
    plain = character.translate(_TYPOGRAPHIC)
    if plain in _QUOTES:
        return quote
    return plain if plain != character else unicodedata.normalize("NFKC", character)


def _repaired(translation: str, new: str, quote: str) -> str:
    """Replace the characters that the original does not have by those that Python has for them."""
    return translation.translate({ord(a): _plain(a, quote) for a in new})


def _typography(original: str, translation: str) -> tuple[str, str] | None:
    if prepare(translation).tree is not None:
        return None
    new = "".join(sorted({*translation} - {*original}))
    wrong = next((a for a in new if a in "`´" or (ord(a) > 127 and _plain(a, '"') != a)), "")
    if not wrong or not any(prepare(_repaired(translation, new, quote)).tree for quote in "\"'"):
        return None
    name = unicodedata.name(wrong, "a character").lower()
    return "typographic-character", f"It holds {wrong!r} ({name}) where Python needs plain punctuation."


def _keyword(original: str, translation: str) -> tuple[str, str] | None:
    """Find a line that differs only in words that are keywords of Python in the original."""
    if prepare(translation).tree is not None or prepare(original).tree is None:
        return None
    before, after = (_lines(texts_or_words(code)) for code in (original, translation))
    for tag, i, k, j, m in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "replace":
            continue
        for one, other in zip(before[i:k], after[j:m], strict=False):
            changed = [(a, b) for a, b in zip(one.split(), other.split(), strict=False) if a != b]
            if len(one.split()) != len(other.split()) or not changed:
                continue
            if all(
                keyword.iskeyword(a) and b.isidentifier() and not keyword.iskeyword(b) for a, b in changed
            ):
                english, word = changed[0]
                return "keyword-translated", f"`{word}` stands where Python's keyword `{english}` belongs."
    return None


def _lines(words: tuple[str, ...]) -> list[str]:
    return " ".join(words).split("\n")


def _prose(original: str, translation: str) -> tuple[str, str] | None:
    """Find a line of words that the original lacks and without which the block parses."""
    prepared = prepare(translation)
    if prepared.tree is not None:
        return None
    lines = translation.split("\n")
    known = {line.strip() for line in original.split("\n")}
    if len(_code_lines(translation)) <= len(_code_lines(original)):
        return None
    for index in dict.fromkeys([prepared.fault_line, *range(len(lines))]):
        line = lines[index].strip() if index < len(lines) else ""
        if not line or line in known or not is_prose(line):
            continue
        without = [*lines[:index], "", *lines[index + 1 :]]
        if prepare("\n".join(without)).tree is not None:
            return "prose-in-code", f"The line `{line}` is prose, not Python."
    return None


def is_prose(line: str) -> bool:
    """Return whether a line is words and no code: nearly all of it letters, in any script, and blanks."""
    letters = sum(unicodedata.category(sign)[0] in "LMZ" or sign.isspace() for sign in line)
    return bool(line.strip()) and not line.lstrip().startswith("#") and letters >= 0.8 * len(line)


def _code_lines(code: str) -> list[str]:
    return [line for line in code.split("\n") if line.strip() and not line.lstrip().startswith("#")]


def _indentation(original: str, translation: str) -> tuple[str, str] | None:
    if prepare(original).tree is None:
        return None
    flat = [token_texts(code) for code in (original, translation)]
    if None in flat:
        flat = [bare_words(code) for code in (original, translation)]
    before, after = ([word for word in words or () if word.strip()] for words in flat)
    if before == after and before:
        return "indentation-changed", "Only the indentation or the line breaks differ, and they matter here."
    return None


def _syntax(original: str, translation: str) -> tuple[str, str] | None:
    one, other = prepare(original), prepare(translation)
    if one.tree is not None and other.tree is None:
        return "translation-syntax", f"It does not parse ({other.fault}), while the original's does."
    if one.tree is None and other.tree is not None:
        return "repaired", "It parses, while the original's does not."
    return None


def _one_kind(kinds: tuple[str, ...], code: str, sentence: str) -> Cause:
    """Make a cause that speaks where marks of some kinds, and perhaps strings, are all that differs."""

    def find(original: str, translation: str) -> tuple[str, str] | None:
        first, second = fingerprint_of(original), fingerprint_of(translation)
        if first is None or second is None or first.loose == second.loose:
            return None
        blank = (*kinds, "str", "fstr")
        if first.without(*blank) != second.without(*blank):
            return None
        before, after = _first_pair(first, second, kinds)
        return code, sentence.format(before=before, after=after)

    return find


def _first_pair(first: Fingerprint, second: Fingerprint, kinds: tuple[str, ...]) -> tuple[str, str]:
    pairs = zip(first.of_kind(*kinds), second.of_kind(*kinds), strict=True)
    before, after = next((a.text, b.text) for a, b in pairs if a.text != b.text)
    return (before.split(":", 1)[1], after.split(":", 1)[1]) if kinds == ("number",) else (before, after)


def _reordered(original: str, translation: str) -> tuple[str, str] | None:
    heaps = _heaps(original, translation)
    if heaps is None or heaps[0] != heaps[1]:
        return None
    return "lines-reordered", "It holds the same statements in another order."


def _statements(original: str, translation: str) -> tuple[str, str] | None:
    """Compare the blocks as heaps of statements: lost, or added."""
    heaps = _heaps(original, translation)
    if heaps is None:
        return None
    lost, added = heaps[0] - heaps[1], heaps[1] - heaps[0]
    first = next(iter(lost or added), "").split("\n")[-1]
    if lost and not added:
        return "lines-dropped", f"`{first}` is missing."
    if added and not lost:
        return "lines-added", f"`{first}` is not in the original."
    return None


def _heaps(original: str, translation: str) -> tuple[Counter[str], Counter[str]] | None:
    one, other = prepare(original).tree, prepare(translation).tree
    return None if one is None or other is None else (_heap(one), _heap(other))


def _heap(tree: ast.Module) -> Counter[str]:
    """Return every statement with its number; a compound one by its head, decorators included."""
    statements = [
        node for node in ast.walk(tree) if isinstance(node, ast.stmt | ast.excepthandler | ast.match_case)
    ]
    heads = [len(getattr(node, "decorator_list", ())) + 1 for node in statements]
    return Counter(
        "\n".join(ast.unparse(node).split("\n")[:head]) for node, head in zip(statements, heads, strict=True)
    )


_CAUSES: tuple[Cause, ...] = (
    _fence,
    _leak,
    fence_inside,
    _link,
    _typography,
    _prose,
    _keyword,
    _magic,
    _indentation,
    _reordered,
    _one_kind(("bytes",), "bytes-changed", "The bytes literal {before} became {after}."),
    _one_kind(("number",), "number-changed", "The number {before} became {after}."),
    _one_kind(("op",), "operator-changed", "The operator {before} became {after}."),
    _one_kind(("attribute", "keyword", "import"), "api-renamed", "`{before}` became `{after}`."),
    _one_kind(("name",), "identifier-renamed", "`{before}` became `{after}`."),
    _one_kind(("name", "attribute", "keyword", "import"), "api-renamed", "`{before}` became `{after}`."),
    _syntax,
    _statements,
)
