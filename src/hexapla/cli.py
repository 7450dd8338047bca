"""The command line: arguments in, exit status out. 0 clean, 1 problems or drift, 2 cannot go on."""

from __future__ import annotations

import difflib
import functools
import gc
import json
import shlex
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hexapla import __version__
from hexapla.errors import HexaplaError
from hexapla.problems import Problem, Severity, in_order

if TYPE_CHECKING:
    from hexapla.claims import Verdict
    from hexapla.config import Config
    from hexapla.findings import Stale
    from hexapla.run import Run
    from hexapla.site import Runner, Site

CLEAN, PROBLEMS, CANNOT = 0, 1, 2

_file = click.option(
    "-f",
    "--config-file",
    "file",
    type=click.Path(path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)
_jobs = click.option("-j", "--jobs", type=click.IntRange(1), help="Programs to run at a time.")
_timeout = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), help="Wall time for a program, in seconds."
)
_all = click.option("--all", "everything", is_flag=True, help="Run every program, not only the stale ones.")
_slugs = click.argument("slugs", nargs=-1)
_unsandboxed = click.option(
    "--unsandboxed", is_flag=True, help="Run posts' code without a sandbox. Only for posts that you trust."
)
_sandbox = click.option(
    "--sandbox",
    type=click.Choice(["auto", "require", "off"]),
    help="auto: what this machine has; require: all of it or refuse; off: --unsandboxed.",
)
_allow = click.option(
    "--allow", multiple=True, type=click.Choice(["network", "slow"]), help="Run such `fixture:` cells too."
)


def _safety(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options about posts' code; it gets them together as `safety`."""

    @functools.wraps(command)
    def wrapped(*, unsandboxed: bool, sandbox: str | None, allow: tuple[str, ...], **others: Any) -> int:
        chosen = "off" if unsandboxed else sandbox
        safety = {"sandbox": chosen} if chosen else {}
        return command(safety=safety | ({"fixtures": allow} if allow else {}), **others)

    return _unsandboxed(_sandbox(_allow(wrapped)))


_executor = click.option("--executor", default="", metavar="dask://HOST:PORT", help="Run on a Dask cluster.")
_fail_fast = click.option("--fail-fast/--keep-going", help="Start no more programs after one that failed.")
_json = click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write a JSON report here.")
_junit = click.option(
    "--junit", "junit_file", type=click.Path(path_type=Path), help="Write a JUnit report here."
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (without the program's name) and return the exit status."""
    # The objects of a site all stay: looking for garbage among them would take a third of the time.
    gc.set_threshold(200_000, 50, 50)
    try:
        return int(cli.main(args=argv, prog_name="hexapla", standalone_mode=False) or CLEAN)
    except click.ClickException as error:
        error.show()
        return CANNOT
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. What had run until then is recorded.", err=True)
        return 130
    except HexaplaError as error:
        click.echo(f"hexapla cannot go on. {error}", err=True)
        return CANNOT
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        click.echo(f"hexapla cannot go on. {place}{error.strerror or error}.", err=True)
        return CANNOT


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hexapla")
def cli() -> None:
    """Turn a folder of posts in many languages into a site whose every output is real.

    \b
    A first site:
      hexapla new my-site --languages en,de,hi
      cp *.md my-site/posts/
      hexapla build -f my-site/mkdocs.yml

    Exit status: 0 clean, 1 problems or drift, 2 cannot go on.
    """


@cli.command()
@_file
@_jobs
@_timeout
@_all
@_safety
@click.option("--strict", is_flag=True, help="Let warnings, hexapla's and mkdocs', fail the build.")
def build(
    file: Path,
    jobs: int | None,
    timeout: float | None,
    everything: bool,
    safety: dict[str, Any],
    strict: bool,
) -> int:
    """Run what is stale, write the pages, build the site."""
    from hexapla import builder, site

    config = _config(file, jobs, timeout, safety)
    read, _ = _run_stale(
        site.read(config, anew=everything), site.runner(config, on_ready=_say), everything=everything
    )
    written = site.pages(read)
    problems = in_order((*read.problems, *site.claims(read), *written.problems))
    _report(problems)
    click.echo(
        f"{written.pages} pages, {written.changed} of them written. Building the site with mkdocs.", err=True
    )
    built = builder.build(config, strict=strict)
    if not built:
        click.echo("mkdocs could not build the site; its messages are above.", err=True)
        return CANNOT
    click.echo(f"The site is in {_shown(config.site)}.")
    return _status(problems, strict=strict)


@cli.command()
@_file
def pages(file: Path) -> int:
    """Write the pages below docs/ from the posts and the ledger. Executes nothing."""
    from hexapla import site

    read = site.read(_config(file))
    written = site.pages(read)
    problems = in_order((*read.problems, *site.claims(read), *written.problems))
    _report(problems)
    click.echo(f"{written.pages} pages: {written.changed} written, {written.removed} removed.")
    return _status(problems)


@cli.command()
@_file
@_jobs
@_timeout
@_all
@_safety
@_executor
@_fail_fast
@_json
@_junit
@click.option("--prune", is_flag=True, help="Remove the records of articles that no longer exist.")
@_slugs
def run(
    file: Path,
    jobs: int | None,
    timeout: float | None,
    everything: bool,
    safety: dict[str, Any],
    executor: str,
    fail_fast: bool,
    json_file: Path | None,
    junit_file: Path | None,
    prune: bool,
    slugs: tuple[str, ...],
) -> int:
    """Run the stale programs (of the articles named SLUGS, or of all) and record their outputs."""
    from hexapla import files, site

    config = _config(file, jobs, timeout, safety)
    runner = site.runner(config, cluster=executor, fail_fast=fail_fast, on_ready=_say)
    read, runs = _run_stale(site.read(config, anew=everything), runner, everything=everything, slugs=slugs)
    read = site.remember(read)
    _write_reports(read, runs, json_file, junit_file)
    if prune:
        for folder in site.gone(read):
            files.remove(sorted(folder.iterdir()))
            click.echo(f"Removed {_shown(folder)}: there is no such article.")
    problems = in_order((*read.problems, *site.claims(read)))
    _report(problems)
    return _status(problems)


@cli.command()
@_file
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
)
def check(file: Path, strict: bool, form: str) -> int:
    """Report every problem and every stale output. Executes nothing and needs no torch."""
    from hexapla import site

    read = site.read(_config(file), verified=True)
    todo = site.stale(read)
    said = (*read.problems, *site.claims(read), *site.coverage(read))
    problems = in_order((*said, *(item.problem for item in todo)))
    _report(problems, form, notes=True)
    if form == "text":
        count = len(read.articles)
        _show_claims(site.claim_counts(read))
        click.echo(
            f"{_count(count, 'article')}, {_count(len(read.programs), 'program')}, "
            f"{_count(len(problems), 'problem')}, {len(todo)} stale."
        )
    return _status(problems, strict=strict)


@cli.command()
@_file
@_jobs
@_timeout
@_safety
@_executor
@_fail_fast
@_json
@_junit
@click.option("--update", is_flag=True, help="Write the outputs into the Markdown files that are named.")
@click.argument("slugs", nargs=-1, metavar="[SLUGS | FILES...]")
def test(
    file: Path,
    jobs: int | None,
    timeout: float | None,
    safety: dict[str, Any],
    executor: str,
    fail_fast: bool,
    json_file: Path | None,
    junit_file: Path | None,
    update: bool,
    slugs: tuple[str, ...],
) -> int:
    """Run every program again and compare with the ledger. Writes nothing.

    FILES are Markdown files, or folders of them, anywhere: they need no site. Their blocks are run, and the
    outputs that stand in them under `<!-- hexapla:output -->` are compared; `--update` writes those.
    """
    from hexapla import site
    from hexapla.progress import progress

    paths = [Path(slug) for slug in slugs if slug.endswith(".md") or Path(slug).is_dir()]
    if len(paths) not in (0, len(slugs)):
        raise click.UsageError("Name either articles or Markdown files, not both.")
    if paths:
        return _test_documents(paths, jobs, timeout, safety, update)
    if update:
        raise click.UsageError(
            "`--update` is for Markdown files; `hexapla run --all` records a site's outputs."
        )
    config = _config(file, jobs, timeout, safety)
    runner = site.runner(config, cluster=executor, fail_fast=fail_fast, on_ready=_say)
    read = site.read(config)
    _known(read, slugs)
    todo = _chosen(site.stale(read, everything=True), slugs)
    unrecorded = [item for item in site.stale(read) if not slugs or item.article.slug in slugs]
    problems = [*read.problems, *site.claims(read), *(item.problem for item in unrecorded)]
    with progress([item.program.name for item in todo], verb="tested") as on_run:
        runs = []
        for done in runner([item.program for item in todo]):
            on_run(done)
            runs.append(done)
    _write_reports(read, runs, json_file, junit_file)
    problems += site.drift(read, runs, runner)
    _report(in_order(problems))
    click.echo(f"{_count(len(runs), 'program')} ran; {_count(len(problems), 'problem')}.")
    return _status(problems)


@cli.command()
@_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def status(file: Path, as_json: bool) -> int:
    """Show the table of articles and languages: translated, current, stale, verified."""
    from hexapla import site, table

    read = site.read(_config(file))
    rows = table.rows(read.articles, read.config.codes, read.ledgers)
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        table.show(rows, read.config.codes)
    return CLEAN


@cli.command()
@_file
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def coverage(file: Path, as_json: bool) -> int:
    """Account for every block: ran, not run on purpose, not Python, unknown."""
    from hexapla import accounting, site, table

    read = site.read(_config(file))
    rows = site.account(read)
    if as_json:
        told = [{"article": row.article, "language": row.language, **row.counts} for row in rows]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        table.show_account(rows)
        for place in (place for row in rows for place in row.unknown):
            click.echo(f"{place}: unknown: it is Python, and was not run.")
    problems = accounting.below(rows, read.config.coverage, path=read.config.file.name)
    return _status(problems)


@cli.command()
@_file
@click.option(
    "-a", "--dev-addr", "address", default="127.0.0.1:8000", show_default=True, help="Where to serve."
)
def serve(file: Path, address: str) -> int:
    """Serve the site: a saved post is run, recorded and shown at once."""
    from hexapla import builder

    return builder.serve(_config(file), address)


@cli.command()
def doctor() -> int:
    """Show what protects this machine from posts' code, each protection proved by trying to break it."""
    from hexapla.run.doctor import examine

    click.echo("Each line is a program that tried; this takes some seconds.")
    weak = 0
    for one in examine():
        weak += not one.enforced
        click.echo(f"{'  enforced' if one.enforced else '  OPEN    '}  {one.name}: {one.why}")
    click.echo(f"{weak} not enforced here." if weak else "Everything is enforced here.")
    return PROBLEMS if weak else CLEAN


@cli.command()
@_file
@click.option(
    "--write", "target", type=click.Path(path_type=Path), help="Write the normalized posts below here."
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), required=True)
def normalize(file: Path, target: Path | None, paths: tuple[Path, ...]) -> int:
    """Show what the site changes in the posts at PATHS (files or folders), and why; change no post."""
    from hexapla import files, rewriting

    for change in rewriting.normalized(_config(file), paths):
        if target and change.after:
            written = target / Path(change.path).name
            files.write(written, change.after)
            click.echo(_shown(written))
        elif change.diff:
            click.echo(change.diff, nl=False)
    return CLEAN


@cli.command()
@_file
@click.option("--write", is_flag=True, help="Change the posts; without it only the diff is shown.")
@_slugs
def fix(file: Path, write: bool, slugs: tuple[str, ...]) -> int:
    """Repair translations whose code is not the original's. Never touches prose."""
    from hexapla import rewriting

    config, count = _config(file), 0
    for change in rewriting.fixes(config, slugs):
        count += 1
        click.echo(change.diff, nl=False)
        if write:
            rewriting.write(config, change)
    verb = "repaired" if write else "can be repaired: `hexapla fix --write` does it"
    click.echo(f"{count} posts {verb}." if count else "Nothing can be repaired.")
    return CLEAN if write or not count else PROBLEMS


@cli.command()
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
        click.echo(f"  {_shown(path)}")
    file = shlex.quote(_shown(folder / "mkdocs.yml"))
    click.echo(f"Put your posts into {_shown(folder / 'posts')}, then: hexapla build -f {file}")
    return CLEAN


def _config(
    file: Path, jobs: int | None = None, timeout: float | None = None, safety: dict[str, Any] | None = None
) -> Config:
    """Load the configuration, what the command line says over what mkdocs.yml says."""
    from dataclasses import replace

    from hexapla.config import load

    config = load(file)
    options: dict[str, Any] = {"jobs": jobs} if jobs else {}
    options |= safety or {}
    settings = replace(config.settings, timeout=timeout) if timeout else config.settings
    return replace(config, options=replace(config.options, **options), settings=settings)


def _say(line: str) -> None:
    click.echo(line, err=True)


def _run_stale(
    read: Site, runner: Runner, *, everything: bool, slugs: Sequence[str] = ()
) -> tuple[Site, list[Run]]:
    """Run what is stale with a progress display; say so where there is nothing to run."""
    from hexapla import site
    from hexapla.progress import progress

    _known(read, slugs)
    todo = _chosen(site.stale(read, everything=everything), slugs)
    runs: list[Run] = []
    if not todo:
        click.echo("Nothing is stale: no program was run.", err=True)
        return read, runs
    for item in todo:
        click.echo(f"  {item.program.name}: {item.reason}", err=True)
    with progress([item.program.name for item in todo], verb="run") as on_run:

        def done(run: Run) -> None:
            runs.append(run)
            on_run(run)

        return site.run(read, todo, runner, on_run=done), runs


def _test_documents(
    paths: Sequence[Path], jobs: int | None, timeout: float | None, safety: Mapping[str, Any], update: bool
) -> int:
    """Run the blocks of any Markdown, and compare its outputs or write them."""
    from hexapla import documents, files
    from hexapla.progress import progress
    from hexapla.run.executor import run_programs
    from hexapla.settings import Settings

    read, found = documents.read(paths, Settings(timeout=timeout) if timeout else Settings())
    problems, programs = list(found), documents.programs(read)
    options = documents.options(programs, jobs=jobs, sandbox=safety.get("sandbox", "auto"))
    with progress([program.name for program in programs], verb="tested") as on_run:
        runs: dict[str, Run] = {}
        for run in run_programs(programs, options):
            on_run(run)
            runs[run.program] = run
    for document in read:
        done = runs.get(document.name)
        if done is None:
            continue
        if update and files.write(document.path, documents.updated(document, done)):
            click.echo(f"{_shown(document.path)}: its outputs are written.")
        problems += documents.judge(document, done, outputs=not update)
    _report(in_order(problems))
    click.echo(f"{len(read)} files, {len(runs)} programs ran; {len(problems)} problems.")
    return _status(problems)


def _write_reports(read: Site, runs: Sequence[Run], json_file: Path | None, junit_file: Path | None) -> None:
    from hexapla import files, reports

    programs = [program for _, program in read.programs]
    if json_file:
        files.write(json_file, reports.as_json(programs, runs))
    if junit_file:
        files.write(junit_file, reports.as_junit(programs, runs))


def _show_claims(counts: Counter[Verdict]) -> None:
    if counts:
        said = ", ".join(f"{count} {verdict.value}" for verdict, count in sorted(counts.items()))
        click.echo(f"Typed outputs: {said}.")


def _chosen(items: Iterable[Stale], slugs: Sequence[str]) -> tuple[Stale, ...]:
    return tuple(item for item in items if not slugs or item.article.slug in slugs)


def _known(read: Site, slugs: Sequence[str]) -> None:
    """Refuse slugs that name no article."""
    known = {article.slug for article in read.articles}
    for slug in slugs:
        if slug not in known:
            near = difflib.get_close_matches(slug, known, n=1)
            meant = f" Did you mean `{near[0]}`?" if near else " `hexapla status` lists them."
            raise click.UsageError(f"There is no article `{slug}`.{meant}")


def _report(problems: Sequence[Problem], form: str = "text", *, notes: bool = False) -> None:
    """Print problems; to standard output where a machine reads them."""
    from hexapla import formats

    if form != "text":
        click.echo(formats.FORMATS[form](problems), nl=False)
        return
    shown = [problem for problem in problems if notes or problem.severity is not Severity.NOTE]
    quiet = len(problems) - len(shown)
    click.echo("".join(f"{problem}\n" for problem in shown), err=True, nl=False)
    if quiet:
        click.echo(f"{_count(quiet, 'note')}: `hexapla check` shows them.", err=True)


def _status(problems: Iterable[Problem], *, strict: bool = False) -> int:
    heavy = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return PROBLEMS if any(problem.severity in heavy for problem in problems) else CLEAN


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _shown(path: Path) -> str:
    """Return a path as the user would type it from where the command runs."""
    path = path.absolute()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


if __name__ == "__main__":
    sys.exit(main())
