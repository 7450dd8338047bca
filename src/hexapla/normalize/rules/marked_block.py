"""Marked block: what stands between two marks of another tool's, and how GitHub's readers would know it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from hexapla.model.block import Edit, fence_for
from hexapla.normalize.github.outline import outline
from hexapla.normalize.rules.marks import TABS, BlockMark
from hexapla.normalize.rules.rule import Draft

ALERTS = {
    "abstract": "NOTE", "attention": "WARNING", "bug": "CAUTION", "caution": "WARNING", "check": "TIP", "cite": "NOTE",
    "danger": "CAUTION", "default": "NOTE", "done": "TIP", "error": "CAUTION", "example": "NOTE", "fail": "CAUTION",
    "failure": "CAUTION", "faq": "NOTE", "help": "NOTE", "hint": "TIP", "important": "IMPORTANT", "info": "NOTE",
    "link": "NOTE", "missing": "CAUTION", "note": "NOTE", "primary": "NOTE", "question": "NOTE", "quote": "NOTE",
    "secondary": "NOTE", "seealso": "NOTE", "success": "TIP", "summary": "NOTE", "tip": "TIP", "tldr": "IMPORTANT",
    "todo": "NOTE", "warn": "WARNING", "warning": "WARNING",
}  # fmt: skip
"""The names of notes: Obsidian's, Docusaurus', VitePress', Hexo's, GitBook's, MyST's and Quarto's, as GitHub's five."""
_NOTES = frozenset({"admonition", "alert", "aside", "callout", "hint", "notice"})
"""Notes that say their kind in a word behind, or in `type=` and the like."""
_FOLDS = frozenset(
    {"accordion", "collapse", "collapsible", "details", "dropdown", "expand", "spoiler", "toggle"}
)
_FIGURES = frozenset({"figure", "image"})
"""Directives that name a picture, over its caption."""
_STEPS = frozenset({"step"})
"""Parts of a text that have a title and nothing else."""
_CODE = frozenset({"code", "codeblock", "highlight"})
_WRAPPERS = frozenset({
    "accordions", "block", "card-group", "cardgroup", "center", "code-group", "codegroup", "codetabs", "column",
    "columns", "div", "frame", "grid", "grid-item", "raw", "rawhtml", "section", "steps", "tab-set", "tabgroup",
    "tabpane", "tabs", "tabset", "unsafe", "v-pre",
})  # fmt: skip
"""What is only layout."""

_IMPORTED = re.compile(r"\s*+\{\w++\}\s*+")
"""Code that MDX takes from elsewhere."""
_FENCED = re.compile(
    r"\s*+(?P<mark>```++|~~~++)[^\n]*+\n(?:(?![ \t]*+(?:```|~~~))[^\n]*+\n)*+[ \t]*+(?P=mark)\s*+"
)
"""A fence and nothing else, as GitBook has it in `{% code %}`."""
_HIGHLIGHTED = re.compile(r"hl_lines\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|\[([^\]]*)\]|([\d,-]+))")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedBlock:
    """What stands between two marks."""

    draft: Draft
    opening: BlockMark
    closing: BlockMark

    @property
    def is_code(self) -> bool:
        """Whether what stands in it is code, and no marks."""
        return self.opening.name in _CODE

    @property
    def is_known(self) -> bool:
        """Whether it is written as something else, now or once what is inside of it is."""
        name = self.opening.name
        if self.is_code and _IMPORTED.fullmatch(self.draft.text, self.opening.end, self.closing.start):
            return False
        if self._is_in_line:
            return self._is_link or (self.is_code and self.opening.family == "hugo")
        return (
            self._is_link
            or bool(self._alert)
            or name in _FOLDS | TABS | _CODE | _STEPS | _WRAPPERS
            or self._is_picture
            or name == "mermaid"
        )

    @property
    def _is_link(self) -> bool:
        mark = self.opening
        return mark.family == "jsx" and mark.name == "link" and bool(self._address)

    @property
    def _is_picture(self) -> bool:
        return self.opening.family == "colons" and self.opening.name in _FIGURES and bool(self.opening.title)

    @property
    def _address(self) -> str:
        return self.opening.options.get("to") or self.opening.options.get("href") or ""

    @property
    def _is_in_line(self) -> bool:
        """Whether other text stands before or behind it on its line, where no block can be."""
        text = self.draft.text
        before = text[text.rfind("\n", 0, self.opening.start) + 1 : self.opening.start]
        past = text.find("\n", self.closing.end)
        behind = text[self.closing.end : past if past >= 0 else len(text)]
        return bool(before.strip(" \t>*+-") and not re.fullmatch(r"[ \t>]*\d+[.)][ \t]+", before)) or bool(
            behind.strip() and "\n" not in text[self.opening.end : self.closing.start]
        )

    @property
    def _alert(self) -> str:
        """GitHub's name of a note of this kind; empty where it is none."""
        mark = self.opening
        kinds = [mark.options.get(key, "").lower() for key in ("type", "style", "kind", "color", "theme")]
        kinds += [*mark.options.get("class", "").lower().split(), *map(str.lower, mark.words[:1])]
        said = next((ALERTS[kind] for kind in kinds if kind in ALERTS), "")
        if mark.name in _NOTES:
            return said or ALERTS.get(mark.name, "NOTE")
        return (said if mark.family == "liquid" else "") or ALERTS.get(mark.name, "")

    @property
    def _title(self) -> str:
        mark = self.opening
        named = (
            mark.options.get(key)
            for key in ("title", "summary", "label", "header", "name", "heading", "tabname", "text")
        )
        title = mark.title or next(filter(None, named), "")
        words = [word for word in mark.words if word.lower() not in ALERTS or mark.name in TABS | _FOLDS]
        return title or " ".join(words) or (mark.options.get("value", "") if mark.name in TABS else "")

    @property
    def _indent(self) -> str:
        """What stands before the opening mark on its line, if that is nothing but blanks."""
        line = self.draft.text.rfind("\n", 0, self.opening.start) + 1
        before = self.draft.text[line : self.opening.start]
        return before if not before.strip() else ""

    def edits(self, *, is_leaf: bool) -> Iterator[Edit]:
        """Yield what writes it as GitHub's readers know it; nothing where nobody here knows it, or what is inside."""
        name, title = self.opening.name, self._title
        if name in _WRAPPERS:
            caption = self.opening.options.get("caption", "")
            yield from self._around("", f"\n{self._kept}{caption}\n" if caption else "", "")
        elif not self.is_known:
            yield from self._apart()
        elif not is_leaf:
            return
        elif self._is_link or self._is_in_line:
            before, after = ("[", f"]({self._address})") if self._is_link else ("`", "`")
            yield Edit(start=self.opening.start, end=self.opening.end, text=before)
            yield Edit(start=self.closing.start, end=self.closing.end, text=after)
        elif self._is_picture:
            alt = re.sub(r"[][]", "", self.opening.options.get("alt", ""))
            yield from self._around(f"![{alt}]({quote(self.opening.title, safe='/:%?=&#~+@,')})\n", "", "")
        elif self.is_code and _FENCED.fullmatch(self.draft.text, self.opening.end, self.closing.start):
            yield from self._around("", "", "")
        elif self.is_code or name == "mermaid":
            yield from self._fence()
        elif name in _FOLDS:
            yield from self._around(
                f"<details>\n{self._kept}<summary>{title or 'Details'}</summary>\n", "\n</details>\n", ""
            )
        elif name in _STEPS:
            yield from self._around(f"**{title}**\n" if title else "", "", "")
        elif name in TABS:
            label = title.replace('"', "”") or name
            if self.draft.tabs:
                yield from self._around(f'=== "{label}"\n', "", "    ")
            else:
                yield from self._around(f"**{label}**\n", "", "")
        else:
            head = f"\n{self._kept}> **{title}**\n{self._kept}>" if title else ""
            mark = f"> **{self._alert.capitalize()}**\n{self._kept}>" if self._kept else f"> [!{self._alert}]"
            yield from self._around(f"{mark}{head}", "", "> ")

    def _apart(self) -> Iterator[Edit]:
        """Yield what parts text from the tags of a component that nobody here knows: to MDX it is Markdown."""
        text, opening, closing = self.draft.text, self.opening, self.closing
        if opening.family != "jsx" or self._is_in_line or "\n" not in text[opening.end : closing.start]:
            return
        below, _, after = text[opening.end : closing.start].partition("\n")
        first = after.partition("\n")[0].strip()
        if not below.strip() and first and not first.startswith(("<", "{")):
            tags = text[opening.start : opening.end], text[closing.start : closing.end]
            yield from self._around(f"{tags[0]}\n", f"\n{self._kept}{tags[1]}", "")

    @property
    def _kept(self) -> str:
        """The indentation that places it in a list; what a component has besides is for looks."""
        if self.opening.family != "jsx" or not self._indent:
            return self._indent
        return self._indent[: outline(self.draft.text).column_at(self.opening.start, len(self._indent))]

    def _fence(self) -> Iterator[Edit]:
        """Yield what makes a fence of code."""
        text = self.draft.text
        code = text[self.opening.end : self.closing.start]
        mark = fence_for(code)
        options, words = (
            self.opening.options,
            [word for word in self.opening.words if "=" not in word and "," not in word],
        )
        language = options.get("lang") or options.get("language") or (words[0] if words else "")
        language = "mermaid" if self.opening.name == "mermaid" else re.sub(r"^lang:", "", language)
        lines = " ".join(re.findall(r"\d+(?:-\d+)?", _lines_of(text[self.opening.start : self.opening.end])))
        info = f"{language}{f' hl_lines={chr(34)}{lines}{chr(34)}' if lines and language else ''}"
        yield from self._around(f"{mark}{info}", f"{self._indent}{mark}", "", is_code=True)

    def _around(self, before: str, after: str, prefix: str, *, is_code: bool = False) -> Iterator[Edit]:
        """Yield what writes other marks, each on a line of its own, and a prefix before each line between them."""
        text, indent, kept = self.draft.text, self._indent, self._kept
        start, end = self.opening.start - (len(indent) - len(kept)), self.opening.end
        past = text.find("\n", end)
        rest = text[end : past if past >= 0 else len(text)]
        inline = bool(rest.strip()) and end < self.closing.start
        yield Edit(start=start, end=end, text=f"{before}\n{kept}{prefix}" if inline else before)
        line = text.rfind("\n", 0, self.closing.start) + 1
        lines = list(_line_starts(text, end, line))
        step = kept
        if self.opening.family == "jsx" and not is_code:
            step = next((_blanks(text, at) for at in lines if text[at : text.find("\n", at)].strip()), kept)
        for at in lines if prefix or step != kept else ():
            blanks = _blanks(text, at)
            place = at + (
                len(step) if blanks.startswith(step) else len(blanks) if step.startswith(blanks) else 0
            )
            blank = not text[place : text.find("\n", place)].strip()
            # What is left of the item's column would end the item.
            lacking = (
                kept[len(blanks) :] if prefix.strip() and step == kept and kept.startswith(blanks) else ""
            )
            written = f"{lacking}{prefix.rstrip() if blank else prefix}"
            shifted = step != kept and not blank
            if written or shifted:
                yield Edit(
                    start=at if shifted else place, end=place, text=f"{kept if shifted else ''}{written}"
                )
        lead = text[max(line, end) : self.closing.start]
        if lead.strip() or line <= end:
            if prefix.strip() and line > end:
                yield Edit(start=line, end=line, text=prefix)
            after, begin = (
                f"\n{after}" if after.strip() and not after.startswith("\n") else after,
                self.closing.start,
            )
        else:
            begin = line if is_code or not after.strip() else self.closing.start - len(lead) + len(kept)
        yield Edit(start=max(begin, end), end=self.closing.end, text=after)


def _lines_of(mark: str) -> str:
    """Return the lines to mark, as an opening mark names them."""
    match = _HIGHLIGHTED.search(mark)
    return next(filter(None, match.groups()), "") if match else ""


def _blanks(text: str, at: int) -> str:
    """Return the blanks at a line's begin."""
    line = text[at : text.find("\n", at)]
    return line[: len(line) - len(line.lstrip(" \t"))]


def _line_starts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the lines between two places begin, that of `start` left out."""
    at = text.find("\n", start) + 1
    while 0 < at < end:
        yield at
        at = text.find("\n", at) + 1
