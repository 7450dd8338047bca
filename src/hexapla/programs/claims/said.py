"""Said: what a block's own text already says of its outputs, so that its readers need not be shown it again."""

import ast
import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from hexapla.model.output import Claim, Kind, Output, Text
from hexapla.programs.claims.printed import Ran
from hexapla.programs.claims.showing import prints
from hexapla.programs.claims.verdict import Verdict, settled
from hexapla.programs.claims.warnings import calm
from hexapla.programs.parse import parse_expression, prepare
from hexapla.programs.tokens import token_texts

_TRUE = frozenset({Verdict.RIGHT, Verdict.CLOSE})
_UNSURE = frozenset({Verdict.UNDECIDED, Verdict.ELSEWHERE, Verdict.DEPARTS})
"""What is not the output to the letter, and may say all of it but an address, or a line that goes on."""
_SIGN = re.compile(r"[^\W_]|[-+.](?=\d)")
_WORD = re.compile(r"\w++")
_LONGEST_CALL, _MANY = 1_000, 5
"""Characters of a value that is looked at for what its expression says, and words of which one may be another."""
_LINK = re.compile(r"https?://[^\s'\"]++")
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]++")
_NAMELESS = re.compile(
    r"\A<.*>\s*+\Z| at 0x[0-9a-fA-F]++>|<(?:built-in |bound |unbound )?(?:function|method) ", re.DOTALL
)
"""How Python writes what has no text of its own: in angle brackets, for who looks for a fault (`object.__repr__`)."""
_CLOCK = re.compile(r"\b(?:now|utcnow|today|localtime|gmtime|ctime|asctime)\(")
_OF_A_DAY = re.compile(
    r"\b(?:(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Sept|Nov|Dec)ember|October"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|20\d\d)\b"
)
_LIBRARYS = re.compile(r'^[ \t]*+File "site-packages/', re.MULTILINE)
"""A frame of a library's, as it logs an exception that it has caught."""
_LONG = re.compile(r"[^\n]{600}")
"""A line that nobody reads to its end."""
_INSIDE = re.compile(r"\b__main__\.|<lambda>")
"""Names by which only Python itself knows what a page defines."""
_PLACED = re.compile(r"\bat 0x[0-9a-fA-F]{6,}+")
_WARNS = re.compile(
    r"\bwarn(?:_explicit)?\(|\bcatch_warnings\b|^[ \t]*+(?:import|from) warnings\b", re.MULTILINE
)
"""What says that a block is about warnings."""
_FILES = re.compile(r"\b(?:i?glob|listdir|scandir|iterdir|walk)\(")
"""What finds files, of which its author has others."""
_PROGRESS = re.compile(r"\b\d{1,3}%(?:\|[^|\n]*+\|| (?:-|\d++):(?:--|\d\d):(?:--|\d\d)(?!\w))")
"""How tqdm and rich draw how far something is."""
_LOGGED = re.compile(
    r"(?:\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*+ )?+[\W_]{0,3}(?:[\w.]++ ?[-:|] ?)?"
    r"(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)\b"
)
"""A line of a log: when, who, how bad."""
_STAMPED = re.compile(
    r"^[\W_]{0,3}(?:\d{4}-\d\d-\d\d[T ])?+\d\d:\d\d:\d\d\S*+[\W_]{1,6}(?:[\w.:<>-]++[\W_]{1,6}){0,3}?"
    r"(?:debug|info|success|warn(?:ing)?|error|critical|notice|trace)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""A line of a log that says at which time it was written: each reader sees another one."""
_IN_CELL = re.compile(r"\bcell \d++, line \d|<module>:\d")
"""A line of the page, or of a cell of it, which nobody has who runs the block as a file."""
_IS_WARNING = re.compile(r"^cell \d++, line \d++: \w*Warning: ", re.MULTILINE)
_OUR_FILES = ("/scratch", "program.py")
"""A program's own folder, as `execution.terminal_text` writes it, and what is its name on the command line."""
_SCOPES = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def is_said(code: str, claims: Sequence[Claim], cell: Ran) -> bool:
    """Return whether all that a cell showed stands in its author's text, however it is laid out and quoted.

    In typed outputs, or in strings below a statement, as pytest-examples writes outputs of several lines.
    """
    results = settled(claims, cell, code=code)
    verdicts = {result.verdict for result in results}
    if not verdicts <= _TRUE | _UNSURE:
        return False
    texts = (output.text for output in cell.outputs if isinstance(output, Text))
    lines = "".join(text if _WARNS.search(code) else calm(text) for text in texts).splitlines()
    printed = "".join(map(signs, lines))
    typed = [
        result.claim.text
        for result in results
        # What nothing but its place tells to be an output need be none.
        if result.verdict is not Verdict.UNDECIDED or signs(result.claim.text) in printed
    ]
    claimed = "".join(map(signs, typed))
    strings = [text for text in strings_in(code) if signs(text) not in claimed]
    if not lines or not all(isinstance(output, Text) for output in cell.outputs) or not (typed or strings):
        return False
    if _hold_the_same(lines, [*typed, *strings], signs):
        return True
    # What stands in a set has no order.
    return verdicts <= _TRUE and not strings and _hold_the_same(lines, typed, _sorted_signs)


def worth_showing(code: str, outputs: Iterable[Output]) -> tuple[Output, ...]:
    """Return a block's outputs without what no author would print for readers.

    That is a value which the last expression spells out, a number, a text, a dictionary, a call: who wrote such a block
    for readers, and not for hexapla, has said all that there is to see; one that Python has no words for but what it is
    and where; warnings of libraries, logs and bars of progress; what says at which time, at which address or in which
    line of the page it was; an exception that it quotes; and all that names files of our own.
    """
    shown = tuple(kept for output in outputs if (kept := _quiet(code, output)))
    texts = [output.text for output in shown if isinstance(output, Text)]
    if any(name not in code and any(name in text for text in texts) for name in _OUR_FILES):
        return ()
    return shown


def unprinted(code: str, outputs: Sequence[Output]) -> str:
    """Return a line of what a block shows where nothing of that is worth showing.

    Empty where there is nothing of which the block itself does not speak.
    """
    if worth_showing(code, outputs):
        return ""
    return first_line(
        output for output in outputs if isinstance(output, Text) and not _stands_there(code, output)
    )


def first_line(outputs: Iterable[Output]) -> str:
    """Return the first line of text that outputs show; empty for none."""
    texts = (output.text for output in outputs if isinstance(output, Text))
    return next((line.strip() for text in texts for line in text.splitlines() if line.strip()), "")


def _stands_there(code: str, output: Text) -> bool:
    """Return whether a block spells out the value, or quotes the exception, that it ends with."""
    if output.kind is Kind.ERROR:
        return _is_quoted(code, output.text)
    return output.kind is Kind.VALUE and not _NAMELESS.search(output.text) and _is_no_news(code, output.text)


def _quiet(code: str, output: Output) -> Output | None:
    """Return an output without what is noise in it; None where all of it is."""
    if not isinstance(output, Text):
        return output
    if output.kind is Kind.ERROR:
        return None if _is_quoted(code, output.text) else output
    if output.kind is Kind.VALUE:
        return None if _is_no_news(code, output.text) else output
    text = output.text if _WARNS.search(code) else calm(output.text)
    if _LIBRARYS.search(text) and "traceback" not in code:
        return None
    if (
        _is_of_today(code, text)
        or _PLACED.search(output.text)
        or _STAMPED.search(output.text)
        or _names_a_line(text)
    ):
        return None
    lines = [line for line in text.splitlines(keepends=True) if not _PROGRESS.search(line)]
    if not "".join(lines).strip() or (
        "log" not in code and all(map(_LOGGED.match, filter(str.strip, lines)))
    ):
        return None
    return replace(output, text="".join(lines))


def _is_of_today(code: str, text: str) -> bool:
    """Return whether a block reads the clock and shows a month, a weekday or a year that it does not say itself."""
    return bool(_CLOCK.search(code)) and any(word not in code for word in _OF_A_DAY.findall(text))


def _names_a_line(text: str) -> bool:
    """Return whether a text says in which line of the page it is from; a traceback may: it is printed on purpose."""
    return bool(_IN_CELL.search(text)) and "Traceback" not in text and not _IS_WARNING.search(text)


def _is_quoted(code: str, traceback: str) -> bool:
    """Return whether a block quotes the last line of the traceback that it ends with, without a module's name.

    What a library says of an error is another in each release: a comment that begins with its name and a colon is one.
    """
    name, _, message = traceback.rstrip().rpartition("\n")[2].partition(": ")
    name = name.rpartition(".")[2]
    if name.isidentifier() and re.search(rf"#[ \t>]*+(?:\w{{1,60}}+\.){{0,6}}{name}: \S", code):
        return True
    return bool(message) and signs(f"{name}{message}") in signs(code)


def _is_no_news(code: str, value: str) -> bool:
    prepared = prepare(code)
    if prepared.interactive:
        return False
    if (
        _LONG.search(value)
        or _NAMELESS.search(value)
        or _INSIDE.search(value)
        or (value.strip() == "[]" and _FILES.search(code))
    ):
        return True
    body = prepared.tree.body if prepared.tree else []
    if len(body) > 1 and all(map(_is_equation, body)):
        # A list of what is the same as what, in the notation of Python.
        return True
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr):
        return False
    if ("display" not in code and any(map(prints, body[:-1]))) or _is_fitted(last.value):
        # Who prints what readers are to see wrote a script, which shows no values.
        return True
    source = ast.get_source_segment(prepared.code, last) or ""
    if "..." in source and "Ellipsis" in value:
        return True
    if not _is_literal(last.value):
        return isinstance(parse_expression(value.strip()), ast.Call) and _repeats(source, value)
    texts = token_texts(source)
    return texts is not None and signs("".join(texts)) == signs(value)


def _is_fitted(node: ast.expr) -> bool:
    """Return whether a value is what `model.fit(…)` returns: the model, for the next call."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "fit"


def _repeats(source: str, value: str) -> bool:
    """Return whether a value is called as its expression calls it, up to one word in four: `integers().map(Int)`."""
    if len(value) > _LONGEST_CALL:
        return False
    said, words = _WORD.findall(source), _WORD.findall(value)
    matcher = difflib.SequenceMatcher(None, said, words, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return same == len(words) or (len(words) >= _MANY and 4 * same >= 3 * len(words))


def _is_equation(node: ast.stmt) -> bool:
    """Return whether a statement says of values that are spelled out that they are equal."""
    if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Compare)):
        return False
    compared = node.value
    equal = all(isinstance(sign, ast.Eq) for sign in compared.ops)
    return equal and all(map(_is_literal, (compared.left, *compared.comparators)))


def _is_literal(node: ast.expr) -> bool:
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, MemoryError, RecursionError):
        return False
    return True


def strings_in(code: str) -> Iterator[str]:
    """Yield the strings that are statements, in a block that is no prompt; none that says what a scope is for."""
    prepared = prepare(code)
    if prepared.tree is None or prepared.interactive:
        return
    nodes = tuple(ast.walk(prepared.tree))
    described = {id(node.body[0]) for node in nodes if isinstance(node, _SCOPES) and node.body}
    for node in nodes:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and id(node) not in described:
            value = node.value.value
            if isinstance(value, str):
                yield value


def _hold_the_same(lines: Sequence[str], typed: Sequence[str], read: Callable[[str], str]) -> bool:
    """Return whether lines hold what others do, each of which stands in them as a whole.

    Who types what goes on over several lines may leave out some that go on, such as where to read more of an error:
    they begin with blanks, and there are fewer of them than of those that are typed.
    """
    texts = list(map(read, typed))
    whole = "".join(texts)
    kept = [line for line in lines if not line[:1].isspace() or read(line) in whole]
    left = "".join(map(read, kept))
    for text in texts:
        if text not in left:
            return False
        left = left.replace(text, "", 1)
    return not left and len(lines) - len(kept) < len(kept)


def signs(text: str) -> str:
    """Return what is compared of a text: no quotes, no objects' addresses, of a link no version."""
    plain = _LINK.sub(lambda link: "".join(filter(str.isalpha, link.group())), _ADDRESS.sub("", text))
    return "".join(_SIGN.findall(plain))


def _sorted_signs(text: str) -> str:
    """Return the same of a text whose words may stand in another order."""
    return "".join(sorted(map(signs, text.split()))) if "{" in text else signs(text)
