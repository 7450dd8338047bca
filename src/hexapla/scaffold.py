"""Scaffold: a new site that a user fills. Overwrites nothing."""

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from string import Template
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

from hexapla.ledger.git_history import published_commit
from hexapla.model.errors import ConfigError
from hexapla.model.problem import harmless
from hexapla.render import locale
from hexapla.render.labels import label_section, labels
from hexapla.render.lists import MARKER, OPENING_MARKER
from hexapla.storage import distributions, files

MANY = 2_000
"""A site of more posts begins with light fallback pages: whole ones would be most of its pages."""
_LIGHT = (
    "fallback: redirect    # what readers get of an article that their language lacks: page, redirect or none"
)

_EXAMPLE = """\
---
title: "{title}"
lang: {language}
---

{post}

```python
from fractions import Fraction

parts = [Fraction(1, number) for number in (2, 3, 6)]
parts
```

{blocks}

```python
print(sum(parts))
```
"""


def make_site(
    folder: Path,
    languages: list[str],
    name: str | None = None,
    *,
    aliases: Mapping[str, str] = MappingProxyType({}),
    example: bool = True,
    posts: int = 0,
) -> tuple[Path, ...]:
    """Write a new site's files and return their paths, with an `example` of a post or without.

    `posts` is how many it is going to have; `aliases` are tags by which these name the languages otherwise. What is in the folder stays, if no file of the site has
    its name: of a `.gitignore` the lines that it lacks are added at its end.

    Raises:
        ConfigError: a language is no language tag, or a file of the new site exists already.
    """
    for code in languages:
        if fault := locale.fault_of_tag(code):
            raise ConfigError(fault)
    if len(set(languages)) < len(languages) or not languages:
        raise ConfigError("Name each language once in `--languages`.")
    texts = {
        folder / path: text
        for path, text in _texts(
            languages, name or folder.resolve().name, aliases, example=example, posts=posts
        ).items()
    }
    ignored = folder / ".gitignore"
    if taken := [
        path for path in texts if path.exists() and not (path == ignored and files.is_writable(path))
    ]:
        listed = ", ".join(f"`{path.relative_to(folder).as_posix()}`" for path in taken)
        raise ConfigError(
            f"{listed} would be written over, so nothing is written: have the site in a folder of its own, as in "
            "`hexapla new my-site`. In a folder with a mkdocs site, `hexapla init` adds hexapla to that.",
            path=str(folder),
        )
    texts[ignored] = _with_lines(ignored, texts[ignored])
    for path, text in texts.items():
        files.write_bytes(path, text.encode("utf-8", "surrogateescape"))
    return tuple(texts)


def _with_lines(path: Path, lines: str) -> str:
    """Return a file's text with the lines that it lacks at its end; all of them where there is no such file."""
    text = path.read_bytes().decode("utf-8", "surrogateescape") if path.exists() else ""
    end = "\r\n" if "\r\n" in text else "\n"
    there = {line.strip() for line in text.split("\n")}
    missing = [line for line in lines.splitlines() if line not in there]
    between = "" if not text or text.endswith("\n") or not missing else end
    return text + between + "".join(f"{line}{end}" for line in missing)


def doctest_conftest(folder: Path, *, force: bool) -> Path:
    """Write a conftest.py for pytest-markdown-docs into a folder and return its path.

    Raises:
        ConfigError: there is no such folder, or it has a conftest.py, and `force` was not asked for.
    """
    path = folder / "conftest.py"
    if not folder.is_dir():
        raise ConfigError("There is no such folder: name the one whose pages are tested.", path=str(folder))
    if path.exists() and not force:
        raise ConfigError(
            "It exists already: name a folder nearer to the pages, or replace it with `--force`.",
            path=str(path),
        )
    files.write(path, files.template("conftest.txt"))
    return path


def _texts(
    languages: list[str], name: str, aliases: Mapping[str, str], *, example: bool, posts: int
) -> dict[str, str]:
    default = languages[0]
    # The template's other dollar signs would be Markdown's; there are none.
    mkdocs = Template(files.template("mkdocs.yml")).substitute(
        name=_in_quotes(name),
        default=locale.theme_language(default),
        dark=labels(default).dark,
        light=labels(default).light,
        languages="\n".join(_language(code, default) for code in languages),
        aliases=f"\n      language_aliases: {json.dumps(dict(aliases))}" if aliases else "",
        fallback=f"\n      {_LIGHT}" if posts > MANY else "",
    )
    texts = {
        "mkdocs.yml": mkdocs,
        ".gitignore": "/site/\n/.hexapla/\n/docs/*/posts/\n/docs/assets/hexapla/\n/snippets/.lock\n",
    }
    if example:
        texts[f"posts/hello.{default}.md"] = _EXAMPLE.format(
            language=default, **label_section("example", default)
        )
    for code in languages:
        texts[f"docs/{code}/index.md"] = _home(code, name)
    # Nothing has to be brought up to date with a torch that is not there.
    for workflow in ("site.yml", *(["torch.yml"] if distributions.versions(["torch"]) else [])):
        texts[f".github/workflows/{workflow}"] = files.template(f"workflows/{workflow}")
    return texts | {"requirements.txt": _requirements()}


def _requirements() -> str:
    """Return what the site's workflows install: hexapla from where it came from here, and torch if it is here."""
    where = _origin()
    note = (
        ""
        if " @ " in where
        else "# Name the place that the workflows can install hexapla from, if it is not the package index.\n"
    )
    try:
        version = metadata.version("torch").split("+")[0]
    except metadata.PackageNotFoundError:
        return f"{note}hexapla{where}\n# Name here what posts import; the outputs in snippets/ are recorded with it.\n"
    return (
        f"{note}hexapla[site]{where}\n"
        "# The outputs in snippets/ are recorded with this one; torch.yml raises it.\n"
        f"torch=={version}\n"
    )


def _origin() -> str:
    """Return where hexapla came from, as a requirement says it after the name; empty where others cannot go.

    What was installed from a repository or an archive says so (PEP 610), and a folder may be a clone of one. Of an
    archive on this machine the version is all that others know.
    """
    origin = json.loads(metadata.distribution("hexapla").read_text("direct_url.json") or "{}")
    if vcs := origin.get("vcs_info"):
        return f" @ {vcs['vcs']}+{origin['url']}@{vcs['commit_id']}"
    if "archive_info" in origin:
        return _archive(origin["url"], origin["archive_info"])
    if "dir_info" not in origin:
        return ""
    address, commit = published_commit(Path(url2pathname(urlsplit(origin["url"]).path)))
    return f" @ git+{address}@{commit}" if address else ""


def _archive(url: str, info: Mapping[str, Any]) -> str:
    """Return an archive's address with its digest, as a requirement says it; its version where it has none."""
    if urlsplit(url).scheme not in ("http", "https"):
        return f"=={metadata.version('hexapla')}"
    digest = (info.get("hashes") or {}).get("sha256") or str(info.get("hash", "")).removeprefix("sha256=")
    return f" @ {url}#sha256={digest}" if digest else f" @ {url}"


def _language(code: str, default: str) -> str:
    words = labels(code)
    return (
        f'        - locale: "{code}"\n'
        f'          name: "{locale.autonym(code)}"\n'
        f"          build: true\n"
        + ("          default: true\n" if code == default else "")
        # Each language has palette labels of its own, or it would show the last language's.
        + "          theme:\n"
        f'            language: "{locale.theme_language(code)}"\n'
        "            palette:\n"
        f'              - {{media: "(prefers-color-scheme: light)", scheme: default, primary: indigo, toggle: {{icon: material/weather-night, name: "{words.dark}"}}}}\n'
        f'              - {{media: "(prefers-color-scheme: dark)", scheme: slate, primary: indigo, toggle: {{icon: material/weather-sunny, name: "{words.light}"}}}}'
    )


def _home(code: str, name: str) -> str:
    shown = harmless(name)
    return f'---\ntitle: "{_in_quotes(name)}"\ndescription: "{labels(code).about}"\n---\n\n# {shown}\n\n{OPENING_MARKER}\n\n{labels(code).about}\n\n{MARKER}\n'


def _in_quotes(name: str) -> str:
    """Return a name, which an old blog may have had, as it stands between YAML's double quotes."""
    return harmless(name).replace("\\", "\\\\").replace('"', "'")
