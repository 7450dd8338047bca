"""Links: where the links and images of a post lead on the site, whether written for Jekyll, for GitHub or for mkdocs.

A link to another post leads to that article's page in the reader's language, which always exists; a file
that posts may publish comes along into docs/; what is neither is a problem.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from pathlib import PurePosixPath
from types import MappingProxyType
from urllib.parse import quote

from hexapla.model.block import Edit, splice
from hexapla.model.codes import problem
from hexapla.model.destination import Destination
from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Problem, Severity
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


ASSETS = "assets/posts"
"""Where the files that posts show go below docs/."""

_INCLUDE = re.compile(r"(?<=-8)(?=<-)")

Find = Callable[[str, str], Destination]
"""Takes a post's path and the target of a link in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a link can lead to."""

    slugs: frozenset[str]
    languages: tuple[str, ...]
    includes: bool = True
    """Whether posts may take files in by a line with `--8<--` (pymdownx.snippets), should the site know that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A post whose links are the site's, and the files that it needs."""

    post: Post
    assets: tuple[str, ...]
    """Relative to the site's folder."""
    problems: tuple[Problem, ...]


def linked(post: Post, known: Known, find: Find) -> Linked:
    """Return the post with its links rewritten; `find` says what a post's link leads to."""
    files: dict[str, Destination] = {}
    rewritten = rewrite_links(post.body, partial(_resolve, post, known, find, files))
    # Seen as before, and no more what the extension looks for.
    body = rewritten.body if known.includes else _INCLUDE.sub("\u2060", rewritten.body)
    changed = post if body == post.body else replace(post, body=body)
    assets = tuple(destination.file for destination in files.values() if destination.file)
    problems = (*broken(post, rewritten, files), *(() if known.includes else _includes(post)))
    return Linked(post=changed, assets=assets, problems=problems)


def _includes(post: Post) -> Iterator[Problem]:
    """Yield a problem for each line of a post that would take a file of the whole site in."""
    for match in _INCLUDE.finditer(post.body):
        yield problem(
            "link-refused",
            post.path,
            post.line_at(match.start()),
            "`--8<--` takes nothing in: give pymdownx.snippets a `base_path:` that holds only what posts may show.",
        )


def targets(post: Post, known: Known) -> tuple[str, ...]:
    """Return what the links of a post lead to but for posts: what must be looked for among files."""
    names: dict[str, None] = {}

    def note(target: str) -> str:
        if target and slug_of(target, known) not in known.slugs:
            names[target] = None
        return target

    rewrite_links(post.body, note)
    return tuple(names)


def broken(
    post: Post, rewritten: Rewritten, files: Mapping[str, Destination] = MappingProxyType({})
) -> tuple[Problem, ...]:
    """Return a problem for each link of a post that leads nowhere, or where no post may lead.

    `files` are by target.
    """
    return tuple(
        _problem(post, start, target, files.get(target, Destination()).refused)
        for start, target in rewritten.broken
    )


def _problem(post: Post, start: int, target: str, refused: str) -> Problem:
    line = post.line_at(start)
    if is_script(target):
        return problem(
            "link-refused", post.path, line, f"The link to `{target}` is taken out: a browser would run it."
        )
    if refused:
        return problem(
            "link-refused", post.path, line, f"The link to `{target}` publishes nothing: {refused}."
        )
    return Problem(
        path=post.path,
        line=line,
        code="broken-link",
        message=f"The link leads to `{target}`, and there is no such post or file.",
        hint="Correct it, or put the file beside the post.",
        severity=Severity.WARNING,
    )


def _resolve(post: Post, known: Known, find: Find, files: dict[str, Destination], target: str) -> str | None:
    if not target:
        return target
    slug = slug_of(target, known)
    if slug in known.slugs:
        return f"{slug}.md"
    destination = files[target] = find(post.path, target)
    # What would end the address, or the attribute that it stands in, is written as in a URL.
    return f"../../{ASSETS}/{_quoted(destination.file)}" if destination.file else None


def _quoted(path: str) -> str:
    return "".join(quote(sign) if sign in " ()<>\"'`\\%?#[]" or ord(sign) < 32 else sign for sign in path)


def slug_of(target: str, known: Known) -> str:
    """Return the slug that a link's last part names: `../2025-01-01-other-en.md`, `/notes/other-en/`."""
    name = PurePosixPath(re.sub(r"(?:/index)?\.(?:md|html?)$", "", target.rstrip("/"))).name
    if "." in name and name.rpartition(".")[2] not in known.languages:
        return ""
    named = parse_post(f"posts/{name}.md", "", languages=known.languages, default_language=known.languages[0])
    return named.slug if isinstance(named, Post) else ""
