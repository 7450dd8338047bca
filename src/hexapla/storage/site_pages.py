"""Site pages: the Markdown of a site's own whose code is run where it stands, each file a `Post` or a problem.

The files stay as they are. In which language one is tells its place, as mkdocs-static-i18n reads it.
"""

import hashlib
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from glob import glob
from pathlib import Path, PurePosixPath

from hexapla.model.block import Block, Edit, blocks, splice
from hexapla.model.codes import problem
from hexapla.model.post import Post, document, is_markdown, stem_of
from hexapla.model.problem import Problem, harmless
from hexapla.storage.assets import below
from hexapla.storage.posts_folder import text_at

LOCALE = re.compile(r"[a-z]{2}(?:-[A-Za-z]{4})?(?:-[A-Z]{2})?|[a-z]{2}_[A-Z]{2}")
"""What mkdocs-static-i18n takes for a language's tag, whether the site has that or not (its config.py: `RE_LOCALE`)."""
_EXEC = re.compile(r"""\bexec=["']?(?:1|on|true|yes)\b""", re.IGNORECASE)
"""By which markdown-exec knows a fence that it runs (https://pawamoy.github.io/markdown-exec/usage/)."""
_TAKEN_IN = re.compile(
    r"^[ \t>]*+(?P<mark>\{(?:\*|!>?|%-?[ \t]*+include(?:-markdown)?)[ \t]*+[\"']?[^\s\"'*!{}]+?\.py\b[^\n]*+)",
    re.MULTILINE,
)
"""A line by which markdown-include, mdx-include, FastAPI's site, Jinja or include-markdown take in a file of Python."""
_LEFT_OUT = (
    ", or leave it out by a pattern behind it that begins with `!`; `hexapla test FILE` tests it as it is."
)
_LONGEST = 120
"""Bytes: files are named after slugs, with endings."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePages:
    """Where a site's own pages lie, which of them are run, and how their language is told."""

    root: Path
    """The site's folder: what patterns, and paths in messages, are relative to."""
    docs: Path
    patterns: tuple[str, ...] = ()
    """Of glob; what one that begins with `!` matches is left out."""
    places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """By pattern the file that has it, and the line."""
    languages: tuple[str, ...] = ()
    default_language: str = "en"
    structure: str = ""
    """The i18n plugin's `docs_structure`: `folder` or `suffix`; empty where there is no such plugin."""
    execs: bool = False
    """Whether the site has markdown-exec, which runs fences that say `exec="on"`."""
    templated: bool = False
    """Whether a plugin fills in templates (`{{ … }}`), in code too."""
    excluded: str = ""
    """What mkdocs' `exclude_docs:` says, as in a .gitignore: such files are no pages."""


def site_pages(pages: SitePages, is_generated: Callable[[Path], bool]) -> tuple[list[Post], list[Problem]]:
    """Read the pages; those that are generated from posts are none of them."""
    read: list[Post] = []
    by_pattern = matches(pages, is_markdown)
    problems = list(_matching_nothing(pages, by_pattern))
    is_excluded = _exclusion(pages.excluded)
    for path in chosen(by_pattern):
        shown = _shown(path, pages.root)
        if not path.is_relative_to(pages.docs):
            words = "The page lies outside of `docs_dir`, so the site has no page of it."
            hint = f"Move it below `{_shown(pages.docs, pages.root)}/`{_LEFT_OUT}"
            problems.append(replace(problem("page-not-built", shown, 1, words), hint=hint))
            continue
        place = path.relative_to(pages.docs).as_posix()
        if is_excluded(place) or is_generated(path):
            continue
        made = _page(path, shown, PurePosixPath(place), pages)
        if isinstance(made, Problem):
            problems.append(made)
            continue
        problems += _taking_in(made)
        made = _not_run(made, [block for block in blocks(made.body) if _TAKEN_IN.match(block.code)])
        for is_shared, words, hint in _shares(pages):
            made, shared = _without_shared(made, is_shared, words, hint)
            problems += shared
        read.append(made)
    return read, problems


def _exclusion(lines: str) -> Callable[[str], bool]:
    """Return what tells whether mkdocs leaves a file out, by its path below docs/ (mkdocs.structure.files)."""
    if not lines.strip():
        return lambda place: False
    from pathspec.gitignore import GitIgnoreSpec  # Few sites leave something out.

    return GitIgnoreSpec.from_lines(lines.splitlines()).match_file


Matches = Sequence[tuple[str, Set[Path]]]
"""Each pattern under `pages:`, with the files that it names."""


def matches(pages: SitePages, fits: Callable[[str], bool], *, any_ending: bool = False) -> Matches:
    """Return what each pattern names of the files whose name fits; `any_ending` reads `*.md` as `*.*`."""
    by_pattern = []
    for pattern in pages.patterns:
        bare = pattern.removeprefix("!")
        wanted = f"{stem_of(bare)}.*" if any_ending and is_markdown(bare) else bare
        names = glob(wanted, root_dir=pages.root, recursive=True)  # noqa: PTH207 - patterns may lead up
        paths = {Path(os.path.normpath(pages.root / name)) for name in names if fits(name)}
        by_pattern.append((pattern, paths))
    return by_pattern


def chosen(by_pattern: Matches) -> list[Path]:
    """Return the files that patterns choose together, sorted: not those that one with a `!` takes away again."""
    named: set[Path] = set()
    for pattern, paths in by_pattern:
        named = named - paths if pattern.startswith("!") else named | paths
    return sorted(path for path in named if path.is_file())


def _matching_nothing(pages: SitePages, by_pattern: Matches) -> Iterator[Problem]:
    for pattern, paths in by_pattern:
        if not paths:
            file, line = pages.places.get(pattern, ("mkdocs.yml", 1))
            words = f"`{pattern}` under `pages:` matches no Markdown file below `{pages.root.name}/`."
            yield problem("no-pages", file, line, words)


def _page(path: Path, shown: str, place: PurePosixPath, pages: SitePages) -> Post | Problem:
    """Read one page, which lies at `place` below docs/."""
    if shown != harmless(shown):
        words = "The page's name holds characters that cannot be shown."
        return problem("post-refused", harmless(shown), 1, words)
    if below(path.resolve(), pages.root.resolve()) is None:
        words = "The page is a symbolic link that leads out of the site's folder, so it is not read."
        return problem("post-refused", shown, 1, words)
    language, name = language_of(place, pages)
    if language not in pages.languages:
        words = f"The i18n plugin takes `{language}` for its language, which the site does not have, and drops it."
        hint = f"Name it otherwise, add `{language}` to the plugin's `languages:`{_LEFT_OUT}"
        return replace(problem("page-not-built", shown, 1, words), hint=hint)
    text = text_at(path.resolve(), shown)
    if isinstance(text, Problem):
        return text
    return document(shown, text, slug=_slug(name), language=language)


def _taking_in(page: Post) -> Iterator[Problem]:
    """Yield a warning for a page that takes in files of Python in a way that is not read: they are no code of its."""
    lines = [*_TAKEN_IN.finditer(page.body)]
    if lines:
        count = f", and {len(lines) - 1} more like it," if len(lines) > 1 else ""
        words = f"The code that `{lines[0]['mark'].strip()}` takes in{count} is not run."
        hint = 'Take it in by pymdownx.snippets inside of a fence (`--8<-- "FILE"`), which runs it.'
        told = problem("foreign-mark", page.path, page.line_at(lines[0].start("mark")), words)
        yield replace(told, hint=hint)


Shared = Callable[[Post, Block], bool]
"""Tells whether another plugin makes something of its own of a block."""


def _shares(pages: SitePages) -> Iterator[tuple[Shared, str, str]]:
    """Yield what other plugins of the site make of blocks: which these are, what is done to them, and what to do."""
    if pages.execs:
        yield (
            lambda _, block: bool(_EXEC.search(block.info)),
            "markdown-exec runs this block",
            "Take `exec=` out of the fence to have hexapla run it.",
        )
    if pages.templated:
        yield (
            _is_filled_in,
            "A plugin fills in the templates in this block",
            "Write `{% raw %}` above the block and `{% endraw %}` below it to have it shown and run as it stands.",
        )


def _is_filled_in(post: Post, block: Block) -> bool:
    """Return whether a block holds templates, and is not marked as raw."""
    before = post.body[: block.start]
    is_raw = before.rfind("{% raw %}") > before.rfind("{% endraw %}")
    return not is_raw and any(mark in block.code for mark in ("{{", "{%", "{#"))


def _without_shared(post: Post, is_shared: Shared, words: str, hint: str) -> tuple[Post, tuple[Problem, ...]]:
    """Return a page whose blocks of another plugin are not run, so that they are not run and shown by two."""
    shared = [block for block in blocks(post.body) if block.directives.runs and is_shared(post, block)]
    if not shared:
        return post, ()
    more = f", as it does {len(shared) - 1} more of this page" if len(shared) > 1 else ""
    line = post.line_at(shared[0].start)
    told = problem("fence-shared", post.path, line, f"{words}{more}, so hexapla leaves it alone.")
    return _not_run(post, shared), (replace(told, hint=hint),)


def _not_run(post: Post, left: Sequence[Block]) -> Post:
    """Return a page that says of some of its blocks that they are not to be run."""
    edits = []
    for block in left:
        start = block.start + len(block.prefix) + len(block.fence)
        end = start + len(post.body[start:].partition("\n")[0].rstrip().removesuffix("}"))
        edits.append(Edit(start=end, end=end, text=" notest"))
    return replace(post, body=splice(post.body, edits)) if edits else post


def language_of(place: PurePosixPath, pages: SitePages) -> tuple[str, PurePosixPath]:
    """Return a page's language, and its place without what tells that."""
    first, stem = place.parts[0], stem_of(place.name)
    if pages.structure == "folder" and len(place.parts) > 1 and _is_tag(first, pages.languages):
        return first, PurePosixPath(*place.parts[1:])
    head, _, tail = stem.rpartition(".")
    if pages.structure == "suffix" and head and _is_tag(tail, pages.languages):
        return tail, place.with_name(f"{head}{place.suffix}")
    return pages.default_language, place


def _is_tag(text: str, languages: Sequence[str]) -> bool:
    return text in languages or bool(LOCALE.fullmatch(text))


def _slug(place: PurePosixPath) -> str:
    """Return what names a page in every language: its path with dots, which no slug of a post has."""
    path = place.with_name(stem_of(place.name)).as_posix()
    slug = ".".join(re.sub(r"[^\w-]+", "-", part) for part in ("pages", *path.split("/")))
    if slug == f"pages.{path.replace('/', '.')}" and len(slug.encode()) <= _LONGEST:
        return slug
    cut = slug.encode()[:_LONGEST].decode(errors="ignore")
    return f"{cut}-{hashlib.sha256(path.encode()).hexdigest()[:8]}"


def _shown(path: Path, root: Path) -> str:
    """Return a path as the user names it."""
    return Path(os.path.relpath(path, root)).as_posix()
