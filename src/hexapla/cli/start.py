"""Commands that make a new site, or add hexapla to one."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from hexapla.cli import output


@click.command("new")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
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
    tell_of_fallback(count)
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
@click.option(
    "-f",
    "--config-file",
    "file",
    type=click.Path(path_type=Path),
    help="Not FOLDER/mkdocs.yml but this file.",
)
def init_command(folder: Path, file: Path | None) -> int:
    """Add hexapla to the mkdocs site in FOLDER, the current one by default.

    Lists the plugin in its mkdocs.yml, for all of its pages, and changes nothing else: comments and layout stay.
    """
    from hexapla.existing_site import join_site

    joined = join_site(folder, file)
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


def tell_of_fallback(posts: int) -> None:
    """Say what a new site of very many posts does with articles that a language lacks."""
    from hexapla.scaffold import MANY

    if posts > MANY:
        click.echo(
            f"Of {posts:,} posts, an article that a language lacks is a light page there, which leads to the version "
            "that exists: `fallback: redirect` in mkdocs.yml. `page` shows its text instead, `none` leaves it out."
        )
