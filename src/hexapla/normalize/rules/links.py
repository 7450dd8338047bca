"""Links: where the links and images of a post lead on the site, whether written for Jekyll, for GitHub or for mkdocs.

A link to another post leads to that article's page in the reader's language, which always exists; a file
that posts may publish comes along into docs/; what is neither is a problem.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from html import unescape
from types import MappingProxyType
from urllib.parse import quote

from hexapla.model.block import Edit, splice
from hexapla.model.codes import problem
from hexapla.model.destination import Destination
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity
from hexapla.normalize.anchors import Anchors, Known, in_version, slug_of
from hexapla.normalize.html_addresses import addresses_in
from hexapla.normalize.rules.code import is_code
from hexapla.normalize.rules.link_texts import plain_in_links, unwritten

_POST_URL = r"\{%-?\s*(?:post_url|link)\s+(?P<post>[^\s%]+)\s*-?%\}"
_SITE = r"\{\{\s*(?:site\.(?:base)?url|site\.github\.url)\s*\}\}"
_INLINE = re.compile(
    rf"(?P<open>\]\(\s*)(?:<(?P<angle>[^<>\n]+)>|(?P<bare>(?:{_SITE})*(?:\{{%[^%\n]*%\}}|[^\s()<>]|\([^\s()]*\))+))"
)
_DEFINITION = re.compile(
    rf"^(?P<open> {{0,3}}\[(?!\^)[^\]\n]+\]:[ \t]*)<?(?P<bare>(?:{_SITE})*(?:\{{%[^%\n]*%\}}|[^\s<>])+)>?",
    re.M,
)
_TAG = re.compile(
    r"<(?P<tag>[A-Za-z][A-Za-z0-9-]*+)(?P<attributes>[\s/](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+)>"
)
_ATTRIBUTE = re.compile(
    r"(?<![\w:-])(?P<name>[a-z][a-z:-]*+)\s*+=\s*+(?:\"(?P<double>[^\"]*+)\"|'(?P<single>[^']*+)'|(?P<bare>[^\s\"'=<>`]++))",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]*+|#[0-9]++|#[xX][0-9a-fA-F]++);")
_SCRIPT = re.compile(r"(?:java|vb)script:", re.IGNORECASE)
_EXTERNAL = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//|\?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A body whose links were followed."""

    body: str
    broken: tuple[tuple[int, str], ...]
    """The offset in the given body and the target of each link that leads nowhere."""


def _same(_target: str, fragment: str) -> str | None:
    return fragment


def rewrite_links(
    body: str,
    resolve: Callable[[str], str | None],
    *,
    anchor: Callable[[str, str], str | None] = _same,
    site: str = "",
) -> Rewritten:
    """Give each target inside the site to `resolve`, and write what it returns in its place.

    `resolve` gets the target as the author meant it (`2025-01-01-other-en.md`, `/notes/other-en`,
    `../images/a.png`; of a `{% post_url x %}` the `x`), without `#fragment` or `?query`, which are put
    back. It returns the new target, or None where there is none: that link stays and is in `broken`. So is one
    that a browser would run, which then leads nowhere. `anchor` gets the target, empty for the post itself, and the
    fragment, and returns the fragment to write, or None where that is nowhere.
    `site` is an address whose pages are no other site's.
    Links to other sites and all code are left alone. No line is added or lost.
    """
    edits: dict[int, Edit] = {}
    broken: list[tuple[int, str]] = []
    for start, end in _written(body):
        written = body[start:end]
        runs = is_script(written)
        target, rest = _target(_inside(_ENTITY.sub(lambda match: unescape(match[0]), written), site))
        # Where the code is, is asked last: it takes reading the whole text.
        stays = not runs and (_EXTERNAL.match(target) or not (target or rest))
        if start in edits or stays or is_code(body, start):
            continue
        if runs:
            broken.append((start, written))
            edits[start] = Edit(start=start, end=end, text="#")
            continue
        destination = resolve(target) if target else ""
        before, mark, fragment = rest.partition("#")
        placed = anchor(target, fragment) if mark and fragment and destination is not None else fragment
        if destination is None:
            broken.append((start, target))
        elif placed is None:
            broken.append((start, f"{target}#{fragment}"))
        new = f"{destination}{before}{mark}{fragment if placed is None else placed}"
        if destination is not None and new != written:
            edits[start] = Edit(start=start, end=end, text=new)
    return Rewritten(body=splice(body, edits.values()), broken=tuple(sorted(set(broken))))


def _written(body: str) -> Iterator[tuple[int, int]]:
    """Yield where the addresses of a Markdown text stand: of links and images, definitions, and HTML's attributes."""
    for pattern in (_INLINE, _DEFINITION):
        for match in pattern.finditer(body):
            yield match.span("bare" if match["bare"] else "angle")
    for tag in _TAG.finditer(body):
        for attribute in _ATTRIBUTE.finditer(body, *tag.span("attributes")):
            kind = next(kind for kind in ("double", "single", "bare") if attribute[kind] is not None)
            at, name, value = attribute.start(kind), attribute["name"].lower(), attribute[kind]
            for start, end in addresses_in(tag["tag"].lower(), name, value):
                yield at + start, at + end


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
class Linked:
    """A post whose links are the site's, and the files that it needs."""

    post: Post
    assets: tuple[str, ...]
    """Relative to the site's folder."""
    problems: tuple[Problem, ...]


Outlines = Mapping[str, Mapping[str, Anchors]]
"""By slug and language, the anchors of posts that links with a fragment lead to; first that which is lent to others."""


def linked(post: Post, known: Known, find: Find, outlines: Outlines = MappingProxyType({})) -> Linked:
    """Return the post with its links rewritten; `find` says what a post's link leads to."""
    files: dict[str, Destination] = {}
    rewritten = rewrite_links(
        post.body,
        partial(_resolve, post, known, find, files),
        anchor=partial(_anchor, post, known, outlines),
    )
    body = unwritten(rewritten.body, {target for _, target in rewritten.broken})
    body = plain_in_links(body)
    # Seen as before, and no more what the extension looks for.
    body = body if known.includes else _INCLUDE.sub("\u2060", body)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """What the links of a post name, whatever posts and files there are."""

    slugs: Mapping[str, str]
    """By target as written: the slug of the post that it would be; empty where it would be none."""
    sectioned: tuple[str, ...]
    """The slugs of posts, its own among them, to whose sections a link leads."""


def targets(post: Post, known: Known) -> Targets:
    """Return what the links of a post name; which posts are `known` does not matter."""
    slugs: dict[str, str] = {}
    sectioned: dict[str, None] = {}

    def note(target: str) -> str:
        slugs[target] = slug_of(target, known, post.path)
        return target

    def note_section(target: str, fragment: str) -> str:
        sectioned[slug_of(target, known, post.path) if target else post.slug] = None
        return fragment

    rewrite_links(post.body, note, anchor=note_section)
    return Targets(slugs=slugs, sectioned=tuple(sectioned))


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
    name, mark, fragment = target.partition("#")
    if mark:
        where = f"`{name}`" if name else "the post"
        return Problem(
            path=post.path,
            line=line,
            code="broken-link",
            message=f"The link leads to `#{fragment}`, and {where} has no such section in this language.",
            hint="Write the section's id: its heading in lower case, with `-` for blanks.",
            severity=Severity.WARNING,
        )
    return Problem(
        path=post.path,
        line=line,
        code="broken-link",
        message=f"The link leads to `{target}`, and there is no such post, page or file.",
        hint="Correct it, or put the file beside the post.",
        severity=Severity.WARNING,
    )


def _resolve(post: Post, known: Known, find: Find, files: dict[str, Destination], target: str) -> str | None:
    slug = slug_of(target, known, post.path)
    if slug in known.slugs:
        return f"{slug}.md"
    destination = files[target] = find(post.path, target)
    if destination.page:
        return f"../{_quoted(destination.page)}.md"
    # What would end the address, or the attribute that it stands in, is written as in a URL.
    return f"../../{ASSETS}/{_quoted(destination.file)}" if destination.file else None


def _anchor(post: Post, known: Known, outlines: Outlines, target: str, fragment: str) -> str | None:
    """Return a link's fragment as the page in the post's language has it; None where it leads nowhere there."""
    versions = outlines.get(slug_of(target, known, post.path) if target else post.slug)
    if not versions:
        return fragment
    shown = versions.get(post.language) or next(iter(versions.values()))
    return in_version(fragment, shown, iter(versions.values()))


def _quoted(path: str) -> str:
    return "".join(quote(sign) if sign in " ()<>\"'`\\%?#[]" or ord(sign) < 32 else sign for sign in path)
