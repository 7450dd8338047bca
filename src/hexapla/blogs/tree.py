"""Tree: every file of an old blog, taken as a post or left out for a reason."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hexapla.blogs.front_matter import with_fences
from hexapla.blogs.generator import PELICAN, PLAIN, Generator, read_generator
from hexapla.blogs.languages import guessed_language, is_language, is_rare, meant, usual_tag
from hexapla.blogs.left_out import IS_LIST, why_left
from hexapla.model.front_matter import FrontMatter, read_front_matter
from hexapla.model.post import is_markdown, stem_of
from hexapla.storage import files, posts_folder

ROOTS = ("_config.yml", "_config.toml", "hugo.toml", "hugo.yaml", "config.toml", ".git")
"""What stands in the folder that a link such as `/images/a.png` is below."""
IS_DRAFT = "drafts: `--drafts` takes them along"
IS_UNBUILT = "in a language whose tag has three letters, for which mkdocs-static-i18n makes no pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPost:
    """A Markdown file that becomes a post."""

    file: Path
    place: PurePosixPath
    """Below the folder of posts that it stands in."""
    text: str
    """Its metadata as front matter."""
    added: int = 0
    """How many lines that makes it longer."""
    language: str = ""
    """What its folder says of its language; empty where that says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """An old blog's files."""

    generator: Generator
    posts: Sequence[OldPost]
    languages: tuple[str, ...]
    """The default one first."""
    aliases: Mapping[str, str]
    """Other tags for them, which posts use."""
    left_out: Mapping[str, Sequence[Path]]
    """The other files by the reason."""


def tree_at(path: Path) -> Tree:
    """Return the posts at a path: all of a folder, or the one file."""
    if path.is_dir():
        return survey(read_generator(path))
    root = next(
        (folder for folder in path.resolve().parents if any((folder / name).exists() for name in ROOTS)),
        path.resolve().parent,
    )
    single = OldPost(file=path, place=PurePosixPath(path.name), text=files.read_post(path))
    return Tree(
        generator=Generator(kind=PLAIN, root=root), posts=[single], languages=(), aliases={}, left_out={}
    )


def survey(generator: Generator, *, drafts: bool = False, languages: Sequence[str] = ()) -> Tree:
    """Look at every file of a blog; `languages` are those that its owner names, the default one first."""
    posts: list[OldPost] = []
    left: dict[str, list[Path]] = defaultdict(list)
    for file in _below(generator.root):
        reason = why_left(generator, file)
        if not reason and is_markdown(file.name):
            try:
                post = _old_post(generator, file)
            except (OSError, UnicodeDecodeError):
                left["not UTF-8, or not to be read"].append(file)
                continue
            reason = _why_no_post(generator, post, drafts=drafts)
            if not reason:
                posts.append(post)
        if reason:
            left[reason].append(file)
    named, aliases = _languages(generator, posts)
    for post in [post for post in posts if _is_in_any(post, {code for code in named if is_rare(code)})]:
        posts.remove(post)
        left[IS_UNBUILT].append(post.file)
    chosen = tuple(languages) or tuple(code for code in named if not is_rare(code))
    return Tree(
        generator=generator,
        posts=posts,
        languages=chosen,
        aliases={tag: code for tag, code in aliases.items() if code in chosen},
        left_out=left,
    )


def _is_in_any(post: OldPost, languages: Set[str]) -> bool:
    """Whether a post is in one of these languages, by what it says or by its place."""
    tags = (*_written_tags(post), *(tag for _, tag in _readings(post.place)), *post.place.parts[:-1])
    return bool(languages) and not languages.isdisjoint(map(usual_tag, tags))


def _below(root: Path) -> Iterator[Path]:
    """Yield the files below a folder, sorted; no link is followed, and git's own are no part of a blog."""
    for top, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != ".git")
        yield from (Path(top) / name for name in sorted(names))


def _old_post(generator: Generator, file: Path) -> OldPost:
    inside, language = _content(generator, file)
    written = files.read_post(file)
    text = with_fences(written) if generator.kind in (PELICAN, PLAIN) else written
    return OldPost(
        file=file,
        place=PurePosixPath(inside),
        text=text,
        added=text.count("\n") - written.count("\n"),
        language=language,
    )


def _content(generator: Generator, file: Path) -> tuple[str, str]:
    """Return a file's place below the folder of posts that it is in, and that folder's language."""
    for folder, language in sorted(generator.folders.items(), key=lambda item: -len(item[0])):
        home = generator.root / folder
        if file.is_relative_to(home):
            return file.relative_to(home).as_posix(), language
    return file.relative_to(generator.root).as_posix(), ""


def _why_no_post(generator: Generator, post: OldPost, *, drafts: bool) -> str:
    """Return why a Markdown file is left out, as its text says; empty where it is a post."""
    head = read_front_matter(post.file.as_posix(), post.text)
    matter = head.values if isinstance(head, FrontMatter) else {}
    if not drafts and (posts_folder.is_draft(matter) or "_drafts" in post.place.parts):
        return IS_DRAFT
    body = head.body if isinstance(head, FrontMatter) else post.text
    depth = len(post.place.parts) - (post.place.parts[0].lower() in _known_tags(generator))
    is_home = depth == 1 and stem_of(post.place.name).lower().partition(".")[0] == "index"
    if is_home or not body.strip():
        return IS_LIST
    if matter.get("redirect_to") or matter.get("layout") in ("redirect", "redirected"):
        return "pages that only lead elsewhere"
    return ""


def _known_tags(generator: Generator) -> set[str]:
    return {tag.lower() for tag in generator.languages}


def _languages(generator: Generator, posts: Sequence[OldPost]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the languages of a blog, the default one first, and other tags for them."""
    written = Counter(tag for post in posts for tag in _written_tags(post))
    for tag in _tags_of_versions(posts):
        written[tag] += 1
    aliases = {tag.lower(): meant(tag) for tag in (*written, *generator.languages) if meant(tag)}
    codes = [
        aliases.get(tag.lower(), usual_tag(tag))
        for tag in (*generator.languages, *written)
        if is_language(tag)
    ]
    default = generator.default_language
    default = aliases.get(default.lower(), default)
    if not is_language(default) or (codes and default not in codes and generator.kind == PLAIN):
        default = ""
    several = dict.fromkeys(codes)
    if default and default.split("-")[0] in several and default not in several:
        default = default.split("-")[0]
    default = default or _by_script(posts, tuple(several))
    return (default, *(code for code in several if code != default)), aliases


def _written_tags(post: OldPost) -> Iterator[str]:
    """Yield the language that a post's front matter or its folder says."""
    if post.language:
        yield post.language
    head = read_front_matter(post.file.as_posix(), post.text)
    values = head.values if isinstance(head, FrontMatter) else {}
    for key in ("lang", "language", "locale"):
        value = values.get(key)
        if isinstance(value, str) and is_language(value):
            yield value.strip()
            return


def _tags_of_versions(posts: Sequence[OldPost]) -> Iterator[str]:
    """Yield tags in the names of files and folders: where there is another version of the same, they are languages.

    `numpy.is.md` alone says nothing; beside `numpy.md` or `numpy.de.md` it is Icelandic. So with `is/numpy.md`.
    """
    versions: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        for name, tag in _readings(post.place):
            versions[name].add(tag)
    shared = Counter(tag for several in versions.values() if len(several) > 1 for tag in several if tag)
    tagged = Counter(tag for several in versions.values() for tag in several if tag)
    # One pair among hundreds is chance, as `sqlite.md` and `sqlite-tg.md`; not where most with the tag are versions.
    yield from (
        tag
        for tag, count in sorted(shared.items())
        if count * 100 > len(posts) or (count > 1 and count * 2 > tagged[tag])
    )


def _readings(place: PurePosixPath) -> Iterator[tuple[str, str]]:
    """Yield a post's place without a language, and the language's tag that was there, in each way to read it."""
    parts = tuple(part for part in place.parts[:-1] if not part.startswith("_"))
    stem = stem_of(place.name)
    yield "/".join((*parts, stem)), ""
    for sign in ".-_":
        head, mark, tail = stem.rpartition(sign)
        if mark and head and is_language(tail) and (sign == "." or not is_rare(tail)):
            yield "/".join((*parts, head)), tail
    for at, part in enumerate(parts):
        if is_language(part) and not is_rare(part):
            yield "/".join((*parts[:at], *parts[at + 1 :], stem)), part


def _by_script(posts: Sequence[OldPost], codes: Sequence[str]) -> str:
    """Return the default language of a blog that names none: that of most posts which say none, by their letters."""
    silent = [post for post in posts if not any(_written_tags(post))]
    untold = [post for post in silent if not any(usual_tag(tag) in codes for _, tag in _readings(post.place))]
    guesses = Counter(guessed_language(post.text) for post in untold[:200])
    guess = guesses.most_common(1)[0][0] if guesses else "en"
    return next((code for code in codes if code.split("-")[0] == guess), "") or (
        guess if len(untold) * 10 > len(posts) or not codes else _usual(posts, codes)
    )


def _usual(posts: Sequence[OldPost], codes: Sequence[str]) -> str:
    """Return the language of most posts that say theirs and lie in no language's folder, else of most posts."""
    said = Counter(
        (not any(usual_tag(tag) in codes for _, tag in _readings(post.place)), usual_tag(tag))
        for post in posts
        for tag in _written_tags(post)
        if usual_tag(tag) in codes
    )
    return max(said, key=lambda one: (one[0], said[one]))[1] if said else codes[0]
