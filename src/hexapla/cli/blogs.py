"""Commands that turn old blogs' posts into this site's."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hexapla.cli import options, output
from hexapla.cli.start import tell_of_fallback

if TYPE_CHECKING:
    from hexapla.blogs.tree import Tree
    from hexapla.config.config import Config


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
        self._refused = 0
        """Posts that could not be read."""

    def write(self, config: Config, tree: Tree, target: Path, *, redirects: bool) -> None:
        """Write the posts of a blog and their files; say what needs a look."""
        from hexapla.blogs import blog_import
        from hexapla.model.problem import Problem, Severity

        for conversion in blog_import.conversions(config, tree, target, redirects=redirects):
            if isinstance(conversion, Problem):
                to_look_at = [conversion]
                self._refused += 1
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
        from hexapla.model.problem import harmless

        languages = ", ".join(f"{count} {language}" for language, count in sorted(self._posts.items()))
        click.echo(
            f"{output.count(self._posts.total(), 'post')} and {output.count(len(self._files), 'file')} were written"
            f"{f' ({languages})' if len(self._posts) > 1 else ''}; {self._left} places need a look."
        )
        if self._refused:
            click.echo(f"Left out: {output.count(self._refused, 'post')} with something wrong, told above.")
        reasons: Counter[str] = Counter()
        examples: dict[str, list[str]] = {}
        for tree in trees:
            taken = {path.resolve() for path in self._files}
            for reason, paths in tree.left_out.items():
                rest = [path for path in paths if path.resolve() not in taken]
                reasons[reason] += len(rest)
                names = [harmless(path.relative_to(tree.generator.root).as_posix()) for path in rest[:3]]
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
        tell_of_fallback(len(tree.posts))
    listed = ", ".join(tree.languages)
    click.echo(f"{generator.kind} in {output.path_from_here(generator.root)}, in {listed}.")
    config, count = options.config(file), _Count()
    count.write(config, tree, config.posts, redirects=True)
    count.tell([tree])
    click.echo(f"Then: hexapla build -f {shlex.quote(output.path_from_here(file))}")
    return output.CLEAN
