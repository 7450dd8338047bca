"""Jekyll's leftovers: Liquid, kramdown and its formulas, translated where they mean something on the page."""

import re
from collections.abc import Callable
from datetime import date

from hexapla.model.block import Edit, fence_for
from hexapla.model.problem import Severity
from hexapla.normalize.github.outline import outline
from hexapla.normalize.leaves import formula as written
from hexapla.normalize.rules import kramdown
from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.rule import Changes, Draft, Remark, Repair, Write

_RAW_TAG = r"\{%-?\s*+(?:end)?raw\s*+-?%\}"
_HIGHLIGHT = re.compile(
    r"^(?P<indent>[ \t]*+)\{%-?\s*+"
    r"(?:highlight(?:\s++[\"']?(?P<language>[\w+#.-]++)[^%\n]*+|\s*+-?)|(?:capture|set)\s++(?P<name>\w++)\s*+-?)%\}"
    r"(?:(?P<code>.*?)\{%-?\s*+end(?:capture|highlight|set)\s*+-?%\}"
    r"(?:\s*+\{\{-?\s*+(?P=name)\s*+\|\s*+highlight\b[\s:(]*+[\"'](?P<filter>[\w+#.-]*+)[\"'][^{}\n]*+\}\})?"
    r"[ \t]*+$|.*)",
    re.M | re.S,
)
"""Code between tags, or under a name by which it is shown. What nothing closes goes down to the end, as below."""
_EDGES = re.compile(
    rf"\A[ \t]*+(?:{_RAW_TAG})?+(?:[ \t]*+\n)?+|(?<![ \t])\n?[ \t]*+(?:{_RAW_TAG})?+[ \t]*+\Z"
)
_RAW = re.compile(rf"^[ \t]*+{_RAW_TAG}[ \t]*+(?:\n|\Z)|{_RAW_TAG}", re.M)
_COMMENT = re.compile(r"\{%-?\s*+comment\s*+-?%\}(?:.*?(?P<end>\{%-?\s*+endcomment\s*+-?%\})[ \t]*|.*)", re.S)
"""One that nothing closes goes down to the end: so each is read once."""
_POST_URL = re.compile(r"\{%-?\s*post_url\s+(?P<post>[^\s%]+?)(?:\.md)?\s*-?%\}")
_LINK = re.compile(r"\{%-?\s*link\s+(?P<path>[^\s%]+)\s*-?%\}")
_INCLUDE = re.compile(r"\{%-?\s*+include\s++(?P<name>[\w./-]++)\s++(?P<list>[^%\n]*+)%\}")
_PAIR = re.compile(r"(?<![\w-])([\w-]++)=(?:\"([^\"]*)\"|'([^']*)')")
_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif)$", re.I)
_BASE = re.compile(r"\{\{\s*(?:site\.(?:base)?url|site\.github\.url)\s*\}\}")
_RELATIVE = re.compile(r"""\{\{\s*["'](?P<path>[^"'\n]+)["']\s*\|\s*(?:relative|absolute)_url\s*\}\}""")
_PAGE = re.compile(
    r"\{\{-?\s*page\.(?P<key>\w+)\s*(?:\|\s*(?P<filter>\w+)\s*(?::\s*[\"'](?P<argument>[^\"'}\n]*)[\"'])?\s*)?-?\}\}"
)
_DATES = {
    "date_to_string": "%d %b %Y",
    "date_to_long_string": "%d %B %Y",
    "date_to_xmlschema": "%Y-%m-%dT%H:%M:%S",
}
"""Jekyll's own filters for dates, as formats."""
_DISPLAY = re.compile(
    r"^(?P<indent>[ \t]*+)\\{1,2}\[(?:[ \t]*+(?P<formula>(?:(?!\n\n).)+?)\\{1,2}\][ \t]*$|(?:(?!\n\n).)*+)",
    re.M | re.S,
)
"""One that nothing closes goes down to the end of its paragraph: so each is read once."""
_INLINE = re.compile(r"\\{1,2}\((?:(?P<formula>[^\n]+?)\\{1,2}\)|[^\n]*+)")
_DOUBLE = re.compile(r"\$\$(?<![$\\]\$\$)(?P<formula>[^$\n]+?)\$\$(?!\$)")
_TEX = re.compile(r"\\[a-zA-Z]+|[\^_=]|^\s*[a-zA-Z]\s*$")
_LEFT = re.compile(
    r"\{%(?<!\{\{%)-?\s*+(?P<tag>[a-z_]++)(?:[^%\n]*+|(?<=liquid)[^%]*+)%\}|\{\{\s*(?:site|page|include|content|layout|post)\b[^{}\n]*+\}\}"
)

_ANY = re.compile(r"\$\$|\bmarkdown=|\{[%{:]|\{[ \t]*#|\\[\[(]")
"""What every rule here begins with."""


def _of_match(write: Callable[[re.Match[str]], str]) -> Write:
    return lambda match, _draft: write(match)


_RULES: tuple[tuple[str, re.Pattern[str], Write, str], ...] = (
    (
        "comment",
        _COMMENT,
        lambda match, _draft: "" if match["end"] else match[0],
        "A Liquid comment is taken out.",
    ),
    (_RAW_TAG, _RAW, lambda _match, _draft: "", "`{% raw %}` means nothing on the page: it is taken out."),
    (
        "post_url",
        _POST_URL,
        lambda match, _draft: f"{match['post']}.md",
        "`{% post_url %}` is written as a link to the post.",
    ),
    (
        "include",
        _INCLUDE,
        lambda match, _draft: _included(match),
        "An include that shows a picture or a video is written as one.",
    ),
    ("link", _LINK, lambda match, _draft: match["path"], "`{% link %}` is written as a link to the file."),
    ("url", _BASE, lambda _match, _draft: "", "The site's address is taken out of a link inside the site."),
    (
        "_url",
        _RELATIVE,
        lambda match, _draft: match["path"],
        "The filter for the site's address is taken out.",
    ),
    (
        r"page\.",
        _PAGE,
        lambda match, draft: _of_page(match, draft),
        "`{{ page. }}` is filled in from the front matter.",
    ),
    *((sign, pattern, _of_match(write), message) for sign, pattern, write, message in kramdown.RULES),
    (
        r"\\\[",
        _DISPLAY,
        lambda match, _draft: _display(match),
        "A formula in `\\[ \\]` is written in `$$`.",
    ),
    (
        r"\$\$",
        _DOUBLE,
        lambda match, draft: _in_line(match, draft),
        "A formula in a line is written in `$`, not in `$$`.",
    ),
    (r"\\\(", _INLINE, lambda match, _draft: _inline(match), "A formula in `\\( \\)` is written in `$`."),
)
"""As kramdown's: a sign that each match has, pattern, what is written, what is said."""
_OVER_CODE = frozenset({_COMMENT, kramdown.COMMENT, kramdown.QUOTE})
"""What may hold blocks of code."""


def highlighted(draft: Draft) -> Repair:
    """Make fences of `{% highlight %}`: first, since what is in them is code."""
    if "{%" not in draft.text:
        return Repair()
    changes = Changes(draft)
    changes.translate(
        outside(_HIGHLIGHT, draft.text, over=True), _fence, "Code between tags is written as a fence."
    )
    return changes.repair()


def unwrapped(draft: Draft) -> Repair:
    """Take `{% raw %}` out of fences, where Jekyll's readers never see it; not where the site fills in templates."""
    if draft.templated or not re.search(_RAW_TAG, draft.text):
        return Repair()
    edits = [
        Edit(start=fence.body + match.start(), end=fence.body + match.end(), text="")
        for fence in outline(draft.text).fences
        for match in _RAW.finditer(draft.text[fence.body : fence.end])
    ]
    repair = Repair.of(edits, "`{% raw %}` in code means nothing on the page: it is taken out.", once=True)
    return Repair(edits=repair.edits, remarks=repair.remarks, mends_fences=True)


def translated(draft: Draft) -> Repair:
    """Translate Liquid tags, kramdown attributes and mathematics outside code; report what is left."""
    text = draft.text
    if not _ANY.search(text):
        return Repair()
    changes = Changes(draft)
    for sign, pattern, write, message in _RULES:
        if re.search(sign, text) and not (pattern is _RAW and draft.templated):
            changes.translate(outside(pattern, text, over=pattern in _OVER_CODE), write, message)
    changes.remarks += [
        Remark(
            offset=match.start(),
            message=f"`{match[0]}` is Liquid, which means nothing on the page: readers see it as it is.",
            severity=Severity.WARNING,
            hint="Write what it stands for, or put it in backticks.",
        )
        for match in outside(_LEFT, text)
        if not changes.meet(match.start())
    ]
    return changes.repair()


def _fence(match: re.Match[str], draft: Draft) -> str:
    """Write code as a fence; what stands under a name may be text, unless that or its use says it is code.

    Right below a tag of HTML a fence would be HTML.
    """
    language, name = match["language"] or match["filter"] or "", match["name"]
    if match["code"] is None or (name and match["filter"] is None and "code" not in name.lower()):
        return match[0]
    code = _EDGES.sub("", match["code"])
    mark = fence_for(code)
    apart = "\n" if draft.text.endswith(">\n", 0, match.start()) else ""
    return f"{apart}{match['indent']}{mark}{language}\n{code}\n{match['indent']}{mark}"


def _included(match: re.Match[str]) -> str:
    """Write the usual includes for pictures and videos as what they show; others stay, and are reported."""
    options = {key: first or second for key, first, second in _PAIR.findall(match["list"])}
    source = next((value for value in options.values() if _PICTURES.search(value) and " " not in value), "")
    if source and re.search(r"figure|image|img|pic", match["name"]):
        alt = next(
            (options[key] for key in ("alt", "caption", "description", "title") if options.get(key)), ""
        )
        return f"![{re.sub(r'[][]', '', alt)}]({source})"
    if "youtube" in match["name"] and options.get("id"):
        address = f"https://www.youtube.com/watch?v={options['id']}"
        return f"[{options.get('title') or address}]({address})"
    return match[0]


def _of_page(match: re.Match[str], draft: Draft) -> str:
    """Write the front matter's value; what it lacks, or a filter that nobody here knows, stays and is reported."""
    value, name = draft.front_matter.get(match["key"]), match["filter"]
    if isinstance(value, date):  # A datetime is one, too.
        pattern = match["argument"] if name == "date" else _DATES.get(name or "", "%Y-%m-%d")
        is_known = name in (None, "date", *_DATES) and pattern
        return value.strftime(pattern) if is_known else match[0]
    if name not in (None, "escape", "strip", "xml_escape"):
        return match[0]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        value = ", ".join(value)
    if isinstance(value, bool):
        value = str(value).lower()
    written = str(value).strip() if isinstance(value, str | int | float) else ""
    return written if written and "\n" not in written else match[0]


def _display(match: re.Match[str]) -> str:
    formula = (match["formula"] or "").strip()
    if not _TEX.search(formula):
        return match[0]
    indent = match["indent"]
    return f"{indent}$$\n{indent}{formula}\n{indent}$$"


def _inline(match: re.Match[str]) -> str:
    formula = match["formula"] or ""
    return f"${formula.strip()}$" if _TEX.search(formula) else match[0]


def _in_line(match: re.Match[str], draft: Draft) -> str:
    """Write `$` where kramdown reads `$$` beside other text of a line: it has no other sign for that."""
    around = draft.text[draft.text.rfind("\n", 0, match.start()) + 1 : match.start()]
    around += draft.text[match.end() :].split("\n", 1)[0]
    if "layout" not in draft.front_matter or not around.strip(" \t>*-.,;:"):
        return match[0]
    formula = match["formula"].strip()
    beside = f"{draft.text[: match.start()][-1:]}{draft.text[match.end() :][:1]}"
    # One dollar beside a letter or a digit is no formula's.
    return written(formula) if re.search(r"[A-Za-z0-9]", beside) else f"${formula}$"
