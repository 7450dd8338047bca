"""Below: outputs that stand below a block in no fence: labelled, quoted, indented, in HTML or in a container.

What a text is told by is its form, then what ran: a quote or a container can be anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from hexapla.model.block import Block, Edit
from hexapla.model.output import Claim, Sureness
from hexapla.model.post import Post
from hexapla.programs.claims.wrapped import wrapping_of
from hexapla.programs.output_labels import COLONS, ends_in_label, is_label, label_of_line, split_line
from hexapla.programs.values import is_value

_BETWEEN = 3
"""How many lines of a paragraph may stand between a block and its output."""
_SPAN = re.compile(r"\A(?:(?:[=-]{1,3}>|→|⇒|➜|👉)\s*+)?(?P<mark>`{1,3})(?P<text>[^`]++)(?P=mark)[.。]?\Z")
"""Code in a line of its own, an arrow before it or not."""
_FENCE = re.compile(r"(?m)^[ \t>]*+(?:```|~~~).*+$")
_COMMENT = re.compile(r"\s*+<!--.*-->\s*+\Z")
_ARROW = re.compile(r"(?:[=-]{1,3}>|[→⇒⟹⟶↳↪⮕➔-➾►▶👉]\uFE0F?)\s*+")
_CODE = re.compile(r"</?(?:code|kbd|tt|samp)\b[^<>]*+>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:b|strong|u|small|center|p|em|i|span|font|big)\b[^<>]*+>", re.IGNORECASE)
_BREAK = re.compile(r"<br {0,2}/?>\Z")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s++")
_NO_TEXT = re.compile(r"[#|<:!]|\{[%{:#.]|={3}|-{3}|\*{3}|`{3}|~{3}|\[[^\]]*\]:")
"""How a line begins that is no paragraph's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What the rows at some place hold as an output."""

    text: str
    used: int
    """How many rows it takes, its label's and its container's among them."""
    label: str = ""
    sureness: Sureness = Sureness.POSSIBLE
    code: bool = True
    """Whether it is laid out as code, and not as words of a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line below a block, without what its container puts before it. Offsets are those of the body."""

    text: str
    start: int
    end: int


def claims_below(post: Post, block: Block, until: Block | None) -> Iterator[Claim]:
    """Yield what stands below a block and above the next fence, `until`, and may be its output."""
    rows = _rows(post.body, block, until.start if until else len(post.body))
    texts = [row.text for row in rows]
    start = _filled(texts, 0)
    while start < len(texts) and _COMMENT.match(texts[start]):
        start = _filled(texts, start + 1)
    typed, apart = _read(texts[start:]), False
    if start < len(texts) and texts[start].startswith("#") and (heading := label_of_line(texts[start])):
        start, apart = _filled(texts, start + 1), True
        typed = _read(texts[start:]) or (
            _words(texts[start:]) if _paragraph_end(texts, start) > start else None
        )
        typed = _under(typed, heading) if typed else None
    if typed is None and (end := _paragraph_end(texts, start)) - start <= _BETWEEN and end > start:
        label = ends_in_label(texts[end - 1])
        start, apart = _filled(texts, end), True
        typed = _read(texts[start:])
        if label and typed is None and _paragraph_end(texts, start) > start:
            typed = _words(texts[start:])
        if typed and label:
            typed = _under(typed, label)
        elif typed and typed.sureness is Sureness.LIKELY:
            typed = replace(typed, sureness=Sureness.PLAUSIBLE)
    if typed is None or "```" in typed.text or not typed.text.strip():
        return
    edit = without_lines(post.body, rows[start].start, rows[start + typed.used - 1].end)
    yield Claim(
        text=typed.text.strip("\n"),
        label=typed.label,
        line=post.line_at(rows[start].start),
        edits=(edit,),
        place=edit.start if apart else None,
        prefix=block.prefix if apart else None,
        sureness=typed.sureness,
    )


def without_lines(body: str, start: int, end: int) -> Edit:
    """Remove whole lines, and the blank lines before them where blank lines follow too."""
    end = min(end, len(body))
    before = len(body[:start].rstrip("\n"))
    if body[end : end + 1] in ("\n", ""):
        start = min(start, before + 1)
    return Edit(start=start, end=end, text="")


def _rows(body: str, block: Block, end: int) -> list[_Row]:
    """Return the lines below a block as they stand in its container; where that has ended, as they are."""
    rows: list[_Row] = []
    start = block.end
    if fence := _FENCE.search(body, start + 1, end):
        end = fence.end()  # what stands there is read no further, however long the text goes on
    for line in body[block.end : end].split("\n"):
        inside = line.startswith(block.prefix)
        if not inside and block.prefix.strip() and line.strip(" \t>"):
            break
        text = line[len(block.prefix) :] if inside else line if line.strip(" \t>") else ""
        if not inside and not block.prefix.strip():
            text = text.lstrip(" ")  # of a container around the block's, in which it is no code
        rows.append(_Row(text=text, start=start, end=min(start + len(line) + 1, end)))
        start += len(line) + 1
    return rows


def _filled(rows: Sequence[str], start: int) -> int:
    """Return the first row from `start` that is not blank."""
    return next((at for at in range(start, len(rows)) if rows[at].strip()), len(rows))


def _paragraph_end(rows: Sequence[str], start: int) -> int:
    """Return where the paragraph ends that begins at `start`; `start` itself where none does."""
    if start < len(rows) and (_NO_TEXT.match(rows[start]) or _ITEM.match(rows[start])):
        return start
    return next((at for at in range(start, len(rows)) if not rows[at].strip()), len(rows))


def _without_break(row: str) -> str:
    """Return a row without what breaks the line behind it."""
    return _BREAK.sub("", row.rstrip()).removesuffix("\\").rstrip()


def _read(rows: Sequence[str]) -> _Typed | None:
    """Read the output that rows begin with; None where they hold none."""
    if not rows:
        return None
    for form in (_wrapped, _quote, _indented, _item, _labelled, _spans):
        if (typed := form(rows)) is not None:
            return typed if typed.text.strip() else None
    return None


def _under(typed: _Typed, label: str) -> _Typed:
    """Return what stands under a label: an output for sure where it is laid out as code."""
    sureness = Sureness.SURE if typed.code else Sureness.PLAUSIBLE
    return replace(typed, label=typed.label or label, sureness=sureness)


def _whole(rows: Sequence[str]) -> _Typed | None:
    """Read rows that must be an output from the first to the last."""
    start = _filled(rows, 0)
    typed = _read(rows[start:])
    return typed if typed and not "".join(rows[start + typed.used :]).strip() else None


def _wrapped(rows: Sequence[str]) -> _Typed | None:
    """Read what is around an output: whose name says so, whose text does, or which is preformatted or folded."""
    around = wrapping_of(rows)
    if around is None:
        return None
    typed = None if around.code and around.opaque else _whole(around.inner)
    if typed is None or not (typed.label or around.output):
        text = "\n".join(around.inner).strip("\n")
        typed = _Typed(text=_bare(text), used=0, code=around.code)
        if not (around.output or around.opaque):
            return None
    sureness = Sureness.SURE if typed.code and (around.output or typed.label) else Sureness.PLAUSIBLE
    if around.opaque and around.code and not around.output and not around.title:
        sureness = Sureness.LIKELY
    label = around.title if is_label(around.title.strip(COLONS + " ")) else typed.label
    return replace(typed, used=around.used, label=label, sureness=sureness)


def _quote(rows: Sequence[str]) -> _Typed | None:
    """Read a quote: what it holds may begin with a label."""
    end = next((at for at, row in enumerate(rows) if not row.lstrip().startswith(">")), len(rows))
    if not end:
        return None
    # A spoiler of Stack Exchange's begins with `>!`.
    inner = [row.lstrip()[1:].removeprefix("!").removeprefix(" ") for row in rows[:end]]
    if inner[0].strip().startswith("[!"):
        inner = inner[1:]
    typed = _whole(inner)
    if typed is None or not typed.label:
        sureness = Sureness.PLAUSIBLE if all(map(is_value, inner)) else Sureness.POSSIBLE
        typed = _Typed(text="\n".join(inner), used=0, code=False, sureness=sureness)
    return replace(typed, used=end)


def _indented(rows: Sequence[str]) -> _Typed | None:
    """Read what is indented as code is; blank lines do not end it."""
    inside = (at for at, row in enumerate(rows) if row.strip() and not row.startswith("    "))
    end = next(inside, len(rows))
    while end and not rows[end - 1].strip():
        end -= 1
    text = "\n".join(row.removeprefix("    ") for row in rows[:end])
    return _Typed(text=text, used=end, sureness=Sureness.LIKELY) if end else None


def _item(rows: Sequence[str]) -> _Typed | None:
    """Read an item of a list that is an output under its label."""
    mark = _ITEM.match(rows[0])
    if mark is None:
        return None
    end = next(
        (at for at in range(1, len(rows)) if rows[at].strip() and not rows[at].startswith("  ")), len(rows)
    )
    while not rows[end - 1].strip():
        end -= 1
    inner = [rows[0][mark.end() :], *(row.removeprefix(" " * mark.end()) for row in rows[1:end])]
    typed = _whole(inner)
    return replace(typed, used=end) if typed and typed.label else None


def _labelled(rows: Sequence[str]) -> _Typed | None:
    """Read a label, or an arrow, and what follows it in its line or below."""
    line, start = _plain(rows[0]), _filled(rows, 1)
    defines = len(rows) > 1 and rows[1].startswith(":") and is_label(line)
    if (label := line if defines else label_of_line(line)) and not line.lstrip().startswith("#"):
        below = [rows[1][1:].strip(), *rows[2:]] if defines else rows[start:]
        typed = _read(below)
        if typed is None or typed.label:
            typed = _bullets(below) or (_words(below) if _paragraph_end(below, 0) else None)
        return _under(replace(typed, used=start + typed.used), label) if typed else None
    label, rest = split_line(line)
    if label:
        return _under(_spans([rest, *rows[1:]]) or _words([_emphasized(rest), *rows[1:]]), label)
    arrow = _ARROW.match(line)
    typed = _words([_emphasized(line[arrow.end() :]), *rows[1:]]) if arrow and "`" not in line else None
    return replace(typed, sureness=Sureness.PLAUSIBLE) if typed else None


def _plain(row: str) -> str:
    """Return a row without its tags, and with code in backticks."""
    row = _without_break(row)
    return _INLINE.sub("", _CODE.sub("`", row)).strip() if "<" in row else row


def _emphasized(text: str) -> str:
    """Return a text without the signs around it that set it apart, some of which its label's may have taken."""
    text = text.strip()
    return (
        text.strip("*") if text.endswith("*") else text.strip("$") if text[:1] == text[-1:] == "$" else text
    )


def _bullets(rows: Sequence[str]) -> _Typed | None:
    """Read the items of a list as the lines of an output."""
    marks = [_ITEM.match(row) for row in rows]
    end = next((at for at, mark in enumerate(marks) if mark is None), len(rows))
    lines = [_bare(row[mark.end() :]) for row, mark in zip(rows[:end], marks, strict=False) if mark]
    return _Typed(text="\n".join(lines), used=end, code=False) if lines else None


def _bare(text: str) -> str:
    """Return a text without the backticks around it."""
    match = _SPAN.match(text.strip())
    return match["text"] if match else text


def _words(rows: Sequence[str]) -> _Typed:
    """Read rows up to a blank one as what was printed."""
    end = next((at for at, row in enumerate(rows) if not row.strip()), len(rows))
    text = "\n".join(_without_break(row) for row in rows[:end])
    return _Typed(text=text, used=end, code=False)


def _spans(rows: Sequence[str]) -> _Typed | None:
    """Read lines each of which is nothing but code."""
    spans: list[str] = []
    for row in rows:
        match = _SPAN.match(_plain(row).strip())
        if match is None:
            break
        spans.append(match["text"])
    ends = len(spans) == len(rows) or not rows[len(spans)].strip()
    if not spans or not ends:
        return None
    return _Typed(text="\n".join(spans), used=len(spans), sureness=Sureness.PLAUSIBLE)
