"""The manual: its Python runs and shows what it prints, its shell does, and each language has the same of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from hexapla import site
from hexapla.cli.main import cli
from hexapla.config.config import load
from hexapla.model.block import blocks
from hexapla.slugs import slugify

ROOT = Path(__file__).resolve().parent.parent
MANUAL = ROOT / "docs/en/manual"
GERMAN = ROOT / "docs/de/manual"


def test_both_languages_have_each_page():
    pages = [{path.name for path in folder.glob("*.md")} for folder in (MANUAL, GERMAN)]
    assert pages[0] == pages[1] and {"getting-started.md", "reference.md", "faq.md"} <= pages[0]


@pytest.mark.parametrize("folder", (MANUAL, GERMAN), ids=("en", "de"))
def test_its_pages_stand_in_the_order_in_which_they_are_read(folder):
    order = re.compile(r"^order: (\d+)$", re.MULTILINE)
    heads = {path.stem: path.read_text(encoding="utf-8").split("\n---\n")[0] for path in folder.glob("*.md")}
    places = {name: int(order.search(head)[1]) for name, head in heads.items() if name != "index"}
    assert sorted(places, key=places.__getitem__) == [
        "getting-started", "how-to", "writing", "testing", "reference", "problems", "explanation", "faq",
        "coming-from", "coming-from-notebooks",
    ]  # fmt: skip
    assert len(set(places.values())) == len(places)


WRITTEN = ("index", "getting-started", "writing", "how-to", "explanation", "faq", "coming-from-notebooks")


@pytest.mark.parametrize("name", WRITTEN)
def test_both_languages_show_the_same(name):
    """Block by block the same code, and in each row and section the same code and links."""
    english, german = (
        skeleton((folder / f"{name}.md").read_text(encoding="utf-8")) for folder in (MANUAL, GERMAN)
    )
    assert german == english


def skeleton(text: str) -> list[object]:
    code = [(block.info, block.code) for block in blocks(text)]
    prose = FENCE.sub("", text.partition("\n---\n")[2])
    marks = re.compile(r"`[^`\n]+`|\]\([^)#]*")
    sections = [sorted(marks.findall(section)) for section in re.split(r"^#+ ", prose, flags=re.MULTILINE)]
    rows = [sorted(marks.findall(row)) for row in re.findall(r"^\|.*", prose, re.MULTILINE)]
    return [code, sections, rows]


FENCE = re.compile(r"^(`{3,})[^`\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
SAID = re.compile(r"(?:^\$ |`)hexapla ([a-z][\w-]*)([^`\n]*)", re.MULTILINE)


@pytest.mark.parametrize(
    "path", (*MANUAL.glob("*.md"), *GERMAN.glob("*.md")), ids=lambda path: "/".join(path.parts[-3:])
)
def test_commands_and_options_that_it_names_are_there(path):
    for verb, rest in SAID.findall(path.read_text(encoding="utf-8")):
        known = [*cli.commands[verb].get_params(click.Context(cli.commands[verb]))]
        options = {name for option in known for name in (*option.opts, *option.secondary_opts)}
        assert set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", rest.partition("||")[0])) <= options, (verb, rest)


LINKS = re.compile(r"\]\(([\w-]+\.md)(?:#([\w-]+))?\)")


@pytest.mark.parametrize(
    "path", (*MANUAL.glob("*.md"), *GERMAN.glob("*.md")), ids=lambda path: "/".join(path.parts[-3:])
)
def test_its_links_lead_to_sections_that_are_there(path):
    for name, section in LINKS.findall(re.sub(r"`[^`\n]+`", "", path.read_text(encoding="utf-8"))):
        text = (path.parent / name).read_text(encoding="utf-8")
        titles = re.findall(r"^#+ (.*?)(?: \{#([\w-]+)\})?$", text, re.MULTILINE)
        assert not section or section in {given or slugify(title, "-") for title, given in titles}, (
            name,
            section,
        )


def test_its_python_is_run_with_the_posts():
    """`hexapla test` runs it again and compares; the German pages are proved to hold the same programs."""
    config = load(ROOT / "mkdocs.yml")
    articles = {article.slug: article for article in site.read(config).articles}
    article = articles["pages.manual.explanation"]
    assert set(article.posts) == {"en", "de"} and not article.problems
    assert (config.snippets / article.slug / "cell-1.out").read_text() == "True\n"


def roads() -> dict[str, str]:
    """Return the sections of Getting started that have commands, by their titles."""
    text = (MANUAL / "getting-started.md").read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    return {section.partition("\n")[0]: section for section in sections if "```console" in section}


@pytest.mark.slow
@pytest.mark.parametrize("road", roads())
def test_getting_started_does_what_it_says(road, tmp_path):
    """Each file that is shown with a name is written, each command given; what is shown of its answer is in it."""
    folder = tmp_path
    for block in blocks(roads()[road]):
        title = dict(block.directives.attributes).get("title")
        if title:
            path = folder / title
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.code, encoding="utf-8")
        elif block.directives.language == "console":
            for command, shown in commands(block.code):
                if command.startswith("cd "):
                    folder = folder / command.removeprefix("cd ")
                    continue
                said = answer(command, folder)
                assert re.search(pattern(shown), said, re.DOTALL | re.MULTILINE), f"$ {command}\n{said}"


def commands(code: str) -> list[tuple[str, str]]:
    """Return the commands of a block, each with what is shown below it."""
    return [
        (part.partition("\n")[0], part.partition("\n")[2])
        for part in re.split(r"^\$ ", code, flags=re.MULTILINE)[1:]
    ]


def answer(command: str, folder: Path) -> str:
    """Return what a shell says to a command in a folder, as wide as it likes."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "COLUMNS": "500"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout
    return done.stdout


def pattern(shown: str) -> str:
    """Return an expression for lines in their order; what `…` stands for is left out."""
    lines = [line for line in shown.splitlines() if line.strip("… ")]
    return ".*".join("^" + "[^\n]*".join(map(re.escape, line.split("…"))) for line in lines)
