"""Told: marks that have no equal here, of what makes sites and keeps notes; `untranslated.py` tells of them.

Sources, besides those that `foreign.py` names: https://docs.getpelican.com/en/latest/content.html,
https://github.com/remarkjs/remark-directive, https://wordpress.com/support/wordpress-editor/blocks/shortcode-block/,
https://docs.gitlab.com/user/markdown/, https://confluence.atlassian.com/doc/confluence-wiki-markup-251003035.html,
https://facelessuser.github.io/pymdown-extensions/, https://meta.discourse.org/, https://docs.readme.com/rdmd/,
https://retype.com/components/, https://dotnet.github.io/docfx/docs/markdown.html, https://svelte.dev/docs/svelte/basic-markup.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMark:
    """What means nothing here."""

    sign: str
    """What each match holds, or a newline and what it begins a line with: to look for it first is quicker."""
    pattern: re.Pattern[str]
    what: str
    extension: str = ""
    """What the name of the Markdown extension begins with that reads it, where a site has that."""
    beside_code: bool = False
    """Whether it begins with code between backticks."""

    def is_of(self, extension: str) -> bool:
        """Whether an extension reads it."""
        return extension.startswith(self.extension)


OF_SITES = (
    ToldMark(
        sign="={", pattern=re.compile(r"<[a-z][\w-]*+\s[^<>\n]*?[\w-]=\{[^<>\n]*>"), what="JSX, and no HTML"
    ),
    ToldMark(
        sign="/*", pattern=re.compile(r"\{\{[<%]/\*[^\n]*?\*/[>%]\}\}"), what="an escaped shortcode of Hugo's"
    ),
    ToldMark(
        sign="param", pattern=re.compile(r"\{\{[<%]\s*+param\b[^{}\n]*\}\}"), what="a shortcode of Hugo's"
    ),
    ToldMark(
        sign="{{",
        pattern=re.compile(
            r"\{\{(?<![\w$\\{^]\{\{)\s*+(?!site\b|page\b|include\b|content\b|layout\b|post\b)[A-Za-z_$][^{}\n]*\}\}"
        ),
        what="a template's",
    ),
    ToldMark(sign="{{[[", pattern=re.compile(r"\{\{\[\[[^\[\]\n]+\]\]\}\}"), what="a mark of Roam's"),
    ToldMark(sign="{#", pattern=re.compile(r"\{#[ \t][^{}\n]*#\}"), what="a template's comment"),
    ToldMark(
        sign="{",
        pattern=re.compile(r"\{(?:frontMatter|props|metadata|Astro)(?:\.\w+)+\}"),
        what="an expression of MDX'",
    ),
    ToldMark(
        sign="v-",
        pattern=re.compile(
            r"<[a-z][\w-]*+\s[^<>\n]*?(?<=\s)v-(?:bind|else|for|html|if|model|on|show|slot|text)\b[^<>\n]*>"
        ),
        what="a template of Vue's",
    ),
    ToldMark(
        sign="\n<<<", pattern=re.compile(r"^<<< ?[@\w./-]+[^\n]*$", re.M), what="an import of VitePress'"
    ),
    ToldMark(
        sign="\n{!",
        pattern=re.compile(r"^\{![^{}\n]+!\}[ \t]*$", re.M),
        what="an include of markdown-include's",
    ),
    ToldMark(
        sign="\n{*", pattern=re.compile(r"^\{\*[^{}\n]+\*\}[ \t]*$", re.M), what="an include of mdx_include's"
    ),
    ToldMark(
        sign="](",
        pattern=re.compile(r"\{(?<=\]\(\{)(?:archives|author|category|index|tag)\}[^()\s]*"),
        what="a link of Pelican's to a page that is not here",
    ),
    ToldMark(
        sign=" ^",
        pattern=re.compile(r" \^(?<=[\w.!?] \^)[a-z0-9-]+$", re.M),
        what="a mark of Obsidian's for a block",
    ),
    ToldMark(
        sign=":: ",
        pattern=re.compile(r"^[ \t]*(?:[-*+] )?[a-z][\w-]*+:: \S[^\n]*$", re.M),
        what="a property of Obsidian's or Logseq's",
    ),
    ToldMark(
        sign="[",
        pattern=re.compile(
            r"\[(?:(?<!\w\[)(?:(?:caption|contact-form-7|embed|gallery|playlist|sourcecode|vimeo|youtube)[ =]"
            r"|(?:audio|code|video) [a-z]+=)[^\[\]\n]*\](?![(\[:])|embed\](?=[^\[\]\s]+\[/embed\]))"
        ),
        what="a shortcode of WordPress'",
    ),
    ToldMark(
        sign="{",
        pattern=re.compile(
            r"\{(?<!\{\{)(?:\+\+[^{}\n]+\+\+|--[^{}\n]+--|~~[^{}\n]+~~|>>[^{}\n]+<<|\+ [^{}\n]+ \+|- [^{}\n]+ -)\}"
            r"(?!\})"
        ),
        what="a change as CriticMarkup and GitLab mark it",
        extension="pymdownx.critic",
    ),
    ToldMark(
        sign="++",
        pattern=re.compile(r"\+\+(?<![\w+]\+\+)[a-z0-9-]+(?:\+[a-z0-9-]+)+\+\+(?![\w+])"),
        what="a combination of keys of Material for MkDocs'",
        extension="pymdownx.keys",
    ),
    ToldMark(
        sign=":",
        pattern=re.compile(r":(?<![\w:]:)(?:fontawesome|material|octicons|simple)-[\w-]++:(?!\w)"),
        what="an icon of Material for MkDocs'",
        extension="pymdownx.emoji",
    ),
    ToldMark(
        sign="\n{",
        pattern=re.compile(
            r"^\{(?:code|expand|info|noformat|note|panel|tip|toc|warning)(?::[^{}\n]*)?\}[ \t]*$", re.M
        ),
        what="a macro of Confluence's",
    ),
    ToldMark(
        sign=":: ",
        pattern=re.compile(r"[\[(](?<!\w[\[(])[A-Za-z][\w-]*+:: [^\[\]()\n]+[\])](?!\()"),
        what="a property of Obsidian's",
    ),
    ToldMark(
        sign="\n^",
        pattern=re.compile(r"^\^[a-z0-9]+-[a-z0-9-]+[ \t]*$", re.M),
        what="a mark of Obsidian's for a block",
    ),
    ToldMark(
        sign="- [",
        pattern=re.compile(r"^[ \t]*[-*+] \[[/><!?*\"-]\] [^\n]*$", re.M),
        what="a task's state of Obsidian's",
    ),
    ToldMark(
        sign="`",
        pattern=re.compile(r"`(?<!``)\$?= [a-z]\w*\.[^`\n]+`(?!`)"),
        what="a query of Dataview's",
        beside_code=True,
    ),
    ToldMark(
        sign="](",
        pattern=re.compile(r"\]\((?:(?:logseq|notion|obsidian)://[^()\s]*|:/[0-9a-f]{32}\b)"),
        what="a link into another program",
    ),
    ToldMark(
        sign="((", pattern=re.compile(r"\(\([0-9a-f]{8}-[0-9a-f-]{27}\)\)"), what="a reference of Logseq's"
    ),
    ToldMark(sign="<%", pattern=re.compile(r"<%[-=+*_#]{0,2} [^\n%]*%>"), what="a template's"),
    ToldMark(
        sign="{{",
        pattern=re.compile(
            r"\{\{(?<![\w$\\{^]\{\{)[ \t]*+(?:\.[A-Z]|[\"'][^\"'{}\n]*[\"'] *\||\d+ [-+*/] \d|> ?[a-z]|@\d)[^{}\n]*\}\}"
        ),
        what="a template's",
    ),
    ToldMark(
        sign="{",
        pattern=re.compile(
            r"\{(?<!\{\{)[#/:@](?:attach|await|catch|const|debug|each|else|html|if|key|render|snippet|then)(?=[ }])"
            r"[^{}\n]*\}"
        ),
        what="a template of Svelte's",
    ),
    ToldMark(
        sign="className=",
        pattern=re.compile(r"<[a-z][\w-]*+\s[^<>\n]*?\bclassName=[^<>\n]*>"),
        what="JSX, and no HTML",
    ),
    ToldMark(sign="</>", pattern=re.compile(r"^[ \t]*</>[ \t]*$", re.M), what="JSX, and no HTML"),
    ToldMark(
        sign=".map(", pattern=re.compile(r"\{[A-Za-z_$][\w.]*\.map\([^\n]*"), what="an expression of MDX'"
    ),
    ToldMark(
        sign="<template", pattern=re.compile(r"<template\s+(?:#|v-)[^<>\n]*>"), what="a template of Vue's"
    ),
    ToldMark(
        sign="*ng",
        pattern=re.compile(r"<[a-z][\w-]*+\s[^<>\n]*?\*ng[A-Z]\w*=[^<>\n]*>"),
        what="a template of Angular's",
    ),
    ToldMark(
        sign="8<",
        pattern=re.compile(r"^[ \t]*;?-+8<-+[^\n]*$", re.M),
        what="an include of Python-Markdown's",
        extension="pymdownx.snippets",
    ),
    ToldMark(
        sign="///",
        pattern=re.compile(r"^/{3,} [a-z][\w-]*(?: \|[^\n]*)?$", re.M),
        what="a block of Python-Markdown's",
        extension="pymdownx.blocks",
    ),
    ToldMark(
        sign="[=",
        pattern=re.compile(r"^\[=\d[^\]\n]*\]", re.M),
        what="a bar of Python-Markdown's",
        extension="pymdownx.progressbar",
    ),
    ToldMark(
        sign="[",
        pattern=re.compile(
            r"\[(?<![\w\]\\!]\[)(?:[a-z][\w-]*+(?: [\w-]++=(?:\"[^\"\n\]]*\"|'[^'\n\]]*'|[^\s\]\"']++))++ ?/?"
            r"|(?:color|date|details|font|quote|size|url)=[^\[\]\n]+|latexpage)\](?![(\[:])"
        ),
        what="a shortcode of WordPress' or Discourse's",
    ),
    ToldMark(
        sign="[/",
        pattern=re.compile(r"\[/[a-zA-Z][\w-]*\](?![(\[:])"),
        what="the end of a shortcode of WordPress' or Discourse's",
    ),
    ToldMark(sign="[##_", pattern=re.compile(r"\[##_[^\[\]\n]+_##\]"), what="a picture of Tistory's"),
    ToldMark(
        sign="<<", pattern=re.compile(r"<<(?<![\w<]<<)[a-z][\w.:-]*+>>(?!>)"), what="a variable of ReadMe's"
    ),
    ToldMark(sign="[name=", pattern=re.compile(r"\[name=[^\[\]\n]+\]"), what="a signature of HackMD's"),
    ToldMark(
        sign="[!",
        pattern=re.compile(
            r"\[!(?!(?:caution|important|note|tip|warning)\])[A-Za-z][\w-]*[^\[\]\n]*(?:\]|(?=\[))", re.I
        ),
        what="a component of DocFX' or Retype's",
    ),
    ToldMark(sign="](#tab/", pattern=re.compile(r"\[[^\[\]\n]+\]\(#tab/[^()\n]*\)"), what="a tab of DocFX'"),
    ToldMark(sign="!!!\n", pattern=re.compile(r"^!!!$", re.M), what="a mark of Retype's"),
    ToldMark(
        sign="\n==",
        pattern=re.compile(r"^==(?:[-!]-?(?: [^\n]*)?| tab [^\n]*)$", re.M),
        what="a panel of Retype's or VitePress'",
    ),
)
