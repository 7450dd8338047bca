"""Foreign: the marks of other tools in a text's lines, translated where GitHub's readers know the same, else told of.

Sources: https://help.obsidian.md/syntax, https://docusaurus.io/docs/markdown-features, https://gohugo.io/shortcodes/,
https://vitepress.dev/guide/markdown, https://kramdown.gettalong.org/syntax.html, https://mystmd.org/guide/syntax-overview,
https://hexo.io/docs/tag-plugins, https://github.com/github/gemoji.
"""

import functools
import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import quote

from hexapla.model.block import Edit
from hexapla.model.slug import slugify
from hexapla.normalize.github.outline import Spans, outline
from hexapla.normalize.rules import borrowed, shortcodes
from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.marked_block import ALERTS
from hexapla.normalize.rules.rule import Changes, Draft, Repair, Write
from hexapla.normalize.rules.untranslated import untranslated

_CALLOUT = re.compile(
    r"^(?P<quote>(?P<before>[ \t]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?+)>[ \t]?)"
    r"\[!(?P<kind>\w[\w-]*+)(?:\|[^\]\n]*+)?\](?P<fold>[+-]?)[ \t]*+(?P<title>[^\n]*+)$",
    re.M,
)
_NESTED = re.compile(
    r"^(?P<quote> {0,3}>[ \t]?(?: {0,3}>[ \t]?)++)\[!(?P<kind>\w[\w-]*+)\][+-]?[ \t]*+(?P<title>[^\n]*+)$",
    re.M,
)
_EMBED = re.compile(r"!\[\[(?P<name>[^\[\]\n|]++)(?:\|(?P<text>[^\[\]\n]*+))?\]\]")
_WIKI = re.compile(r"\[\[(?<![!\[\\{]\[\[)(?P<name>[^\[\]\n|]++)(?:\|(?P<text>[^\[\]\n]++))?\]\](?![(\[\]])")
_DATE = re.compile(r"\d{4}-\d\d(?:-\d\d)?")
"""A note of a day."""
_TOC = re.compile(r"^ {0,3}(?:\[\[_?toc_?\]\]|\[toc\]|\$\{toc\}|\{\{[<%] *toc *[>%]\}\})[ \t]*$", re.M | re.I)
_MARKED = re.compile(r"==(?<![=\w]==)(?=[^\s=])(?P<text>[^=\n]*[^\s=])==(?![=\w])")
_COMMENT = re.compile(r"%%(?<!%%%)(?!%)(?:[^%\n]|%(?!%))++%%(?!%)")
_TERMS = r"(?:(?![-*+>#|:=&\s<`~]|\d++[.)])[^\n]++\n)++"
_MEANINGS = r"(?::[ \t]++[^\n]++(?:\n|\Z)(?:[ \t]++(?!```|~~~)\S[^\n]*+(?:\n|\Z))*+)++"
_DEFINITIONS = re.compile(rf"^{_TERMS}(?:\n?(?P<list>{_MEANINGS}(?:\n?{_TERMS}\n?{_MEANINGS})*+))?+", re.M)
"""Lines without a definition below match, too: so each is read once."""
_DEFINITION = re.compile(rf"^(?P<terms>{_TERMS})(?:\n?(?P<list>{_MEANINGS}))?+", re.M)
_WORDS = re.compile(r"[\w ,.()/'’\"“”-]++")
"""What is nothing but text in both readings."""
_ABBREVIATION = re.compile(r"^ {0,3}\*\[(?P<short>[^\]\n]++)\]:[ \t]*+(?P<long>[^\n]++)(?:\n|\Z)", re.M)
_NOMARKDOWN = re.compile(r"\{::nomarkdown[^{}\n]*+\}|\{:/(?:nomarkdown)?\}")
_SPAN = re.compile(r"\[(?<!\]\[)(?P<text>[^\[\]\n]++)\]\{[.#](?P<list>[^{}\n]*+)\}")
_MATH = re.compile(r"\{math\}`(?P<formula>[^`\n]++)`")
_TARGET = re.compile(r"^(?P<before>[ \t>]*+)\((?P<name>[\w:./-]++)\)=[ \t]*$", re.M)
_IMPORT = r"import\s(?:(?:[^\n'\"]*|\{[\w\s,]*+\})\sfrom\s)?['\"][^'\"\n]+['\"];?[ \t]*"
_MODULE = re.compile(
    rf"^(?:{_IMPORT}(?:\n{_IMPORT})*+$|export\s(?:const|default|let|function|async)\b(?:"
    r"[^\n]*[\[({][ \t]*\n(?:[^\n]*+\n){0,99}?[\])}][\])};]*+[ \t]*$|[^\n]*(?:\n[^\n]+)*$))",
    re.M,
)
_FRAGMENT = re.compile(r"<(?<!\]: <)/?>")
"""Not the address of `[comment]: <> (…)`."""
_GLUED = re.compile(
    r"^(?P<tag>(?P<indent>[ \t]*+)<(?:div|section|article|center|figure|aside|td|li)\b[^<>\n]*+>)"
    r"[ \t]*\n[ \t]*+(?=#{1,6} \S)",
    re.M,
)
"""A tag above a heading, which is Markdown to MDX and text to GitHub."""
_COLUMN = re.compile(r"^[ \t]*+<--->[ \t]*$", re.M)
_EMOJI = re.compile(r"(?P<name>:(?<![\w:/.]:)[a-z0-9_+-]+:)(?![\w/])")


def naturalized(draft: Draft) -> Repair:
    """Translate what other tools write in lines; tell of what has no equal."""
    text, changes = draft.text, Changes(draft)
    for sign, pattern, write, message in (*borrowed.RULES, *_RULES):
        if sign in text:
            changes.translate(outside(pattern, text, over=pattern is borrowed.QUOTE), write, message)
    for sign, pattern, write, message in borrowed.BESIDE_CODE:
        if sign in text:
            changes.translate(outside(pattern, text, inline=True), write, message)
    if "<!-- endtab" in text:
        fences = Spans([(fence.start, fence.end) for fence in outline(text).fences])
        tabs = (match for match in borrowed.TABS.finditer(text) if not fences.meet(*match.span()))
        changes.translate(tabs, borrowed.tab, "A tab of NexT's is written as one.")
    changes.edits += [edit for edit in _abbreviated(text) if not changes.meet(edit.start, edit.end)]
    changes.remarks += untranslated(draft, changes)
    return changes.repair()


def _callout(match: re.Match[str], draft: Draft) -> str:
    """Write an Obsidian callout as GitHub's alert, with its title as the first line; in a list that is a quote."""
    before = match["before"]
    if before.strip() or outline(draft.text).column_at(match.start(), len(before)):
        return _nested(match, draft)
    kind, title = match["kind"].lower(), match["title"].strip()
    of_github = kind in ("note", "tip", "important", "warning", "caution")
    if of_github and not title and not match["fold"]:
        return match[0]
    title = title or ("" if of_github else match["kind"].replace("-", " ").capitalize())
    head = f"\n{match['quote']}**{title}**\n{match['quote'].rstrip()}" if title else ""
    return f"{match['quote']}[!{ALERTS.get(kind, 'NOTE')}]{head}"


def _nested(match: re.Match[str], _draft: Draft) -> str:
    """Write a callout in another or in a list, which GitHub does not know, as a quote with its title."""
    title = match["title"].strip() or match["kind"].replace("-", " ").capitalize()
    below = re.sub(r"[^\s>]", " ", match["quote"]).rstrip()
    return f"{match['quote']}**{title}**\n{below}"


def _embed(match: re.Match[str], _draft: Draft) -> str:
    name, text = match["name"].strip(), (match["text"] or "").strip()
    if not shortcodes.is_picture(name):
        return _link(name, text)
    if re.fullmatch(r"\d+(?:x\d+)?", text):
        return f'<img src="{quote(name)}" alt="" width="{text.partition("x")[0]}">'
    return f"![{text}]({quote(name)})"


def _wiki(match: re.Match[str], _draft: Draft) -> str:
    name, text = match["name"], match["text"] or ""
    # A table of numbers, and bash's `[[ -f x ]]`.
    is_named = re.search(r"[^\W\d_]", name) or _DATE.fullmatch(name)
    is_link = name == name.strip() and is_named and not re.search(r"[,;=<>\"']", name)
    return _link(name.strip(), text.strip()) if is_link else match[0]


def _link(name: str, text: str) -> str:
    """Write a link to a note by its name, `Note#Heading`."""
    page, mark, heading = name.partition("#")
    if shortcodes.is_picture(page):
        return f"![{text}]({quote(page)})"
    is_file = shortcodes.is_other(page)
    target = f"{quote(page)}{'' if page.endswith('.md') or is_file else '.md'}" if page else ""
    fragment = f"#{quote(heading, safe='=') if is_file else quote(slugify(heading))}" if mark else ""
    address = f"{target}{fragment}"
    # In angle brackets, by which links to notes that are not there are known again.
    return f"[{text or name.strip('#').replace('#', ' › ')}]({f'<{address}>' if page and not is_file else address})"


def _definitions(match: re.Match[str], draft: Draft) -> str:
    """Write a definition list as HTML with Markdown in it; each definition of several lines is one paragraph."""
    groups = list(_DEFINITION.finditer(match[0])) if match["list"] else []
    paragraphs = outline(draft.text).paragraphs if groups else frozenset()
    if not groups or any(match.start() + group.start() not in paragraphs for group in groups):
        return match[0]
    items = "".join(map(_definition, groups))
    # Up to a blank line, what follows would be HTML.
    ends = match.string[match.end() : match.end() + 1] in ("", "\n")
    return f"<dl>{items}\n</dl>\n{'' if ends else chr(10)}"


def _definition(group: re.Match[str]) -> str:
    """Write terms and what they mean."""
    terms = [("dt", term) for term in group["terms"].rstrip("\n").split("\n")]
    meanings = [
        ("dd", " ".join(item.split())) for item in re.split(r"^:[ \t]+", group["list"], flags=re.M)[1:]
    ]
    return "".join(
        f"\n<{tag}>{text}</{tag}>" if _WORDS.fullmatch(text) else f"\n<{tag}>\n\n{text}\n\n</{tag}>"
        for tag, text in (*terms, *meanings)
    )


def _abbreviated(text: str) -> Iterator[Edit]:
    """Yield what writes the meaning of abbreviations where they stand, and takes their list out."""
    abbreviations = {match["short"]: match for match in outside(_ABBREVIATION, text)} if "*[" in text else {}
    if not abbreviations:
        return
    places = [match.span() for match in outside(_ABBREVIATION, text)]
    yield from (Edit(start=start, end=end, text="") for start, end in places)
    listed = Spans(places)
    names = "|".join(re.escape(short) for short in sorted(abbreviations, key=len, reverse=True))
    for match in outside(re.compile(rf"(?<![\w/\"'=<#.*\[-])(?:{names})(?![\w/\"'=>\]-])"), text):
        if not listed.meet(*match.span()):
            meaning = html.escape(abbreviations[match[0]]["long"].strip())
            yield Edit(
                start=match.start(), end=match.end(), text=f'<abbr title="{meaning}">{match[0]}</abbr>'
            )


@functools.cache
def _emojis() -> Mapping[str, str]:
    """Return GitHub's emoji by their names."""
    from pymdownx import gemoji_db  # type: ignore[import-untyped]

    signs = {
        name: "".join(chr(int(code, 16)) for code in entry.get("unicode_alt", entry["unicode"]).split("-"))
        for name, entry in gemoji_db.emoji.items()
        if "unicode" in entry
    }
    return {**signs, **{alias: signs[name] for alias, name in gemoji_db.aliases.items() if name in signs}}


def _emoji(match: re.Match[str], _draft: Draft) -> str:
    return _emojis().get(match["name"], match[0])


_RULES: tuple[tuple[str, re.Pattern[str], Write, str], ...] = (
    ("[!", _CALLOUT, _callout, "A callout is written as what GitHub and the site know."),
    ("[!", _NESTED, _nested, "A callout in another is written as a quote."),
    (
        "",
        _TOC,
        lambda _match, _draft: "",
        "The place for a list of contents is taken out: the page has it beside it.",
    ),
    ("%%", _COMMENT, lambda _match, _draft: "", "A comment between `%%` is taken out."),
    ("![[", _EMBED, _embed, "What Obsidian embeds is written as a picture or a link."),
    ("[[", _WIKI, _wiki, "`[[ ]]` is written as a link to the post."),
    ("==", _MARKED, lambda match, _draft: f"<mark>{match['text']}</mark>", "`== ==` is written as `<mark>`."),
    ("\n:", _DEFINITIONS, _definitions, "A definition list is written as one in HTML."),
    (
        "{:",
        _NOMARKDOWN,
        lambda match, draft: "" if "{::nomarkdown" in draft.text else match[0],
        "`{::nomarkdown}` means nothing on the page: it is taken out.",
    ),
    (
        "){",
        shortcodes.PICTURE,
        shortcodes.sized_picture,
        "A picture's attributes are written in HTML, or taken out.",
    ),
    (
        "]{",
        _SPAN,
        lambda match, _draft: match["text"],
        "A span's classes mean nothing on the page: they are taken out.",
    ),
    ("{math}", _MATH, lambda match, _draft: f"${match['formula']}$", "`{math}` is written as a formula."),
    (
        ")=",
        _TARGET,
        lambda match, _draft: f'{match["before"]}<a id="{match["name"]}"></a>',
        "A target of MyST's is written as an anchor.",
    ),
    (
        "port ",
        _MODULE,
        lambda match, draft: "" if match.start() in outline(draft.text).paragraphs else match[0],
        "MDX' `import` and `export` mean nothing on the page: they are taken out.",
    ),
    (
        "</>",
        _FRAGMENT,
        lambda match, draft: "" if "<>" in draft.text else match[0],
        "A fragment of JSX' means nothing on the page: it is taken out.",
    ),
    (
        "# ",
        _GLUED,
        lambda match, _draft: f"{match['tag']}\n\n{match['indent']}",
        "A heading in HTML is parted from the tag above it, below which it would be text.",
    ),
    ("<--->", _COLUMN, lambda _match, _draft: "", "hugo-book's end of a column is taken out."),
    ("ref ", shortcodes.REFERENCE, shortcodes.reference, "Hugo's `ref` is written as a link to the post."),
    (
        "{{",
        shortcodes.SHORTCODE,
        shortcodes.shortcode,
        "A shortcode of Hugo's is written as what it shows.",
    ),
    (
        "{%",
        shortcodes.HEXO,
        shortcodes.shortcode,
        "A tag of Hexo's is written as what it shows.",
    ),
    (":", _EMOJI, _emoji, "An emoji's name is written as the emoji, as on GitHub."),
)
"""What each match holds, pattern, what is written, what is said."""
