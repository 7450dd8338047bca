"""The manual's reference is made from what it describes, and nothing there is without a sentence."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from hexapla.cli.main import cli
from hexapla.config.options import OPTIONS
from hexapla.model import codes, directives
from hexapla.model.keys import KEYS

ROOT = Path(__file__).resolve().parent.parent
spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts/reference.py")
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)


@pytest.mark.parametrize("path", reference.pages(), ids=lambda path: "/".join(path.parts[-3:]))
def test_the_reference_is_what_the_code_says(path):
    """To write it: python scripts/reference.py"""
    assert path.read_text(encoding="utf-8") == reference.pages()[path]


@pytest.mark.parametrize("language", reference.WORDS)
def test_all_that_a_user_can_write_is_in_it(language):
    folder = ROOT / "docs" / language / "manual"
    page, problems = (
        (folder / f"{name}.md").read_text(encoding="utf-8") for name in ("reference", "problems")
    )
    words = [option.name for option in OPTIONS] + [key.name for key in KEYS if key.meaning]
    words += [*directives.FLAGS, *directives.PREFIXES, *directives.CLASSES, *directives.ATTRIBUTES]
    words += [*directives.MACHINE, *directives.Check]
    assert [word for word in words if f"| `{word}` |" not in page] == []
    for name, command in cli.commands.items():
        section = page.partition(f"\n### hexapla {name}\n")[2].partition("\n### ")[0]
        options = [option for option in command.params if isinstance(option, click.Option)]
        assert section and [option.name for option in options if option.opts[-1] not in section] == []
        arguments = [argument for argument in command.params if isinstance(argument, click.Argument)]
        for argument in arguments:
            assert argument.make_metavar(click.Context(command)) in section
    assert [code.word for code in codes.ALL if f"\n## {code.word}\n" not in problems] == []


@dataclass
class Told:
    first: int = 1
    """What it is for."""
    second: int = 2


def test_what_has_no_sentence_is_refused():
    assert reference.field_sentences(Told) == {"first": "What it is for."}
    words = reference.WORDS["en"]
    with pytest.raises(reference.UndocumentedError, match="`second` has no sentence"):
        list(reference._table(words, reference._fields("told", Told), default=True))
    with pytest.raises(reference.UndocumentedError, match="`hexapla bare` has no sentence"):
        list(reference._command(words, "bare", click.Command("bare")))
    bare = click.Command("bare", help="It is.", params=[click.Option(["--odd"])])
    with pytest.raises(reference.UndocumentedError, match="`--odd TEXT` has no sentence"):
        list(reference._command(words, "bare", bare))
