"""Mutants that are the same program, or the same but for strings that a translator may change."""

import ast
import io
import random
import re
import tokenize
import unicodedata
from collections.abc import Callable

from sources import parses

Mutation = Callable[[str, random.Random], str | None]

_COMMENTS = (
    "यह एक टिप्पणी है", "这是注释：print(x)", "Dies ist ein 'Kommentar'", "هذا تعليق، وليس كودا", "l'entrée \"x\" n'est pas vide",
    "コメント（全角）", "\u00a0espace\u202finsécable «ici»", "🙂 x = 1", "# # zwei", "Größe – 3 % von 5", "ไม่มีช่องว่าง", "\\",
)  # fmt: skip


def comments_added(code: str, rng: random.Random) -> str | None:
    """Put a translated comment above a line that no string runs over."""
    lines = code.split("\n")
    safe = _safe_rows(code)
    if not safe:
        return None
    row = rng.choice(safe)
    lines[row:row] = [f"{_indent(lines[row])}# {rng.choice(_COMMENTS)}"]
    return "\n".join(lines)


def comments_translated(code: str, rng: random.Random) -> str | None:
    """Write every comment anew."""
    places = _tokens(code, tokenize.COMMENT)
    lines = code.split("\n")
    for row, column, _ in reversed(places):
        if lines[row][column:].startswith("#!") or not re.match(r"#\s*\w", lines[row][column:]):
            continue
        lines[row] = f"{lines[row][:column]}# {rng.choice(_COMMENTS)}"
    changed = "\n".join(lines)
    return changed if places and changed != code else None


def comments_lost(code: str, rng: random.Random) -> str | None:
    """Leave every comment out."""
    lines = code.split("\n")
    for row, column, _ in reversed(_tokens(code, tokenize.COMMENT)):
        lines[row] = lines[row][:column].rstrip()
    changed = "\n".join(lines)
    return changed if changed != code and ast.parse(code).body else None


def trailing_comments(code: str, rng: random.Random) -> str | None:
    """Put a comment behind the last line of a statement."""
    lines = code.split("\n")
    ends = [
        node.end_lineno - 1
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.stmt) and node.end_lineno
    ]
    if not ends:
        return None
    row = rng.choice(ends)
    if "#" in lines[row] or lines[row].endswith("\\"):
        return None
    lines[row] += f"  # {rng.choice(_COMMENTS)}"
    return "\n".join(lines)


def blank_lines(code: str, rng: random.Random) -> str | None:
    """Add a blank line, or one of blanks, between statements."""
    lines = code.split("\n")
    safe = _safe_rows(code)
    if not safe:
        return None
    lines.insert(rng.choice(safe), rng.choice(("", "    ", "\t")))
    return "\n".join(lines)


def reprinted(code: str, rng: random.Random) -> str | None:
    """Print the tree anew: other quotes, line breaks and parentheses, no comments."""
    return ast.unparse(ast.parse(code)) + "\n"


def trailing_comma(code: str, rng: random.Random) -> str | None:
    """Put a comma behind the last argument of a call."""
    lines = code.split("\n")
    calls = [
        node
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call) and len(node.args) + len(node.keywords) > 1
    ]
    rng.shuffle(calls)
    for call in calls:
        row, column = (
            (call.end_lineno or 1) - 1,
            len(lines[(call.end_lineno or 1) - 1].encode()[: (call.end_col_offset or 1) - 1].decode()),
        )
        if row < len(lines) and lines[row][:column].strip()[-1:] not in ("", ","):
            return _if_same(
                code, [*lines[:row], f"{lines[row][:column]}, {lines[row][column:]}", *lines[row + 1 :]]
            )
    return None


def continued(code: str, rng: random.Random) -> str | None:
    """Break a line with a backslash."""
    operators = [place for place in _tokens(code, tokenize.OP) if place[2] in ("=", "+", "*", "and", "==")]
    if not operators:
        return None
    row, column, text = rng.choice(operators)
    lines = code.split("\n")
    line = lines[row]
    return _if_same(
        code,
        [
            *lines[:row],
            f"{line[: column + len(text)]} \\",
            f"  {line[column + len(text) :]}",
            *lines[row + 1 :],
        ],
    )


def parenthesized(code: str, rng: random.Random) -> str | None:
    """Put an assigned value into parentheses, over several lines."""
    nodes = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Assign | ast.Return) and n.value is not None
             and n.value.lineno == n.value.end_lineno == n.end_lineno and not isinstance(n.value, ast.Tuple | ast.Yield)]  # fmt: skip
    if not nodes:
        return None
    value = rng.choice(nodes).value
    assert value is not None
    lines = code.split("\n")
    raw = lines[value.lineno - 1].encode()
    start, end = value.col_offset, value.end_col_offset or 0
    changed = raw[:start] + b"(\n    " + raw[start:end] + b"\n)" + raw[end:]
    return _if_same(code, [*lines[: value.lineno - 1], changed.decode(), *lines[value.lineno :]])


def joined_strings(code: str, rng: random.Random) -> str | None:
    """Write a string in two pieces."""
    strings = [place for place in _tokens(code, tokenize.STRING) if re.match(r"['\"]\w{2}[^\\]*$", place[2])]
    if not strings:
        return None
    row, column, text = rng.choice(strings)
    lines = code.split("\n")
    quote = text[0]
    changed = f"{text[:2]}{quote} {quote}{text[2:]}"
    return _if_same(
        code,
        [*lines[:row], lines[row][:column] + changed + lines[row][column + len(text) :], *lines[row + 1 :]],
    )


def escaped_string(code: str, rng: random.Random) -> str | None:
    """Write a letter of a string as an escape."""
    strings = [place for place in _tokens(code, tokenize.STRING) if re.match(r"['\"][A-Za-z]", place[2])]
    if not strings:
        return None
    row, column, text = rng.choice(strings)
    lines = code.split("\n")
    changed = f"{text[0]}\\x{ord(text[1]):02x}{text[2:]}"
    return _if_same(
        code,
        [*lines[:row], lines[row][:column] + changed + lines[row][column + len(text) :], *lines[row + 1 :]],
    )


def tabs(code: str, rng: random.Random) -> str | None:
    """Indent with tabs."""
    changed = re.sub(r"^(?: {4})+", lambda match: "\t" * (len(match.group()) // 4), code, flags=re.MULTILINE)
    return _if_same(code, changed.split("\n"))


def narrow(code: str, rng: random.Random) -> str | None:
    """Indent with two blanks."""
    changed = re.sub(r"^(?: {4})+", lambda match: " " * (len(match.group()) // 2), code, flags=re.MULTILINE)
    return _if_same(code, changed.split("\n"))


def trailing_blanks(code: str, rng: random.Random) -> str | None:
    """Put blanks behind the lines."""
    return _if_same(
        code, [f"{line}  " if line.strip() and not line.endswith("\\") else line for line in code.split("\n")]
    )


def semicolons(code: str, rng: random.Random) -> str | None:
    """Write a semicolon behind a statement."""
    lines = code.split("\n")
    rows = [
        n.end_lineno - 1
        for n in ast.walk(ast.parse(code))
        if isinstance(n, ast.Assign | ast.Expr | ast.Return) and n.end_lineno
    ]
    if not rows:
        return None
    row = rng.choice(rows)
    return _if_same(code, [*lines[:row], lines[row].rstrip() + ";", *lines[row + 1 :]])


def numbers_spelled(code: str, rng: random.Random) -> str | None:
    """Write whole numbers in another way."""
    places = [
        place for place in _tokens(code, tokenize.NUMBER) if place[2].isdecimal() and place[2][0] != "0"
    ]
    if not places:
        return None
    row, column, text = rng.choice(places)
    other = rng.choice((hex(int(text)), f"{int(text):_}", f"0b{int(text):b}"))
    lines = code.split("\n")
    return _if_same(
        code,
        [*lines[:row], lines[row][:column] + other + lines[row][column + len(text) :], *lines[row + 1 :]],
    )


def decomposed(code: str, rng: random.Random) -> str | None:
    """Write names in another normal form of Unicode, as Python reads them the same."""
    names = [place for place in _tokens(code, tokenize.NAME) if place[2].isascii() and len(place[2]) > 1]
    if not names:
        return None
    lines = code.split("\n")
    row, column, text = rng.choice(names)
    wide = chr(ord(text[-1]) + 0xFEE0)
    assert unicodedata.normalize("NFKC", wide) == text[-1]
    return _if_same(
        code,
        [
            *lines[:row],
            f"{lines[row][: column + len(text) - 1]}{wide}{lines[row][column + len(text) :]}",
            *lines[row + 1 :],
        ],
    )


def docstring_translated(code: str, rng: random.Random) -> str | None:
    """Replace a docstring that the block does not read itself."""
    if (
        "__doc__" in code
        or "help(" in code
        or "getdoc" in code
        or "testmod" in code
        or "docopt" in code
        or "getsource" in code
    ):
        return None
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and ast.get_docstring(
            node
        ):
            node.body[0] = ast.Expr(
                ast.Constant(rng.choice(("Gibt etwas zurück.", "戻り値：x", "# 'यह'\n\n    >>> x")))
            )
            return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    return None


def indented(code: str, rng: random.Random) -> str | None:
    """Indent the whole block."""
    if "'''" in code or '"""' in code or "\\\n" in code:
        return None
    by = rng.choice(("    ", "  ", "\t", " "))
    return "".join(f"{by}{line}\n" if line.strip() else "\n" for line in code.rstrip("\n").split("\n"))


def at_prompt(code: str, rng: random.Random) -> str | None:
    """Write the block as at a prompt."""
    tree = ast.parse(code)
    lines = code.rstrip("\n").split("\n")
    rows = {node.lineno - 1 for node in tree.body} | {
        row for row, line in enumerate(lines) if line.startswith("#")
    }
    if any(not line.strip() for line in lines) or any(
        getattr(node, "decorator_list", []) for node in tree.body
    ):
        return None
    return "".join(f"{'>>>' if row in rows else '...'} {line}\n" for row, line in enumerate(lines))


def other_quotes(code: str, rng: random.Random) -> str | None:
    """Write the other quotes, or three of them, around a string."""
    places = [
        place
        for place in _tokens(code, tokenize.STRING)
        if re.match(r"'[^'\"\\]*'$|\"[^'\"\\]*\"$", place[2])
    ]
    text = rng.choice(places)[2] if places else ""
    quote = rng.choice(("'", '"', "'" * 3, '"' * 3))
    return _if_same(code, code.replace(text, f"{quote}{text[1:-1]}{quote}", 1).split("\n")) if text else None


def prefixed(code: str, rng: random.Random) -> str | None:
    """Put a letter before a string that changes nothing."""
    places = [place for place in _tokens(code, tokenize.STRING) if re.match(r"['\"][^\\{}]*$", place[2])]
    if not places:
        return None
    row, column, text = rng.choice(places)
    lines = code.split("\n")
    lines[row] = f"{lines[row][:column]}{rng.choice('ruRU')}{text}{lines[row][column + len(text) :]}"
    return _if_same(code, lines)


def floats_spelled(code: str, rng: random.Random) -> str | None:
    """Write a number with a point in another way."""
    places = [
        place for place in _tokens(code, tokenize.NUMBER) if re.fullmatch(r"\d+\.\d+|\d+e-?\d+", place[2])
    ]
    if not places:
        return None
    row, column, text = rng.choice(places)
    others = [f"{text}0", text.upper(), f"{float(text):e}", text.removeprefix("0"), repr(float(text))]
    other = rng.choice(others if "e" not in text else others[1:3])
    lines = code.split("\n")
    lines[row] = lines[row][:column] + other + lines[row][column + len(text) :]
    return _if_same(code, lines)


def branch_nested(code: str, rng: random.Random) -> str | None:
    """Write `elif` as an `if` inside of `else`."""
    match = re.search(r"^( *)elif (.*:)\n((?:\1 +.*\n)+)(?!\1el)", code, re.MULTILINE)
    if match is None:
        return None
    body = re.sub(r"^", "    ", match[3], flags=re.MULTILINE).rstrip(" ")
    nested = f"{match[1]}else:\n{match[1]}    if {match[2]}\n{body}"
    return _if_same(code, (code[: match.start()] + nested + code[match.end() :]).split("\n"))


def broken_in_brackets(code: str, rng: random.Random) -> str | None:
    """Break the lines inside of brackets, with a comment at each break."""
    commas = [place for place in _tokens(code, tokenize.OP) if place[2] == ","]
    rng.shuffle(commas)
    lines = code.split("\n")
    for row, column, _ in commas[:20]:
        broken = [lines[row][: column + 1] + f"  # {rng.choice(_COMMENTS)}", f"   {lines[row][column + 1 :]}"]
        changed = _if_same(code, [*lines[:row], *broken, *lines[row + 1 :]])
        if changed:
            return changed
    return None


def one_line(code: str, rng: random.Random) -> str | None:
    """Write two statements on one line."""
    lines = code.split("\n")
    rows = [
        row
        for row in range(len(lines) - 1)
        if lines[row].strip() and _indent(lines[row]) == _indent(lines[row + 1])
    ]
    rng.shuffle(rows)
    for row in rows[:20]:
        changed = _if_same(code, [*lines[:row], f"{lines[row]}; {lines[row + 1].strip()}", *lines[row + 2 :]])
        if changed:
            return changed
    return None


def comments_moved(code: str, rng: random.Random) -> str | None:
    """Move a comment at a line's end onto a line of its own."""
    places = _tokens(code, tokenize.COMMENT)
    rng.shuffle(places)
    lines = code.split("\n")
    for row, column, text in places:
        if lines[row][:column].strip():
            moved = [f"{_indent(lines[row])}{text}", lines[row][:column].rstrip()]
            return _if_same(code, [*lines[:row], *moved, *lines[row + 1 :]])
    return None


def message_translated(code: str, rng: random.Random) -> str | None:
    """Translate what an exception or a print says."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        call = node.exc if isinstance(node, ast.Raise) else node
        if (
            not isinstance(call, ast.Call)
            or not call.args
            or not (isinstance(node, ast.Raise) or getattr(call.func, "id", "") == "print")
        ):
            continue
        text = call.args[0]
        if (
            isinstance(text, ast.Constant)
            and isinstance(text.value, str)
            and re.fullmatch(r"[A-Za-z][a-z]+(?: [a-z]+){1,}\W?", text.value)
        ):
            text.value = rng.choice(("कुछ गलत हो गया", "出错了！", "Etwas ging schief: ", "حدث خطأ"))
            return ast.unparse(tree) + "\n"
    return None


def formatted_translated(code: str, rng: random.Random) -> str | None:
    """Translate the words of an f-string that is printed or raised, with its fields turned round."""
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call)
            and getattr(node.func, "id", "") in ("print", "ValueError", "RuntimeError", "TypeError")
        ):
            continue
        for text in node.args:
            words = [part for part in getattr(text, "values", []) if isinstance(part, ast.Constant)]
            if isinstance(text, ast.JoinedStr) and any(
                re.search(r"[a-z]+ [a-z]+", str(word.value))
                and not re.search(r"\d|[%{}/<`]|\w[.]\w", str(word.value))
                for word in words
            ):
                for word in words:
                    word.value = (
                        re.sub(r"[A-Za-z]+", "शब्द", str(word.value))
                        if not re.search(r"\d|[%{}/<`]|\w[.]\w", str(word.value))
                        else word.value
                    )
                if rng.random() < 0.5:
                    text.values.reverse()
                return ast.unparse(tree) + "\n"
    return None


SAME: dict[str, Mutation] = {
    "comment added": comments_added, "comments translated": comments_translated, "comments lost": comments_lost,
    "comment behind": trailing_comments, "blank line added": blank_lines, "printed anew": reprinted,
    "trailing comma": trailing_comma, "backslash": continued, "parentheses": parenthesized, "string in two": joined_strings,
    "string escaped": escaped_string, "tabs": tabs, "two blanks": narrow, "blanks at line ends": trailing_blanks,
    "semicolon": semicolons, "number spelled": numbers_spelled, "full-width name": decomposed,
    "docstring translated": docstring_translated, "indented": indented, "at a prompt": at_prompt,
    "other quotes": other_quotes, "string's letter": prefixed, "float spelled": floats_spelled,
    "elif nested": branch_nested, "broken in brackets": broken_in_brackets, "on one line": one_line,
    "comment moved": comments_moved,
}  # fmt: skip
LOCALIZED: dict[str, Mutation] = {
    "message translated": message_translated,
    "f-string translated": formatted_translated,
}


def _if_same(code: str, lines: list[str]) -> str | None:
    """Return the lines where they parse to the same tree."""
    changed = "\n".join(lines)
    same = changed != code and parses(changed) and ast.dump(ast.parse(changed)) == ast.dump(ast.parse(code))
    return changed if same else None


def _tokens(code: str, kind: int) -> list[tuple[int, int, str]]:
    found = []
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == kind and token.start[0] == token.end[0]:
            found.append((token.start[0] - 1, token.start[1], token.string))
    return found


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _safe_rows(code: str) -> list[int]:
    """Return the rows at which a statement begins."""
    tree = ast.parse(code)
    bodies = [node.body for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list)]
    return [statement.lineno - 1 for body in bodies for statement in body if not getattr(statement, "decorator_list", [])
            and code.split("\n")[statement.lineno - 1][: statement.col_offset].strip() == ""]  # fmt: skip
