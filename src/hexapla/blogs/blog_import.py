"""Import: the posts of an old blog as this site's, with the files that they show and the addresses that they had.

What comes out needs no other generator: links between the posts and to their files are relative, and the
Markdown is the site's own (`dialect: python-markdown` where it is no longer GitHub's).
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin

from hexapla.blogs.addresses import old_addresses, place
from hexapla.blogs.front_matter import with_keys, without_key
from hexapla.blogs.generator import ZOLA, Generator
from hexapla.blogs.tree import OldPost, Tree
from hexapla.config.config import Config
from hexapla.model.front_matter import FrontMatter, read_front_matter
from hexapla.model.keys import OLD_ADDRESSES, texts_in
from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Problem, in_order
from hexapla.normalize.anchors import Known, slug_of
from hexapla.normalize.normalize import normalize
from hexapla.normalize.rules.links import broken, rewrite_links
from hexapla.normalize.rules.rule import Normalized
from hexapla.normalize.target.dialect import dialect_of
from hexapla.storage import files
from hexapla.storage.assets import below, is_hidden

OWN = "python-markdown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """One post to write."""

    source: Path
    target: Path
    language: str
    text: str
    """The whole file."""
    assets: Mapping[Path, Path]
    """The files that it shows, and where they go."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A post of the old blog, read, and where it goes."""

    old: OldPost
    post: Post
    target: Path
    addresses: tuple[str, ...]


def conversions(
    config: Config, tree: Tree, target: Path, *, redirects: bool = False
) -> Iterator[Conversion | Problem]:
    """Yield each post of a blog as it is to be written below `target`; with `redirects` it keeps its old addresses.

    Writes nothing.
    """
    read: list[_Read] = []
    used: set[Path] = set()
    for old in tree.posts:
        post = _read_old(config, tree, old)
        if isinstance(post, Problem):
            yield post
            continue
        goes = _free(target / old.language / _without_posts(old.place.with_suffix(".md")), used)
        addresses = old_addresses(tree.generator, old.place, post)
        read.append(_Read(old=old, post=post, target=goes, addresses=addresses))
    read = _told_apart(read)
    finder = _Finder.of(config, tree, target, read)
    dialect = dialect_of(config)
    for each in read:
        yield finder.converted(each, normalize(each.post, dialect), redirects=redirects)


def _free(path: Path, used: set[Path]) -> Path:
    """Return the path, with a number where another post goes there: of `a.md` and `a.markdown` both are kept."""
    free, number = path, 1
    while free in used:
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    used.add(free)
    return free


def write_conversion(conversion: Conversion) -> None:
    """Write a post and its files."""
    files.write(conversion.target, conversion.text)
    for source, target in conversion.assets.items():
        files.copy(source, target)


def _read_old(config: Config, tree: Tree, old: OldPost) -> Post | Problem:
    """Read a post as the old blog's, whose folders and keys may name its language otherwise than this site's."""
    folder = config.posts_folder
    path = f"posts/{old.place.as_posix()}"
    read = partial(
        parse_post,
        text=old.text,
        languages=folder.languages,
        default_language=old.language or folder.default_language,
        aliases={**folder.aliases, **tree.aliases},
    )
    post = read(path)
    for named in (old.place.name, "post.md"):
        # The front matter decides; what else looks like a language is part of the name.
        if isinstance(post, Problem) and post.code == "language-disagrees":
            post = read(f"posts/{named}")
    if isinstance(post, Problem) and post.code == "bad-slug" and "slug" in post.message:
        # Hugo and Jekyll take any text as the last part of an address; here it is in `redirect_from`.
        slugged = read_front_matter(path, old.text)
        post = read(path, text=without_key(old.text, "slug"))
        if isinstance(post, Post) and isinstance(slugged, FrontMatter):
            post = replace(post, front_matter=slugged.values)
    if isinstance(post, Problem):
        return replace(post, path=old.file.as_posix())
    said = post.front_matter.get("language") or post.front_matter.get("locale")
    known = {code.lower(): code for code in folder.languages} | {
        tag.lower(): code for tag, code in tree.aliases.items()
    }
    language = (
        known.get(str(said).lower().replace("_", "-"), post.language)
        if "lang" not in post.front_matter
        else post.language
    )
    lines = [max(line - old.added, 1) for line in post.lines] if old.added else post.lines
    return replace(post, path=old.file.as_posix(), language=language, lines=lines)


def _told_apart(read: Sequence[_Read]) -> list[_Read]:
    """Give articles of one name, in different folders, slugs that tell them apart."""
    counts = Counter((each.post.slug, each.post.language) for each in read)
    clashing = {slug for (slug, _), count in counts.items() if count > 1}
    if not clashing:
        return list(read)
    told = [
        replace(each, post=replace(each.post, slug=f"{home}-{each.post.slug}"))
        if each.post.slug in clashing and (home := _folder(each))
        else each
        for each in read
    ]
    seen: Counter[tuple[str, str]] = Counter()
    for at, each in enumerate(told):
        key = (each.post.slug, each.post.language)
        seen[key] += 1
        if seen[key] > 1:
            told[at] = replace(each, post=replace(each.post, slug=f"{each.post.slug}-{seen[key]}"))
    return told


def _folder(each: _Read) -> str:
    """Return what the folders that an article is in are called, without those that name a language or nothing."""
    parts = [part.strip("_") for part in each.old.place.parts[:-1]]
    language = each.post.language.lower()
    kept = [
        part
        for part in parts
        if part.lower().replace("_", "-") not in (language, each.post.slug.lower(), "posts", "drafts")
    ]
    words = "".join(sign if sign.isalnum() else "-" for sign in "-".join(kept))
    return "-".join(filter(None, words.split("-")))[:80]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Finder:
    """Where links lead among the posts that are converted."""

    config: Config
    generator: Generator
    known: Known
    targets: Mapping[tuple[str, str], Path]
    """Where each version of an article goes, by slug and language."""
    addresses: Mapping[str, _Read]
    """The posts by their old addresses."""
    files: Mapping[Path, _Read]
    target: Path

    @staticmethod
    def of(config: Config, tree: Tree, target: Path, read: Sequence[_Read]) -> "_Finder":
        """Make one for the posts of a blog."""
        addresses: dict[str, _Read] = {}
        for each in read:
            for address in each.addresses:
                addresses.setdefault(place(address, tree.generator), each)
        return _Finder(
            config=config,
            generator=tree.generator,
            known=Known(slugs=frozenset(each.post.slug for each in read), languages=config.codes),
            targets={(each.post.slug, each.post.language): each.target for each in read},
            addresses=addresses,
            files={each.old.file.resolve(): each for each in read},
            target=target,
        )

    def converted(self, each: _Read, normalized: Normalized, *, redirects: bool) -> Conversion:
        """Return one post with its links."""
        assets: dict[Path, Path] = {}
        new = normalized.post
        rewritten = rewrite_links(new.body, partial(self.resolve, each, assets), site=self.generator.address)
        head = each.old.text.removesuffix(each.post.body)
        if head == each.old.text:  # The body begins with the fence that the front matter is in, too.
            fence, _, rest = each.post.body.partition("\n")
            head = head.removeprefix(f"{fence}\n").removesuffix(rest)
        keys: dict[str, object] = {"dialect": OWN} if new.front_matter is not each.post.front_matter else {}
        keys |= self._identity(each, head) | self._taxonomies(each)
        if redirects and each.addresses:
            free = next((key for key in OLD_ADDRESSES if key not in each.post.front_matter), "")
            given = [address for address in each.addresses[:1] if free]
            keys |= {free: given} if given else {}
        return Conversion(
            source=each.old.file,
            target=each.target,
            language=each.post.language,
            text=with_keys(head, keys) + rewritten.body,
            assets=assets,
            problems=in_order((*normalized.problems, *broken(new, rewritten))),
        )

    def _identity(self, each: _Read, head: str) -> dict[str, object]:
        """Return the keys that a post needs so that it is read as this article in this language."""
        path = f"posts/{each.target.relative_to(self.target).as_posix()}"
        folder, said = self.config.posts_folder, each.post.front_matter.get("slug")
        again = parse_post(
            path,
            head if said == each.post.slug else without_key(head, "slug"),
            languages=folder.languages,
            default_language=folder.default_language,
            aliases=folder.aliases,
        )
        language, slug = (again.language, again.slug) if isinstance(again, Post) else ("", "")
        keys: dict[str, object] = {} if language == each.post.language else {"lang": each.post.language}
        is_named = slug == each.post.slug and said in (None, slug)
        return keys if is_named else {**keys, "slug": each.post.slug}

    def _taxonomies(self, each: _Read) -> dict[str, object]:
        """Return what a post of Zola's is about, which it says in a table."""
        table = each.post.front_matter.get("taxonomies") if self.generator.kind == ZOLA else None
        tags = texts_in(table.get("tags")) if isinstance(table, dict) else ()
        return {"tags": list(tags)} if tags and "tags" not in each.post.front_matter else {}

    def resolve(self, each: _Read, assets: dict[Path, Path], link: str) -> str | None:
        """Return where a link leads from the written post; None where nothing is there."""
        # The home page is there on every site.
        if not link or (link.startswith("/") and not place(link, self.generator)):
            return "/" if link else link
        other = self._post(each, link)
        if other is not None:
            return _relative(other, each.target)
        file = each.old.file.resolve()
        root = self.generator.root.resolve()
        for folder in (file.parent, *(root / name for name in self.generator.static)):
            bare = (
                link.removeprefix(self.generator.base) if link.startswith(f"{self.generator.base}/") else link
            )
            wanted = Path(os.path.normpath(folder / unquote(bare).lstrip("/")))
            # Not what a link of a stranger's post would bring along: `.env`, or a link out of the blog.
            own = wanted.is_relative_to(root) and not is_hidden(wanted.relative_to(root).as_posix())
            real = below(wanted.resolve(), root) if own else None
            if real is not None and not is_hidden(real) and wanted.is_file():
                assets[wanted] = self.target / self._asset(wanted.relative_to(root))
                return _relative(assets[wanted], each.target)
        return None

    def _post(self, each: _Read, link: str) -> Path | None:
        """Return where the post goes that a link leads to: by its file, its old address, its name."""
        folder = each.old.file.resolve().parent
        # Pelican's and Zola's links to files may begin at the folder of posts.
        homes = [
            self.generator.root.resolve() / home for home in self.generator.folders if link.startswith("/")
        ]
        places = (os.path.normpath(home / unquote(link).lstrip("/")) for home in homes or [folder])
        by_file = next((self.files[path] for path in map(Path, places) if path in self.files), None)
        # A browser looks from the page's old address.
        from_page = urljoin(each.addresses[0], link) if each.addresses else link
        is_address = from_page.startswith("/")
        by_address = self.addresses.get(place(from_page, self.generator)) if is_address else None
        found = by_file or by_address
        slug = found.post.slug if found else slug_of(link, self.known)
        versions = [(slug, each.post.language), *(key for key in self.targets if key[0] == slug)]
        return next((self.targets[key] for key in versions if key in self.targets), None)

    def _asset(self, path: Path) -> Path:
        """Return where a file goes below the target: its place in the blog, without the folders of content."""
        homes = {**dict.fromkeys(self.generator.static, ""), **self.generator.folders}
        for home in homes if self.generator.folders else ():
            if home and path.is_relative_to(home):
                return homes[home] / path.relative_to(home)
        return _without_posts(path)


def _without_posts(path: Path | PurePosixPath) -> Path:
    return Path(*(part for part in path.parts if part != "_posts"))


def _relative(target: Path, post: Path) -> str:
    """Write a path so that Markdown reads it as one."""
    written = Path(os.path.relpath(target, post.parent)).as_posix()
    return "".join(quote(sign) if sign in ' ()<>"%?#' else sign for sign in written)
