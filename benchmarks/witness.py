"""Witness: a second opinion on whether a page shows what its source says, which shares no code with the tool.

The source is read by GitHub's own parser (cmark-gfm), the page is what mkdocs' configuration renders; both
HTML texts are parsed as a browser parses them (html5lib) and told as facts: each heading, paragraph, table
row, code block, rule and formula, with the lists, items and quotes around it.
"""

import difflib
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import cmarkgfm
import html5lib
from cmarkgfm.cmark import Options
from markdown import Markdown
from mkdocs.config import load_config
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

_EXTENSIONS = ["table", "autolink", "strikethrough", "tasklist"]
_OPTIONS = (
    Options.CMARK_OPT_UNSAFE
    | Options.CMARK_OPT_FOOTNOTES
    | Options.CMARK_OPT_SOURCEPOS
    | Options.CMARK_OPT_GITHUB_PRE_LANG
)
_MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "del": "del", "s": "del", "strike": "del",
    "code": "code", "tt": "code", "sub": "sub", "sup": "sup", "kbd": "kbd", "ins": "ins", "u": "u", "mark": "mark",
}  # fmt: skip
_LEAVES = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt", "dd", "td", "th", "caption"})
_HOLDERS = frozenset({"ul", "ol", "li", "blockquote", "details", "table", "tr", "dl"})
_BLOCKS = _LEAVES | _HOLDERS | {
    "div", "section", "article", "center", "figure", "figcaption", "thead", "tbody", "tfoot", "aside",
    "header", "footer", "main", "nav", "pre", "hr", "html", "body", "form", "fieldset", "address",
}  # fmt: skip
_SILENT = frozenset(
    {"script", "style", "head", "svg", "template", "iframe", "video", "audio", "object", "noscript"}
)
_ALERT = re.compile(r"^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|⏎|$)", re.IGNORECASE)
_ALERT_MARK = re.compile(r"^\[!(?:note|tip|important|warning|caution)\][ ⏎]*", re.IGNORECASE)
_FENCE = re.compile(r"^[ \t>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(?P<mark>`{3,}(?=[^`\n]*$)|~{3,})")
_SPAN = re.compile(
    r"(?<!`)(?P<mark>`+)(?!`)[^\0]+?(?<!`)(?P=mark)(?!`)|<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?:[\s/][^<>]*)?|![^<>]*)>",
    re.M,
)
_DISPLAY = re.compile(r"(?<![\\$])\$\$(?P<f>(?:(?!\$\$|\n[ \t>]*\n).)+?)(?<!\\)\$\$(?!\$)", re.S)
_INLINE = re.compile(
    r"(?<![\\$A-Za-z0-9_])\$(?P<f>(?![\s$])(?:\\.|(?!\n[ \t>]*(?:\n|[-*+][ ]|\d+[.)][ ]))[^$\\])+?)(?<!\s)\$(?![A-Za-z0-9_$])",
    re.S,
)
_CJK = re.compile("[\u1100-\u11ff\u3000-\u30ff\u3400-\u9fff\uac00-\ud7ff\uff00-\uffef]")
_CELL = re.compile(r"(?<![\\$A-Za-z0-9_])\$(?P<f>(?![\s$])(?:\\.|[^$\\|\n])+?)(?<!\s)\$(?![A-Za-z0-9_$])")
_RULE = re.compile(r"^(?=[^\n]*\|)[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$", re.M)
_RAW = re.compile(
    r"[ ]{0,3}</?(?:div|p|aside|table|tr|td|ul|ol|li|section|figure|details|center|svg|script|style|pre)\b",
    re.I,
)
_BLANK = " ⏎\u00a0\u3000\u2002\u2003\u2009\u200a\u200b"
_TOKEN = re.compile("\ue000(\\d+)\ue001")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One leaf of a page, and what it stands in."""

    around: tuple[str, ...]
    kind: str
    text: str
    line: int = 0
    """1-based, of the source; 0 on a page."""

    @property
    def told(self) -> tuple[object, ...]:
        return (self.around, self.kind, self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """What the source says and the page does not."""

    line: int
    wanted: tuple[Fact, ...]
    shown: tuple[Fact, ...]

    @property
    def meant(self) -> bool:
        """Whether only marks differ where the tool departs from cmark-gfm by design.

        Emphasis beside Chinese, Japanese or Korean; a `~` between numbers, which is a range; code after three
        backticks in a line, which cmark-gfm does not see, against the specification.
        """
        left, right = (_bare(facts) for facts in (self.wanted, self.shown))
        odd = re.compile(_CJK.pattern + r"|\d⟨|\d~|~⟨|``")
        return left == right and any(odd.search(fact.text) for fact in (*self.wanted, *self.shown))


class Witness:
    """Compares sources with pages as a site's mkdocs.yml renders them."""

    def __init__(self, mkdocs_yml: Path) -> None:
        config = load_config(str(mkdocs_yml))
        self.extensions, self.configs = config["markdown_extensions"], config["mdx_configs"]
        self._markdown = Markdown(extensions=self.extensions, extension_configs=self.configs)

    def page(self, body: str) -> list[Fact]:
        """Tell the page's facts."""
        self._markdown.reset()
        return facts(self._markdown.convert(body), [], github=False)

    def losses(self, source: str, body: str) -> tuple[int, list[Loss]]:
        """Return how many facts the source has, and those that the page of `body` lacks or adds."""
        wanted, shown = github(source), self.page(body)
        left, right = [fact.told for fact in wanted], [fact.told for fact in shown]
        if left == right:
            return len(wanted), []
        found = []
        for kind, i1, i2, j1, j2 in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
            if kind != "equal":
                at = wanted[min(i1, len(wanted) - 1)].line if wanted else 1
                found.append(Loss(line=at, wanted=tuple(wanted[i1:i2]), shown=tuple(shown[j1:j2])))
        return len(wanted), found


def github(source: str) -> list[Fact]:
    """Tell the facts of a source as GitHub shows it."""
    formulas: list[tuple[bool, str, str]] = []
    shown = cmarkgfm.markdown_to_html_with_extensions(_hidden(source, formulas), _OPTIONS, _EXTENSIONS)
    return facts(shown, formulas)


def _hidden(source: str, formulas: list[tuple[bool, str, str]]) -> str:
    """Put a mark in the place of each formula, since cmark-gfm itself reads none."""
    if "$" not in source:
        return source

    def put(match: re.Match[str]) -> str:
        formula = match["f"].replace("\\|", "|") if match.re is _CELL else match["f"]
        formulas.append((match[0].startswith("$$"), re.sub(r"\n[ \t]*>", "\n", formula), match[0]))
        return f"\ue000{len(formulas) - 1}\ue001"

    def formed(text: str) -> str:
        pieces, done = [], 0
        if _RAW.match(text):  # Raw HTML down to the blank line.
            return text
        if "|" in text and _RULE.search(text):  # A table's cells are found first.
            return _CELL.sub(put, text)
        for code in _SPAN.finditer(text):
            pieces += [_INLINE.sub(put, _DISPLAY.sub(put, text[done : code.start()])), code[0]]
            done = code.end()
        return "".join([*pieces, _INLINE.sub(put, _DISPLAY.sub(put, text[done:]))])

    return "".join(
        text if is_code or "$" not in text else _of_length(formed(text), text)
        for is_code, text in _paragraphs(source)
    )


def _of_length(text: str, before: str) -> str:
    """Let a paragraph that lost lines end in as many blank ones, so that lines keep their numbers."""
    *_, last = text.splitlines(keepends=True) or [""]
    return text + (last * (before.count("\n") - text.count("\n")) if not last.strip(" \t>\n") else "")


def _paragraphs(source: str) -> Iterator[tuple[bool, str]]:
    """Yield fences, each with True, and the paragraphs between them."""
    held: list[str] = []
    fence = ""
    for line in source.splitlines(keepends=True):
        match = _FENCE.match(line.rstrip("\n"))
        if fence:
            held.append(line)
            if line.strip(" \t>\n").startswith(fence) and not line.strip(" \t>\n").strip(fence[0]):
                yield True, "".join(held)
                held, fence = [], ""
        elif match:
            yield False, "".join(held)
            held, fence = [line], match["mark"]
        else:
            if _RAW.match(line):  # It interrupts a paragraph.
                yield False, "".join(held)
                held = []
            held.append(line)
            if not line.strip(" \t>\n"):
                yield False, "".join(held)
                held = []
    yield bool(fence), "".join(held)


def facts(page: str, formulas: list[tuple[bool, str, str]], *, github: bool = True) -> list[Fact]:
    """Tell the facts of an HTML text; footnotes come last."""
    teller = _Teller(formulas, github=github)
    teller.block(html5lib.parse(f"<body>{page}", namespaceHTMLElements=False), ())
    teller.flush(())
    referred = teller.referred
    notes = [fact for name, inside in teller.notes if name in referred for fact in inside]
    return teller.facts + sorted(notes, key=lambda fact: fact.text)


class _Teller:
    def __init__(self, formulas: list[tuple[bool, str, str]], *, github: bool) -> None:
        self.github = github
        self.formulas = formulas
        self.facts: list[Fact] = []
        self.notes: list[tuple[str, list[Fact]]] = []
        self.referred: set[str] = set()
        self.run: list[tuple[frozenset[str], str]] = []
        self.line = 0
        self.box = ""
        self.kind = "p"
        self.cells: list[str] | None = None

    def flush(self, around: tuple[str, ...]) -> None:
        """End a leaf."""
        run, self.run = self.run, []
        kind, self.kind = self.kind, "p"
        text = _joined(run)
        if self.cells is not None:
            if text:
                self.cells[-1] += text
            return
        start = 0
        for token in _TOKEN.finditer(text):
            display, formula, _ = self.formulas[int(token[1])]
            if display:
                self.fact(around, kind, text[start : token.start()])
                self.fact(around, "math", _formula(formula))
                start = token.end()
        self.fact(around, kind, text[start:])

    def fact(self, around: tuple[str, ...], kind: str, text: str) -> None:
        text = _TOKEN.sub(lambda match: f"${_formula(self.formulas[int(match[1])][1])}$", text)
        text = text.strip(_BLANK)
        if around and around[-1].startswith("alert "):
            text = _ALERT_MARK.sub("", text)
        text, self.box = self.box + text, ""
        if text in ("[ ]", "[x]"):  # In a loose list it stands before the paragraph.
            self.box = f"{text} "
            return
        if text or kind == "hr":
            self.facts.append(Fact(around=around, kind=kind, text=text, line=self.line))

    def block(self, element, around: tuple[str, ...], marks: frozenset[str] = frozenset()) -> None:
        """Tell a block element, which may stand in inline ones."""
        tag, classes = element.tag, (element.get("class") or "").split()
        if not isinstance(tag, str) or tag in _SILENT:
            return
        position = element.get("data-sourcepos")
        if position:
            self.line = int(position.split(":")[0])
        if tag in ("section", "div") and {"footnotes", "footnote"} & set(classes):
            self.flush(around)
            self.footnotes(element)
        elif tag == "pre" or (tag == "div" and "highlight" in classes) or "highlighttable" in classes:
            self.flush(around)
            self.code(element, around)
        elif "arithmatex" in classes and tag == "div" and self.cells is not None:
            self.text(f"${_formula(''.join(element.itertext()))}$", frozenset())
        elif "arithmatex" in classes and tag == "div":
            self.flush(around)
            self.fact(around, "math", _formula("".join(element.itertext())))
        elif tag == "hr":
            self.flush(around)
            self.fact(around, "hr", "")
        elif tag == "tr" and self.cells is None:
            self.flush(around)
            self.row(element, around)
        elif tag == "p" and "admonition-title" in classes:
            return
        else:
            inner, kind = self.within(element, tag, classes, around)
            self.flush(around)
            self.kind = kind
            self.children(element, inner, kind, marks)
            self.flush(inner)

    def within(self, element, tag, classes, around):
        """Return what stands around the children of an element, and what kind of leaf they are."""
        kind = tag if (tag[0] == "h" and tag[1:].isdigit()) or tag in ("dt", "dd") else "p"
        if tag in ("ul", "ol"):
            self.count = getattr(self, "count", 0) + 1
            start = element.get("start") or "1"
            return (*around, f"{tag}{'' if tag == 'ul' else start}"), kind
        if tag == "li":
            parent_index = getattr(element, "_index", 0)
            return (*around, f"li{element.get('data-n', parent_index)}"), kind
        if tag == "blockquote":
            alert = _ALERT.match("".join(_first_text(element))) if self.github and not around else None
            return (*around, f"alert {alert[1].lower()}" if alert else "quote"), kind
        if tag == "div" and "admonition" in classes:
            named = next((name for name in classes if name != "admonition"), "")
            return (*around, f"alert {named}"), kind
        if tag in ("details", "summary", "table", "dl"):
            return (*around, tag), kind
        return around, kind

    def children(
        self, element, around: tuple[str, ...], kind: str, marks: frozenset[str] = frozenset()
    ) -> None:
        """Tell the children of an element, inline or not."""
        self.text(element.text, marks)
        number = 0
        for child in element:
            if isinstance(child.tag, str):
                if child.tag == "li":
                    number += 1
                    child.set("data-n", str(number))
                if child.tag in _BLOCKS:
                    self.block(child, around, marks)
                    self.kind = kind
                else:
                    self.inline(child, around, kind, marks)
            self.text(child.tail, marks)

    def inline(self, element, around, kind, marks) -> None:
        """Tell an inline element."""
        tag, classes = element.tag, (element.get("class") or "").split()
        if tag in _SILENT or "headerlink" in classes:
            return
        name = (element.get("href") or "").lstrip("#")
        if "footnote-backref" in classes:
            if self.run:
                self.run[-1] = (self.run[-1][0], self.run[-1][1].rstrip("\xa0 "))
        elif "footnote-ref" in classes or element.get("data-footnote-ref") is not None:
            inner = next((child for child in element.iter("a")), element)
            self.referred.add((inner.get("href") or name).lstrip("#"))
            self.run.append((marks, "[note]"))
        elif "arithmatex" in classes:
            self.run.append((marks, f"${_formula(''.join(element.itertext()))}$"))
        elif tag == "br":
            self.run.append((frozenset(), "⏎"))
        elif tag == "img":
            self.run.append((marks, f"[img {_url(element.get('src'))} {element.get('alt') or ''}]"))
        elif tag == "input" and element.get("type") == "checkbox":
            self.run.append((frozenset(), "[x] " if element.get("checked") is not None else "[ ] "))
        elif tag == "a" and element.get("href") is not None:
            self.children(
                element, around, kind, marks | {f"a {_url(element.get('href'))} {element.get('title') or ''}"}
            )
        elif tag == "sup" and any("footnote-ref" in (a.get("class") or "") for a in element.iter("a")):
            self.children(element, around, kind, marks)
        else:
            self.children(element, around, kind, marks | {_MARKS[tag]} if tag in _MARKS else marks)

    def text(self, text: str | None, marks: frozenset[str]) -> None:
        if text:
            self.run.append((marks, text))

    def row(self, element, around: tuple[str, ...]) -> None:
        """Tell a table's row."""
        self.cells = []
        for cell in element:
            if cell.tag in ("td", "th"):
                style = re.search(r"text-align:\s*(\w+)", cell.get("style") or "")
                self.cells.append(f"{cell.tag} {style[1] if style else cell.get('align') or ''}: ")
                self.children(cell, (), "p")
                self.flush(())
        cells, self.cells = self.cells, None
        self.fact(around, "row", " | ".join(cells))

    def code(self, element, around: tuple[str, ...]) -> None:
        """Tell a code block."""
        language = ""
        for each in element.iter():
            names = [name for name in (each.get("class") or "").split() if name.startswith("language-")]
            language = language or each.get("lang") or "".join(names[:1]).removeprefix("language-")
        for pre in [element] if element.tag == "pre" else list(element.iter("pre"))[-1:]:
            text = _TOKEN.sub(lambda match: self.formulas[int(match[1])][2], "".join(pre.itertext()))
            if self.cells is not None:
                self.cells[-1] += f"[code {text}]"
                continue
            self.facts.append(
                Fact(around=around, kind=f"code {_lexer(language)}", text=text.strip("\n"), line=self.line)
            )

    def footnotes(self, element) -> None:
        """Tell footnotes apart from the page."""
        for item in element.iter("li"):
            if not re.match(r"fn[:-]", item.get("id") or ""):
                continue
            inner = _Teller(self.formulas, github=self.github)
            inner.referred = self.referred
            inner.line = self.line
            inner.children(item, ("note",), "p")
            inner.flush(("note",))
            self.notes.append((item.get("id"), inner.facts))


def _first_text(element) -> Iterator[str]:
    first = next((child for child in element if child.tag == "p"), None)
    if first is not None:
        yield first.text or ""
        if len(first) and first[0].tag == "br":
            yield "\n"


def _joined(run: list[tuple[frozenset[str], str]]) -> str:
    """Write inline text with its marks; the same for the same look, however tags are nested."""
    pieces: list[tuple[str, str]] = []
    for marks, text in run:
        for part in re.split(r"([ \t\r\n\f]+|⏎)", text):
            if not part:
                continue
            name = ",".join(sorted(marks))
            if not part.strip(" \t\r\n\f"):
                part, name = " ", pieces[-1][0] if pieces else ""
            if pieces and pieces[-1][0] == name:
                pieces[-1] = (name, pieces[-1][1] + part)
            else:
                pieces.append((name, part))
    text = "".join(f"⟨{name}⟩{part}⟨/⟩" if name else part for name, part in pieces)
    text = re.sub(r"([ ]+)(⟨/⟩)", r"\2\1", text)
    text = re.sub(r"⟨[^⟩]+⟩⟨/⟩", "", text)
    text = re.sub(r" +", " ", text)
    text = re.sub(r" ?⏎ ?", "⏎", text)
    return text


def _bare(facts: tuple[Fact, ...]) -> list[tuple[object, ...]]:
    return [(fact.around, fact.kind, re.sub(r"⟨[^⟩]*⟩|[*~_` ]", "", fact.text)) for fact in facts]


def _url(url: str | None) -> str:
    return unquote(html.unescape(url or "")).strip()


def _formula(text: str) -> str:
    text = text.strip()
    if text[:2] in (r"\(", r"\["):
        text = text[2:-2]
    return re.sub(r"(?:^|\n)[ \t>]*|\s+", "", text)


def _lexer(name: str) -> str:
    """Return the name that Pygments has for a language: the page has that, and none where it knows none."""
    name = re.split(r"[\s,{:]", name.strip().lstrip("{").strip(" ."))[0].rstrip("}").lower()
    if not name:
        return "text"
    try:
        return get_lexer_by_name(name).aliases[0]
    except ClassNotFound:
        return "text"
