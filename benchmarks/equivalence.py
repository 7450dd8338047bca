"""Measure the relation on mutants of real code: `python benchmarks/equivalence.py [--count 6000] [--seed 0]`.

Takes functions from the standard library and examples from torch's docstrings (where torch is installed),
changes each in one way, and asks `articles.align` what the changed block is. Prints a table: for every kind
of mutant, how many were put in the right class, named rightly, and, for other programs, accepted as the
same (which must never happen).
"""

import argparse
import ast
import random
import re
import sys
import sysconfig
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from hexapla.articles import Article, align
from hexapla.posts import Post
from hexapla.relation import Level

Mutation = Callable[[str, random.Random], str | None]


def sources(count: int, rng: random.Random) -> list[str]:
    """Return distinct blocks of real code: functions and classes of 3 to 40 lines, and doctest examples."""
    found: dict[str, None] = {}
    library = Path(sysconfig.get_paths()["stdlib"])
    paths = [
        path
        for path in sorted(library.rglob("*.py"))
        if "site-packages" not in path.parts and "lib2to3" not in path.parts
    ]
    rng.shuffle(paths)
    for path in paths[:400]:
        found.update(dict.fromkeys(_functions(path)))
        if len(found) > count:
            break
    found.update(dict.fromkeys(_torch_examples()))
    blocks = list(found)
    rng.shuffle(blocks)
    return blocks


def _functions(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="ignore")
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError):
        return
    lines = text.split("\n")
    for node in tree.body:
        if (
            isinstance(node, ast.FunctionDef | ast.ClassDef)
            and 3 <= (node.end_lineno or 0) - node.lineno <= 40
        ):
            code = "\n".join(lines[node.lineno - 1 : node.end_lineno]) + "\n"
            if "```" not in code and "~~~" not in code:
                yield code


def _torch_examples() -> Iterator[str]:
    try:
        import torch
    except ImportError:
        return
    for owner in (torch, torch.nn, torch.nn.functional, torch.Tensor, torch.optim):
        for name in dir(owner):
            document = getattr(getattr(owner, name, None), "__doc__", None)
            if not isinstance(document, str):
                continue
            code = "\n".join(re.findall(r"^\s*(?:>>>|\.\.\.) (.*)$", document, re.MULTILINE)) + "\n"
            try:
                ast.parse(code)
            except (SyntaxError, ValueError):
                continue
            if code.count("\n") >= 3:
                yield code


# --- mutants that are the same program --------------------------------------------------------------------


def comments_added(code: str, rng: random.Random) -> str | None:
    """Put a translated comment behind or above a line that no string runs over."""
    lines = code.split("\n")
    safe = _safe_rows(code)
    if not safe:
        return None
    row = rng.choice(safe)
    indent = re.match(r"\s*", lines[row])
    assert indent is not None
    lines[row:row] = [
        f"{indent.group()}# {rng.choice(('यह एक टिप्पणी है', '这是注释', 'Dies ist ein Kommentar', 'هذا تعليق'))}"
    ]
    return "\n".join(lines)


def blank_lines(code: str, rng: random.Random) -> str | None:
    """Add a blank line between statements."""
    lines = code.split("\n")
    safe = _safe_rows(code)
    if not safe:
        return None
    lines.insert(rng.choice(safe), "")
    return "\n".join(lines)


def reprinted(code: str, rng: random.Random) -> str | None:
    """Print the tree anew: other quotes, line breaks and parentheses, no comments."""
    return ast.unparse(ast.parse(code)) + "\n"


def docstring_translated(code: str, rng: random.Random) -> str | None:
    """Replace a docstring that the block does not read itself."""
    if "__doc__" in code or "help(" in code:
        return None
    tree = ast.parse(code)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body[0] = ast.Expr(ast.Constant("Gibt etwas zurück."))
            return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    return None


def indented(code: str, rng: random.Random) -> str | None:
    """Indent the whole block."""
    if "'''" in code or '"""' in code or "\\\n" in code:
        return None
    return "".join(f"    {line}\n" if line.strip() else "\n" for line in code.rstrip("\n").split("\n"))


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


# --- mutants that are another program ---------------------------------------------------------------------


def _change(kind: type[ast.AST], change: Callable[[ast.AST, random.Random], bool]) -> Mutation:
    def mutate(code: str, rng: random.Random) -> str | None:
        tree = ast.parse(code)
        hidden = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        hidden |= {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        nodes = [node for node in ast.walk(tree) if isinstance(node, kind) and id(node) not in hidden]
        rng.shuffle(nodes)
        return ast.unparse(tree) + "\n" if any(change(node, rng) for node in nodes) else None

    return mutate


def _operator(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.BinOp)
    node.op = rng.choice(
        [op for op in (ast.Add(), ast.Sub(), ast.Mult(), ast.MatMult()) if type(op) is not type(node.op)]
    )
    return True


def _comparison(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.Compare)
    node.ops[0] = rng.choice(
        [op for op in (ast.Lt(), ast.Eq(), ast.NotEq(), ast.GtE()) if type(op) is not type(node.ops[0])]
    )
    return True


def _number(node: ast.AST, rng: random.Random) -> bool:
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float, bool):
        return False
    node.value = not node.value if isinstance(node.value, bool) else node.value + rng.choice((1, 10))  # type: ignore[operator]
    return True


def _bytes(node: ast.AST, rng: random.Random) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, bytes):
        return False
    node.value = node.value + b"x"
    return True


def _attribute(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.Attribute)
    node.attr += "_neu"
    return True


def _keyword(node: ast.AST, rng: random.Random) -> bool:
    if not isinstance(node, ast.keyword) or node.arg is None:
        return False
    node.arg += "_neu"
    return True


def _name(node: ast.AST, rng: random.Random) -> bool:
    assert isinstance(node, ast.Name)
    node.id += "_neu"
    return True


def _key(node: ast.AST, rng: random.Random) -> bool:
    key = node.slice if isinstance(node, ast.Subscript) else None
    if not isinstance(key, ast.Constant) or not isinstance(key.value, str) or not key.value:
        return False
    key.value += "x"
    return True


def _symbol(node: ast.AST, rng: random.Random) -> bool:
    if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
        return False
    if (
        not re.fullmatch(r"[\w-]+(?:[./_:-][\w-]+)+", node.value)
        or not node.value.isascii()
        or not re.search(r"[./_:]", node.value)
    ):
        return False
    node.value = node.value[::-1] if node.value != node.value[::-1] else f"{node.value}x"
    return True


def _body(code: str, rng: random.Random, change: Callable[[list[ast.stmt]], None], size: int) -> str | None:
    tree = ast.parse(code)
    bodies = [
        node.body
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If | ast.For | ast.Module)
    ]
    bodies = [body for body in bodies if len([s for s in body if not _docstring(s)]) >= size]
    if not bodies:
        return None
    body = rng.choice(bodies)
    change(body)
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def _docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def dropped(code: str, rng: random.Random) -> str | None:
    """Drop a statement."""

    def change(body: list[ast.stmt]) -> None:
        body.remove(rng.choice([statement for statement in body if not _docstring(statement)]))

    return _body(code, rng, change, 2)


def duplicated(code: str, rng: random.Random) -> str | None:
    """Write a statement twice."""

    def change(body: list[ast.stmt]) -> None:
        statement = rng.choice([statement for statement in body if not _docstring(statement)])
        body.insert(body.index(statement), statement)

    return _body(code, rng, change, 1)


def swapped(code: str, rng: random.Random) -> str | None:
    """Swap two neighbours."""

    def change(body: list[ast.stmt]) -> None:
        places = [
            i
            for i in range(len(body) - 1)
            if not _docstring(body[i])
            and ast.dump(body[i]) != ast.dump(body[i + 1])
            and not _docstring(body[i + 1])
        ]
        if places:
            place = rng.choice(places)
            body[place], body[place + 1] = body[place + 1], body[place]

    return _body(code, rng, change, 2)


def typographic(code: str, rng: random.Random) -> str | None:
    """Replace quotes by typographic ones."""
    changed = re.sub(r"(?<![\w'\"])'([\w ]+)'", r"‘\1’", code)
    return changed if changed != code and not _parses(changed) else None


def keyword_translated(code: str, rng: random.Random) -> str | None:
    """Translate a keyword."""
    for english, german in (("for", "für"), ("return", "zurück"), ("if", "wenn"), ("def", "definiere")):
        changed = re.sub(rf"^(\s*){english}\b", rf"\1{german}", code, count=1, flags=re.MULTILINE)
        if changed != code and not _parses(changed):
            return changed
    return None


def prose(code: str, rng: random.Random) -> str | None:
    """Let a sentence slip in."""
    return f"Hier ist der Code auf Deutsch\n{code}"


# --- mutants whose strings are translated -----------------------------------------------------------------


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
            and re.fullmatch(r"[A-Za-z][a-z]+(?: [a-z]+){2,}\W?", text.value)
        ):
            text.value = "कुछ गलत हो गया"
            return ast.unparse(tree) + "\n"
    return None


SAME: dict[str, Mutation] = {
    "comment added": comments_added, "blank line added": blank_lines, "printed anew": reprinted,
    "docstring translated": docstring_translated, "indented": indented, "at a prompt": at_prompt,
}  # fmt: skip
LOCALIZED: dict[str, Mutation] = {"message translated": message_translated}
DIFFERENT: dict[str, tuple[Mutation, tuple[str, ...]]] = {
    "operator swapped": (_change(ast.BinOp, _operator), ("operator-changed",)),
    "comparison swapped": (_change(ast.Compare, _comparison), ("operator-changed",)),
    "number changed": (_change(ast.Constant, _number), ("number-changed",)),
    "bytes changed": (_change(ast.Constant, _bytes), ("bytes-changed",)),
    "attribute renamed": (_change(ast.Attribute, _attribute), ("api-renamed",)),
    "keyword renamed": (_change(ast.keyword, _keyword), ("api-renamed",)),
    "name renamed": (_change(ast.Name, _name), ("identifier-renamed",)),
    "key changed": (_change(ast.Subscript, _key), ("key-changed", "symbol-string-changed")),
    "symbol string changed": (
        _change(ast.Constant, _symbol),
        ("symbol-string-changed", "key-changed", "placeholder-changed"),
    ),
    "statement dropped": (dropped, ("lines-dropped", "program-differs", "missing-block")),
    "statement twice": (duplicated, ("lines-added", "program-differs", "missing-block")),
    "statements swapped": (swapped, ("lines-reordered",)),
    "typographic quotes": (typographic, ("typographic-character",)),
    "keyword translated": (keyword_translated, ("keyword-translated",)),
    "prose slipped in": (prose, ("prose-in-code",)),
}


def _parses(code: str) -> bool:
    try:
        compile(code, "<mutant>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def _safe_rows(code: str) -> list[int]:
    """Return the rows at which a statement begins."""
    tree = ast.parse(code)
    bodies = [node.body for node in ast.walk(tree) if hasattr(node, "body") and isinstance(node.body, list)]
    return [statement.lineno - 1 for body in bodies for statement in body if not getattr(statement, "decorator_list", [])
            and code.split("\n")[statement.lineno - 1][: statement.col_offset].strip() == ""]  # fmt: skip


def article(original: str, translation: str, frame: tuple[str, str]) -> Article:
    """Return the article of two posts that hold a block between two others."""
    return align(
        [_post("en", [frame[0], original, frame[1]]), _post("de", [frame[0], translation, frame[1]])],
        default_language="en",
        languages=("en", "de"),
    )


def _post(language: str, codes: list[str]) -> Post:
    body = "".join(f"Text.\n\n```python\n{code.rstrip()}\n```\n\n" for code in codes)
    return Post(
        path=f"posts/a.{language}.md",
        slug="a",
        language=language,
        title="",
        body=body,
        lines=range(1, body.count("\n") + 2),
    )


def main() -> int:
    """Run the benchmark; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=6000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="how many misses to show")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    rng = random.Random(options.seed)
    blocks = sources(options.count, rng)
    kinds = [*((k, m, "same", ()) for k, m in SAME.items()), *((k, m, "localized", ()) for k, m in LOCALIZED.items()),
             *((k, m, "different", codes) for k, (m, codes) in DIFFERENT.items())]  # fmt: skip
    table: dict[str, Counter[str]] = defaultdict(Counter)
    shown = 0
    each = max(1, options.count // len(kinds))
    for kind, mutate, expected, codes in kinds:
        for code in blocks:
            if table[kind]["mutants"] >= each:
                break
            if not _parses(code):
                continue
            mutant = mutate(code, rng)
            if mutant is None or (expected == "different" and not _really_differs(code, mutant)):
                continue
            found = article(code, mutant, ("first = 1\nprint(first)\n", "last = 'end'\nprint(last, first)\n"))
            verdict, named, framed = _read(found, codes)
            row = table[kind]
            row["mutants"] += 1
            row["right"] += verdict == expected
            row["named"] += named
            row["accepted"] += expected == "different" and verdict != "different"
            row["rejected"] += expected == "same" and verdict != "same"
            row["shifted"] += not framed
            if (verdict != expected or (codes and not named)) and shown < options.show:
                shown += 1
                print(f"--- {kind}: {verdict}", *map(str, found.problems), mutant, sep="\n")
    return _report(table) + _speed(blocks, rng)


def _really_differs(code: str, mutant: str) -> bool:
    return not _parses(mutant) or ast.dump(ast.parse(code)) != ast.dump(ast.parse(mutant))


def _read(found: Article, codes: tuple[str, ...]) -> tuple[str, bool, bool]:
    """Return the class of the middle block, whether it is named rightly, and whether its neighbours hold."""
    placed = found.placed["de"]
    words = {problem.code for problem in found.problems}
    framed = [placed[0].cell, placed[-1].cell] == ["cell-1", "cell-3"]
    middle = placed[1]
    if middle.cell and middle.level is Level.IDENTICAL:
        verdict = "same"
    elif middle.cell and middle.level in (Level.LOCALIZED, Level.RENAMED):
        verdict = "localized"
    else:
        verdict = "different"
    return verdict, bool(words & set(codes)), framed


def _report(table: dict[str, Counter[str]]) -> int:
    columns = ("mutants", "right", "named", "accepted", "rejected", "shifted")
    print(f"{'mutant':24}" + "".join(f"{column:>10}" for column in columns))
    whole: Counter[str] = Counter()
    for kind, row in table.items():
        whole.update(row)
        print(f"{kind:24}" + "".join(f"{row[column]:>10}" for column in columns))
    print(f"{'all':24}" + "".join(f"{whole[column]:>10}" for column in columns))
    same = sum(table[kind]["mutants"] for kind in SAME)
    right = whole["right"] / whole["mutants"]
    rejected = whole["rejected"] / same
    print(f"right class {right:.2%} (target 99.5 %); other programs accepted {whole['accepted']} (target 0); "
          f"same programs rejected {rejected:.2%} (target 0.1 %)")  # fmt: skip
    return int(right < 0.995 or whole["accepted"] > 0 or rejected > 0.001)


def _speed(blocks: list[str], rng: random.Random, posts: int = 2000) -> int:
    """Align 400 articles of 5 languages with 8 blocks each; one block in six has a comment changed."""
    parsed = [code for code in blocks if _parses(code)]
    languages = ("en", "de", "fr", "hi", "zh")
    work = []
    for number in range(posts // len(languages)):
        codes = [parsed[(number * 8 + k) % len(parsed)] for k in range(8)]
        work.append([
            _post(tag, [(comments_added(code, rng) or code) if tag != "en" and rng.random() < 1 / 6 else code for code in codes])
            for tag in languages
        ])  # fmt: skip
    start = time.process_time()
    for versions in work:
        align(versions, default_language="en", languages=languages)
    spent = time.process_time() - start
    print(f"{posts} posts of 8 blocks aligned in {spent:.1f} s of CPU (target 10 s)")
    return int(spent > 10)


if __name__ == "__main__":
    sys.exit(main())
