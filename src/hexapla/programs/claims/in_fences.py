"""Finding claims in what follows a block: fences, and what stands for one, up to the next block of Python.

A label or a tag says that a fence is an output. A plain fence after code is as often the next shell command, so
without them only what ran tells.
"""

import ast
import functools
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from hexapla.model.block import Block, Edit
from hexapla.model.other_tools import options_in
from hexapla.model.output import Claim, Sureness
from hexapla.model.post import Post
from hexapla.programs.claims.below import claims_below, without_lines
from hexapla.programs.claims.transcripts import is_of_arguments, without_frame
from hexapla.programs.output_labels import ends_in_label, is_label, label_of_line
from hexapla.programs.parse import prepare
from hexapla.programs.values import is_value

_SHELL = frozenset({"bash", "sh", "shell", "zsh", "fish", "powershell", "ps1", "cmd", "bat", "shell-session"})
_OUTPUT = frozenset({"output", "out", "stdout", "python-output", "py-output", "console-output", "testoutput"})
_PLAIN = frozenset(
    {"", "text", "txt", "plaintext", "plain", "none", "console", "log", "pycon", "raw", "pytb", "py3tb", "ansi", "term",
     "terminal"}
)  # fmt: skip
_DATA = frozenset(
    {"json", "yaml", "yml", "xml", "html", "csv", "markdown", "md", "diff", "ini", "toml", "sql"}
)
"""What outputs below a label are tagged as, too, so that they are coloured."""
_FILE = re.compile(r"`[^`\n]*\.\w{1,9}`|\*[^*\n]*\.\w{1,9}\*")
"""A name of a file, set apart in a sentence."""
_COMMAND = re.compile(r"\A\s*+(?:\$|pip3?|conda|uv|git|cd) ")
_PROMPT = re.compile(r"\A\s*+(?:>>> |In \[\d++\]:)")
_LISTING = re.compile(r"[├└│]\s?─|^[ \t]*+(?:\$|[A-Za-z]:\\[^\n>]*+>|[\w.@~-]++[:%]\S*+\$) ", re.MULTILINE)
"""A tree of files, or a command at a prompt."""
_FOLLOWING = 4
"""How many fences below a block may hold its output."""
_BETWEEN = 3
"""How many lines may stand between a block and a fence that looks like its output."""
_MARKUP = re.compile(r"\A\s*+(?:>\s*+)*+(?:<!--.*-->|</?(?:details|summary|div|p|b|br)\b[^>]*+>.*)\s*+\Z")
_TAB = re.compile(r"[ \t]*+===[!+]*+ ++\"(?P<label>[^\"\n]++)\"[ \t]*+\Z")
_NUMBER = re.compile(r"[\d.]++")
_NAME = re.compile(r"\w++")
_BINDING = ("class ", "def ", "async def ", "import ", "from ")
_WORD = re.compile(r"[^\W\d_]{2,}+")
_HEADING = re.compile(r"^ {0,3}# ", re.MULTILINE)


def is_output(post: Post, block: Block, before: Block | None) -> bool:
    """Return whether a block is the typed output of one before it: so tagged, under a label, or no program at all."""
    if _is_tagged(block):
        return True
    if before is None:
        return False
    claim = _fence_claim(post, before, block)
    return (claim is not None and claim.sureness is Sureness.SURE) or _reads_as_output(post, block, before)


def _is_tagged(fence: Block) -> bool:
    words = {fence.directives.language, *fence.directives.classes, *fence.directives.unknown}
    return not _OUTPUT.isdisjoint(words)


def _reads_as_output(post: Post, fence: Block, before: Block) -> bool:
    """Return whether a block of Python is what the one right above it prints: values, or words that it prints.

    As a program it would do nothing, or not parse.
    """
    directives, text = fence.directives, fence.code.strip()
    asks = (directives.id, directives.notest, directives.raises, directives.fixtures, _PROMPT.match(text))
    if not directives.is_python or any(asks) or post.body[before.end : fence.start].strip(" \t>\n"):
        return False
    above, tree = prepare(before.code).tree, prepare(fence.code).tree
    if above is None or not above.body or not text or not _shows(above.body[-1]):
        return False
    if _NUMBER.fullmatch(text) and not _shows_name(above.body[-1]):
        return False
    if tree is not None and _runs(tree, post.body, fence.start):
        return False
    if is_value(text) or all(map(is_value, text.split("\n"))):
        return True
    if tree is not None and not all(_is_word(node) for node in tree.body):
        return False
    strings = [
        node.value
        for node in ast.walk(above)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    printed, words = set(_WORD.findall("\n".join(strings))), _WORD.findall(text)
    return bool(words) and 2 * sum(word in printed for word in words) >= len(words)


def _runs(tree: ast.Module, body: str, end: int) -> bool:
    """Return whether code calls what the page binds above: `Shows(1)` runs, `tensor(1)` may be shown."""
    called = {
        part.func.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name)
    }
    return bool(called) and any(at < end and not called.isdisjoint(names) for at, names in _bound(body))


@functools.lru_cache(maxsize=16)
def _bound(body: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """Return where lines of a page begin that define or import something, and the names in them."""
    lines = body.splitlines(keepends=True)
    starts = itertools.accumulate(map(len, lines), initial=0)
    return tuple(
        (start, frozenset(_NAME.findall(line)))
        for start, line in zip(starts, lines, strict=False)
        if line.lstrip(" \t>").startswith(_BINDING)
    )


def _is_word(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Name | ast.Constant)


def _shows_name(node: ast.stmt) -> bool:
    """Return whether a statement shows what something holds or returns, and no mere sum."""
    kinds = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)
    return isinstance(node, ast.Expr) and isinstance(node.value, kinds)


def _shows(node: ast.stmt) -> bool:
    """Return whether a block that ends so most likely shows something, and is no value itself."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant)
    return isinstance(node, ast.For | ast.While | ast.If | ast.With | ast.Try)


def after_block(post: Post, block: Block, following: Sequence[Block]) -> tuple[Claim, ...]:
    """Return what stands between a block and the next one of Python as claims; `following` has the fences there."""
    until = following[0] if following else None
    told = _fence_claim(post, block, until) if until is not None else None
    if told:
        return (told,)
    # Those that begin at one place stand together, as what they are alone first.
    return tuple(sorted(_possible(post, block, following), key=lambda claim: claim.edits[0].start))


def _possible(post: Post, block: Block, following: Sequence[Block]) -> Iterator[Claim]:
    """Yield what may be the output of a block."""
    for claim in claims_below(post, block, following[0] if following else None):
        yield claim
        if claim.sureness is Sureness.SURE:
            return
    parts: list[Claim] = []
    for place, fence in enumerate(following[:_FOLLOWING]):
        between = post.body[block.end : fence.start]
        lines = [line for line in between.splitlines() if line.strip(" \t>")]
        near = (
            place == 0
            and sum(not _MARKUP.match(line) for line in lines) <= _BETWEEN
            and not (_HEADING.search(between) or _is_no_output(without_frame(fence.code)))
        )
        is_file = fence.directives.language in _DATA and lines and _FILE.search(lines[-1])
        if fence.closed and fence.code.strip() and not (is_file or is_of_arguments(fence.code)):
            edit = without_lines(post.body, fence.start, fence.end)
            sureness = _sureness(fence) if near else Sureness.POSSIBLE
            claim = _claim_of(post, fence, edit, "", apart=bool(lines), sureness=sureness)
            if claim.text != fence.code.rstrip("\n") and place == 0:
                claim = replace(claim, sureness=max(claim.sureness, Sureness.PLAUSIBLE))
            if claim.text:
                yield claim
            if claim.text and not _is_no_output(claim.text):
                parts.append(claim)
                yield from _together(parts)


def _sureness(fence: Block) -> Sureness:
    """Return what the tag of a fence right below its code tells."""
    language = fence.directives.language
    if language in _PLAIN | _OUTPUT | {"python", "py"}:
        return Sureness.LIKELY
    # What a shell shows is as often a command as an output.
    return Sureness.PLAUSIBLE if language in _SHELL else Sureness.POSSIBLE


def _together(parts: Sequence[Claim]) -> Iterator[Claim]:
    """Yield fences that follow one another as one output, typed in parts."""
    if len(parts) > 1:
        text = "\n".join(part.text for part in parts)
        edits = tuple(edit for part in parts for edit in part.edits)
        yield replace(parts[0], text=text, edits=edits)


def _is_no_output(text: str) -> bool:
    """Return whether a fence holds a command, a session, a tree of files, or a program."""
    if any(pattern.search(text) for pattern in (_COMMAND, _PROMPT, _LISTING)):
        return True
    tree = prepare(text).tree
    return tree is not None and any(map(_does, tree.body))


def _does(node: ast.stmt) -> bool:
    """Return whether a statement does something, and is no value or `loss: 0.5`."""
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Call) and not is_value(ast.unparse(node))
    return not (isinstance(node, ast.AnnAssign) and node.value is None)


def _fence_claim(post: Post, block: Block, fence: Block) -> Claim | None:
    """Read the fence after a block as its output, if its tag or the words between say so."""
    between = post.body[block.end : fence.start]
    tagged = _is_tagged(fence)
    text = fence.code.rstrip("\n")
    if _COMMAND.match(text) or is_of_arguments(text) or (_PROMPT.match(text) and not tagged):
        return None
    if not tagged and _HEADING.search(between):
        return None
    lines = [line for line in between.splitlines() if line.strip(" \t>")]
    label = label_of_line(lines[-1]) if lines and _begins(between, lines[-1]) else ""
    # The tab beside that of the code is named for what it holds.
    tagged = tagged or bool(len(lines) == 1 and (tab := _TAB.match(lines[0])) and is_label(tab["label"]))
    if not tagged and not (_may_be_output(fence, label) and (label or _lead_in(lines))):
        return None
    heading = bool(lines) and lines[-1].lstrip(" >").startswith("#")
    start, words_stay = fence.start, bool(lines)
    if label and not heading:
        start = block.end + between.rindex(lines[-1])
        words_stay = len(lines) > 1
    edit = without_lines(post.body, start, fence.end)
    sureness = Sureness.SURE if tagged or fence.directives.language not in _SHELL else Sureness.PLAUSIBLE
    return _claim_of(post, fence, edit, label, apart=words_stay, sureness=sureness)


def _claim_of(post: Post, fence: Block, edit: Edit, label: str, *, apart: bool, sureness: Sureness) -> Claim:
    """Return a fence as a claim; where words stand between it and its code (`apart`), the output takes its place."""
    head = options_in(fence.code)[0] if fence.directives.language == "testoutput" else 0
    return Claim(
        text=without_frame("\n".join(fence.code.rstrip("\n").split("\n")[head:])),
        label=label,
        line=post.line_at(fence.start) + 1,
        edits=(edit,),
        # The output takes the place of what goes, blank lines included.
        place=edit.start if apart else None,
        prefix=fence.prefix if apart else None,
        sureness=sureness,
    )


def _may_be_output(fence: Block, label: str) -> bool:
    """Return whether a fence's language is one that outputs are shown in; below a label, more are."""
    language = fence.directives.language
    if fence.directives.is_python and language not in _PLAIN:
        tree = prepare(fence.code).tree
        return bool(label) and not (tree is not None and any(map(_does, tree.body)))
    return language in _PLAIN or bool(label and language in _DATA | _SHELL)


def _begins(between: str, line: str) -> bool:
    """Return whether a line stands for itself, and is not the end of a sentence above it."""
    above = between[: between.rindex(line)].rstrip(" \t>")
    if not line.strip(" \t>")[:1].isalnum() or not above.strip():
        return True
    return above.endswith(("\n\n", "\n>\n"))


def _lead_in(lines: list[str]) -> str:
    """Return the label that a sentence between the code and a fence ends with."""
    if not lines or len(lines) > 3:
        return ""
    last = lines[-1].lstrip(" >")
    return "" if last.startswith(("|", "#")) else ends_in_label(last)
