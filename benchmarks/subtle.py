"""Mutants that are another program by one mark that is easily overlooked, all else as it was typed."""

import ast
import io
import itertools
import random
import re
import tokenize
from collections.abc import Callable, Iterator

from different import _LINES, _RENAMED, _SHAPE, _STRINGS
from same import Mutation
from sources import parses

Pick = Callable[[ast.AST, str], str | None]
"""From a node and its text to another text, or None where the node is of another kind."""


def spliced(pick: Pick) -> Mutation:
    """Make a mutation that types another text in the place of one node."""

    def mutate(code: str, rng: random.Random) -> str | None:
        lines = [line.encode() for line in code.split("\n")]
        starts = [sum(len(line) + 1 for line in lines[:row]) for row in range(len(lines))]
        found: list[str] = []
        whole = code.encode()
        for node in ast.walk(ast.parse(code)):
            if not isinstance(
                node, ast.expr | ast.stmt | ast.excepthandler | ast.arg | ast.alias | ast.keyword
            ):
                continue
            first = starts[node.lineno - 1] + node.col_offset
            last = starts[(node.end_lineno or 1) - 1] + (node.end_col_offset or 0)
            other = pick(node, whole[first:last].decode())
            if other is not None:
                found.append((whole[:first] + other.encode() + whole[last:]).decode())
        rng.shuffle(found)
        return next((other for other in found[:20] if parses(other)), None)

    return mutate


def replaced(pattern: str, *others: str, kinds: tuple[type[ast.AST], ...] = ()) -> Mutation:
    """Make a mutation that replaces a pattern in the text of one node of a kind."""

    def pick(node: ast.AST, text: str) -> str | None:
        if kinds and not isinstance(node, kinds):
            return None
        changed = re.sub(pattern, others[len(text) % len(others)], text, count=1)
        return changed if changed != text else None

    return spliced(pick)


def _tokens(code: str) -> Iterator[tokenize.TokenInfo]:
    return tokenize.generate_tokens(io.StringIO(code).readline)


def operator(pairs: dict[str, str]) -> Mutation:
    """Make a mutation that types one operator for another."""

    def mutate(code: str, rng: random.Random) -> str | None:
        lines = code.split("\n")
        places = [t for t in _tokens(code) if t.string in pairs and t.type in (tokenize.OP, tokenize.NAME)]
        rng.shuffle(places)
        for token in places[:20]:
            row, column = token.start[0] - 1, token.start[1]
            end = column + len(token.string)
            line = f"{lines[row][:column]}{pairs[token.string]}{lines[row][end:]}"
            changed = "\n".join([*lines[:row], line, *lines[row + 1 :]])
            if parses(changed):
                return changed
        return None

    return mutate


def into_the_loop(code: str, rng: random.Random) -> str | None:
    """Indent the line after a loop, so that it becomes the loop's last."""
    lines = code.split("\n")
    bodies = [getattr(node, "body", None) for node in ast.walk(ast.parse(code))]
    rows = [
        after.lineno - 1
        for body in bodies
        if isinstance(body, list)
        for before, after in itertools.pairwise(body)
        if isinstance(before, ast.For | ast.While | ast.If | ast.With) and after.lineno == after.end_lineno
    ]
    rng.shuffle(rows)
    for row in rows:
        changed = "\n".join([*lines[:row], "    " + lines[row], *lines[row + 1 :]])
        if parses(changed):
            return changed
    return None


def comma_lost(code: str, rng: random.Random) -> str | None:
    """Lose the comma between two strings, which joins them."""
    found, lines = list(_tokens(code)), code.split("\n")
    places = [
        comma.start
        for one, comma, other in zip(found, found[1:], found[2:], strict=False)
        if comma.string == "," and one.type == other.type == tokenize.STRING
    ]
    rng.shuffle(places)
    for row, column in places[:20]:
        line = lines[row - 1][:column] + lines[row - 1][column + 1 :]
        changed = "\n".join([*lines[: row - 1], line, *lines[row:]])
        if parses(changed):
            return changed
    return None


def commented_out(code: str, rng: random.Random) -> str | None:
    """Put a hash before a line of one statement."""
    lines = code.split("\n")
    rows = [
        node.lineno - 1
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.Expr | ast.Return | ast.Import | ast.Assert)
        and node.lineno == node.end_lineno
        and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
    ]
    rng.shuffle(rows)
    for row in rows:
        indent = len(lines[row]) - len(lines[row].lstrip())
        line = f"{lines[row][:indent]}# {lines[row][indent:]}"
        changed = "\n".join([*lines[:row], line, *lines[row + 1 :]])
        if parses(changed):
            return changed
    return None


def comment_in(code: str, rng: random.Random) -> str | None:
    """Lose the hash of a comment that is code put aside."""
    lines = code.split("\n")
    rows = [
        t.start[0] - 1
        for t in _tokens(code)
        if t.type == tokenize.COMMENT and lines[t.start[0] - 1].lstrip()[0] == "#"
    ]
    rng.shuffle(rows)
    for row in rows:
        changed = "\n".join([*lines[:row], re.sub(r"#\s?", "", lines[row], count=1), *lines[row + 1 :]])
        if parses(changed):
            return changed
    return None


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _literal(node: ast.AST, text: str) -> str | None:
    """Put a number or a truth into quotes."""
    plain = isinstance(node, ast.Constant) and not isinstance(node.value, str | bytes)
    return repr(text) if plain and text != "..." else None


def _slice_turned(node: ast.AST, text: str) -> str | None:
    if not isinstance(node, ast.Slice) or node.step is not None or text.count(":") != 1:
        return None
    lower, _, upper = text.partition(":")
    return f"{upper}:{lower}" if upper.strip() != lower.strip() else None


def _reversed(node: ast.AST, text: str) -> str | None:
    return text.replace("-1", "1") if isinstance(node, ast.Slice) and text.endswith(":-1") else None


def _positional(node: ast.AST, text: str) -> str | None:
    """Hand an argument over by its place."""
    return ast.unparse(node.value) if isinstance(node, ast.keyword) and node.arg else None


def _bare_handler(node: ast.AST, text: str) -> str | None:
    if not isinstance(node, ast.ExceptHandler) or node.type is None or node.name:
        return None
    return re.sub(r"except\s+[^:]+:", "except:" if len(text) % 2 else "except KeyError:", text, count=1)


def _cause_lost(node: ast.AST, text: str) -> str | None:
    return (
        f"raise {ast.unparse(node.exc)}" if isinstance(node, ast.Raise) and node.exc and node.cause else None
    )


def _filter_lost(node: ast.AST, text: str) -> str | None:
    if not isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp) or not node.generators[-1].ifs:
        return None
    node.generators[-1].ifs.pop()
    return ast.unparse(node)


def _generator(node: ast.AST, text: str) -> str | None:
    return (
        f"({text[1:-1]})"
        if isinstance(node, ast.ListComp)
        else f"[{text}]"
        if isinstance(node, ast.GeneratorExp)
        else None
    )


def _one_less(node: ast.AST, text: str) -> str | None:
    """Lose the comma that makes a tuple of one."""
    return text.replace(",", "") if isinstance(node, ast.Tuple) and len(node.elts) == 1 else None


def _other_container(node: ast.AST, text: str) -> str | None:
    return {"[]": "{}", "{}": "[]", "()": "[]"}.get(text)


def _values_swapped(node: ast.AST, text: str) -> str | None:
    """Turn two values of a dictionary round."""
    if (
        not isinstance(node, ast.Dict)
        or len(node.values) < 2
        or ast.dump(node.values[0]) == ast.dump(node.values[1])
    ):
        return None
    if _is_text(node.values[0]) and _is_text(node.values[1]):
        return None
    node.values[:2] = node.values[1::-1]
    return ast.unparse(node)


def _chained(node: ast.AST, text: str) -> str | None:
    """Keep the first half of `a < b < c`."""
    if not isinstance(node, ast.Compare) or len(node.ops) < 2:
        return None
    return ast.unparse(ast.Compare(node.left, node.ops[:1], node.comparators[:1]))


def _branches_swapped(node: ast.AST, text: str) -> str | None:
    if not isinstance(node, ast.IfExp) or ast.dump(node.body) == ast.dump(node.orelse):
        return None
    if _is_text(node.body) and _is_text(node.orelse):
        return None
    return ast.unparse(ast.IfExp(node.test, node.orelse, node.body))


def _digit(node: ast.AST, text: str) -> str | None:
    """Change the last digit of a number, its exponent's sign or the place of its point."""
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float) or not text[-1].isdecimal():
        return None
    if "e-" in text:
        return text.replace("e-", "e")
    return (
        text.replace(".", "") + ".0" if "." in text.strip("0.") else f"{text[:-1]}{(int(text[-1]) + 1) % 10}"
    )


def _bytes(node: ast.AST, text: str) -> str | None:
    """Change one of the bytes, written as it was."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, bytes) or len(text) < 4:
        return None
    place = len(text) // 2
    return f"{text[:place]}{'a' if text[place] != 'a' else 'e'}{text[place + 1 :]}"


def _identifier(node: ast.AST, text: str) -> str | None:
    """Change one letter of a name: the case of its first or a look-alike."""
    if not isinstance(node, ast.Name) or len(text) < 3:
        return None
    return text.swapcase() if len(text) % 2 else text[0] + text[2] + text[1] + text[3:]


def _alias(node: ast.AST, text: str) -> str | None:
    return node.name if isinstance(node, ast.alias) and node.asname else None


def _relative(node: ast.AST, text: str) -> str | None:
    return text.replace("from .", "from ..", 1) if isinstance(node, ast.ImportFrom) and node.level else None


def _field_spec(node: ast.AST, text: str) -> str | None:
    """Change a digit in the format of an f-string's field."""
    if not isinstance(node, ast.JoinedStr):
        return None
    changed = re.sub(r"(\{[^{}!:]+:[^{}]*?)([1-8])", lambda m: f"{m[1]}{int(m[2]) + 1}", text, count=1)
    return changed if changed != text else None


def _shown_again(node: ast.AST, text: str) -> str | None:
    """Lose the sign that shows a field's own name, or the field's conversion."""
    if not isinstance(node, ast.JoinedStr):
        return None
    changed = re.sub(r"(\{\w+)(?:=|![rsa])\}", r"\1}", text, count=1)
    return changed if changed != text else None


def _key_letter(node: ast.AST, text: str) -> str | None:
    """Change one letter of a key."""
    part = node.slice if isinstance(node, ast.Subscript) else None
    if part is None or not _is_text(part) or not part.value.isascii() or len(part.value) < 2:  # type: ignore[attr-defined]
        return None
    return f"{ast.unparse(node.value)}[{part.value[1] + part.value[0] + part.value[2:]!r}]"  # type: ignore[attr-defined]


def _raw_lost(node: ast.AST, text: str) -> str | None:
    """Lose the letter that keeps backslashes."""
    return text[1:] if _is_text(node) and text[:1] in "rR" and "\\" in text else None


def _machine_word(node: ast.AST, text: str) -> str | None:
    """Change a short word in small letters with a digit, a mark or capitals inside."""
    if not _is_text(node) or not re.fullmatch(r"[A-Za-z]+(?:[_.:/-]\w+|\d\w*|[a-z][A-Z]\w*)", node.value):  # type: ignore[attr-defined]
        return None
    value = node.value  # type: ignore[attr-defined]
    return repr(value[:-1] + ("x" if value[-1] != "x" else "y"))


_ANY = (*_SHAPE, *_STRINGS, "number-changed", "bytes-changed", "indentation-changed", "translation-syntax")

SUBTLE: dict[str, tuple[Mutation, tuple[str, ...]]] = {
    "the same for is": (operator({"==": "is", "!=": "is not", "is": "=="}), ("operator-changed",)),
    "a bound let in": (operator({"<": "<=", "<=": "<", ">": ">=", ">=": ">"}), ("operator-changed",)),
    "one star or slash": (operator({"**": "*", "//": "/", "*": "**", "<<": ">>", "%": "/"}), _SHAPE),
    "bit for truth": (operator({"&": "and", "|": "or", "and": "&", "or": "|", "^": "**"}), _SHAPE),
    "is for is not": (replaced(r"\bis not\b", "is", kinds=(ast.Compare,)), ("operator-changed",)),
    "in for not in": (replaced(r"\bnot in\b", "in", kinds=(ast.Compare,)), ("operator-changed",)),
    "added for subtracted": (operator({"+=": "-=", "-=": "+=", "*=": "/=", "|=": "&="}), ("operator-changed",)),
    "sign after the equals": (operator({"+=": "=+", "-=": "=-"}), _SHAPE),
    "all for any": (operator({"all": "any", "any": "all", "min": "max", "max": "min", "True": "False"}), (*_RENAMED, "number-changed")),
    "slice turned": (spliced(_slice_turned), _SHAPE + ("number-changed",)),
    "slice not reversed": (spliced(_reversed), _SHAPE),
    "quoted literal": (spliced(_literal), _SHAPE),
    "argument by its place": (spliced(_positional), _SHAPE),
    "exception's class lost": (spliced(_bare_handler), _SHAPE),
    "cause lost": (spliced(_cause_lost), _SHAPE),
    "filter lost": (spliced(_filter_lost), _SHAPE),
    "generator for list": (spliced(_generator), _SHAPE),
    "tuple's comma lost": (spliced(_one_less), _SHAPE),
    "other container": (spliced(_other_container), _SHAPE),
    "values swapped": (spliced(_values_swapped), _ANY),
    "half a comparison": (spliced(_chained), _SHAPE),
    "branches swapped": (spliced(_branches_swapped), _ANY),
    "one digit": (spliced(_digit), ("number-changed", "program-differs")),
    "one byte": (spliced(_bytes), ("bytes-changed",)),
    "letters of a name": (spliced(_identifier), _RENAMED),
    "letters of a key": (spliced(_key_letter), _STRINGS),
    "alias lost": (spliced(_alias), (*_SHAPE,)),
    "another package": (spliced(_relative), (*_SHAPE, "number-changed")),
    "digit of a format": (spliced(_field_spec), (*_SHAPE, "placeholder-changed", "symbol-string-changed")),
    "field not shown again": (spliced(_shown_again), (*_SHAPE, "number-changed", "placeholder-changed")),
    "raw string's letter": (spliced(_raw_lost), _STRINGS),
    "word of a machine": (spliced(_machine_word), _STRINGS),
    "comma between strings": (comma_lost, _ANY),
    "line into the loop": (into_the_loop, (*_SHAPE, "indentation-changed")),
    "line put aside": (commented_out, (*_LINES, "indentation-changed", *_SHAPE)),
    "line brought back": (comment_in, (*_LINES, "indentation-changed", *_SHAPE, "prose-in-code")),
    "async lost": (operator({"async": ""}), _SHAPE),
    "yielded": (operator({"return": "yield", "yield": "return", "raise": "return", "global": "nonlocal"}), _SHAPE),
    "lines of a loop's end": (operator({"break": "pass", "continue": "pass", "pass": "return", "while": "if"}), _SHAPE),
    "star of a parameter": (replaced(r"\A(def \w+\([^'\"\n]*?)\*, ", r"\1", kinds=(ast.FunctionDef,)), _SHAPE),
    "stars of an argument": (replaced(r"(?<=[(, ])\*\*(?=\w)", "*", kinds=(ast.Call,)), _SHAPE),
    "annotation of a name lost": (replaced(r"^(\w+)\s*:\s*[\w\[\], ]+=", r"\1 =", kinds=(ast.AnnAssign,)), _SHAPE),
    "assigned, not walrus": (operator({":=": "=="}), _SHAPE),
}  # fmt: skip
