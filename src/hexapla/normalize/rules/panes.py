"""Panes: what a tab of Docsy's holds, which Hugo shows as code unless `text=true` is said, as a fence in the tab."""

import itertools
import re
from collections.abc import Iterator

from hexapla.model.block import Edit, fence_for
from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.marks import options_of
from hexapla.normalize.rules.rule import Changes, Draft, Remark, Repair

_ARGUMENTS = r"\b(?P<arguments>(?:[^>%{/]|\{(?!\{)|[>%](?!\}\})|/(?![>%]\}\}))*+)"
_PANE = re.compile(
    rf"\{{\{{[<%]\s*+tabpane{_ARGUMENTS}[>%]\}}\}}"
    r"(?P<body>(?:[^{]++|\{(?!\{[<%]\s*+/?\s*+tabpane\b))*+)\{\{[<%]\s*+/\s*+tabpane\b"
)
_TAB = re.compile(
    rf"(?P<indent>^[ \t]*+)\{{\{{<\s*+tab{_ARGUMENTS}>\}}\}}"
    r"(?P<above>(?:[ \t]*+\n)*+)(?P<body>(?:[^{]++|\{(?!\{[<%](?!/\*)))*+)\{\{<\s*+/\s*+tab\s*+>\}\}",
    re.M,
)
"""Of which nothing says that it is Markdown, as `{{% %}}` does, and which holds no other shortcode."""
_FENCE = re.compile(r"^[ \t]*+(?:```|~~~)", re.M)
_LANGUAGE = re.compile(r"[\w+#.-]+")
_MESSAGE = "What a tab of Docsy's holds is code: it is written as a fence."


def fence_tabs(draft: Draft) -> Repair:
    """Put what the tabs of Docsy's panes hold into fences."""
    changes = Changes(draft)
    for pane in outside(_PANE, draft.text, over=True) if "tabpane" in draft.text else ():
        said = options_of(pane["arguments"])
        for tab in _TAB.finditer(draft.text, *pane.span("body")):
            options = {**said, **options_of(tab["arguments"])}
            is_code = options.get("text") != "true" and tab["body"].strip() and not _FENCE.search(tab["body"])
            if is_code and changes.make(tuple(_fenced(tab, options.get("lang", "")))):
                changes.remarks.append(Remark(offset=tab.start(), message=_MESSAGE))
    return changes.repair(mends_fences=bool(changes.edits))


def _fenced(tab: re.Match[str], language: str) -> Iterator[Edit]:
    """Yield what makes a fence of what a tab holds, in the columns of the tab."""
    indent, code, mark = tab["indent"], tab["body"].rstrip(), fence_for(tab["body"])
    lines = code.split("\n")
    # Where a tab is indented for looks, and stands in no item, its code may begin left of it.
    step = "" if all(line.startswith(indent) or not line.strip() for line in lines) else indent
    info = language if _LANGUAGE.fullmatch(language) else ""
    at, end = tab.start("body"), tab.start("body") + len(code)
    yield Edit(start=at, end=at, text=f"{'' if tab['above'] else chr(10)}{indent}{mark}{info}\n{step}")
    for above, line in itertools.pairwise(lines):
        at += len(above) + 1
        if step and line.strip():
            yield Edit(start=at, end=at, text=step)
    is_apart = "\n" in tab["body"][len(code) :]
    yield Edit(start=end, end=end, text=f"\n{indent}{mark}" + ("" if is_apart else f"\n{indent}"))
