"""Mutants that are another program, with the codes that name what was done to them."""

import ast
import io
import random
import re
import tokenize
from collections.abc import Callable

import judge
from same import Mutation
from sources import parses

_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div, ast.FloorDiv, ast.Pow)
_COMPARISONS = (ast.Lt, ast.LtE, ast.Eq, ast.NotEq, ast.Gt, ast.GtE, ast.Is, ast.In)
_LOOKALIKES = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "i": "і", "s": "ѕ"}
"""Latin letters and Cyrillic ones that look the same."""

Change = Callable[[ast.AST, random.Random], bool]


def change(kind: type[ast.AST] | tuple[type[ast.AST], ...], edit: Change) -> Mutation:
    """Make a mutation that edits one node of a kind."""

    def mutate(code: str, rng: random.Random) -> str | None:
        tree = ast.parse(code)
        hidden = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        hidden |= {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
            if isinstance(part, ast.Constant)
        }
        nodes = [node for node in ast.walk(tree) if isinstance(node, kind) and id(node) not in hidden]
        rng.shuffle(nodes)
        if not any(edit(node, rng) for node in nodes):
            return None
        changed = ast.unparse(ast.fix_missing_locations(tree)) + "\n"
        return changed if parses(changed) else None

    return mutate


def replaced(select: Callable[[ast.AST, random.Random], ast.AST | None]) -> Mutation:
    """Make a mutation that puts another node in the place of one."""

    def mutate(code: str, rng: random.Random) -> str | None:
        tree = ast.parse(code)
        found = [(node, other) for node in ast.walk(tree) if (other := select(node, rng)) is not None]
        if not found:
            return None
        node, other = rng.choice(found)

        class Replace(ast.NodeTransformer):
            def visit(self, item: ast.AST) -> ast.AST:
                return other if item is node else self.generic_visit(item)

        try:
            changed = ast.unparse(ast.fix_missing_locations(Replace().visit(tree))) + "\n"
        except (ValueError, AttributeError):
            return None
        return changed if parses(changed) else None

    return mutate


def operator(node: ast.AST, rng: random.Random) -> bool:
    node.op = rng.choice([op for op in _OPERATORS if op is not type(node.op)])()  # type: ignore[attr-defined]
    return True


def comparison(node: ast.AST, rng: random.Random) -> bool:
    node.ops[0] = rng.choice([op for op in _COMPARISONS if op is not type(node.ops[0])])()  # type: ignore[attr-defined]
    return True


def logic(node: ast.AST, rng: random.Random) -> bool:
    node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()  # type: ignore[attr-defined]
    return True


def number(node: ast.AST, rng: random.Random) -> bool:
    """Off by one, another power of ten, another sign or type."""
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return False
    value = node.value
    node.value = rng.choice(
        (value + 1, value - 1, value * 10 + 3, float(value) if isinstance(value, int) else value / 2 + 1)
    )  # type: ignore[operator]
    return True


def truth(node: ast.AST, rng: random.Random) -> bool:
    if (
        not isinstance(node, ast.Constant)
        or node.value not in (True, False, None)
        or (isinstance(node.value, int | float) and not isinstance(node.value, bool))
    ):
        return False
    node.value = rng.choice([value for value in (True, False, None) if value is not node.value])
    return True


def bytes_(node: ast.AST, rng: random.Random) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, bytes):
        return False
    node.value = rng.choice((node.value + b"x", node.value[:-1], node.value.upper() + b" "))
    return True


def string_for_bytes(node: ast.AST, rng: random.Random) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, bytes):
        return False
    node.value = node.value.decode("latin-1")  # type: ignore[assignment]
    return True


def attribute(node: ast.AST, rng: random.Random) -> bool:
    node.attr = rng.choice((node.attr + "_neu", node.attr[:-1] or "x", node.attr.swapcase()))  # type: ignore[attr-defined]
    return True


def keyword(node: ast.AST, rng: random.Random) -> bool:
    if node.arg is None:  # type: ignore[attr-defined]
        return False
    node.arg = rng.choice((node.arg + "_neu", f"achse_{node.arg}"))  # type: ignore[attr-defined]
    return True


def name(node: ast.AST, rng: random.Random) -> bool:
    node.id += "_neu"  # type: ignore[attr-defined]
    return True


def lookalike(node: ast.AST, rng: random.Random) -> bool:
    """Put a Cyrillic letter for a Latin one into a name."""
    field = "id" if isinstance(node, ast.Name) else "attr"
    text = getattr(node, field)
    other = next((text.replace(a, b, 1) for a, b in _LOOKALIKES.items() if a in text), text)
    setattr(node, field, other)
    return other != text


def imported(node: ast.AST, rng: random.Random) -> bool:
    node.name += "s"  # type: ignore[attr-defined]
    return True


def parameter(node: ast.AST, rng: random.Random) -> bool:
    node.arg += "_neu"  # type: ignore[attr-defined]
    return True


def default(node: ast.AST, rng: random.Random) -> bool:
    """Change the default of a parameter."""
    assert isinstance(node, ast.arguments)
    for value in [*node.defaults, *(value for value in node.kw_defaults if value)]:
        if isinstance(value, ast.Constant):
            value.value = 7 if value.value != 7 else 8
            return True
    return False


def key(node: ast.AST, rng: random.Random) -> bool:
    part = node.slice if isinstance(node, ast.Subscript) else None
    if not isinstance(part, ast.Constant) or not isinstance(part.value, str) or not part.value:
        return False
    part.value = rng.choice(
        (
            part.value + "x",
            "क्षेत्र",
            part.value.swapcase() if part.value.swapcase() != part.value else "y",
            f"{part.value}\u200b",
        )
    )
    return True


def dictionary_key(node: ast.AST, rng: random.Random) -> bool:
    keys = [
        part
        for part in node.keys
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value
    ]  # type: ignore[attr-defined]
    if not keys:
        return False
    part = rng.choice(keys)
    part.value = rng.choice((part.value + "x", "Schlüssel", f"{part.value} "))  # type: ignore[operator]
    return True


def index(node: ast.AST, rng: random.Random) -> bool:
    """Change a whole number in square brackets."""
    parts = [
        part for part in ast.walk(node.slice) if isinstance(part, ast.Constant) and type(part.value) is int
    ]  # type: ignore[attr-defined]
    if not parts:
        return False
    rng.choice(parts).value += rng.choice((1, -1))  # type: ignore[operator]
    return True


def slice_(node: ast.AST, rng: random.Random) -> bool:
    """Lose a bound of a slice."""
    assert isinstance(node, ast.Slice)
    bounds = [bound for bound in ("lower", "upper", "step") if getattr(node, bound)]
    if not bounds:
        return False
    setattr(node, rng.choice(bounds), None)
    return True


def symbol(node: ast.AST, rng: random.Random) -> bool:
    """Change a string that is made of words and marks: a path, an address, a dotted name."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or not node.value.isascii():
        return False
    if not re.fullmatch(r"[\w-]+(?:[./_:-][\w-]+)+", node.value) or not re.search(r"[./_:]", node.value):
        return False
    node.value = node.value[::-1] if node.value != node.value[::-1] else f"{node.value}x"
    return True


def option(node: ast.AST, rng: random.Random) -> bool:
    """Change a word in small letters that is handed to a function, such as a type, a device or a mode."""
    assert isinstance(node, ast.Call)
    called = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if called in _SHOWING or called.endswith(("Error", "Exception", "Warning", "Exit")):
        return False
    values = [
        *node.args,
        *(
            word.value
            for word in node.keywords
            if word.arg
            not in (
                "label",
                "title",
                "text",
                "msg",
                "message",
                "help",
                "description",
                "desc",
                "prompt",
                "doc",
                "caption",
                "name_label",
                "labels",
                "xlabel",
                "ylabel",
                "epilog",
                "placeholder",
            )
        ),
    ]
    for value in values:
        if (
            isinstance(value, ast.Constant)
            and isinstance(value.value, str)
            and re.fullmatch(r"[a-z][a-z0-9]{2,}", value.value)
        ):
            value.value = rng.choice(("cuda", "float64", "modus", "cpu")) + (
                "x" if rng.random() < 0.2 else ""
            )
            return True
    return False


_SHOWING = frozenset(["print", "input", "warn", "debug", "info", "warning", "error", "critical", "exception", "log", "write", "title", "text", "annotate",
    "legend", "echo", "getpass", "add_argument", "fail", "skip", "pprint", "display", "set_title", "suptitle", "xlabel", "ylabel", "set_xlabel", "set_ylabel",
    "str", "format", "join", "len", "sorted", "list", "set", "tuple", "reversed", "enumerate", "zip", "min", "max", "upper", "lower", "_", "get", "pop"])  # fmt: skip


def regex(node: ast.AST, rng: random.Random) -> bool:
    """Change a pattern that is handed to `re`."""
    assert isinstance(node, ast.Call)
    if not (
        isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re" and node.args
    ):
        return False
    text = node.args[0]
    if (
        not isinstance(text, ast.Constant)
        or not isinstance(text.value, str)
        or not re.search(r"[\\\[\]|^*+.]", text.value)
    ):
        return False
    text.value = rng.choice(
        (text.value + "+", text.value + "x", "^" + text.value, text.value.replace("\\", "\\\\", 1) + "?")
    )
    return True


def placeholder(node: ast.AST, rng: random.Random) -> bool:
    """Change a format inside a string."""
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    other = re.sub(
        r"%([sdrif])(?![A-Za-z])", lambda match: "%x" if match[1] != "x" else "%s", node.value, count=1
    )
    other = other if other != node.value else re.sub(r"\{(\w*)\}", r"{\1!r}", node.value, count=1)
    done = other != node.value
    node.value = other
    return done


def field(node: ast.AST, rng: random.Random) -> bool:
    """Change the expression in an f-string."""
    assert isinstance(node, ast.FormattedValue)
    node.value = (
        ast.Name("anders")
        if not (isinstance(node.value, ast.Name) and node.value.id == "anders")
        else ast.Name("x")
    )
    return True


def field_format(node: ast.AST, rng: random.Random) -> bool:
    """Change the format of an f-string's field."""
    assert isinstance(node, ast.FormattedValue)
    spec = ast.unparse(node.format_spec) if node.format_spec else ""
    node.format_spec = ast.JoinedStr([ast.Constant(".3f" if ".3f" not in spec else ".4f")])
    return True


def conversion(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.FormattedValue)
    node.conversion = ord("r") if node.conversion != ord("r") else -1
    return True


def arguments_swapped(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.Call)
    places = [i for i in range(len(node.args) - 1) if ast.dump(node.args[i]) != ast.dump(node.args[i + 1])
              and not (_is_text(node.args[i]) and _is_text(node.args[i + 1]))]  # fmt: skip
    if not places:
        return False
    i = rng.choice(places)
    node.args[i], node.args[i + 1] = node.args[i + 1], node.args[i]
    return True


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))


def argument_lost(node: ast.AST, rng: random.Random) -> bool:
    items = [*node.args, *node.keywords]  # type: ignore[attr-defined]
    if not items:
        return False
    lost = rng.choice(items)
    node.args = [item for item in node.args if item is not lost]  # type: ignore[attr-defined]
    node.keywords = [item for item in node.keywords if item is not lost]  # type: ignore[attr-defined]
    return True


def star_lost(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return node.value if isinstance(node, ast.Starred) and isinstance(node.ctx, ast.Load) else None


def decorator(node: ast.AST, rng: random.Random) -> bool:
    if not node.decorator_list:  # type: ignore[attr-defined]
        return False
    node.decorator_list.pop()  # type: ignore[attr-defined]
    return True


def base(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.ClassDef)
    node.bases = [] if node.bases else [ast.Name("object_")]
    return True


def annotation(node: ast.AST, rng: random.Random) -> bool:
    node.annotation = None if node.annotation else ast.Name("int")  # type: ignore[attr-defined]
    return True


def else_lost(node: ast.AST, rng: random.Random) -> bool:
    if not node.orelse:  # type: ignore[attr-defined]
        return False
    node.orelse = []  # type: ignore[attr-defined]
    return True


def condition_negated(node: ast.AST, rng: random.Random) -> bool:
    node.test = ast.UnaryOp(ast.Not(), node.test)  # type: ignore[attr-defined]
    return True


def target_added(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.Assign)
    node.targets = [ast.Name("neu"), *node.targets]
    return True


def augmented(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return ast.Assign([node.target], node.value) if isinstance(node, ast.AugAssign) else None


def returned(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return (
        ast.Expr(node.value)
        if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant)
        else None
    )


def jumped(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return (
        ast.Continue()
        if isinstance(node, ast.Break)
        else ast.Break()
        if isinstance(node, ast.Continue)
        else None
    )


def called(node: ast.AST, rng: random.Random) -> ast.AST | None:
    """Put a call's argument, or its function, in its place."""
    return (
        rng.choice([node.func, *node.args[:1]])
        if isinstance(node, ast.Call) and not any(isinstance(a, ast.Starred) for a in node.args[:1])
        else None
    )


def attribute_lost(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return node.value if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) else None


def unary_lost(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return node.operand if isinstance(node, ast.UnaryOp) else None


def operands_swapped(node: ast.AST, rng: random.Random) -> ast.AST | None:
    if (
        not isinstance(node, ast.BinOp)
        or ast.dump(node.left) == ast.dump(node.right)
        or (_is_text(node.left) and _is_text(node.right))
    ):
        return None
    return ast.BinOp(node.right, node.op, node.left)


def listed(node: ast.AST, rng: random.Random) -> ast.AST | None:
    """Write a list as a tuple, or the reverse."""
    if isinstance(node, ast.List) and isinstance(node.ctx, ast.Load):
        return ast.Tuple(node.elts, node.ctx)
    return (
        ast.List(node.elts, node.ctx)
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load)
        else None
    )


def element_lost(node: ast.AST, rng: random.Random) -> bool:
    if len(node.elts) < 2 or isinstance(getattr(node, "ctx", None), ast.Store):  # type: ignore[attr-defined]
        return False
    node.elts.pop(rng.randrange(len(node.elts)))  # type: ignore[attr-defined]
    return True


def awaited(node: ast.AST, rng: random.Random) -> ast.AST | None:
    return node.value if isinstance(node, ast.Await) else None


def unparenthesized(code: str, rng: random.Random) -> str | None:
    """Lose a pair of parentheses that matters."""
    places = list(re.finditer(r"\(([^()\n]+)\)", code))
    rng.shuffle(places)
    for match in places[:10]:
        changed = code[: match.start()] + match[1] + code[match.end() :]
        if parses(changed) and judge.key(changed) != judge.key(code):
            return changed
    return None


def dedented(code: str, rng: random.Random) -> str | None:
    """Take the last line of a body out of it."""
    lines = code.split("\n")
    rows = [
        node.body[-1].lineno - 1
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.If | ast.For | ast.While | ast.With)
        and len(node.body) > 1
        and node.body[-1].lineno == node.body[-1].end_lineno
        and not getattr(node, "orelse", [])
    ]
    rng.shuffle(rows)
    for row in rows:
        changed = "\n".join([*lines[:row], lines[row].removeprefix("    "), *lines[row + 1 :]])
        if parses(changed) and changed != code:
            return changed
    return None


def zero_width(code: str, rng: random.Random) -> str | None:
    """Slip an invisible character into a name."""
    names = [
        t
        for t in tokenize.generate_tokens(io.StringIO(code).readline)
        if t.type == tokenize.NAME and len(t.string) > 2
    ]
    if not names:
        return None
    token = rng.choice(names)
    lines = code.split("\n")
    row, column = token.start[0] - 1, token.start[1] + 1
    lines[row] = lines[row][:column] + rng.choice("\u200b\u200d\u2060\ufeff\u00ad") + lines[row][column:]
    changed = "\n".join(lines)
    return changed if not parses(changed) else None


def no_break_space(code: str, rng: random.Random) -> str | None:
    """Put a no-break space where Python needs a plain one."""
    changed = re.sub(r"(?<=[\w)\]]) (?=[=+\w])", "\u00a0", code, count=1)
    return changed if changed != code and not parses(changed) else None


def _body(code: str, rng: random.Random, edit: Callable[[list[ast.stmt]], None], size: int) -> str | None:
    tree = ast.parse(code)
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If | ast.For | ast.Module)
    ]
    bodies = [body for body in bodies if len([s for s in body if not _docstring(s)]) >= size]
    if not bodies:
        return None
    edit(rng.choice(bodies))
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def dropped(code: str, rng: random.Random) -> str | None:
    """Drop a statement."""
    return _body(code, rng, lambda body: body.remove(rng.choice([s for s in body if not _docstring(s)])), 2)


def duplicated(code: str, rng: random.Random) -> str | None:
    """Write a statement twice."""

    def edit(body: list[ast.stmt]) -> None:
        statement = rng.choice([statement for statement in body if not _docstring(statement)])
        body.insert(body.index(statement), statement)

    return _body(code, rng, edit, 1)


def swapped(code: str, rng: random.Random) -> str | None:
    """Swap two neighbours."""

    def edit(body: list[ast.stmt]) -> None:
        places = [i for i in range(len(body) - 1) if not _docstring(body[i]) and not _docstring(body[i + 1])
                  and ast.dump(body[i]) != ast.dump(body[i + 1])]  # fmt: skip
        if places:
            place = rng.choice(places)
            body[place], body[place + 1] = body[place + 1], body[place]

    return _body(code, rng, edit, 2)


def merged_lines(code: str, rng: random.Random) -> str | None:
    """Let a line end in the comment above it."""
    lines = code.split("\n")
    rows = [
        i
        for i in range(len(lines) - 1)
        if lines[i].lstrip().startswith("#")
        and lines[i + 1].strip()
        and not lines[i + 1].lstrip().startswith("#")
    ]
    if not rows:
        return None
    row = rng.choice(rows)
    changed = "\n".join([*lines[:row], f"{lines[row]} {lines[row + 1].strip()}", *lines[row + 2 :]])
    return changed if judge.key(changed) != judge.key(code) else None


def typographic(code: str, rng: random.Random) -> str | None:
    """Replace quotes by typographic ones."""
    changed = re.sub(r"(?<![\w'\"])'([\w ]+)'", rng.choice((r"‘\1’", r"„\1“", r"«\1»")), code)
    return changed if changed != code and not parses(changed) else None


def full_width(code: str, rng: random.Random) -> str | None:
    """Replace a mark by the full-width one."""
    one, other = rng.choice(((":", "："), ("(", "（"), (",", "，"), (")", "）")))
    place = code.rfind(one)
    changed = code[:place] + other + code[place + 1 :]
    return changed if place >= 0 and not parses(changed) else None


def keyword_translated(code: str, rng: random.Random) -> str | None:
    """Translate a keyword."""
    for english, other in rng.sample(
        (
            ("for", "für"),
            ("return", "zurück"),
            ("if", "wenn"),
            ("def", "définir"),
            ("import", "importar"),
            ("class", "класс"),
        ),
        6,
    ):
        changed = re.sub(rf"^(\s*){english}\b", rf"\1{other}", code, count=1, flags=re.MULTILINE)
        if changed != code and not parses(changed):
            return changed
    return None


def prose(code: str, rng: random.Random) -> str | None:
    """Let a sentence slip in."""
    return f"{rng.choice(('Hier ist der Code auf Deutsch', 'यह कोड है', 'Aquí está el código traducido:'))}\n{code}"


_RENAMED = ("identifier-renamed", "api-renamed")
_STRINGS = ("key-changed", "symbol-string-changed", "placeholder-changed", "lines-reordered")
_LINES = (
    "lines-dropped",
    "lines-added",
    "lines-changed",
    "program-differs",
    "missing-block",
    "lines-reordered",
)
_NAMED = ("argument-changed", "call-wrapped", "value-changed", "lines-changed")
_SHAPE = (
    "program-differs",
    *_NAMED,
    "missing-block",
    "lines-reordered",
    "operator-changed",
    "lines-dropped",
    "lines-added",
    *_RENAMED,
)
_BROKEN = ("typographic-character", "translation-syntax", "prose-in-code")

DIFFERENT: dict[str, tuple[Mutation, tuple[str, ...]]] = {
    "operator swapped": (change(ast.BinOp, operator), ("operator-changed",)),
    "operator in place": (change(ast.AugAssign, operator), ("operator-changed",)),
    "comparison swapped": (change(ast.Compare, comparison), ("operator-changed",)),
    "and for or": (change(ast.BoolOp, logic), ("operator-changed", "program-differs")),
    "number changed": (change(ast.Constant, number), ("number-changed", "program-differs")),
    "true for false": (change(ast.Constant, truth), ("number-changed",)),
    "bytes changed": (change(ast.Constant, bytes_), ("bytes-changed",)),
    "bytes as a string": (change(ast.Constant, string_for_bytes), ("value-changed", "program-differs", "missing-block", "bytes-changed")),
    "attribute renamed": (change(ast.Attribute, attribute), ("api-renamed",)),
    "keyword renamed": (change(ast.keyword, keyword), ("api-renamed",)),
    "name renamed": (change(ast.Name, name), _RENAMED),
    "parameter renamed": (change(ast.arg, parameter), _RENAMED),
    "look-alike letter": (change((ast.Name, ast.Attribute), lookalike), _RENAMED),
    "import changed": (change(ast.alias, imported), ("api-renamed",)),
    "default changed": (change(ast.arguments, default), ("number-changed", *_SHAPE)),
    "key changed": (change(ast.Subscript, key), _STRINGS),
    "dictionary's key": (change(ast.Dict, dictionary_key), _STRINGS),
    "index changed": (change(ast.Subscript, index), ("number-changed", "program-differs")),
    "slice's bound lost": (change(ast.Slice, slice_), _SHAPE),
    "symbol string changed": (change(ast.Constant, symbol), _STRINGS),
    "option changed": (change(ast.Call, option), _STRINGS),
    "pattern changed": (change(ast.Call, regex), _STRINGS),
    "placeholder changed": (change(ast.Constant, placeholder), _STRINGS),
    "f-string's field": (change(ast.FormattedValue, field), (*_SHAPE, "placeholder-changed")),
    "f-string's format": (change(ast.FormattedValue, field_format), (*_SHAPE, "placeholder-changed", "symbol-string-changed")),
    "f-string's conversion": (change(ast.FormattedValue, conversion), ("number-changed", *_SHAPE, "placeholder-changed")),
    "arguments swapped": (change(ast.Call, arguments_swapped), ("number-changed", "bytes-changed", *_SHAPE, *_STRINGS)),
    "argument lost": (change(ast.Call, argument_lost), _SHAPE),
    "star lost": (replaced(star_lost), _SHAPE),
    "decorator lost": (change((ast.FunctionDef, ast.ClassDef), decorator), _SHAPE),
    "base class changed": (change(ast.ClassDef, base), _SHAPE),
    "annotation changed": (change(ast.arg, annotation), _SHAPE),
    "else lost": (change((ast.If, ast.For, ast.Try), else_lost), _SHAPE),
    "condition negated": (change((ast.If, ast.While), condition_negated), _SHAPE),
    "assigned twice": (change(ast.Assign, target_added), _SHAPE),
    "assigned, not added": (replaced(augmented), _SHAPE),
    "return lost": (replaced(returned), _SHAPE),
    "break for continue": (replaced(jumped), _SHAPE),
    "call lost": (replaced(called), _SHAPE),
    "attribute lost": (replaced(attribute_lost), _SHAPE),
    "not or minus lost": (replaced(unary_lost), _SHAPE),
    "operands swapped": (replaced(operands_swapped), ("number-changed", "bytes-changed", *_SHAPE, *_STRINGS)),
    "list for tuple": (replaced(listed), _SHAPE),
    "element lost": (change((ast.List, ast.Tuple, ast.Set), element_lost), _SHAPE),
    "await lost": (replaced(awaited), _SHAPE),
    "parentheses lost": (unparenthesized, _SHAPE),
    "body cut short": (dedented, (*_SHAPE, "indentation-changed")),
    "statement dropped": (dropped, _LINES),
    "statement twice": (duplicated, _LINES),
    "statements swapped": (swapped, ("lines-reordered",)),
    "line in a comment": (merged_lines, (*_LINES, "translation-syntax", "indentation-changed")),
    "invisible character": (zero_width, _BROKEN),
    "no-break space": (no_break_space, _BROKEN),
    "typographic quotes": (typographic, ("typographic-character",)),
    "full-width mark": (full_width, _BROKEN),
    "keyword translated": (keyword_translated, ("keyword-translated",)),
    "prose slipped in": (prose, ("prose-in-code",)),
}  # fmt: skip
