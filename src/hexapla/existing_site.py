"""Existing site: hexapla added to what is there, or what else can be done with it."""

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from hexapla.config.document import read_yaml
from hexapla.config.options import folder_of
from hexapla.config.plugin_entry import PLUGIN, entry_lines, with_plugin
from hexapla.ledger.encoding import INDEX
from hexapla.model.errors import ConfigError
from hexapla.storage import files

_BUILDERS: Mapping[str, str] = {
    "zensical.toml": "Zensical",
    "_quarto.yml": "Quarto",
    "great-docs.yml": "Great Docs",
    "myst.yml": "MyST",
    "_toc.yml": "Jupyter Book",
    "conf.py": "Sphinx",
    "docusaurus.config.js": "Docusaurus",
    "docusaurus.config.ts": "Docusaurus",
    "book.toml": "mdBook",
}
"""What else builds documentation, by the file that says so."""
_BLOGS: Mapping[str, str] = {
    "_config.yml": "Jekyll",
    "hugo.toml": "Hugo",
    "hugo.yaml": "Hugo",
    "zola.toml": "Zola",
    "pelicanconf.py": "Pelican",
}
_DOCS = ("docs", "doc", "docs/source", "doc/source", "source", "website")
"""Where such a file lies in a project, if not at its top."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What became of an mkdocs site that hexapla was to be added to."""

    file: Path
    """The mkdocs.yml, or the one that it inherits its plugins from."""
    pattern: str
    """Of the pages whose code is run; empty where hexapla was listed before."""


def join_site(folder: Path, file: Path | None) -> Joined:
    """List hexapla in the mkdocs.yml of a folder, or in another `file`, for all of its pages; change nothing else.

    Raises:
        ConfigError: there is no such file, or none that this can be written into: it shows the lines to add.
    """
    named = ("mkdocs.yml", "mkdocs.yaml")
    file = file or next((folder / name for name in named if (folder / name).is_file()), None)
    if file is None:
        raise ConfigError(f"There is no mkdocs.yml in this folder{_instead(folder)}", path=str(folder))
    document = read_yaml(file)
    if PLUGIN in document.named("plugins"):
        return Joined(file=file, pattern="")
    docs = folder_of(document, document.values.get("docs_dir") or "docs", "docs_dir")
    pattern = f"{Path(os.path.relpath(docs, file.parent)).as_posix()}/**/*.md"
    options: dict[str, object] = {"pages": [pattern]}
    if _is_taken(file.parent / "snippets"):
        options["snippets"] = "recorded-outputs"
    place = document.place("plugins")[0]
    target = next(each for each in (file, *document.inherited) if each.name == place)
    text = with_plugin(target.read_bytes().decode("utf-8"), options)
    lines = "\n".join(("plugins:", *entry_lines(options)))
    if text is None:
        raise ConfigError(
            f"hexapla cannot be added without touching what else it says. Add these lines yourself:\n{lines}",
            path=str(target),
        )
    if not files.is_writable(target):
        raise ConfigError(
            f"It is not yours to write. Have its owner add these lines:\n{lines}", path=str(target)
        )
    files.write_bytes(target.resolve(), text.encode())  # a link stays one
    return Joined(file=target, pattern=pattern)


def _instead(folder: Path) -> str:
    """Return what can be done with a folder that has no mkdocs.yml, as the end of a sentence."""
    if others := sorted(path.name for path in folder.glob("mkdocs*.y*ml") if path.is_file()):
        names = ", ".join(f"`{name}`" for name in others)
        return f", but {names}: `hexapla init -f NAME` adds hexapla to the one that builds the site."
    known = (
        (place, name) for name in (*_BUILDERS, *_BLOGS) for place in (folder, *map(folder.joinpath, _DOCS))
    )
    place, name = next(((place, name) for place, name in known if (place / name).is_file()), (folder, ""))
    shown = shlex.quote(str(place))
    if name in _BLOGS:
        imported = f"`hexapla import {shown} my-site` makes a site with hexapla of its posts."
        return f", but a {name} of {_BLOGS[name]}'s: {imported}"
    if name:
        docs = folder / "docs"
        texts = shlex.quote(str(docs)) if place == folder and docs.is_dir() else shown
        return (
            f": what builds this site is {_BUILDERS[name]} ({place / name}), and hexapla is no part of that. "
            f"`hexapla test {texts}` runs the Python blocks of its Markdown all the same, and with `--update` writes "
            "what they print below them. The manual's pages “Coming from …” tell more."
        )
    return (
        ": name the one that has it, make a new site with `hexapla new`, or test Markdown files without a site with "
        "`hexapla test FILES`."
    )


def _is_taken(folder: Path) -> bool:
    """Return whether a folder holds something, and no records of hexapla's."""
    return folder.is_dir() and any(folder.iterdir()) and not any(folder.glob(f"*/{INDEX}"))
