"""Converting: the posts of another generator, such as Jekyll, as this site's, with the files that they show.

What comes out needs that generator no more: links between the posts and to their files are relative, and the
Markdown is the site's own (`dialect: python-markdown` where it is no longer GitHub's).
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from urllib.parse import quote, unquote

from hexapla.config.config import Config
from hexapla.model.post import Post
from hexapla.model.problem import Problem, in_order
from hexapla.normalize.normalize import normalize
from hexapla.normalize.result import Normalized
from hexapla.normalize.rules.linking import Known, broken, slug_of
from hexapla.normalize.rules.links import rewrite_links
from hexapla.normalize.target.dialect import dialect_of
from hexapla.storage import files, posts_folder
from hexapla.storage.assets import below, is_hidden

ROOTS = ("_config.yml", "_config.toml", ".git")
"""What stands in the folder that a link such as `/images/a.png` is below."""
OWN = "python-markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One post to write."""

    source: Path
    target: Path
    text: str
    """The whole file."""
    assets: Mapping[Path, Path]
    """The files that it shows, and where they go."""
    problems: tuple[Problem, ...]


def conversions(config: Config, paths: Sequence[Path], target: Path) -> Iterator[Conversion | Problem]:
    """Yield each post at the paths (files or folders) as it is to be written below `target`. Writes nothing."""
    found: dict[Path, tuple[Post, Path]] = {}
    for path in paths:
        for file in posts_at(path):
            post = posts_folder.post_at(file, file.with_suffix(".md").as_posix(), config.posts_folder)
            if isinstance(post, Problem):
                yield replace(post, path=file.as_posix())
            else:
                found[file] = (replace(post, path=file.as_posix()), target / _below(file, path))
    places = {(post.slug, post.language): place for post, place in found.values()}
    slugs = frozenset(post.slug for post, _ in found.values())
    finder = _Finder(known=Known(slugs=slugs, languages=config.codes), places=places, target=target)
    dialect = dialect_of(config)
    for file, (post, place) in found.items():
        yield finder.converted(file, post, place, normalize(post, dialect))


def write_conversion(conversion: Conversion) -> None:
    """Write a post, and copy its files."""
    files.write(conversion.target, conversion.text)
    for source, target in conversion.assets.items():
        files.copy(source, target)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finder:
    """Where links lead among the posts that are converted."""

    known: Known
    places: Mapping[tuple[str, str], Path]
    target: Path

    def converted(self, file: Path, post: Post, place: Path, normalized: Normalized) -> Conversion:
        """Return one post with its links."""
        assets: dict[Path, Path] = {}
        new = normalized.post
        rewritten = rewrite_links(new.body, partial(self.resolve, file, post, place, assets))
        head = files.read_post(file).removesuffix(post.body)
        is_ours = new.front_matter is not post.front_matter
        return Conversion(
            source=file,
            target=place,
            text=(_with_dialect(head) if is_ours else head) + rewritten.body,
            assets=assets,
            problems=in_order((*normalized.problems, *broken(new, rewritten))),
        )

    def resolve(self, file: Path, post: Post, place: Path, assets: dict[Path, Path], link: str) -> str | None:
        """Return where a link leads from the written post; None where nothing is there."""
        if not link:
            return link
        slug = slug_of(link, self.known)
        versions = [(slug, post.language), *(key for key in self.places if key[0] == slug)]
        other = next((self.places[key] for key in versions if key in self.places), None)
        if other is not None:
            return _relative(other, place)
        root = next(
            (folder for folder in file.resolve().parents if any((folder / name).exists() for name in ROOTS)),
            file.resolve().parent,
        )
        for folder in (file.resolve().parent, root):
            wanted = Path(os.path.normpath(folder / unquote(link).lstrip("/")))
            # Not what a link of a stranger's post would bring along: `.env`, or a link out of the blog.
            own = wanted.is_relative_to(root) and not is_hidden(wanted.relative_to(root).as_posix())
            real = below(wanted.resolve(), root) if own else None
            if real is not None and not is_hidden(real) and wanted.is_file():
                assets[wanted] = self.target / _without_posts(wanted.relative_to(root))
                return _relative(assets[wanted], place)
        return None


def posts_at(path: Path) -> Iterator[Path]:
    """Yield the posts at a path: of a folder of Jekyll's those in its `_posts`, of another all."""
    if path.is_file():
        yield path
        return
    folders = sorted(folder for folder in path.rglob("_posts") if folder.is_dir())
    for folder in folders or [path]:
        yield from files.posts_below(folder)
        yield from sorted(folder.rglob("*.markdown"))


def _below(file: Path, path: Path) -> Path:
    """Return a post's place below the target: its folders but for `_posts`."""
    inner = file.relative_to(path) if path.is_dir() else Path(file.name)
    return _without_posts(inner.with_suffix(".md"))


def _without_posts(path: Path) -> Path:
    return Path(*(part for part in path.parts if part != "_posts"))


def _relative(target: Path, post: Path) -> str:
    """Write a path so that Markdown reads it as one."""
    written = Path(os.path.relpath(target, post.parent)).as_posix()
    return "".join(quote(sign) if sign in ' ()<>"%?#' else sign for sign in written)


def _with_dialect(head: str) -> str:
    """Say in the front matter that the post is the site's own Markdown."""
    if not head:
        return f"---\ndialect: {OWN}\n---\n\n"
    start, _, rest = head.partition("\n")
    return f"{start}\ndialect: {OWN}\n{rest}"
