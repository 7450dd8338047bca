"""Told in books: marks that have no equal here, of what makes books and papers; `untranslated.py` tells of them.

Sources: https://quarto.org/docs/authoring/, https://pandoc.org/MANUAL.html, https://bookdown.org/yihui/bookdown/,
https://rust-lang.github.io/mdBook/format/mdbook.html, https://mystmd.org/guide/syntax-overview, https://orgmode.org/,
https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html, https://docs.antora.org/, https://www.doxygen.nl/,
https://www.mediawiki.org/wiki/Help:Formatting.
"""

import re

from hexapla.normalize.rules.told import ToldMark

OF_BOOKS = (
    ToldMark(
        sign="{{#",
        pattern=re.compile(r"\{\{#[a-z_]++[^{}\n]*\}\}"),
        what="an instruction of mdBook's or Handlebars'",
    ),
    ToldMark(
        sign="}`",
        pattern=re.compile(r"\{(?<![\w`]\{)(?!math\})[a-z][\w:-]*\}`[^`\n]+`"),
        what="a role of MyST's",
    ),
    ToldMark(
        sign=":`",
        pattern=re.compile(r":(?<![\w`:]:)[a-z][\w-]*:(?:[a-z][\w-]*:)?`[^`\n]+`"),
        what="a role of reStructuredText's",
    ),
    ToldMark(
        sign="\n.. ",
        pattern=re.compile(r"^\.\. [a-z][\w-]*::?(?: [^\n]*)?$", re.M),
        what="a directive of reStructuredText's",
    ),
    ToldMark(
        sign="@",
        pattern=re.compile(r"\[(?<![\w\]\\]\[)(?:-?@[\w:.#$%&+?<>~/-]+(?:[;,] ?[^\[\]\n]*)?)\](?![(\[:])"),
        what="a citation of Pandoc's",
    ),
    ToldMark(
        sign="@",
        pattern=re.compile(r"@(?<![\w@/.\[-]@)(?:eq|exm|exr|fig|lem|lst|sec|tbl|thm)-[\w-]++(?![@.]\w)"),
        what="a reference of Quarto's",
    ),
    ToldMark(
        sign="`{",
        pattern=re.compile(r"`\{(?<!``\{)(?:julia|ojs|python|r)\} [^`\n]+`(?!`)"),
        what="code that Quarto would run",
        beside_code=True,
    ),
    ToldMark(
        sign="`{=",
        pattern=re.compile(r"`(?<!``)[^`\n]+`\{=\w+\}"),
        what="a raw text of Pandoc's",
        beside_code=True,
    ),
    ToldMark(
        sign="\n(@", pattern=re.compile(r"^\(@[\w-]*+\)[ \t]", re.M), what="an example's number of Pandoc's"
    ),
    ToldMark(
        sign="^[",
        pattern=re.compile(r"\^\[(?<=[\w.,;:!?)]\^\[)[^\[\]\n]*? [^\[\]\n]*\](?![(\[:])"),
        what="a note in the text, as Pandoc and Obsidian write it",
    ),
    ToldMark(
        sign="^",
        pattern=re.compile(r"\^(?<=[\w)]\^)(?:\d{1,3}|nd|rd|st|th)\^(?![\w^])"),
        what="a superscript of Pandoc's",
        extension="pymdownx.caret",
    ),
    ToldMark(
        sign="| ",
        pattern=re.compile(r"\|(?:(?<=\A\|)|(?<=\n\n\|))[ \t][^|\n]+\n(?:\|[ \t][^|\n]+\n)+"),
        what="a verse as Pandoc writes it",
    ),
    ToldMark(
        sign="|\n\n",
        pattern=re.compile(r"(?:: (?<=\|\n\n: )|Table: (?<=\|\n\nTable: ))[^\n]+"),
        what="a table's caption as Pandoc writes it",
    ),
    ToldMark(
        sign=": ",
        pattern=re.compile(r"\A(?:[A-Z][a-z]+: [^\n]*\n){2,}", 0),
        what="metadata of Pelican's or MultiMarkdown's, not front matter",
    ),
    ToldMark(
        sign="\n::",
        pattern=re.compile(r"^::[A-Za-z][\w-]*+(?:\[[^\]\n]*\])?(?:\{[^{}\n]*\})?[ \t]*$", re.M),
        what="a directive of another tool's",
    ),
    ToldMark(
        sign="[",
        pattern=re.compile(r":(?<![\w:`\[]:)[A-Za-z][\w-]*+\[[^\[\]\n]+\](?:\{[^{}\n]*\})?(?!\()"),
        what="a directive of another tool's",
    ),
    ToldMark(sign="\n[source", pattern=re.compile(r"^\[source(?:,[\w+-]+)?\][ \t]*$", re.M), what="AsciiDoc"),
    ToldMark(
        sign="::",
        pattern=re.compile(r"^(?:image|include|video)::\S+\[[^\]\n]*\][ \t]*$", re.M),
        what="AsciiDoc",
    ),
    ToldMark(
        sign="~",
        pattern=re.compile(r"~(?<=[A-Za-z)]~)\d{1,3}~(?!~)"),
        what="a subscript of Pandoc's, struck through here",
    ),
    ToldMark(
        sign=" ^[",
        pattern=re.compile(r"\^\[(?<=[\w.,;:!?)] \^\[)[^\[\]\n]*? [^\[\]\n]*\](?![(\[:])"),
        what="a note in the text, as Pandoc and Obsidian write it",
    ),
    ToldMark(
        sign="@",
        pattern=re.compile(r"\[(?<![\w\]\\]\[)[^\[\]\n@]{1,40} -?@[\w:.#$%&+?<>~/-]+[^\[\]\n]*\](?![(\[:])"),
        what="a citation of Pandoc's",
    ),
    ToldMark(
        sign="@",
        pattern=re.compile(r"@(?<![\w@/.\[-]@)[a-z]+(?:19|20)\d\d[a-z]?\b(?![@.]\w)"),
        what="a citation of Pandoc's",
    ),
    ToldMark(sign="@ref(", pattern=re.compile(r"\\@ref\([^()\n]+\)"), what="a reference of bookdown's"),
    ToldMark(sign="(ref:", pattern=re.compile(r"^\(ref:[\w-]+\) [^\n]+$", re.M), what="a text of bookdown's"),
    ToldMark(
        sign="# (",
        pattern=re.compile(r"^# \((?:APPENDIX|PART)\\?\*?\)[^\n]*$", re.M),
        what="a part of bookdown's",
    ),
    ToldMark(
        sign="`r ",
        pattern=re.compile(r"`(?<!``)r [^`\n]*[($\[][^`\n]*`(?!`)"),
        what="code that R Markdown would run",
        beside_code=True,
    ),
    ToldMark(
        sign="\n\\",
        pattern=re.compile(
            r"^\\(?:clearpage|listoffigures|listoftables|newpage|pagebreak|tableofcontents)\b[^\n]*$", re.M
        ),
        what="an instruction of LaTeX'",
    ),
    ToldMark(
        sign="\\begin{",
        pattern=re.compile(
            r"^\\begin\{(?:center|description|enumerate|figure|itemize|lstlisting|quote|table|tabular|tikzpicture|verbatim)"
            r"\*?\}[^\n]*$",
            re.M,
        ),
        what="an environment of LaTeX'",
    ),
    ToldMark(
        sign="#. ",
        pattern=re.compile(r"^#\. [^\n]+$", re.M),
        what="an item as Pandoc and reStructuredText write it",
    ),
    ToldMark(
        sign="\n+",
        pattern=re.compile(r"^\+(?:[-=:]{2,}\+)+[ \t]*$", re.M),
        what="a table as Pandoc and reStructuredText write it",
    ),
    ToldMark(
        sign="-- ",
        pattern=re.compile(r"^[ \t]*-{3,}(?: +-{3,})+[ \t]*$", re.M),
        what="a table as Pandoc writes it",
    ),
    ToldMark(sign="% ", pattern=re.compile(r"\A% [^\n]+\n% [^\n]*"), what="a title as Pandoc writes it"),
    ToldMark(sign="\n% ", pattern=re.compile(r"%(?<=\n\n%) [^\n]+"), what="a comment of MyST's"),
    ToldMark(
        sign="  ~ ", pattern=re.compile(r"^ {1,3}~ +\S[^\n]*$", re.M), what="a definition as Pandoc writes it"
    ),
    ToldMark(
        sign="\n+++", pattern=re.compile(r"^\+\+\+(?: [^\n]*)?$", re.M), what="a mark of MyST's or Retype's"
    ),
    ToldMark(
        sign="\n.. ",
        pattern=re.compile(r"^\.\. (?:_[^:\n]+:|\[[^\]\n]+\] |\|[^|\n]+\| )[^\n]*$", re.M),
        what="reStructuredText",
    ),
    ToldMark(
        sign="::\n\n",
        pattern=re.compile(r"^[^\n`|:]*\w::(?=\n\n(?: {3}|\t))", re.M),
        what="reStructuredText, with its code below",
    ),
    ToldMark(
        sign="`_",
        pattern=re.compile(r"`(?<!``)[A-Z][^`<>\n]*`__?(?![\w`])"),
        what="a link of reStructuredText's",
        beside_code=True,
    ),
    ToldMark(
        sign="]_",
        pattern=re.compile(r"\[(?:#?\d+|#[\w-]+|\*)\]_(?!\w)"),
        what="a footnote of reStructuredText's",
    ),
    ToldMark(
        sign="\n:",
        pattern=re.compile(
            r"^:(?:[A-Z][\w ]*|param [^:\n]+|raises[^:\n]*|returns?|rtype|type [^:\n]+):[ \t][^\n]*$", re.M
        ),
        what="a field of reStructuredText's",
    ),
    ToldMark(
        sign="===\n",
        pattern=re.compile(r"^={3,}\n[^\n=]+\n={3,}$", re.M),
        what="a heading of reStructuredText's",
    ),
    ToldMark(
        sign="xref:",
        pattern=re.compile(r"xref:(?<!\wxref:)[^\s\[\]<>]{1,200}+\[[^\[\]\n]*\]"),
        what="AsciiDoc",
    ),
    ToldMark(
        sign="]\n====",
        pattern=re.compile(r"^\[(?:CAUTION|IMPORTANT|NOTE|TIP|WARNING)\]\n={4,}$", re.M),
        what="AsciiDoc",
    ),
    ToldMark(
        sign="'" * 3,
        pattern=re.compile(r"'{3}(?<![\w']'{3})[^'\n]+'{3}(?![\w'])"),
        what="a mark of MediaWiki's",
    ),
    ToldMark(
        sign="\n==",
        pattern=re.compile(r"^={2,6} [^=\n]+ ={2,6}[ \t]*$", re.M),
        what="a heading of another tool's",
    ),
    ToldMark(
        sign='":http', pattern=re.compile(r"\"(?<!\w\")[^\"\n]+\":https?://\S+"), what="a link of Textile's"
    ),
    ToldMark(
        sign="\n#+",
        pattern=re.compile(r"^#\+[A-Za-z_]+(?:: ?[^\n]*| [^\n]*)?$", re.M),
        what="a line of Org's",
    ),
    ToldMark(
        sign="\n@",
        pattern=re.compile(
            r"^@(?:author|brief|code|endcode|file|note|param|ref|return|see|todo|warning)\b[^\n]*$", re.M
        ),
        what="a command of Doxygen's",
    ),
)
