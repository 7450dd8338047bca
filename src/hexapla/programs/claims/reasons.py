"""Reasons: why a typed output need not be what ran here: it is of another machine, version or run."""

import ast
import functools
import math
import re
from collections import Counter

from hexapla.programs.claims.likeness import likeness
from hexapla.programs.claims.tokens_alike import Likeness, is_number, tokens_in
from hexapla.programs.parse import prepare
from hexapla.programs.sequences import steps

_MODULE = re.compile(
    r"\b(?:in_features|in_channels|kernel_size|num_embeddings)=|^[ \t]*+\(\w++\): \w++\(", re.MULTILINE
)
"""How a module of torch is written: without what it has drawn."""
_TYPED = (
    re.compile(r"(?<![\w.])(?:[A-Za-z]:\\|/)(?:[\w.@+~-]++[\\/])*+[\w.@+~-]*+"),
    re.compile(r"(?<![\w.])\d++\.\d++\.\d++(?:[.+-]?\w++)*+"),
    re.compile(r"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:[.,]\d++)?+)?+)?+"),
)
"""Paths, versions and dates, which code may say itself."""
_OF_MACHINE = (
    re.compile(r"<built-in [^<>\n]++>"),
    *_TYPED[:1],
    re.compile(r"\b0x[0-9a-fA-F]{4,}+"),
    re.compile(r"\b(?:cuda(?::\d)?+|cpu|mps(?::\d)?+)(?![\w])"),
    *_TYPED[1:],
    re.compile(r"(?<![\w.])\d++(?:\.\d++)?+ ?(?:ns|µs|us|ms|s|secs?|seconds?)\b"),
)
"""What is built into Python, paths, addresses, devices, versions and times."""
_ASKS = frozenset({"hasattr", "isinstance", "issubclass"})
_UNORDERED = re.compile(
    r"\b(?:set|dict|\w*partition|Counter|defaultdict|listdir|glob|vars|dir)\(|__dict__|\*\*\w*+kw"
)
_EXCEPTION = re.compile(r"(?:\w++\.)*+(?P<name>[^\W\d]\w*+)(?::|\Z)")
_CHANGING = (ast.List, ast.ListComp, ast.Dict, ast.DictComp, ast.Set, ast.SetComp)
_COLLECTIONS = (ast.Dict, ast.DictComp, ast.Set, ast.SetComp)
"""What holds things without an order, or did before Python 3.7."""
_WORDS = re.compile(r"[^\W\d_]++")
_TRUTHS = frozenset({"true", "false", "none"})
_SENTENCE = 5
"""Of how many words a sentence is."""
_ADDRESS = re.compile(r"-?\d{9,}+")
"""An address or a hash as a number."""
_PRECISE = re.compile(r"\.\d{5}")
"""What a number has that was computed."""
_VIEWS = ("dict_items(", "dict_keys(", "dict_values(")
_OLDER = (
    # How numpy 2 writes a number which older ones write bare, and itself.
    (re.compile(r"\bnp\.(True|False)_"), r"\1"),
    (re.compile(r"\bnumpy\.(?=\w++\()"), "np."),
    (re.compile(r", symbol='x'"), ""),
    (re.compile(r"\bnp\.(?:bool|u?int\d*|float\d*|str)_?\(([^()]*+)\)"), r"\1"),
    (re.compile(r",\s*+(?:device='[^']*+'|index=\d++)"), ""),
    # IPython writes a type by its name alone.
    (re.compile(r"<(?:class|type) '([\w.]++)'>"), r"\1"),
    (re.compile(r"<function (?:[\w<>]++\.)*+(\w++)(?: at 0x\w++|\([^()]*+\))?+>"), r"<function \1>"),
    (re.compile(r",\s*+dtype=(?:torch\.)?int(?:32|64)\b"), ""),
    (re.compile(r"<(staticmethod|classmethod)\(<function \w++>\)>"), r"<\1>"),
    (re.compile(r"<generator object (?:(?!at )\S++ )?+at "), "<generator object at "),
    (re.compile(r"(<module '[\w.]++')(?: from '[^'\n]*+'| \(built-in\))"), r"\1"),
    (re.compile(r"(?:_ascii)?_(?=iterator\b)"), ""),
    (re.compile(r"\bpandas\.(?:core|_libs)\.(?:\w++\.)*+(?=[A-Z])"), "pandas."),
    (re.compile(r"\bdtype(: |=')(?:object|str)\b"), r"dtype\1object"),
    (re.compile(r"\bencoding='[^']*+'"), "encoding"),
    (re.compile(r"\bset\(\[([^\[\]\n]++)\]\)"), r"{\1}"),
    (re.compile(r"\b_sre\.SRE_(?=Match|Pattern)"), "re."),
    (re.compile(r"(?<![\w'\"])u(?=['\"])"), ""),
    (re.compile(r"(?<![\w.])(\d++)L\b"), r"\1"),
    (re.compile(r"\bgrad_fn=<\w++>"), "grad_fn"),
    (re.compile(r"\b(?:Posix|Windows)Path\b"), "Path"),
    (re.compile(r"\\++(?![n'\"])"), "/"),
    (re.compile(r"\|[ #█▉▊▋▌▍▎▏]++\|"), "||"),
    (re.compile(r"\[\d\d:\d\d<[^\]\n]*+\]"), "[]"),
    (re.compile(r"(?: object)?+ at 0x\w++(?=>)"), ""),
    (re.compile(r"(?<=\w) object(?=>)"), ""),
)
"""What other versions and systems write otherwise: numbers of numpy, values of Python 2, paths, bars of progress."""
_OF_WINDOWS = re.compile(r"\b[A-Za-z]:\\")


def differs_by_machine(claim: str, actual: str, cells: tuple[str, ...] = ()) -> bool:
    """Return whether a typed text departs from a printed one in nothing but what another machine has otherwise.

    What the code of `cells` says itself, it says on any machine.
    """
    said = (match[0] for pattern in _TYPED for match in pattern.finditer(actual))
    if any(len(text) > 1 and (text in cell or repr(text)[1:-1] in cell) for text in said for cell in cells):
        return False
    typed, real = without_machine(claim), without_machine(actual)
    if (typed, real) == (claim.strip(), actual.strip()) and not is_module(real):
        return False
    if is_module(real) and sorted(typed.split("\n")) == sorted(real.split("\n")):
        return True
    return likeness(typed, real) >= Likeness.CLOSE


def without_machine(text: str) -> str:
    """Return a text with one sign for whatever another machine or version has otherwise."""
    text = text.strip()
    if text.startswith(_VIEWS) and text.endswith(")"):
        text = text.partition("(")[2][:-1]
    text = _older(text)
    for pattern in _OF_MACHINE:
        text = pattern.sub("§", text)
    return text


def differs_by_version(claim: str, actual: str) -> bool:
    """Return whether a typed text departs from a printed one as other versions write it."""
    if likeness(claim, actual) >= Likeness.CLOSE:
        return False
    return likeness(_older(claim), _older(actual)) >= Likeness.CLOSE or differs_in_order(claim, actual, ())


def _older(text: str) -> str:
    for pattern, older in _OLDER:
        text = pattern.sub(older, text)
    return text


def compares_identity(statement: str, code: str) -> bool:
    """Return whether a statement of code asks whether two values are one object, which each Python decides for itself.

    Of what can change, such as a list, the language says that each is an object of its own.
    """
    tree = prepare(statement).tree if " is " in statement else None
    return any(
        isinstance(node, ast.Compare)
        and any(isinstance(part, ast.Is | ast.IsNot) for part in node.ops)
        and not any(_has_identity(part, code) for part in (node.left, *node.comparators))
        for node in (ast.walk(tree) if tree else ())
    )


def _has_identity(node: ast.expr, code: str) -> bool:
    """Return whether which object a value is does not depend on who runs the code: `None`, a list, a name of one."""
    match node:
        case ast.Constant(value=value):
            return not isinstance(value, int | str)
        case ast.Name(id=name):
            values = [
                part.value
                for part in _statements(code)
                if isinstance(part, ast.Assign)
                and any(isinstance(target, ast.Name) and target.id == name for target in part.targets)
            ]
            return bool(values) and all(isinstance(value, _CHANGING) for value in values)
    return isinstance(node, _CHANGING)


def _statements(code: str) -> list[ast.stmt]:
    tree = prepare(code).tree
    return tree.body if tree else []


def asks_of_python(code: str) -> bool:
    """Return whether a statement asks which special methods a value has, of which each version has its own."""
    tree = prepare(code).tree if any(name in code for name in _ASKS) else None
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in _ASKS
        and any(_is_special(part) for argument in node.args[1:] for part in ast.walk(argument))
        for node in (ast.walk(tree) if tree else ())
    )


def _is_special(node: ast.AST) -> bool:
    """Return whether code is the name of a special method, or of what `typing` calls a type that has one."""
    match node:
        case ast.Constant(value=str(name)):
            return name.startswith("__")
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.startswith("Supports")
    return False


def is_of_another_run(claim: str, actual: str) -> bool:
    """Return whether a typed text has what was printed but for long numbers, which are copied from another run.

    Nobody types them; one digit alone is a slip of the pen.
    """
    typed, real = tokens_in(claim), tokens_in(actual)
    if len(typed) != len(real):
        return False
    pairs = [pair for pair in zip(typed, real, strict=True) if pair[0] != pair[1]]
    if not pairs:
        return True
    digits = sum(steps(number, printed) for number, printed in pairs)
    return digits > 1 and all(
        all(map(_ADDRESS.fullmatch, pair)) or (all(map(is_number, pair)) and all(map(_PRECISE.search, pair)))
        for pair in pairs
    )


def is_said_by_python(claim: str, actual: str, cells: tuple[str, ...]) -> bool:
    """Return whether a typed sentence departs from a printed one in words that the program's own code has not.

    They are Python's or a package's, which say it otherwise in each version. `cells` has the code up to the claim.
    """
    typed, real = (Counter(_WORDS.findall(text.casefold())) for text in (claim, actual))
    lines = [line for line in claim.split("\n") if line.strip() not in actual and not line.startswith("<")]
    sentence = any(len(_WORDS.findall(line)) >= _SENTENCE for line in lines)
    differing = (typed - real) | (real - typed)
    numbers = [sorted(filter(is_number, tokens_in(text))) for text in (claim, actual)]
    return (
        sentence
        and numbers[0] == numbers[1]
        and bool(real - typed)
        and not differing.keys() <= _TRUTHS
        and differing.keys().isdisjoint(_own_words(cells))
    )


@functools.lru_cache(maxsize=64)
def _own_words(cells: tuple[str, ...]) -> frozenset[str]:
    """Return the words of code: of its strings and its names."""
    words: set[str] = set()
    for cell in cells:
        tree = prepare(cell).tree
        for node in ast.walk(tree) if tree else ():
            said = [getattr(node, name, "") for name in ("id", "attr", "arg", "name", "value")]
            words.update(
                word for text in said if isinstance(text, str) for word in _WORDS.findall(text.casefold())
            )
    return frozenset(words)


def differs_in_order(claim: str, actual: str, cells: tuple[str, ...]) -> bool:
    """Return whether a typed text has what was printed in another order, where nothing orders it, or nothing once did.

    `cells` has the code that a claim is about, and that which it comes from.
    """
    lines = [sorted(filter(None, map(str.strip, text.split("\n")))) for text in (claim, actual)]
    if lines[0] == lines[1] and _is_unordered(cells):
        return True
    typed, real = (
        [token for token in tokens_in(text.replace('"', "'")) if token != ","] for text in (claim, actual)
    )
    if Counter(typed) != Counter(real):
        return False
    return "{" in claim or claim.startswith(_VIEWS) or _is_unordered(cells)


@functools.lru_cache(maxsize=64)
def _is_unordered(cells: tuple[str, ...]) -> bool:
    """Return whether code has what nothing orders, or nothing once did."""
    trees = (prepare(cell).tree for cell in cells)
    return any(map(_UNORDERED.search, cells)) or any(
        isinstance(node, _COLLECTIONS) for tree in trees if tree for node in ast.walk(tree)
    )


def is_module(text: str) -> bool:
    """Return whether a text is how a module of torch is written, and nothing that it computes."""
    return "tensor(" not in text and bool(_MODULE.search(text))


def divides_as_once(claim: str, actual: str, statement: str) -> bool:
    """Return whether a whole number was typed where a division gives it with a fraction: as Python 2 divided."""
    typed, real = claim.strip(), actual.strip()
    if "/" not in statement or not (is_number(typed) and is_number(real)) or "." in typed or "." not in real:
        return False
    return math.floor(float(real)) == float(typed)


def parts_as_windows(claim: str, statement: str) -> bool:
    """Return whether a typed path is one of Windows, which takes and puts paths apart otherwise."""
    return "path" in statement and bool(_OF_WINDOWS.search(claim))


def exception_in(text: str) -> str:
    """Return the name of the exception that the last line of a text tells of; empty where it tells of none."""
    match = _EXCEPTION.match(text.rpartition("\n")[2])
    return match["name"] if match else ""
