"""The options that commands share, and the configuration that they lead to."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hexapla.cli import output

if TYPE_CHECKING:
    from hexapla.config.config import Config

_DEFAULT = Path("mkdocs.yml")

config_file = click.option(
    "-f",
    "--config-file",
    "file",
    type=click.Path(path_type=Path),
    default=_DEFAULT,
    show_default="mkdocs.yml, here or in the nearest folder above",
    help="The site's configuration.",
)
_jobs = click.option("-j", "--jobs", type=click.IntRange(1), help="Programs to run at a time.")
_timeout = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), help="Wall time for a program, in seconds."
)
everything = click.option(
    "--all", "everything", is_flag=True, help="Run every program, not only the stale ones."
)
retry = click.option("--retry", is_flag=True, help="Run again what failed, though its code is the same.")
slugs = click.argument("slugs", nargs=-1)
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


executor = click.option("--executor", default="", metavar="dask://HOST:PORT", help="Run on a Dask cluster.")
fail_fast = click.option("--fail-fast/--keep-going", help="Start no more programs after one that failed.")
quiet = click.option(
    "-q",
    "--quiet",
    is_flag=True,
    expose_value=False,
    callback=output.set_quiet,
    help="Tell nothing but problems.",
)
_json_file = click.option(
    "--json", "json_file", type=click.Path(path_type=Path), help="Write a JSON report here."
)
_junit_file = click.option(
    "--junit", "junit_file", type=click.Path(path_type=Path), help="Write a JUnit report here."
)
_form = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How problems are told; all but text go to standard output.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How a command runs programs: those of a site, or of any Markdown."""

    file: Path
    """The configuration that was named."""
    timeout: float | None
    options: dict[str, Any]
    """Those of `Options` that were given: how many run at a time, and what is about posts' code."""

    def config(self) -> Config:
        """Load the site's configuration, what the command line says over what mkdocs.yml says."""
        loaded = config(self.file)
        settings = replace(loaded.settings, timeout=self.timeout) if self.timeout else loaded.settings
        return replace(loaded, options=replace(loaded.options, **self.options), settings=settings)


def running(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options about how programs run; it gets them together as `how`."""

    @functools.wraps(command)
    def wrapped(
        *,
        file: Path,
        jobs: int | None,
        timeout: float | None,
        unsandboxed: bool,
        sandbox: str | None,
        allow: tuple[str, ...],
        **others: Any,
    ) -> int:
        chosen = "off" if unsandboxed else sandbox
        options = {"jobs": jobs, "sandbox": chosen, "fixtures": allow}
        given = {name: value for name, value in options.items() if value}
        return command(how=Running(file=file, timeout=timeout, options=given), **others)

    return config_file(_jobs(_timeout(_unsandboxed(_sandbox(_allow(wrapped))))))


def reports(command: Callable[..., int]) -> Callable[..., int]:
    """Give a command the options about where it tells what it found; it gets them together as `reports`."""
    from hexapla.cli.reporting import Reports

    @functools.wraps(command)
    def wrapped(*, form: str, json_file: Path | None, junit_file: Path | None, **others: Any) -> int:
        return command(reports=Reports(form=form, json_file=json_file, junit_file=junit_file), **others)

    return _form(_json_file(_junit_file(quiet(wrapped))))


def config(file: Path) -> Config:
    """Load a site's configuration."""
    from hexapla.config.config import load

    return load(_found(file))


def _found(file: Path) -> Path:
    """Return a site's configuration: that of a folder which is named; where none is, and none is here, that above."""
    from hexapla.config.document import nearest_site

    if file.is_dir():
        return file / _DEFAULT
    above = nearest_site(Path()) if file == _DEFAULT and not file.is_file() else None
    if above:
        output.say(f"The site is that of {output.path_from_here(above)}.")
    return above or file
