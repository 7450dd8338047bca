"""Commands that change files of the user's, or make them."""

from __future__ import annotations

import difflib
import shlex
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, output

if TYPE_CHECKING:
    from hexapla.blogs.tree import Tree
    from hexapla.config.config import Config
    from hexapla.edits import PostChange
    from hexapla.model.article import Article


@click.command("normalize")
@options.config_file
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the normalized posts and their files below this folder.",
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
def normalize_command(file: Path, target: Path | None, paths: tuple[Path, ...]) -> int:
    """Show what the site changes in the posts at PATHS (files or folders), and why; change no post.

    With --write, a folder of Jekyll's becomes one of hexapla's: each post in the site's Markdown, its links
    relative, and the files that it shows beside it.
    """
    from hexapla import edits

    if target:
        return _convert(options.config(file), paths, target)
    for change in edits.normalizing(options.config(file), paths):
        if change.diff:
            click.echo(change.diff, nl=False)
    return output.CLEAN


def _convert(config: Config, paths: tuple[Path, ...], target: Path) -> int:
    """Write the normalized posts and their files; say what needs a look."""
    from hexapla.blogs.tree import tree_at

    trees = [tree_at(path) for path in paths]
    count = _Count()
    for tree in trees:
        count.write(config, tree, target, redirects=False)
    count.tell(trees)
    return output.CLEAN


class _Count:
    """What became of the files of old blogs."""

    def __init__(self) -> None:
        self._posts: Counter[str] = Counter()
        """By language."""
        self._files: set[Path] = set()
        self._left = 0
        """Places that need a look."""

    def write(self, config: Config, tree: Tree, target: Path, *, redirects: bool) -> None:
        """Write the posts of a blog and their files; say what needs a look."""
        from hexapla.blogs import blog_import
        from hexapla.model.problem import Problem, Severity

        for conversion in blog_import.conversions(config, tree, target, redirects=redirects):
            if isinstance(conversion, Problem):
                to_look_at = [conversion]
            else:
                blog_import.write_conversion(conversion)
                self._posts[conversion.language] += 1
                self._files |= set(conversion.assets)
                to_look_at = [
                    problem for problem in conversion.problems if problem.severity is not Severity.NOTE
                ]
                click.echo(f"  {output.path_from_here(conversion.target)}")
            for problem in to_look_at:
                click.echo(str(problem))
            self._left += len(to_look_at)

    def tell(self, trees: Sequence[Tree]) -> None:
        """Say how many files were taken and left out, and why."""
        languages = ", ".join(f"{count} {language}" for language, count in sorted(self._posts.items()))
        click.echo(
            f"{output.count(self._posts.total(), 'post')} and {output.count(len(self._files), 'file')} were written"
            f"{f' ({languages})' if len(self._posts) > 1 else ''}; {self._left} places need a look."
        )
        reasons: Counter[str] = Counter()
        examples: dict[str, list[str]] = {}
        for tree in trees:
            taken = {path.resolve() for path in self._files}
            for reason, paths in tree.left_out.items():
                rest = [path for path in paths if path.resolve() not in taken]
                reasons[reason] += len(rest)
                names = [path.relative_to(tree.generator.root).as_posix() for path in rest[:3]]
                examples.setdefault(reason, []).extend(names)
        for reason, count in reasons.most_common():
            if count:
                dots = ", …" if count > 3 else ""
                click.echo(
                    f"Left out: {output.count(count, 'file')}, {reason} ({', '.join(examples[reason][:3])}{dots})."
                )


@click.command("import")
@click.option("--languages", default="", help="Comma-separated, the default one first; found out by default.")
@click.option(
    "--drafts", is_flag=True, help="Take drafts along; the site leaves them out until they are none."
)
@click.argument("old", type=click.Path(exists=True, path_type=Path, file_okay=False))
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def import_command(old: Path, folder: Path, languages: str, *, drafts: bool) -> int:
    """Make the blog in OLD, a Jekyll's, Hugo's, Zola's or Pelican's or plain Markdown, a site of hexapla's in FOLDER.

    Title, languages and addresses come from its configuration. Each post is written in the site's own Markdown, its
    links relative and the files that it shows beside it; its old address leads to its page. OLD is only read. At the
    end each file is accounted for. Where FOLDER is a site already, the posts join it.
    """
    from hexapla import scaffold
    from hexapla.blogs.generator import read_generator
    from hexapla.blogs.tree import survey

    generator = read_generator(old)
    named = [code.strip() for code in languages.split(",") if code.strip()]
    tree = survey(generator, drafts=drafts, languages=named)
    file = folder / "mkdocs.yml"
    if not file.exists():
        scaffold.make_site(
            folder,
            list(tree.languages),
            generator.title or None,
            aliases=tree.aliases,
            example=False,
            posts=len(tree.posts),
        )
        _tell_of_fallback(len(tree.posts))
    listed = ", ".join(tree.languages)
    click.echo(f"{generator.kind} in {output.path_from_here(generator.root)}, in {listed}.")
    config, count = options.config(file), _Count()
    count.write(config, tree, config.posts, redirects=True)
    count.tell([tree])
    click.echo(f"Then: hexapla build -f {shlex.quote(output.path_from_here(file))}")
    return output.CLEAN


@click.command("fix")
@options.config_file
@click.option("--write", is_flag=True, help="Change the posts; without it only the diff is shown.")
@click.option(
    "--edited", is_flag=True, help="Replace also code that was edited on purpose since it was recorded."
)
@click.option(
    "--notest", is_flag=True, help="Mark the blocks that did not run well `notest` instead, in all languages."
)
@click.option("--only", multiple=True, metavar="CODE", help="With --notest, only these, such as cannot-run.")
@options.slugs
def fix_command(
    file: Path, write: bool, edited: bool, notest: bool, only: tuple[str, ...], slugs: tuple[str, ...]
) -> int:
    """Repair translations: damaged fences, and code that is not the original's. Never touches prose.

    With --notest, mark the blocks whose failure is recorded as not to be run, and those that wait for them.
    """
    from hexapla import edits

    config = options.config(file)
    if notest:
        changes = edits.unrun(config, slugs, kinds=_kinds(only))
        return _change(config, changes, ("marked", "can be marked", "--notest "), write=write)
    if only:
        raise click.UsageError("`--only` is for `--notest`: add it, or leave `--only` out.")
    fixes = edits.fixes(config, slugs, edited=edited)
    return _change(config, fixes, ("repaired", "can be repaired", ""), write=write)


def _kinds(only: Sequence[str]) -> Sequence[str]:
    """Return the codes of failures that are named, or all."""
    from hexapla.ledger.unrun import KINDS

    for code in only:
        if code not in KINDS:
            near = difflib.get_close_matches(code, KINDS, n=1)
            meant = f"Did you mean `{near[0]}`?" if near else f"Known are {', '.join(KINDS)}."
            raise click.UsageError(f"`--only` does not take `{code}`. {meant}")
    return only or KINDS


def _change(
    config: Config, changes: Iterable[PostChange], verbs: tuple[str, str, str], *, write: bool
) -> int:
    """Show changes of posts, and make them if they are to be made; `verbs` say what was or can be done, and how."""
    from hexapla import edits

    changed = 0
    for change in changes:
        click.echo(change.diff, nl=False)
        if change.before != change.after:
            changed += 1
            if write:
                edits.write_change(config, change)
    done, can_be, option = verbs
    verb = done if write else f"{can_be}: `hexapla fix {option}--write` does it"
    click.echo(f"{output.count(changed, 'post')} {verb}." if changed else f"Nothing {can_be}.")
    return output.CLEAN if write or not changed else output.PROBLEMS


@click.command("confirm")
@options.config_file
@click.argument("names", nargs=-1, required=True, metavar="SLUG[.LANGUAGE]...")
def confirm_command(file: Path, names: tuple[str, ...]) -> int:
    """Record that translations are still right, though the original's text has changed since.

    SLUG stands for all translations of an article, SLUG.LANGUAGE for one. What they leave out they leave out on
    purpose. Only code stays behind: a block that is missing, or that holds another program.
    """
    from hexapla import site

    read = site.read(options.config(file))
    chosen = _translations(read.articles, names)
    read = replace(read, articles=tuple(article for article in read.articles if article.slug in chosen))
    before, after = site.translation_status(read), site.translation_status(site.confirm(read, chosen))
    left = 0
    for old, new in zip(before, after, strict=True):
        for language in sorted(chosen[old.article]):
            still_behind = new.languages[language].behind
            for part in old.languages[language].behind:
                verb = "stays behind" if part in still_behind else "is confirmed"
                click.echo(f"{part.place}: {part.kind.value} {part.number} {verb} ({part.state.value}).")
            left += len(still_behind)
    count = sum(map(len, chosen.values()))
    click.echo(
        f"{output.count(count, 'translation')} confirmed."
        + (f" {output.count(left, 'part')} {'is' if left == 1 else 'are'} behind." if left else "")
    )
    return output.PROBLEMS if left else output.CLEAN


def _translations(articles: Sequence[Article], names: Sequence[str]) -> dict[str, set[str]]:
    """Return the translations that are named, by slug."""
    known = {
        article.slug: {language for language in article.posts if language != article.original}
        for article in articles
    }
    chosen: dict[str, set[str]] = {}
    for name in names:
        slug, _, language = name.rpartition(".")
        if known.get(name):
            chosen.setdefault(name, set()).update(known[name])
        elif language in known.get(slug, ()):
            chosen.setdefault(slug, set()).add(language)
        else:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f" Did you mean `{near[0]}`?" if near else ""
            raise click.UsageError(f"There is no translation `{name}`.{meant}")
    return chosen


def _tell_of_fallback(posts: int) -> None:
    """Say what a new site of very many posts does with articles that a language lacks."""
    from hexapla.scaffold import MANY

    if posts > MANY:
        click.echo(
            f"Of {posts:,} posts, an article that a language lacks is a light page there, which leads to the version "
            "that exists: `fallback: redirect` in mkdocs.yml. `page` shows its text instead, `none` leaves it out."
        )


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--languages", default="en", show_default=True, help="Comma-separated; the first is the default."
)
@click.option("--name", help="The site's name; the folder's by default.")
def new_command(folder: Path, languages: str, name: str | None) -> int:
    """Make a new site in FOLDER: mkdocs.yml, home pages, an example post."""
    from hexapla import scaffold

    before = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    written = scaffold.make_site(
        folder,
        [code.strip() for code in languages.split(",") if code.strip()],
        name,
        posts=(count := sum(1 for _ in (folder / "posts").rglob("*.md"))),
    )
    for path in written:
        click.echo(f"  {output.path_from_here(path)}")
    _tell_of_fallback(count)
    if before:
        changed = ", but for the lines added to `.gitignore`" if ".gitignore" in before else ""
        click.echo(f"What was in the folder is as it was{changed}.")
    file = shlex.quote(output.path_from_here(folder / "mkdocs.yml"))
    click.echo(
        f"Put your posts into {output.path_from_here(folder / 'posts')}, then: hexapla build -f {file}"
    )
    return output.CLEAN


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
def init_command(folder: Path) -> int:
    """Add hexapla to the mkdocs site in FOLDER, the current one by default.

    Lists the plugin in its mkdocs.yml, for all of its pages, and changes nothing else: comments and layout stay.
    """
    from hexapla import scaffold

    joined = scaffold.join_site(folder)
    shown = output.path_from_here(joined.file)
    if not joined.pattern:
        click.echo(f"{shown}: hexapla is listed already; nothing is changed.")
        return output.CLEAN
    click.echo(f"{shown}: hexapla is listed, for the pages `{joined.pattern}`. Nothing else is changed.")
    click.echo(
        f"Then: hexapla build -f {shlex.quote(shown)}, which runs their Python blocks and shows their outputs;"
    )
    click.echo("commit the folder of recorded outputs, and let git ignore `.hexapla/`.")
    return output.CLEAN


@click.command("doctest-conftest")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--force", is_flag=True, help="Replace a conftest.py that is there.")
def doctest_conftest_command(folder: Path, force: bool) -> int:
    """Write a conftest.py for pytest-markdown-docs into FOLDER, the current one by default.

    With it a page has a seed and an empty folder of its own, and its blocks run once each.
    """
    from hexapla import scaffold

    path = scaffold.doctest_conftest(folder, force=force)
    click.echo(
        f"{output.path_from_here(path)} is written: pytest --markdown-docs --markdown-docs-syntax=superfences"
    )
    return output.CLEAN
