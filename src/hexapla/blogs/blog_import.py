"""Import: the posts of an old blog as this site's, with the files that they show and the addresses that they had.

What comes out needs no other generator: links between the posts and to their files are relative, and the
Markdown is the site's own (`dialect: python-markdown` where it is no longer GitHub's).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from hexapla.blogs.addresses import old_addresses
from hexapla.blogs.front_matter import with_keys, without_key
from hexapla.blogs.generator import ZOLA, Generator
from hexapla.blogs.old_links import Finder, ReadPost, without_posts
from hexapla.blogs.tree import OldPost, Tree
from hexapla.config.config import Config
from hexapla.model.front_matter import FrontMatter, read_front_matter
from hexapla.model.keys import OLD_ADDRESSES, texts_in
from hexapla.model.post import Post, parse_post
from hexapla.model.problem import Problem, in_order
from hexapla.normalize.normalize import normalize
from hexapla.normalize.rules.links import broken, rewrite_links
from hexapla.normalize.rules.rule import Normalized
from hexapla.normalize.target.dialect import dialect_of
from hexapla.storage import files

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


def conversions(
    config: Config, tree: Tree, target: Path, *, redirects: bool
) -> Iterator[Conversion | Problem]:
    """Yield each post of a blog as it is to be written below `target`; with `redirects` it keeps its old addresses.

    Writes nothing.
    """
    read: list[ReadPost] = []
    used: set[Path] = set()
    for old in tree.posts:
        post = _read_old(config, tree, old)
        if isinstance(post, Problem):
            yield post
            continue
        goes = _free(target / old.language / without_posts(old.place.with_suffix(".md")), used)
        addresses = old_addresses(tree.generator, old.place, post)
        read.append(ReadPost(old=old, post=post, target=goes, addresses=addresses))
    read = _told_apart(read)
    finder = Finder.of(config, tree, target, read)
    dialect = dialect_of(config)
    for each in read:
        yield _converted(config, finder, each, normalize(each.post, dialect), redirects=redirects)


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
    if isinstance(post, Problem) and post.code == "unknown-language":
        # `visit-change.org.md`: a language that the blog does not have is part of the name.
        stem, _, ending = old.place.name.rpartition(".")
        renamed = read(
            f"posts/{old.place.with_name(f'{stem.replace(chr(46), chr(45))}.{ending}').as_posix()}"
        )
        post = renamed if isinstance(renamed, Post) else post
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


def _told_apart(read: Sequence[ReadPost]) -> list[ReadPost]:
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


def _folder(each: ReadPost) -> str:
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


def _converted(
    config: Config, finder: Finder, each: ReadPost, normalized: Normalized, *, redirects: bool
) -> Conversion:
    """Return one post with its links."""
    assets: dict[Path, Path] = {}
    new = normalized.post
    rewritten = rewrite_links(new.body, partial(finder.resolve, each, assets), site=finder.generator.address)
    head = each.old.text.removesuffix(each.post.body)
    if head == each.old.text:  # The body begins with the fence that the front matter is in, too.
        fence, _, rest = each.post.body.partition("\n")
        head = head.removeprefix(f"{fence}\n").removesuffix(rest)
    keys: dict[str, object] = {"dialect": OWN} if new.front_matter is not each.post.front_matter else {}
    keys |= _identity(config, finder, each, head) | _taxonomies(finder.generator, each)
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


def _identity(config: Config, finder: Finder, each: ReadPost, head: str) -> dict[str, object]:
    """Return the keys that a post needs so that it is read as this article in this language."""
    path = f"posts/{each.target.relative_to(finder.target).as_posix()}"
    folder, said = config.posts_folder, each.post.front_matter.get("slug")
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


def _taxonomies(generator: Generator, each: ReadPost) -> dict[str, object]:
    """Return what a post of Zola's is about, which it says in a table."""
    table = each.post.front_matter.get("taxonomies") if generator.kind == ZOLA else None
    tags = texts_in(table.get("tags")) if isinstance(table, dict) else ()
    return {"tags": list(tags)} if tags and "tags" not in each.post.front_matter else {}
