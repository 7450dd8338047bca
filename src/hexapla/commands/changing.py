"""Commands that change files of the user's, or make them."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from hexapla.commands import options, terminal


@click.command()
@options.config_file
@click.option(
    "--write", "target", type=click.Path(path_type=Path), help="Write the normalized posts below here."
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
def normalize(file: Path, target: Path | None, paths: tuple[Path, ...]) -> int:
    """Show what the site changes in the posts at PATHS (files or folders), and why; change no post."""
    from hexapla import files, rewriting

    for change in rewriting.normalized(options.config(file), paths):
        if target and change.after:
            written = target / Path(change.path).name
            files.write(written, change.after)
            click.echo(terminal.shown(written))
        elif change.diff:
            click.echo(change.diff, nl=False)
    return terminal.CLEAN


@click.command()
@options.config_file
@click.option("--write", is_flag=True, help="Change the posts; without it only the diff is shown.")
@options.slugs
def fix(file: Path, write: bool, slugs: tuple[str, ...]) -> int:
    """Repair translations whose code is not the original's. Never touches prose."""
    from hexapla import rewriting

    config, count = options.config(file), 0
    for change in rewriting.fixes(config, slugs):
        count += 1
        click.echo(change.diff, nl=False)
        if write:
            rewriting.write(config, change)
    verb = "repaired" if write else "can be repaired: `hexapla fix --write` does it"
    click.echo(f"{count} posts {verb}." if count else "Nothing can be repaired.")
    return terminal.CLEAN if write or not count else terminal.PROBLEMS


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
