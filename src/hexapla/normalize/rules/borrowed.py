"""Borrowed: how other tools name files, sizes, comments and diagrams, as what GitHub's readers know.

Sources: https://docs.getpelican.com/en/latest/content.html, https://www.getzola.org/documentation/content/linking/,
https://zenn.dev/zenn/articles/markdown-guide, https://support.hashnode.com/, https://docs.gitlab.com/user/markdown/,
https://learn.microsoft.com/azure/devops/project/wiki/markdown-guidance, https://kramdown.gettalong.org/syntax.html,
https://theme-next.js.org/docs/tag-plugins/tabs, https://docsify.js.org/#/helpers, https://gohugo.io/content-management/markdown-attributes/,
https://pandoc.org/MANUAL.html#extension-attributes, https://github.com/huggingface/doc-builder,
https://docusaurus.io/docs/static-assets, https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html.
"""

import html
import re

from hexapla.normalize.rules.rule import Draft, Write
from hexapla.normalize.rules.shortcodes import PLACES

_COMMENT = re.compile(r"\{(?:\{-?[ \t]*+/\*|(?<![{\w]\{)/\*)(?:.*?(?P<end>\*/[ \t]*+-?\}\}?)|.*+)", re.S)
"""One that nothing ends goes down to the end, and stays."""
_HIDDEN = re.compile(r"^%%[ \t]*\n(?:(?!%%)[^\n]*+\n)*+%%[ \t]*$", re.M)
_FILE = re.compile(
    r"[{|@p](?:(?<=\]\(.)|(?<=\]: .)|(?<==[\"'].))"
    r"(?:(?<=\{)(?:attach|filename|static)\}|(?<=\|)(?:attach|filename|static)\||(?<=@)(?=/)|(?<=@)site/(?:static/)?"
    r"|(?<=p)athname:///)"
)
_EMBED = re.compile(
    r"%(?<![\w@%]%)\[(?P<url>https?://[^\s\[\]]++)\]"
    r"|@(?<![\w@%]@)\[(?P<name>card|codepen|codesandbox|figma|gist|jsfiddle|slideshare|speakerdeck|stackblitz|tweet|youtube)\]"
    r"\((?P<target>[^\s()]++)\)"
)
_LIST = (
    r"\{(?![ :=])(?=-\}|[^{}\n]*?(?:[.#][A-Za-z]|=[\"']))"
    r"(?:[ \t]*+(?:[.#][A-Za-z][\w:-]*+|[a-z][\w-]*+=(?:\"[^\"\n]*+\"|'[^'\n]*+'|[^\s{}\"']++)|-(?=\})))++[ \t]*+\}"
)
"""Classes, ids and pairs as Pandoc and Hugo write them; with blanks inside of the braces the site reads them."""
_OF_HEADING = re.compile(
    rf"^(?P<marks> {{0,3}}#{{1,6}}[ \t]++)(?P<text>(?:[^\n%{{}}]|%(?!\{{))++)%?(?P<list>{_LIST})%?[ \t]*$",
    re.M,
)
_IDENTIFIED = re.compile(
    r"^(?P<marks> {0,3}#{1,6}[ \t]++)(?P<text>[^\n]*(?:[^\s\[!\\]|\w!))"
    r"\[\[(?!\d++\])(?P<id>[^\sA-Z!-,./:-@\[-^`{-~]++)\]\][ \t]*$",
    re.M,
)
"""A heading with an id joined to it, as doc-builder writes it; behind a blank it would be a link of Obsidian's."""
_OF_BLOCK = re.compile(rf"^[ \t]*+{_LIST}[ \t]*(?:\n(?=[ \t]*\S)|$)", re.M)
_OF_LINK = re.compile(rf"(?P<shown>\]\([^()\s]++(?:[ \t]+\"[^\"\n]*+\")?\)){_LIST}")
_OF_CODE = re.compile(rf"(?P<shown>`(?<!``)[^`\n]++`){_LIST}")
_IDENTITY = re.compile(r"#(?P<short>[A-Za-z][\w:-]*)|\bid=[\"']?(?P<long>[\w:-]+)")
_NUMBERED = re.compile(r"^\$\$[ \t]*+(?:\{#[\w:-]++\}|\([\w:.-]++\))[ \t]*$", re.M)
_LATEX = re.compile(r"\$latex (?P<formula>[^$\n]++)\$")
_DOCSIFY = re.compile(r"^(?P<sign>[!?])>[ \t]++(?P<text>[^\n]++)$", re.M)
_OPTION = re.compile(
    r"\]\((?P<url>[^\s()]++) (?P<quote>[\"']):(?:class|crossorgin|disabled|id|ignore|include|no-zoom|size|target)\b"
    r"[^\"'\n]*(?P=quote)\)"
)
_RUBY = re.compile(
    r"｜(?P<long>[^《》｜\n]{1,30})《(?P<above>[^《》\n]{1,40})》|\{(?P<han>[\u3400-\u9fff々]++)\|(?P<kana>[\u3040-\u30ff|]++)\}"
    r"|\{ruby (?P<base>[^{}|\n]++)\|(?P<text>[^{}|\n]++)\}"
)
_CONTENTS = re.compile(r"^@\[toc\](?:\([^()\n]*\))?[ \t]*$", re.M | re.I)
_OBSIDIAN = re.compile(
    r"!\[(?P<alt>[^\[\]\n|]*+)\|(?P<width>\d++)(?:x(?P<height>\d++))?\]\((?P<src>[^\s()]++)\)"
)
_INSERTED = re.compile(r"\+\+(?<![\w+{]\+\+)(?=\w{2})(?P<text>[^+\n]*\w{2})\+\+(?![\w+}])")
_SIZED = re.compile(r"!\[(?P<alt>[^\[\]\n]*+)\]\((?P<src>[^\s()]++) =(?P<width>\d*+)x(?P<height>\d*+)\)")
_LINK = re.compile(r"`(?<!``)(?P<text>[^`<>\n]+?) <(?P<url>[^<>`\s]++)>`__?(?![\w`])")
QUOTE = re.compile(r"^>>>[ \t]*\n(?P<text>(?:(?!>>>[ \t]*$)[^\n]*+\n)++)>>>[ \t]*$", re.M)
"""GitLab's; code may stand in it."""
_DIAGRAM = re.compile(
    r"^<div[ \t]+class=[\"']?mermaid[\"']?[^<>\n]*>[ \t]*\n"
    r"(?P<text>(?:(?![ \t]*</div>)[^\n]*+\n)++)[ \t]*</div>[ \t]*$",
    re.M,
)
_CLOSED = re.compile(r"<(?P<tag>audio|canvas|iframe|object|video)\b(?P<rest>[^<>]*+)>", re.I)
"""In HTML what closes itself is not closed: a frame would hide all the rest of the page."""
_STYLED = re.compile(r"(?P<line>>(?<=\n>)[^\n]*\n)\{(?:[ \t]*[.#][\w-]++)++[ \t]*\}[ \t]*$", re.M)
_ATTRIBUTES = re.compile(
    r"^\{:(?P<colon>[ \t]*)(?P<name>[a-z][\w-]*+)(?::[^{}\n]*)?[ \t]*\}[ \t]*(?:\n|\Z)", re.M
)
_END = re.compile(r"^\^[ \t]*$", re.M)
_TEASER = re.compile(r"^\.\. TEASER_END[^\n]*$", re.M)
_LABEL = re.compile(r"\{% *label +(?:\w+ *@ *)?(?P<text>(?:[^%\n]|%(?!\}))*?) *%\}")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>")
TABS = re.compile(
    r"^<!--[ \t]*(?:(?P<end>endtab)|tab(?P<title>[ \t]+(?:[^\n-]|-(?!->))*+)?)[ \t]*-->[ \t]*$", re.M
)
"""NexT's: they are comments, where no other rule applies."""


def _gone(_match: re.Match[str], _draft: Draft) -> str:
    return ""


def _file(match: re.Match[str], _draft: Draft) -> str:
    # What is static lies below the site's root, and is mostly written without its slash.
    rooted = (
        match[0][-1] in "}|/"
        and re.search("static|site|pathname", match[0])
        and match.string[match.end() : match.end() + 1] not in "/."
    )
    return "/" if rooted else ""


def _embed(match: re.Match[str], _draft: Draft) -> str:
    target = match["url"] or match["target"]
    if "://" in target:
        return f"<{target}>"
    return f"<{PLACES[match['name']].format(target)}>" if match["name"] in PLACES else match[0]


def _sized(match: re.Match[str], _draft: Draft) -> str:
    sizes = "".join(f' {key}="{match[key]}"' for key in ("width", "height") if match[key])
    return f'<img src="{match["src"]}" alt="{html.escape(match["alt"])}"{sizes}>'


def _of_heading(match: re.Match[str], _draft: Draft) -> str:
    name = _IDENTITY.search(match["list"])
    anchor = f'<a id="{name["short"] or name["long"]}"></a>' if name else ""
    return f"{match['marks']}{anchor}{match['text'].rstrip()}"


def _docsify(match: re.Match[str], _draft: Draft) -> str:
    return f"> [!{'IMPORTANT' if match['sign'] == '!' else 'TIP'}]\n> {match['text']}"


def _ruby(match: re.Match[str], _draft: Draft) -> str:
    base = match["long"] or match["han"] or match["base"]
    above = match["above"] or (match["kana"] or "").replace("|", "") or match["text"]
    return f"<ruby>{base}<rt>{above}</rt></ruby>"


def _link(match: re.Match[str], _draft: Draft) -> str:
    return f"[{match['text']}]({match['url']})"


def _quote(match: re.Match[str], _draft: Draft) -> str:
    return "\n".join(f"> {line}".rstrip() for line in match["text"].removesuffix("\n").split("\n"))


def _diagram(match: re.Match[str], _draft: Draft) -> str:
    return f"```mermaid\n{html.unescape(match['text'])}```"


def _closed(match: re.Match[str], _draft: Draft) -> str:
    rest = match["rest"].rstrip()
    return f"<{match['tag']}{rest[:-1].rstrip()}></{match['tag']}>" if rest.endswith("/") else match[0]


def _styled(match: re.Match[str], _draft: Draft) -> str:
    return match["line"].removesuffix("\n")


def _attributes(match: re.Match[str], draft: Draft) -> str:
    """Take kramdown's definition of attributes out, and where it is referred to; `{:else}` refers to none."""
    is_definition = not match["colon"] and ":" in match[0][2:]
    return "" if is_definition or f"{{:{match['name']}:" in draft.text else match[0]


def tab(match: re.Match[str], _draft: Draft) -> str:
    """Write a comment that begins or ends a tab as a mark that does."""
    title = _LABEL.sub(r"\g<text>", match["title"] or "")
    return ":::" if match["end"] else f"::: tab {_TAG.sub('', title).strip()}".rstrip()


RULES: tuple[tuple[str, re.Pattern[str], Write, str], ...] = (
    (
        "/*",
        _COMMENT,
        lambda match, _draft: "" if match["end"] else match[0],
        "A comment of Hugo's or MDX' is taken out.",
    ),
    ("%%\n", _HIDDEN, _gone, "A comment between `%%` is taken out."),
    ("]", _FILE, _file, "A path of another tool's is written as a link to the file."),
    ("[", _EMBED, _embed, "What is embedded is written as a link."),
    (" =", _SIZED, _sized, "A picture's size is written in HTML."),
    ("|", _OBSIDIAN, _sized, "A picture's size is written in HTML."),
    (
        "{",
        _OF_HEADING,
        _of_heading,
        "A heading's id is written as an anchor; its classes mean nothing on the page.",
    ),
    (
        "]]",
        _IDENTIFIED,
        lambda match, _draft: f'{match["marks"]}<a id="{match["id"]}"></a>{match["text"]}',
        "A heading's `[[id]]` is written as an anchor.",
    ),
    ("{", _OF_BLOCK, _gone, "A block's attributes mean nothing on the page: they are taken out."),
    (
        "){",
        _OF_LINK,
        lambda match, _draft: match["shown"],
        "A link's attributes mean nothing on the page: they are taken out.",
    ),
    (
        "$$",
        _NUMBERED,
        lambda _match, _draft: "$$",
        "A formula's label means nothing on the page: it is taken out.",
    ),
    (
        "$latex",
        _LATEX,
        lambda match, _draft: f"${match['formula'].strip()}$",
        "`$latex` is written as a formula.",
    ),
    ("> ", _DOCSIFY, _docsify, "A note of Docsify's is written as an alert."),
    (
        ":",
        _OPTION,
        lambda match, _draft: f"]({match['url']})",
        "A link's options of Docsify's are taken out.",
    ),
    ("", _RUBY, _ruby, "What is read above characters is written in HTML."),
    ("@[", _CONTENTS, _gone, "The place for a list of contents is taken out: the page has it beside it."),
    ("++", _INSERTED, lambda match, _draft: f"<ins>{match['text']}</ins>", "`++ ++` is written as `<ins>`."),
    (">>>\n", QUOTE, _quote, "GitLab's quote of several lines is written as one."),
    ("mermaid", _DIAGRAM, _diagram, "A diagram in HTML is written as a fence."),
    ("/>", _CLOSED, _closed, "A tag that closes itself, as in JSX, is written with its end."),
    ("\n{", _STYLED, _styled, "A quote's classes mean nothing on the page: they are taken out."),
    ("{:", _ATTRIBUTES, _attributes, "kramdown attributes mean nothing on the page: they are taken out."),
    (
        "^",
        _END,
        lambda _match, _draft: "<!-- -->",
        "kramdown's end of a block is written as an empty comment.",
    ),
    ("TEASER_END", _TEASER, _gone, "Nikola's end of a teaser is taken out."),
)
"""What each match holds, pattern, what is written, what is said."""
BESIDE_CODE: tuple[tuple[str, re.Pattern[str], Write, str], ...] = (
    (">`_", _LINK, _link, "A link of reStructuredText's is written as one."),
    (
        "`{",
        _OF_CODE,
        lambda match, _draft: match["shown"],
        "A code's attributes mean nothing on the page: they are taken out.",
    ),
)
"""Those that begin as code between backticks does."""
