"""Old links: where those of an old blog's posts lead among the posts as they are written."""

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin

from hexapla.blogs.addresses import place
from hexapla.blogs.generator import Generator
from hexapla.blogs.tree import OldPost, Tree
from hexapla.config.config import Config
from hexapla.model.post import Post
from hexapla.normalize.anchors import Known, slug_of
from hexapla.storage.assets import below, is_hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPost:
    """A post of the old blog, read, and where it goes."""

    old: OldPost
    post: Post
    target: Path
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Where links lead among the posts that are converted."""

    generator: Generator
    known: Known
    targets: Mapping[str, Mapping[str, Path]]
    """Where each version of an article goes, by slug, then by language."""
    addresses: Mapping[str, ReadPost]
    """The posts by their old addresses."""
    files: Mapping[str, ReadPost]
    """The posts by the absolute paths of their files."""
    root: Path
    """The old blog's, absolute."""
    target: Path

    @staticmethod
    def of(config: Config, tree: Tree, target: Path, read: Sequence[ReadPost]) -> "Finder":
        """Make one for the posts of a blog."""
        addresses: dict[str, ReadPost] = {}
        for each in read:
            for address in each.addresses:
                addresses.setdefault(place(address, tree.generator), each)
        targets: dict[str, dict[str, Path]] = defaultdict(dict)
        for each in read:
            targets[each.post.slug][each.post.language] = each.target
        return Finder(
            generator=tree.generator,
            known=Known(slugs=frozenset(each.post.slug for each in read), languages=config.codes),
            targets=dict(targets),
            addresses=addresses,
            files={str(each.old.file.resolve()): each for each in read},
            root=tree.generator.root.resolve(),
            target=target,
        )

    def resolve(self, each: ReadPost, assets: dict[Path, Path], link: str) -> str | None:
        """Return where a link leads from the written post; None where nothing is there."""
        # The home page is there on every site.
        if not link or (link.startswith("/") and not place(link, self.generator)):
            return "/" if link else link
        other = self._post(each, link)
        if other is not None:
            return _relative(other, each.target)
        file = each.old.file.resolve()
        root = self.root
        for folder in self._folders(file.parent, root, is_relative=not link.startswith("/")):
            bare = (
                link.removeprefix(self.generator.base) if link.startswith(f"{self.generator.base}/") else link
            )
            wanted = Path(os.path.normpath(folder / unquote(bare).lstrip("/")))
            # Not what a link of a stranger's post would bring along: `.env`, or a link out of the blog.
            is_own = wanted.is_relative_to(root) and not is_hidden(wanted.relative_to(root).as_posix())
            real = below(wanted.resolve(), root) if is_own else None
            if real is not None and not is_hidden(real) and wanted.is_file():
                assets[wanted] = self.target / self._asset(wanted.relative_to(root))
                return _relative(assets[wanted], each.target)
        return None

    def _folders(self, folder: Path, root: Path, *, is_relative: bool) -> Iterator[Path]:
        """Yield where a file may lie that a post in a folder leads to."""
        yield folder
        yield from (root / name for name in self.generator.static)
        # Served beside the page: its address is the post's path, mostly without the folder of posts.
        parts = folder.relative_to(root).parts if is_relative and folder.is_relative_to(root) else ()
        for name in filter(None, self.generator.static):
            yield from (root / name / Path(*parts[at:]) for at in range(len(parts)))

    def _post(self, each: ReadPost, link: str) -> Path | None:
        """Return where the post goes that a link leads to: by its file, its old address, its name."""
        folder = each.old.file.resolve().parent
        # Pelican's and Zola's links to files may begin at the folder of posts.
        homes = [self.root / home for home in self.generator.folders if link.startswith("/")]
        name = unquote(link).lstrip("/")
        places = (os.path.normpath(home / name) for home in homes or [folder])
        by_file = next((self.files[path] for path in places if path in self.files), None)
        # A browser looks from the page's old address.
        from_page = urljoin(each.addresses[0], link) if each.addresses else link
        is_address = from_page.startswith("/")
        by_address = self.addresses.get(place(from_page, self.generator)) if is_address else None
        read = by_file or by_address
        slug = read.post.slug if read else slug_of(link, self.known)
        versions = self.targets.get(slug, {})
        return versions.get(each.post.language) or next(iter(versions.values()), None)

    def _asset(self, path: Path) -> Path:
        """Return where a file goes below the target: its place in the blog, without the folders of content."""
        homes = {**dict.fromkeys(self.generator.static, ""), **self.generator.folders}
        for home in homes if self.generator.folders else ():
            if home and path.is_relative_to(home):
                return homes[home] / path.relative_to(home)
        return without_posts(path)


def without_posts(path: Path | PurePosixPath) -> Path:
    """Return a path without the folders that Jekyll keeps posts in."""
    return Path(*(part for part in path.parts if part != "_posts"))


def _relative(target: Path, post: Path) -> str:
    """Write a path so that Markdown reads it as one."""
    written = Path(os.path.relpath(target, post.parent)).as_posix()
    return "".join(quote(sign) if sign in ' ()<>"%?#' else sign for sign in written)
