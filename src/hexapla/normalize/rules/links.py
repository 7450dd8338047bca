"""Links between posts: what an author wrote for Jekyll or for GitHub leads to the page of the same site."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from hexapla.model.block import Edit, splice
from hexapla.normalize.rules.code import is_code

_POST_URL = r"\{%-?\s*(?:post_url|link)\s+(?P<post>[^\s%]+)\s*-?%\}"
_SITE = r"\{\{\s*(?:site\.(?:base)?url|site\.github\.url)\s*\}\}"
_INLINE = re.compile(
    rf"(?P<open>\]\(\s*)(?:<(?P<angle>[^<>\n]+)>|(?P<bare>(?:{_SITE})*(?:\{{%[^%\n]*%\}}|[^\s()<>]|\([^\s()]*\))+))"
)
_DEFINITION = re.compile(
    rf"^(?P<open> {{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*)<?(?P<bare>(?:{_SITE})*(?:\{{%[^%\n]*%\}}|[^\s<>])+)>?",
    re.M,
)
_HTML = re.compile(r"""(?P<open>\b(?:href|src)=(?P<quote>["']))(?P<bare>[^"'\n]+)(?=(?P=quote))""")
_SCRIPT = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_EXTERNAL = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|#|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A body whose links were followed."""

    body: str
    broken: tuple[tuple[int, str], ...]
    """The offset in the given body and the target of each link that leads nowhere."""


def rewrite_links(body: str, resolve: Callable[[str], str | None], *, site: str = "") -> Rewritten:
    """Give each target inside the site to `resolve`, and write what it returns in its place.

    `resolve` gets the target as the author meant it (`2025-01-01-other-en.md`, `/notes/other-en`,
    `../images/a.png`; of a `{% post_url x %}` the `x`), without `#fragment` or `?query`, which are put
    back. It returns the new target, or None where there is none: that link stays and is in `broken`. So is one
    that a browser would run, which then leads nowhere.
    `site` is an address whose pages are no other site's.
    Links to other sites, fragments of the page itself, and all code are left alone. No line is added or lost.
    """
    edits: dict[int, Edit] = {}
    broken: list[tuple[int, str]] = []
    for pattern in (_INLINE, _DEFINITION, _HTML):
        for match in pattern.finditer(body):
            name = "bare" if match["bare"] else "angle"
            start, end = match.span(name)
            target, rest = _target(_inside(match[name], site))
            runs = is_script(match[name])
            if start in edits or (_EXTERNAL.match(target) and not runs) or is_code(body, start):
                continue
            destination = "#" if runs else resolve(target)
            if runs or destination is None:
                broken.append((start, match[name] if runs else target))
            if destination is not None and destination + rest != match[name]:
                edits[start] = Edit(start=start, end=end, text=destination if runs else destination + rest)
    return Rewritten(body=splice(body, edits.values()), broken=tuple(sorted(set(broken))))


def _inside(address: str, site: str) -> str:
    """Return an address without the host and path of the site that it is below."""
    inner = address.removeprefix(site) if site else address
    return inner if inner != address and inner.startswith("/") else address


def is_script(address: str) -> bool:
    """Return whether a browser that follows an address runs it; it skips blanks, and knows HTML's and URLs' escapes."""
    return bool(_SCRIPT.match(re.sub(r"[\x00-\x20]+", "", unescape(address))))


def _target(written: str) -> tuple[str, str]:
    """Split what an author wrote into the target and its `?query` and `#fragment`."""
    written = re.sub(_SITE, "", written)
    tag = re.match(_POST_URL, written)
    if tag:
        return tag["post"], written[tag.end() :]
    cut = re.search(r"[?#]", written)
    return (written[: cut.start()], written[cut.start() :]) if cut else (written, "")
