"""Fences: what other tools write behind a fence's language, as this site's words, or taken out with a note."""

import re
from collections.abc import Sequence

from hexapla.model.block import Edit
from hexapla.model.directives import directives_of
from hexapla.model.problem import Severity
from hexapla.normalize.github.outline import Fence, outline
from hexapla.normalize.rules.marked_block import ALERTS
from hexapla.normalize.rules.rule import Draft, Remark, Repair

_LINES = re.compile(r"\{(?P<lines>\d[\d\s,-]*)\}")
"""Docusaurus', VitePress' and Gatsby's `{1,3-4}`."""
_LANGUAGE = re.compile(r"^(?P<language>[A-Za-z][\w+#.-]*)")
_NUMBERED = re.compile(
    r"(?<![\w-])(?:showLineNumbers(?:=true|\{(?P<first>\d+)\})?|:?line-numbers(?:=(?P<start>\d+))?|\.?numberLines|"
    r"lineNumbers|linenos(?:=(?:table|inline|true))?)(?![\w-])"
)
_KEYS = re.compile(r"(?<![\w-])(?:linenostart|startFrom|startLine|start)=[\"']?(?P<first>\d+)[\"']?")
_HIGHLIGHTED = re.compile(
    r"(?<![\w-])(?!hl_lines=\"[\d ,-]*\")(?:hl_lines|highlight|hl|emphasize-lines)="
    r"(?:\[(?P<list>[^\]]*)\]|[\"'](?P<text>[^\"']*)[\"']|(?P<bare>[\d,-]++(?: \d[\d-]*+)*+))"
)
_TITLE = re.compile(
    r"(?<![\w-])(?:title|filename|fileName|file|name|label|caption)="
    r"(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s{}\"']+))"
)
_GIVEN = re.compile(r"[\w-]+=\"[^\"]*\"|[^\s{},]+")
_LABEL = re.compile(
    r"[ \t]\[(?!\[)(?P<label>[^\[\]]+)\](?!\])|^(?P<language>[A-Za-z][\w+#-]*):(?P<path>[\w./-]*[./][\w./-]+)$"
)
_FOREIGN = frozenset({
    "copy", "editable", "eval", "expandable", "full-width", "live", "lineNumbers", "no-copy", "no-format",
    "no-highlight", "no-line-numbers", "noInline", "noformat", "nocopy", "noeval", "showLineNumbers", "wrap",
})  # fmt: skip
"""Words of other tools that change nothing here."""
_DIRECTIVE = re.compile(r"^\{(?P<name>[a-z][\w:-]*)\}[ \t]*(?P<rest>.*)$")
_DIRECTIVES = frozenset({
    "admonition", "bibliography", "card", "contents", "csv-table", "dropdown", "embed", "eval-rst", "exercise",
    "figure", "glossary", "grid", "iframe", "image", "include", "list-table", "literalinclude", "margin",
    "prf:definition", "prf:theorem", "sidebar", "solution", "tab-item", "tab-set", "tableofcontents", "toctree",
    "topic", "versionadded", "versionchanged",
})  # fmt: skip
"""MyST's: https://mystmd.org/guide/directives. Any other word in braces is a language, as R Markdown writes it."""
_CHUNK = re.compile(r"^\{(?P<language>[A-Za-z]\w*+)[ ,](?P<rest>[^{}]*)\}$")
"""R Markdown's `{r name, echo=FALSE}`."""
_ELSEWHERE = frozenset({
    "abc", "bytefield", "chart", "d2", "dataview", "dataviewjs", "ditaa", "echarts", "excalidraw", "flow", "goat",
    "graphviz", "kroki", "markmap", "nomnoml", "pikchr", "plantuml", "puml", "query", "sequence", "svgbob", "tasks",
    "tikz", "toc", "vega", "vega-lite", "wavedrom",
})  # fmt: skip
"""What Obsidian, HackMD, GitLab, Hugo, Typora and Kroki draw, or ask of their notes."""
_DRAWN = frozenset({"geojson", "mermaid", "stl", "topojson"})
"""https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/creating-diagrams"""
_FENCE = (
    "Have the site draw it, in mkdocs.yml: `pymdownx.superfences: {preserve_tabs: true, custom_fences: "
    "[{name: mermaid, class: mermaid}]}`."
)
_OWN = re.compile(r"^\{[^{}]*\}$")


_OPTIONS = re.compile(r"(?:[ \t]*+:[\w-]++:[^\n]*+\n)++")
"""What a directive of MyST's says of itself in its first lines."""


def worded(draft: Draft) -> Repair:
    """Write what stands behind fences' languages as this site reads it; what has no equal goes, and is told of."""
    edits: list[Edit] = []
    remarks: list[Remark] = []
    for fence in outline(draft.text).fences:
        if fence.info.strip("{}.").lower() in _DRAWN - draft.drawn:
            remarks.append(_drawn(fence))
            continue
        if fence.info.strip("{}.").lower() in _ELSEWHERE - draft.drawn:
            message = f"`{fence.info}` is drawn or looked up by other tools; readers see it as code."
            remarks.append(Remark(offset=fence.start, message=message))
            continue
        if fence.info == "{=html}" and fence.is_closed and not fence.prefix.strip():
            edits.append(Edit(start=fence.start, end=fence.end, text=f"\n{fence.code}\n"))
            remarks.append(
                Remark(offset=fence.start, message="`{=html}` is written as the HTML that it holds.")
            )
            continue
        if not re.search(r"[\s{:\[]|^diff-", fence.info):
            continue
        made = _directive(fence, draft)
        if made is not None:
            edits += made.edits
            remarks += made.remarks
            continue
        info, dropped = _info(fence.info)
        if info == fence.info:
            continue
        start = draft.text.index(fence.info, fence.start + len(fence.prefix) + len(fence.mark))
        edits.append(Edit(start=start, end=start + len(fence.info), text=info))
        if dropped:
            listed = ", ".join(f"`{word}`" for word in dropped)
            message = f"{listed} behind a fence's language means nothing here: it is taken out."
            remarks.append(Remark(offset=fence.start, message=message))
    return Repair(edits=tuple(edits), remarks=tuple(remarks), mends_fences=bool(edits))


def _drawn(fence: Fence) -> Remark:
    """Tell of a fence that GitHub draws."""
    is_mermaid = "mermaid" in fence.info.lower()
    return Remark(
        offset=fence.start,
        message=f"`{fence.info}` is drawn on GitHub; the page shows it as it is written.",
        severity=Severity.WARNING,
        hint=_FENCE if is_mermaid else "Show a picture of it.",
    )


def _info(info: str) -> tuple[str, tuple[str, ...]]:
    """Return an info string as this site reads it, and the words that it has no equal for."""
    chunk = _CHUNK.match(info)
    rest = f"{chunk['language']} {chunk['rest']}" if chunk and not directives_of(info).is_python else info
    label = _LABEL.search(rest)
    path = ""
    if label is not None:
        path = label["label"] or label["path"]
        rest = label["language"] or rest[: label.start()] + rest[label.end() :]
    language = _LANGUAGE.match(rest)
    word = language["language"] if language else ""
    rest = rest[len(word) :]
    foreign = [
        match for pattern in (_LINES, _NUMBERED, _KEYS, _HIGHLIGHTED) for match in pattern.finditer(rest)
    ]
    title = _TITLE.search(rest)
    unknown = [name for name in _GIVEN.findall(rest) if name in _FOREIGN]
    if not directives_of(info).is_python and not foreign and not path:
        unknown += [name for name in directives_of(info).unknown if name not in unknown]
        unknown = [name for name in unknown if not _TITLE.search(name)]
    is_own = title is None or title[0].startswith('title="')
    if not foreign and not path and not unknown and is_own and not word.startswith("diff-"):
        return info, ()
    dropped = [name for name in unknown if not _NUMBERED.fullmatch(name)]
    return _written(rest, word, path or _named(title), unknown), tuple(dropped)


def _named(title: re.Match[str] | None) -> str:
    return next(filter(None, title.groups()), "") if title else ""


def _written(rest: str, word: str, name: str, unknown: Sequence[str]) -> str:
    """Return an info string in this site's words: the language, what it reads already, and what others mean."""
    lines = _numbers(rest)
    numbered = list(_NUMBERED.finditer(rest))
    starts = (*_KEYS.finditer(rest), *numbered)
    first = next((key for match in starts if (key := next(filter(None, match.groups()), ""))), "")
    left = rest
    for pattern in (_LINES, _NUMBERED, _KEYS, _HIGHLIGHTED, _TITLE):
        left = pattern.sub(" ", left)
    kept = [given for given in _GIVEN.findall(left) if given not in unknown]
    language = word.removeprefix("diff-")
    if not language and kept and kept[0].startswith("."):
        language = kept.pop(0)[1:]
    words = [
        language or "text",
        *kept,
        *([f'title="{name}"'] if name else []),
        *([f'hl_lines="{lines}"'] if lines else []),
        *([f'linenums="{first or 1}"'] if numbered or first else []),
    ]
    return " ".join(words)


def _numbers(rest: str) -> str:
    """Return the lines to mark as this site's words have them: `1 3-4`."""
    given = [match["lines"] for match in _LINES.finditer(rest)]
    given += [match["list"] or match["text"] or match["bare"] or "" for match in _HIGHLIGHTED.finditer(rest)]
    return " ".join(number for text in given for number in re.findall(r"\d+(?:-\d+)?", text))


def _directive(fence: Fence, draft: Draft) -> Repair | None:
    """Return what becomes of MyST's ```` ```{note} ````; None for a fence of code."""
    match = _DIRECTIVE.match(fence.info)
    if (
        match is None
        or not fence.is_closed
        or directives_of(fence.info).is_python
        or match["name"] in ("notest", "text")
    ):
        return None
    name, rest = match["name"], match["rest"].strip()
    start = draft.text.index(fence.info, fence.start + len(fence.prefix) + len(fence.mark))
    if name in ("code-cell", "code", "code-block", "sourcecode", "ipython"):
        edit = Edit(start=start, end=start + len(fence.info), text=rest or "python")
        return Repair.of([edit], f"`{{{name}}}` is written as a fence of its language.")
    if name in ALERTS and not fence.prefix.strip(" \t"):
        return _alert(fence, ALERTS[name], rest)
    if _OWN.match(fence.info) and not rest and name in ("mermaid", "math"):
        edits = [Edit(start=start, end=start + len(fence.info), text=name)]
        if name == "math" and not fence.prefix and (options := _OPTIONS.match(fence.code)):
            edits.append(Edit(start=fence.body, end=fence.body + options.end(), text=""))
        remark = Remark(offset=start, message=f"`{{{name}}}` is written `{name}`.")
        return Repair(edits=tuple(edits), remarks=(remark,))
    if name not in _DIRECTIVES:
        return None
    return Repair(
        remarks=(
            Remark(
                offset=fence.start,
                message=f"`{{{name}}}` is a directive of another tool: readers see what is in it as code.",
                severity=Severity.WARNING,
                hint="Write what it stands for.",
            ),
        )
    )


def _alert(fence: Fence, kind: str, title: str) -> Repair:
    """Write a fence that is no code as GitHub's alert."""
    lines = fence.code.rstrip("\n").split("\n")
    while lines and re.match(r":[\w-]+:", lines[0]):
        lines.pop(0)
    head = [f"[!{kind}]", *([f"**{title}**", ""] if title else [])]
    text = "\n".join(f"{fence.prefix}> {line}".rstrip() for line in (*head, *lines))
    edit = Edit(start=fence.start, end=fence.end, text=f"{text}\n")
    repair = Repair.of([edit], "A directive is written as an alert.")
    return Repair(edits=repair.edits, remarks=repair.remarks, mends_fences=True)
