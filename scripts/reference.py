#!/usr/bin/env python3
"""Write the manual's reference from the code that defines what it lists: `python scripts/reference.py`.

Settings, keys of the front matter, words of a fence, commands and problems each have a sentence where they are defined.
One that has none ends this with its name. The sentences are English in every language's page, and marked as English.
"""

import ast
import inspect
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from hexapla.cli.main import cli
from hexapla.config.options import OPTIONS
from hexapla.model import codes, directives
from hexapla.model.keys import KEYS
from hexapla.model.run import Limits
from hexapla.model.settings import REPAIRS, Settings

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "manual"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a language's page says around the sentences."""

    title: str
    description: str
    opening: str
    problems_title: str
    problems_description: str
    problems_opening: str
    settings: str
    settings_text: str
    execute_text: str
    limits_text: str
    repairs_text: str
    front_matter: str
    front_matter_text: str
    fences: str
    fences_text: str
    fixtures_text: str
    checks_text: str
    commands: str
    commands_text: str
    name: str
    default: str
    meaning: str


WORDS: Mapping[str, Words] = {
    "en": Words(
        title="Reference",
        description="Every setting, key of the front matter, word of a fence, command and option.",
        opening="This page is made from the code that it describes. [Problems](problems.md) have a page of their own.",
        problems_title="Problems",
        problems_description="Every problem that hexapla reports, with an example and what to do.",
        problems_opening="`hexapla explain CODE` shows one of them in the terminal. A problem is printed as `path:line: E-code message`; "
        "`E` is an error, `W` a warning, `N` a note. Errors make the exit status 1. `severities:` in `mkdocs.yml` or in "
        "the front matter weighs them otherwise.",
        settings="Settings",
        settings_text="Below the plugin in `mkdocs.yml`:",
        execute_text="Below `execute:`, in `mkdocs.yml` for all articles and in the front matter for one. `longest` is for `mkdocs.yml` only.",
        limits_text="Below `limits:`. Sizes are bytes.",
        repairs_text="Below `repairs:`, each `true` unless switched off. A repair changes the page, never the post.",
        front_matter="Front matter",
        front_matter_text="Other keys stay in the post, and a note tells of them.",
        fences="Words of a fence",
        fences_text="Behind the language, as in `python notest` or `{.python notest #name}`. `#name` names the cell in all languages. "
        "These languages run: {languages}.",
        fixtures_text="What `fixture:` can ask of the machine:",
        checks_text="What `check=` takes:",
        commands="Commands",
        commands_text="Every command knows `--help`. Exit status: 0 clean, 1 problems or drift, 2 cannot go on.",
        name="Name",
        default="Default",
        meaning="Meaning",
    ),
    "de": Words(
        title="Referenz",
        description="Jede Einstellung, jeder Schlüssel im Kopf eines Beitrags, jedes Wort am Codeblock, jeder Befehl mit seinen Optionen.",
        opening="Diese Seite wird aus dem Code erzeugt, den sie beschreibt. Dessen Beschreibungen sind englisch; nur die Überschriften "
        "und was zwischen den Tabellen steht, ist übersetzt. [Meldungen](problems.md) haben eine eigene Seite.",
        problems_title="Meldungen",
        problems_description="Jede Meldung von hexapla, mit einem Beispiel und dem, was zu tun ist.",
        problems_opening="Die Texte stammen aus dem Programm und sind englisch wie seine Meldungen. `hexapla explain CODE` zeigt einen "
        "davon im Terminal. Eine Meldung hat die Form `Pfad:Zeile: E-Code Text`; `E` ist ein Fehler, `W` eine Warnung, `N` ein "
        "Hinweis. Bei Fehlern ist der Exit-Status 1. Mit `severities:` in `mkdocs.yml` oder im Kopf eines Beitrags wiegen sie anders.",
        settings="Einstellungen",
        settings_text="Unter dem Plugin in `mkdocs.yml`:",
        execute_text="Unter `execute:`, in `mkdocs.yml` für alle Artikel und im Kopf eines Beitrags für einen. `longest` gilt nur in `mkdocs.yml`.",
        limits_text="Unter `limits:`. Größen sind Bytes.",
        repairs_text="Unter `repairs:`, jede `true`, wenn sie nicht abgeschaltet ist. Eine Reparatur ändert die Seite, nie den Beitrag.",
        front_matter="Kopf eines Beitrags",
        front_matter_text="Andere Schlüssel bleiben im Beitrag, und ein Hinweis nennt sie.",
        fences="Wörter am Codeblock",
        fences_text="Hinter der Sprache, also `python notest` oder `{.python notest #name}`. `#name` benennt die Zelle in allen Sprachen. "
        "Diese Sprachen werden ausgeführt: {languages}.",
        fixtures_text="Was `fixture:` von der Maschine verlangen kann:",
        checks_text="Was `check=` annimmt:",
        commands="Befehle",
        commands_text="Jeder Befehl kennt `--help`. Exit-Status: 0 alles in Ordnung, 1 Meldungen oder Abweichungen, 2 es geht nicht weiter.",
        name="Name",
        default="Vorgabe",
        meaning="Bedeutung",
    ),
}  # fmt: skip


class UndocumentedError(Exception):
    """Something has no sentence where it is defined; the message names it."""


def pages() -> dict[Path, str]:
    """Return the text of each page of the reference."""
    made = {}
    for language, words in WORDS.items():
        folder = ROOT / "docs" / language / FOLDER
        made[folder / "reference.md"] = "\n".join(_reference(words, language))
        made[folder / "problems.md"] = "\n".join(_problems(words, language))
    return made


def field_sentences(kind: type) -> dict[str, str]:
    """Return what stands below each field of a dataclass, by the field's name."""
    (tree,) = ast.parse(inspect.getsource(kind)).body
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for statement, below in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(statement, ast.AnnAssign | ast.Assign) and isinstance(below, ast.Expr):
            target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
            if isinstance(target, ast.Name) and isinstance(below.value, ast.Constant):
                found[target.id] = " ".join(str(below.value.value).split())
    return found


def _reference(words: Words, language: str) -> Iterator[str]:
    yield _head(words.title, words.description, 5)
    yield f"{words.opening}\n"
    yield from _section("##", words.settings, words.settings_text)
    yield from _english(language, _table(words, _settings(), default=True))
    for name, text, rows in (
        ("execute", words.execute_text, _fields("execute", Settings)),
        ("limits", words.limits_text, _fields("limits", Limits)),
    ):
        yield from _section("###", f"`{name}:`", text)
        yield from _english(language, _table(words, rows, default=True))
    yield from _section("###", "`repairs:`", words.repairs_text)
    yield from _english(language, _table(words, _repairs()))
    yield from _section("##", words.front_matter, words.front_matter_text)
    yield from _english(language, _table(words, ((key.name, key.meaning) for key in KEYS if key.meaning)))
    languages = ", ".join(f"`{name}`" for name in sorted(directives.PYTHON))
    yield from _section("##", words.fences, words.fences_text.replace("{languages}", languages))
    said = (directives.FLAGS, directives.PREFIXES, directives.CLASSES, directives.ATTRIBUTES)
    yield from _english(language, _table(words, (row for table in said for row in table.items())))
    yield f"{words.fixtures_text}\n"
    yield from _english(language, _table(words, directives.MACHINE.items()))
    yield f"{words.checks_text}\n"
    checks = field_sentences(directives.Check)
    yield from _english(
        language, _table(words, ((check.value, checks.get(check.name, "")) for check in directives.Check))
    )
    yield from _section("##", words.commands, words.commands_text)
    for name, command in cli.commands.items():
        yield f"### hexapla {name}\n"
        yield from _english(language, _command(words, name, command))


def _head(title: str, description: str, order: int) -> str:
    # Its many short sections would stand before lessons among what a search finds.
    search = "search:\n  boost: 0.3"
    return (
        f'---\ntitle: "{title}"\ndescription: "{description}"\norder: {order}\n{search}\n---\n\n# {title}\n'
    )


def _section(mark: str, title: str, text: str) -> tuple[str, str]:
    return f"{mark} {title}\n", f"{text}\n"


def _english(language: str, lines: Iterable[str]) -> Iterator[str]:
    """Mark English in the page of another language, for those who have it read aloud."""
    if language == "en":
        yield from lines
        return
    yield '<div lang="en" markdown>\n'
    yield from lines
    yield "</div>\n"


def _table(words: Words, rows: Iterable[tuple[str, ...]], *, default: bool = False) -> Iterator[str]:
    """Yield a table of names and sentences, with what holds otherwise where `default` says so."""
    head = (words.name, words.default, words.meaning) if default else (words.name, words.meaning)
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for name, *others in rows:
        if not others[-1].strip():
            raise UndocumentedError(f"`{name}` has no sentence where it is defined.")
        yield f"| {' | '.join((f'`{name}`', *others))} |"
    yield ""


def _settings() -> Iterator[tuple[str, str, str]]:
    for option in OPTIONS:
        yield option.name, _value(option.default), option.meaning


def _fields(table: str, kind: type) -> Iterator[tuple[str, str, str]]:
    sentences, defaults = field_sentences(kind), kind()
    for field in fields(kind):
        value = getattr(defaults, field.name)
        yield field.name, _value(value), sentences.get(field.name, "")


def _value(value: Any) -> str:
    return f"`{json.dumps(list(value) if isinstance(value, tuple) else value)}`"


def _repairs() -> Iterator[tuple[str, str]]:
    meanings = {code.word: code.meaning for code in codes.ALL}
    for name in REPAIRS:
        yield name, meanings.get(name, "")


def _command(words: Words, name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"hexapla {name}")
    if not command.help:
        raise UndocumentedError(f"`hexapla {name}` has no sentence where it is defined.")
    yield f"```text\n{' '.join(['hexapla', name, *command.collect_usage_pieces(context)])}\n```\n"
    yield f"{inspect.cleandoc(command.help)}\n"
    options = [option for option in command.params if isinstance(option, click.Option)]
    if options:
        yield from _table(words, (_option(context, option) for option in options))


def _option(context: click.Context, option: click.Option) -> tuple[str, str]:
    names = [*option.opts, *option.secondary_opts]
    if not option.is_flag:
        names[-1] += f" {option.metavar or _TAKES.get(option.type.name, option.type.name.upper())}"
    sentence = (option.help or "").rstrip(".")
    if not sentence:
        return ", ".join(names), ""
    if isinstance(option.type, click.Choice):
        sentence += f"; one of {', '.join(f'`{word}`' for word in option.type.choices)}"
    default = option.get_default(context) if option.show_default else None
    return ", ".join(names), f"{sentence}{f'; `{default}` unless given' if default is not None else ''}."


_TAKES = {"choice": "WORD", "float range": "NUMBER", "integer range": "NUMBER", "path": "FILE"}
"""By the type of what an option takes, a word for it."""


def _problems(words: Words, language: str) -> Iterator[str]:
    yield _head(words.problems_title, words.problems_description, 6)
    yield f"{words.problems_opening}\n"
    for code in codes.ALL:
        yield f"## {code.word}\n"
        yield from _english(language, (codes.section(code),))


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()
