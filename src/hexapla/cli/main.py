"""The command line: arguments in, exit status out. 0 clean, 1 problems or drift, 2 cannot go on."""

import errno
import gc
import os
import signal
import sys
from collections.abc import Sequence
from types import FrameType

import click

from hexapla import __version__
from hexapla.cli import blogs, build, check, edit, options, output, run, start
from hexapla.model.errors import HexaplaError, UnprotectedError, system_error_text
from hexapla.storage import signals


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="hexapla")
@options.quiet
def cli() -> None:
    """Turn a folder of posts in many languages into a site whose every output is real.

    \b
    A first site:
      hexapla new my-site --languages en,de,hi
      cp *.md my-site/posts/
      hexapla build -f my-site/mkdocs.yml

    Exit status: 0 clean, 1 problems or drift, 2 cannot go on.
    """


for command in (
    build.build_command,
    build.pages_command,
    build.serve_command,
    run.run_command,
    run.test_command,
    run.doctor_command,
    check.check_command,
    check.explain_command,
    check.status_command,
    check.coverage_command,
    blogs.normalize_command,
    edit.fix_command,
    edit.confirm_command,
    start.new_command,
    start.init_command,
    blogs.import_command,
    start.doctest_conftest_command,
):
    cli.add_command(command)


_ADVICE = {
    errno.EACCES: " Have its owner run the command, or make it yours.",
    errno.EEXIST: " A file stands where a folder is wanted: move it.",
    errno.ENOENT: " Make the folder that it belongs into, or name another.",
    errno.ENOSPC: " Make room on that disk.",
    errno.ENOTDIR: " A file stands where a folder is wanted: name another.",
    errno.EPERM: " Have its owner run the command, or make it yours.",
    errno.EROFS: " Name a place that can be written to.",
}
"""What to do about what the system refuses, as a sentence behind its own."""


def _interrupt(number: int, _: FrameType | None) -> None:
    raise KeyboardInterrupt(number)


def _open_standard_files() -> None:
    """Open what we were started without (`2>&-`): or the next file would be taken for standard input or output."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            # It gets the first number that is free, which is this one.
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command line (without the program's name) and return the exit status."""
    # The objects of a site all stay: looking for garbage among them would take a third of the time.
    gc.set_threshold(200_000, 50, 50)
    words = list(sys.argv[1:] if argv is None else argv)
    if argv is None:
        _open_standard_files()
        # To be told to end is as good as Ctrl-C.
        signals.when_told_to_end(_interrupt)
    try:
        return int(cli.main(args=words, prog_name="hexapla", standalone_mode=False) or output.CLEAN)
    except click.ClickException as error:
        error.show()
        return output.CANNOT
    except (click.Abort, KeyboardInterrupt) as error:
        click.echo("Stopped. What was to be recorded and had run until then is recorded.", err=True)
        told = error.__cause__ or error  # click makes an `Abort` of an interrupt
        return 128 + (told.args[0] if told.args else signal.SIGINT)
    except UnprotectedError as error:
        if output.ask(f"hexapla: {error}\nRun them all the same, this once?"):
            return main([words[0], "--unsandboxed", *words[1:]])
        click.echo(f"hexapla cannot go on: {error}", err=True)
        return output.CANNOT
    except HexaplaError as error:
        click.echo(f"hexapla cannot go on: {error}", err=True)
        return output.CANNOT
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "")
        click.echo(f"hexapla cannot go on: {system_error_text(error)}.{advice}", err=True)
        return output.CANNOT


if __name__ == "__main__":
    sys.exit(main())
