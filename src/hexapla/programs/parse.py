"""Parse: a block's code as Python can read it.

Common indentation, prompts and typed doctest output are taken out and magics made harmless, always line
for line, so that a line number in the prepared code is the same line of the block.
"""

import ast
import functools
import itertools
import re
import warnings
from dataclasses import dataclass

from hexapla.model.other_tools import options_in

_PROMPT = re.compile(r"[ \t]*(?:>>>|In \[\d+\]:)(?: |$)")
_MORE = re.compile(r"(?:[ \t]*+\.\.\.:?|\s++\.\.\.:)(?: |$)")
_MAGIC = re.compile(r"(?P<indent>[ \t]*)(?P<magic>[%!?][^\n]*|[\w.]+\?{1,2}[ \t]*)$")
_REMARK = re.compile(r"\s#")
_COMMENT = re.compile(r"""^([^"'#%!?\n]*+#).+$""", re.MULTILINE)
"""What is surely a comment, where no string goes over lines."""
_DEEPEST = 200
"""How deep code may be nested: what walks a tree, Python's own writing of one above all, goes down with it."""
_UNSURE = ('"""', "'''", "\\\n", "\r", "\0")
"""Where one of these is in a code, what looks like a comment may be a part of a string, or code may follow it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Output that the author typed below a prompt."""

    text: str
    first: int
    """0-based line in the block where it begins."""
    last: int
    """0-based line in the block where it ends, inclusive."""
    code_line: int
    """0-based line of the prompt that it answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Python code, its tree, and what was taken out of it."""

    code: str
    """As it is executed; as many lines as the block has."""
    tree: ast.Module | None
    """None where it does not parse; magics are calls of `__magic__` in it."""
    fault: str = ""
    """Why it does not parse, as Python says it."""
    fault_line: int = 0
    """0-based line of the block where parsing failed."""
    typed: tuple[Typed, ...] = ()
    interactive: bool = False
    """Whether it was written at a prompt, where every expression shows its value."""
    magics: tuple[int, ...] = ()
    """0-based lines that hold a magic."""


@functools.lru_cache(maxsize=8192)
def prepare(code: str) -> Prepared:
    """Return the code of a block without what only a reader or a notebook understands."""
    lines = _dedented(code.split("\n"))
    if lines[0].startswith((":", "---")):
        # Options of MyST's, which are no Python.
        options = options_in("\n".join(lines))[0]
        lines[:options] = [""] * options
    typed: tuple[Typed, ...] = ()
    interactive = _at_prompt(lines)
    if interactive:
        lines, typed = _without_prompts(lines)
    text = "\n".join(lines)
    tree, fault, where = _parsed(text)
    if tree is not None:
        return Prepared(code=text, tree=tree, typed=typed, interactive=interactive)
    magics = tuple(index for index, line in enumerate(lines) if _MAGIC.match(line))
    called, harmless = _without_magics(lines, magics)
    tree = _parsed(called)[0] if magics else None
    if tree is None:
        return Prepared(
            code=text, tree=None, fault=fault, fault_line=where, typed=typed, interactive=interactive
        )
    return Prepared(code=harmless, tree=tree, typed=typed, interactive=interactive, magics=magics)


def uncompilable(prepared: Prepared) -> tuple[str, int]:
    """Return what only compiling finds, such as `return` outside of a function, and its 0-based line."""
    if prepared.tree is None:
        return prepared.fault, prepared.fault_line
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            compile(prepared.tree, "<block>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except SyntaxError as error:
            return error.msg, max((error.lineno or 1) - 1, 0)
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            return str(error) or type(error).__name__, 0
    return "", 0


def lines_inside_strings(code: str) -> frozenset[int]:
    """Return the 1-based lines of a block that begin inside of a string: blanks before them belong to its value."""
    tree = prepare(code).tree
    return frozenset(
        line
        for node in (ast.walk(tree) if tree is not None else ())
        if isinstance(node, ast.JoinedStr | ast.Constant)
        for line in range(node.lineno + 1, (node.end_lineno or node.lineno) + 1)
    )


@functools.lru_cache(maxsize=8192)
def parse_expression(text: str) -> ast.expr | None:
    """Return the tree of a text that is one expression; None where it is none."""
    tree = _tree(text, "eval")[0]
    return tree.body if isinstance(tree, ast.Expression) else None


def _parsed(text: str) -> tuple[ast.Module | None, str, int]:
    """Parse; what only compiling finds is left to `uncompilable`, for the original alone.

    Texts that differ in comments only share one tree.
    """
    bare = text if any(sign in text for sign in _UNSURE) else _COMMENT.sub(r"\1", text)
    parsed = _module(bare)
    return parsed if parsed[0] is not None or bare == text else _module(text)


@functools.lru_cache(maxsize=8192)
def _module(text: str) -> tuple[ast.Module | None, str, int]:
    tree, fault, row = _tree(text, "exec")
    return (tree if isinstance(tree, ast.Module) else None), fault, row


def _tree(text: str, mode: str) -> tuple[ast.AST | None, str, int]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            tree = ast.parse(text, mode=mode)
        except SyntaxError as error:
            return None, error.msg, max((error.lineno or 1) - 1, 0)
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            return None, str(error) or type(error).__name__, 0
    return (None, "it is nested too deeply", 0) if _is_too_deep(tree) else (tree, "", 0)


def _is_too_deep(tree: ast.AST) -> bool:
    # No statement of one line is nested deeper than it has characters: most trees need no walk.
    level = [node for node in ast.iter_child_nodes(tree) if not _is_short(node)]
    for _ in range(_DEEPEST - 1):
        level = [child for node in level for child in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def _is_short(node: ast.AST) -> bool:
    if not isinstance(node, ast.stmt | ast.expr) or node.end_lineno != node.lineno:
        return False
    return (node.end_col_offset or _DEEPEST) - node.col_offset < _DEEPEST // 2


def _dedented(lines: list[str]) -> list[str]:
    """Take off the indentation of the first line, if every line has it."""
    first = next((line for line in lines if line.strip()), "")
    indent = first[: len(first) - len(first.lstrip(" \t"))]
    if not indent:
        return lines
    if all(line.startswith(indent) for line in lines if line.strip()):
        return [line[len(indent) :] if line.strip() else line for line in lines]
    return lines


def _at_prompt(lines: list[str]) -> bool:
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            return bool(_PROMPT.match(line))
    return False


def _without_prompts(lines: list[str]) -> tuple[list[str], tuple[Typed, ...]]:
    """Blank out prompts and answers. Every statement's later lines carry the second prompt."""
    kept: list[str] = []
    answers: list[tuple[int, int]] = []
    prompt = -1
    answering = False
    for index, line in enumerate(lines):
        first, more = _PROMPT.match(line), _MORE.match(line)
        if first or (more and prompt >= 0 and not answering):
            prompt = index if first else prompt
            answering = False
            kept.append(line[(first or more).end() :])  # type: ignore[union-attr]
            continue
        blank, remark = not line.strip(), _is_remark(lines, index)
        if prompt >= 0 and not blank and not remark:
            answers.append((index, prompt))
        answering = not blank and (answering or not remark)
        kept.append(line.lstrip() if remark else "")
    return kept, _typed(lines, answers)


def _is_remark(lines: list[str], index: int) -> bool:
    """Return whether a line without a prompt is a comment on the next statement, and not printed."""
    after = itertools.dropwhile(lambda line: line.lstrip().startswith("#"), lines[index:])
    following = next(after, "")
    return lines[index].lstrip().startswith("#") and (
        not following.strip() or bool(_PROMPT.match(following) or _MORE.match(following))
    )


def _typed(lines: list[str], answers: list[tuple[int, int]]) -> tuple[Typed, ...]:
    """Join the answer lines that belong to one prompt."""
    typed: list[Typed] = []
    for prompt in dict.fromkeys(prompt for _, prompt in answers):
        rows = [row for row, asked in answers if asked == prompt]
        text = "\n".join(lines[rows[0] : rows[-1] + 1])
        text = re.sub(r"^Out\[\d+\]:[ \n]?", "", text)
        typed.append(Typed(text=text, first=rows[0], last=rows[-1], code_line=prompt))
    return tuple(typed)


def _without_magics(lines: list[str], magics: tuple[int, ...]) -> tuple[str, str]:
    """Return the code with magics as opaque calls, to compare, and as `pass`, to execute."""
    called, harmless = list(lines), list(lines)
    for index in magics:
        match = _MAGIC.match(lines[index])
        assert match is not None
        command = without_remark(match["magic"]).strip()
        called[index] = f"{match['indent']}__magic__({command.encode()!r})"
        harmless[index] = f"{match['indent']}pass  # {match['magic']}"
    return "\n".join(called), "\n".join(harmless)


def without_remark(command: str) -> str:
    """Return a notebook's command without the comment behind it: a hash with no quote after it."""
    remark = _REMARK.search(command, max(command.rfind('"'), command.rfind("'")) + 1)
    return command[: remark.start()] if remark else command
