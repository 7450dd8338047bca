"""Commands that change posts as their author asks."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, output

if TYPE_CHECKING:
    from hexapla.config.config import Config
    from hexapla.edits import PostChange
    from hexapla.model.article import Article


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
    from hexapla.ledger.notest import KINDS

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
