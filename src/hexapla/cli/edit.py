"""Commands that change files of the user's, or make them."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, terminal

if TYPE_CHECKING:
    from hexapla.config.config import Config
    from hexapla.model.article import Article


@click.command()
@options.config_file
@click.option(
    "--write",
    "target",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write the normalized posts and their files below this folder.",
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
def normalize(file: Path, target: Path | None, paths: tuple[Path, ...]) -> int:
    """Show what the site changes in the posts at PATHS (files or folders), and why; change no post.

    With --write, a folder of Jekyll's becomes one of hexapla's: each post in the site's Markdown, its links
    relative, and the files that it shows beside it.
    """
    from hexapla import edits

    if target:
        return _convert(options.config(file), paths, target)
    for change in edits.normalized(options.config(file), paths):
        if change.diff:
            click.echo(change.diff, nl=False)
    return terminal.CLEAN


def _convert(config: Config, paths: tuple[Path, ...], target: Path) -> int:
    """Write the normalized posts and their files; say what needs a look."""
    from hexapla.model.problem import Problem, Severity
    from hexapla.normalize import blog_import

    posts, left = 0, 0
    copied: set[Path] = set()
    for each in blog_import.conversions(config, paths, target):
        if isinstance(each, Problem):
            found = [each]
        else:
            blog_import.write(each)
            posts, copied = posts + 1, copied | set(each.assets)
            found = [problem for problem in each.problems if problem.severity is not Severity.NOTE]
            click.echo(f"  {terminal.shown(each.target)}")
        for problem in found:
            click.echo(str(problem))
        left += len(found)
    click.echo(f"{posts} posts and {len(copied)} files were written; {left} places need a look.")
    return terminal.CLEAN


@click.command()
@options.config_file
@click.option("--write", is_flag=True, help="Change the posts; without it only the diff is shown.")
@click.option(
    "--edited", is_flag=True, help="Replace also code that was edited on purpose since it was recorded."
)
@options.slugs
def fix(file: Path, write: bool, edited: bool, slugs: tuple[str, ...]) -> int:
    """Repair translations: damaged fences, and code that is not the original's. Never touches prose."""
    from hexapla import edits

    config, count = options.config(file), 0
    for change in edits.fixes(config, slugs, edited=edited):
        click.echo(change.diff, nl=False)
        if change.before != change.after:
            count += 1
            if write:
                edits.write(config, change)
    verb = "repaired" if write else "can be repaired: `hexapla fix --write` does it"
    click.echo(f"{terminal.count(count, 'post')} {verb}." if count else "Nothing can be repaired.")
    return terminal.CLEAN if write or not count else terminal.PROBLEMS


@click.command()
@options.config_file
@click.argument("names", nargs=-1, required=True, metavar="SLUG[.LANGUAGE]...")
def confirm(file: Path, names: tuple[str, ...]) -> int:
    """Record that translations are still right, though the original's text has changed since.

    SLUG stands for all translations of an article, SLUG.LANGUAGE for one. What they leave out they leave out on
    purpose. Only code stays behind: a block that is missing, or that holds another program.
    """
    from hexapla import site

    read = site.read(options.config(file))
    chosen = _translations(read.articles, names)
    read = replace(read, articles=tuple(one for one in read.articles if one.slug in chosen))
    before, after = site.standings(read), site.standings(site.confirm(read, chosen))
    left = 0
    for one, other in zip(before, after, strict=True):
        for language in sorted(chosen[one.article]):
            now = other.languages[language].behind
            for part in one.languages[language].behind:
                verb = "stays behind" if part in now else "is confirmed"
                click.echo(f"{part.place}: {part.kind.value} {part.number} {verb} ({part.state.value}).")
            left += len(now)
    count = sum(map(len, chosen.values()))
    click.echo(
        f"{terminal.count(count, 'translation')} confirmed."
        + (f" {terminal.count(left, 'part')} {'is' if left == 1 else 'are'} behind." if left else "")
    )
    return terminal.PROBLEMS if left else terminal.CLEAN


def _translations(articles: Sequence[Article], names: Sequence[str]) -> dict[str, set[str]]:
    """Return the translations that are named, by slug."""
    known = {one.slug: {tag for tag in one.posts if tag != one.original} for one in articles}
    found: dict[str, set[str]] = {}
    for name in names:
        slug, _, language = name.rpartition(".")
        if known.get(name):
            found.setdefault(name, set()).update(known[name])
        elif language in known.get(slug, ()):
            found.setdefault(slug, set()).add(language)
        else:
            near = difflib.get_close_matches(name, known, n=1)
            meant = f" Did you mean `{near[0]}`?" if near else ""
            raise click.UsageError(f"There is no translation `{name}`.{meant}")
    return found


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--languages", default="en", show_default=True, help="Comma-separated; the first is the default."
)
@click.option("--name", help="The site's name; the folder's by default.")
def new(folder: Path, languages: str, name: str | None) -> int:
    """Make a new site in FOLDER: mkdocs.yml, home pages, an example post."""
    from hexapla import scaffold

    made = scaffold.make(folder, [code.strip() for code in languages.split(",") if code.strip()], name)
    for path in made:
        click.echo(f"  {terminal.shown(path)}")
    file = shlex.quote(terminal.shown(folder / "mkdocs.yml"))
    click.echo(f"Put your posts into {terminal.shown(folder / 'posts')}, then: hexapla build -f {file}")
    return terminal.CLEAN


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--force", is_flag=True, help="Replace a conftest.py that is there.")
def doctest_conftest(folder: Path, force: bool) -> int:
    """Write a conftest.py for pytest-markdown-docs into FOLDER, the current one by default.

    With it a page has a seed and an empty folder of its own, and its blocks run once each.
    """
    from hexapla import scaffold

    path = scaffold.doctest_conftest(folder, force=force)
    click.echo(
        f"{terminal.shown(path)} is written: pytest --markdown-docs --markdown-docs-syntax=superfences"
    )
    return terminal.CLEAN
