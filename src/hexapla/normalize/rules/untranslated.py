"""Untranslated: marks of other tools that have no equal here. Readers would see them: their author is told of each.

Sources, besides those that `foreign.py` names: https://quarto.org/docs/authoring/, https://pandoc.org/MANUAL.html,
https://rust-lang.github.io/mdBook/format/mdbook.html, https://docs.getpelican.com/en/latest/content.html,
https://github.com/remarkjs/remark-directive, https://wordpress.com/support/wordpress-editor/blocks/shortcode-block/,
https://docs.gitlab.com/user/markdown/, https://confluence.atlassian.com/doc/confluence-wiki-markup-251003035.html.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hexapla.model.problem import Severity
from hexapla.normalize.github.formulas import formula_spans
from hexapla.normalize.github.outline import Fence, Spans, outline
from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.rule import Changes, Draft, Remark


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mark:
    """What means nothing here."""

    sign: str
    """What each match holds, or a newline and what it begins a line with: to look for it first is quicker."""
    pattern: re.Pattern[str]
    what: str
    extension: str = ""
    """The Markdown extension that reads it, where a site has that."""
    beside_code: bool = False
    """Whether it begins with code between backticks."""


_MARKS = (
    _Mark(
        sign="={", pattern=re.compile(r"<[a-z][\w-]*+\s[^<>\n]*?[\w-]=\{[^<>\n]*>"), what="JSX, and no HTML"
    ),
    _Mark(
        sign="/*", pattern=re.compile(r"\{\{[<%]/\*[^\n]*?\*/[>%]\}\}"), what="an escaped shortcode of Hugo's"
    ),
    _Mark(sign="param", pattern=re.compile(r"\{\{[<%]\s*+param\b[^{}\n]*\}\}"), what="a shortcode of Hugo's"),
    _Mark(
        sign="{{",
        pattern=re.compile(
            r"\{\{(?<![\w$\\{^]\{\{)\s*+(?!site\b|page\b|include\b|content\b|layout\b|post\b)[A-Za-z_$][^{}\n]*\}\}"
        ),
        what="a template's",
    ),
    _Mark(
        sign="{{#",
        pattern=re.compile(r"\{\{#[a-z_]++[^{}\n]*\}\}"),
        what="an instruction of mdBook's or Handlebars'",
    ),
    _Mark(sign="{{[[", pattern=re.compile(r"\{\{\[\[[^\[\]\n]+\]\]\}\}"), what="a mark of Roam's"),
    _Mark(sign="{#", pattern=re.compile(r"\{#[ \t][^{}\n]*#\}"), what="a template's comment"),
    _Mark(
        sign="{",
        pattern=re.compile(r"\{(?:frontMatter|props|metadata|Astro)(?:\.\w+)+\}"),
        what="an expression of MDX'",
    ),
    _Mark(
        sign="v-",
        pattern=re.compile(
            r"<[a-z][\w-]*+\s[^<>\n]*?(?<=\s)v-(?:bind|else|for|html|if|model|on|show|slot|text)\b[^<>\n]*>"
        ),
        what="a template of Vue's",
    ),
    _Mark(sign="\n<<<", pattern=re.compile(r"^<<< ?[@\w./-]+[^\n]*$", re.M), what="an import of VitePress'"),
    _Mark(
        sign="}`",
        pattern=re.compile(r"\{(?<![\w`]\{)(?!math\})[a-z][\w:-]*\}`[^`\n]+`"),
        what="a role of MyST's",
    ),
    _Mark(
        sign=":`",
        pattern=re.compile(r":(?<![\w`:]:)[a-z][\w-]*:(?:[a-z][\w-]*:)?`[^`\n]+`"),
        what="a role of reStructuredText's",
    ),
    _Mark(
        sign="\n.. ",
        pattern=re.compile(r"^\.\. [a-z][\w-]*::?(?: [^\n]*)?$", re.M),
        what="a directive of reStructuredText's",
    ),
    _Mark(
        sign="@",
        pattern=re.compile(r"\[(?<![\w\]\\]\[)(?:-?@[\w:.#$%&+?<>~/-]+(?:[;,] ?[^\[\]\n]*)?)\](?![(\[:])"),
        what="a citation of Pandoc's",
    ),
    _Mark(
        sign="@",
        pattern=re.compile(r"@(?<![\w@/.\[-]@)(?:eq|exm|exr|fig|lem|lst|sec|tbl|thm)-[\w-]++(?![@.]\w)"),
        what="a reference of Quarto's",
    ),
    _Mark(
        sign="`{",
        pattern=re.compile(r"`\{(?<!``\{)(?:julia|ojs|python|r)\} [^`\n]+`(?!`)"),
        what="code that Quarto would run",
        beside_code=True,
    ),
    _Mark(
        sign="`{=",
        pattern=re.compile(r"`(?<!``)[^`\n]+`\{=\w+\}"),
        what="a raw text of Pandoc's",
        beside_code=True,
    ),
    _Mark(
        sign="\n(@", pattern=re.compile(r"^\(@[\w-]*+\)[ \t]", re.M), what="an example's number of Pandoc's"
    ),
    _Mark(
        sign="^[",
        pattern=re.compile(r"\^\[(?<=[\w.,;:!?)]\^\[)[^\[\]\n]*? [^\[\]\n]*\](?![(\[:])"),
        what="a note in the text, as Pandoc and Obsidian write it",
    ),
    _Mark(
        sign="^",
        pattern=re.compile(r"\^(?<=[\w)]\^)(?:\d{1,3}|nd|rd|st|th)\^(?![\w^])"),
        what="a superscript of Pandoc's",
        extension="pymdownx.caret",
    ),
    _Mark(
        sign="| ",
        pattern=re.compile(r"\|(?:(?<=\A\|)|(?<=\n\n\|))[ \t][^|\n]+\n(?:\|[ \t][^|\n]+\n)+"),
        what="a verse as Pandoc writes it",
    ),
    _Mark(
        sign="|\n\n",
        pattern=re.compile(r"(?:: (?<=\|\n\n: )|Table: (?<=\|\n\nTable: ))[^\n]+"),
        what="a table's caption as Pandoc writes it",
    ),
    _Mark(
        sign="\n{!",
        pattern=re.compile(r"^\{![^{}\n]+!\}[ \t]*$", re.M),
        what="an include of markdown-include's",
    ),
    _Mark(
        sign="\n{*", pattern=re.compile(r"^\{\*[^{}\n]+\*\}[ \t]*$", re.M), what="an include of mdx_include's"
    ),
    _Mark(
        sign=": ",
        pattern=re.compile(r"\A(?:[A-Z][a-z]+: [^\n]*\n){2,}", 0),
        what="metadata of Pelican's or MultiMarkdown's, not front matter",
    ),
    _Mark(
        sign="](",
        pattern=re.compile(r"\{(?<=\]\(\{)(?:archives|author|category|index|tag)\}[^()\s]*"),
        what="a link of Pelican's to a page that is not here",
    ),
    _Mark(
        sign=" ^",
        pattern=re.compile(r" \^(?<=[\w.!?] \^)[a-z0-9-]+$", re.M),
        what="a mark of Obsidian's for a block",
    ),
    _Mark(
        sign=":: ",
        pattern=re.compile(r"^[ \t]*(?:[-*+] )?[a-z][\w-]*+:: \S[^\n]*$", re.M),
        what="a property of Obsidian's or Logseq's",
    ),
    _Mark(
        sign="\n::",
        pattern=re.compile(r"^::[A-Za-z][\w-]*+(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?[ \t]*$", re.M),
        what="a directive of another tool's",
    ),
    _Mark(
        sign="[",
        pattern=re.compile(r":(?<![\w:`\[]:)[A-Za-z][\w-]*+\[[^\[\]\n]+\](?:\{[^{}\n]*\})?(?!\()"),
        what="a directive of another tool's",
    ),
    _Mark(
        sign="[",
        pattern=re.compile(
            r"\[(?:(?<!\w\[)(?:(?:caption|contact-form-7|embed|gallery|playlist|sourcecode|vimeo|youtube)[ =]"
            r"|(?:audio|code|video) [a-z]+=)[^\[\]\n]*\](?![(\[:])|embed\](?=[^\[\]\s]+\[/embed\]))"
        ),
        what="a shortcode of WordPress'",
    ),
    _Mark(
        sign="{",
        pattern=re.compile(
            r"\{(?<!\{\{)(?:\+\+[^{}\n]+\+\+|--[^{}\n]+--|~~[^{}\n]+~~|>>[^{}\n]+<<|\+ [^{}\n]+ \+|- [^{}\n]+ -)\}"
            r"(?!\})"
        ),
        what="a change as CriticMarkup and GitLab mark it",
        extension="pymdownx.critic",
    ),
    _Mark(
        sign="++",
        pattern=re.compile(r"\+\+(?<![\w+]\+\+)[a-z0-9-]+(?:\+[a-z0-9-]+)+\+\+(?![\w+])"),
        what="a combination of keys of Material for MkDocs'",
        extension="pymdownx.keys",
    ),
    _Mark(
        sign=":",
        pattern=re.compile(r":(?<![\w:]:)(?:fontawesome|material|octicons|simple)-[\w-]++:(?!\w)"),
        what="an icon of Material for MkDocs'",
        extension="pymdownx.emoji",
    ),
    _Mark(
        sign="\n{",
        pattern=re.compile(
            r"^\{(?:code|expand|info|noformat|note|panel|tip|toc|warning)(?::[^{}\n]*)?\}[ \t]*$", re.M
        ),
        what="a macro of Confluence's",
    ),
    _Mark(sign="\n[source", pattern=re.compile(r"^\[source(?:,[\w+-]+)?\][ \t]*$", re.M), what="AsciiDoc"),
    _Mark(
        sign="::",
        pattern=re.compile(r"^(?:image|include|video)::\S+\[[^\]\n]*\][ \t]*$", re.M),
        what="AsciiDoc",
    ),
)
_IN_CODE = re.compile(
    r"(?://|#|--|%|;|/\*|<!--)[ \t]*(?:highlight-(?:next-line|start|end)\b[^\n]*|\[!code [^\]\n]+\][^\n]*)"
    r"|^[ \t]*\{\{#(?:include|playground|rustdoc_include|template|title)\b[^{}\n]*\}\}",
    re.M,
)
"""What Docusaurus, VitePress and mdBook read in code."""
_IN_HTML = re.compile(r"<!--[ \t]*@include:[^\n]*?-->|<script\b[^<>\n]*\bsetup\b[^<>\n]*>")
"""What VitePress reads in comments, and as a script."""


def untranslated(draft: Draft, changes: Changes) -> Iterator[Remark]:
    """Yield what to say of marks that have no equal, but for those that were changed."""
    text = draft.text
    lines = f"\n{text}"
    formulas: Spans | None = None
    told = bytearray(len(text))  # Of two marks at one place, the first is told of.
    for mark in _MARKS:
        if mark.sign not in lines or mark.extension in draft.extensions:
            continue
        for match in outside(mark.pattern, text, inline=mark.beside_code):
            if formulas is None:
                formulas = Spans(tuple(formula_spans(text)))
            is_link = match[0].startswith("[") and f"\n{match[0]}:" in text
            is_known = is_link or told[match.start()] or changes.meet(match.start())
            if not is_known and not formulas.meet(*match.span()):
                told[match.start() : match.end()] = b"\1" * len(match[0])
                yield _told(match, mark.what)
    fences = outline(text).fences if "highlight-" in text or "[!code" in text or "{{#" in text else ()
    yield from _in_code(text, fences)
    if "@include" in text or "<script" in text:
        code = Spans([(fence.start, fence.end) for fence in outline(text).fences])
        for match in _IN_HTML.finditer(text):
            if not code.meet(*match.span()):
                yield _told(match, "an instruction of VitePress'")


def _in_code(text: str, fences: tuple[Fence, ...]) -> Iterator[Remark]:
    """Yield what to say of fences in which another tool reads marks, once each."""
    for fence in fences:
        if match := _IN_CODE.search(text, fence.body, fence.end):
            yield _told(match, "a mark of another tool's in code")


def _told(match: re.Match[str], what: str) -> Remark:
    shown = " ".join(match[0].split())
    return Remark(
        offset=match.start(),
        message=f"`{shown[:60]}` is {what}, and means nothing on the page: readers see it as it is.",
        severity=Severity.WARNING,
        hint="Write what it stands for, or put it in backticks.",
    )
