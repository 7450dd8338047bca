"""Options: what the plugin `hexapla` is given in mkdocs.yml, checked; every refusal names the option and its line."""

import difflib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, urlsplit

from hexapla.config.document import YamlDocument
from hexapla.model import codes
from hexapla.model.errors import ConfigError
from hexapla.model.problem import Severity
from hexapla.model.run import Limits, Options
from hexapla.model.settings import REPAIRS, Import, Settings, lines_that_import

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What the plugin can be told in mkdocs.yml."""

    name: str
    default: Any
    meaning: str
    """A sentence for the manual."""


def _option(name: str, default: Any, meaning: str) -> Option:
    return Option(name=name, default=default, meaning=meaning)


OPTIONS: tuple[Option, ...] = (
    _option("posts", "posts", "The folder of the posts; it is only read."),
    _option("pages", [], "Patterns of pages of the site's own whose Python runs and shows its outputs where it stands: `[docs/**/*.md]`."),
    _option("snippets", "snippets", "The folder of the ledger: what programs showed, to be committed."),
    _option("assets", ["assets", "images", "img", "media", "static"], "Folders beside the posts' whose files any post may show and link to."),
    _option("language_aliases", {}, "Other tags by which posts name the site's languages: `{hant: zh-Hant}`."),
    _option("execute", {}, "How programs run; an article's front matter says otherwise for itself. Its settings are below."),
    _option("preload", "auto", "What is imported once, before the first program, so that each starts with it: `auto` for the installed packages that posts import, or a list of modules. What starts threads is left out, with a line that says so."),
    _option("limits", {}, "What a program may use. Its settings are below."),
    _option("sandbox", "auto", "`auto` puts on what this machine offers and says what it lacks; `require` refuses to run without all of it; `off` runs without, for posts that you trust."),
    _option("jobs", 0, "How many programs run at a time; 0 is one for each processor."),
    _option("budget", 480, "For how many seconds a build begins programs of the site's own pages (`pages:`); those that are left are named, and `hexapla run` runs them. 0 is for as long as it takes."),
    _option("keep_claims", False, "Whether pages keep the outputs that authors typed, beside the real ones."),
    _option("show_errors", False, "Whether readers see exceptions that nobody announced."),
    _option("repairs", {}, "Repairs of posts that are switched off, by name: `{jekyll: false}`."),
    _option("severities", {}, "How much problems weigh, by their code: `{claim-wrong: warning}`."),
    _option("strings", "variant", "What becomes of translated strings, unless an article says otherwise: `variant`, `freeze` or `canonical-output`."),
    _option("coverage", 0, "Which part of the Python blocks must have run, from 0 to 1. Above 0, a page and a badge tell of it; it may only rise."),
    _option("fallback", "page", "What readers get of an article that has no version in their language: `page` for its text with a notice, `redirect` for a light page that leads to the version that exists, `none` for nothing: then lists and the switcher offer only what there is."),
    _option("status", True, "Whether a page in each language shows how the translations stand."),
    _option("colab", "", "Where `repo_url:` on GitHub keeps the built site: a branch, with a folder behind it where the site is in one (`gh-pages`, `main/public`). Each article then leads to its notebook in Google Colab, which is asked nothing before a reader follows; articles that read files of their own do not."),
    _option("content_security_policy", True, "What pages may load and run: hexapla's own policy, none (`false`), or a text of yours, with `{scripts}` and `{styles}` for hashes."),
)  # fmt: skip
DEFAULTS: dict[str, Any] = {option.name: option.default for option in OPTIONS}
"""The plugin's options by name, each with its default."""
_KINDS: Mapping[type, str] = {
    bool: "true or false",
    str: "text",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table of names and values",
}


class PluginOptions:
    """What the plugin is given, read with the defaults."""

    def __init__(self, document: YamlDocument, given: Mapping[str, Any]) -> None:
        self._document = document
        self._refuse_unknown(given, DEFAULTS)
        self._given = frozenset(given)
        self._values = {**DEFAULTS, **given}

    def folder(self, key: str) -> Path:
        """Return a folder."""
        return folder_of(self._document, self._values[key], "plugins", "hexapla", key)

    def folders(self, key: str) -> tuple[Path, ...]:
        """Return the folders of a list."""
        given = self.typed(key, list)
        return tuple(folder_of(self._document, name, "plugins", "hexapla", key) for name in given)

    def patterns(self, key: str) -> tuple[str, ...]:
        """Return the patterns of a list, or the only one."""
        given = self._values[key]
        listed = [given] if isinstance(given, str) else given
        if not isinstance(listed, list) or not all(isinstance(entry, str) and entry for entry in listed):
            wanted = 'a list of patterns, such as `["docs/**/*.md"]`'
            raise self._error(f"`{key}` must be {wanted}, not {given!r}.", key)
        return tuple(listed)

    def is_given(self, key: str) -> bool:
        """Return whether mkdocs.yml has an option, whatever its value."""
        return key in self._given

    def typed(self, key: str, kind: type[T]) -> T:
        """Return a value of a type."""
        return self._typed(self._values[key], kind, key)

    def running(self) -> Options:
        """Return how programs run."""
        return Options(
            preload=self._preload(),
            limits=self.table("limits", Limits),
            jobs=self.typed("jobs", int) or os.cpu_count() or 1,
            sandbox=self.one_of("sandbox", ("auto", "require", "off")),
        )

    def _preload(self) -> tuple[str, ...] | None:
        """Return the modules that are imported beforehand; None where they are chosen by what posts import."""
        value = self._values["preload"]
        if value == "auto":
            return None
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self._error(
                f"`preload` must be `auto` or a list of modules, such as `[numpy]`, not {value!r}.", "preload"
            )
        return tuple(value)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        """Return one of the allowed words."""
        return self._one_of(self._values[key], allowed, key)

    def switch_or_text(self, key: str) -> bool | str:
        """Return true, false or a text."""
        value = self._values[key]
        if not isinstance(value, bool | str):
            raise self._error(f"`{key}` must be true, false or text, not {value!r}.", key)
        return value

    def share(self, key: str) -> float:
        """Return a number from 0 to 1."""
        value = self._values[key]
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not 0 <= value <= 1:
            raise self._error(f"`{key}` must be a number from 0 to 1, not {value!r}.", key)
        return float(value)

    def table(self, key: str, kind: type[T]) -> T:
        """Make a settings dataclass from a mapping, checking names and types against the defaults."""
        given, defaults = self._mapping(key), kind()
        self._refuse_unknown(given, (entry.name for entry in fields(kind)), key)  # type: ignore[arg-type]
        values: dict[str, Any] = {}
        for name, value in given.items():
            wanted = type(getattr(defaults, name))
            if name == "imports":
                values[name] = self._imports(value, key, name)
                continue
            if issubclass(wanted, StrEnum):
                values[name] = wanted(self._one_of(value, tuple(wanted), key, name))
                continue
            number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
            values[name] = float(value) if number else self._typed(value, wanted, key, name)
        return kind(**values)

    def _imports(self, value: object, *keys: str) -> tuple[Import, ...]:
        if not isinstance(value, list) or not lines_that_import(value):
            wanted = 'a list of imports, such as `["import torch"]`'
            raise self._error(f"`{': '.join(keys)}` must be {wanted}, not {value!r}.", *keys)
        path, line = self._document.place("plugins", "hexapla", *keys)
        return tuple(Import(code=code, path=path, line=line or 1) for code in value)

    def settings(self) -> Settings:
        """Return how articles' programs run, unless an article says otherwise."""
        settings = self.table("execute", Settings)
        return replace(settings, show_errors=settings.show_errors or self.typed("show_errors", bool))

    def colab(self, repository: object) -> str:
        """Return the address below which Google Colab opens the files of the built site; empty where it is not to.

        Colab takes the address of a file on GitHub, behind its own
        (https://colab.research.google.com/github/googlecolab/colabtools/blob/main/notebooks/colab-github-demo.ipynb).
        """
        branch = self.typed("colab", str).strip("/")
        where = urlsplit(str(repository or ""))
        names = where.path.strip("/").removesuffix(".git")
        if branch and not (where.hostname == "github.com" and names.count("/") == 1):
            wanted = (
                "`repo_url: https://github.com/OWNER/NAME`, since Google Colab opens notebooks of GitHub's"
            )
            raise self._error(f"`colab` needs {wanted}.", "colab")
        return f"https://colab.research.google.com/github/{names}/blob/{quote(branch)}" if branch else ""

    def severities(self) -> dict[str, Severity]:
        """Return how severe problems are, by their code."""
        given = self._mapping("severities")
        self._refuse_unknown(given, (code.word for code in codes.ALL), "severities")
        return {
            word: Severity(self._one_of(value, tuple(Severity), "severities", word))
            for word, value in given.items()
        }

    def repairs(self) -> dict[str, bool]:
        """Return whether repairs are wanted, by name."""
        given = self._mapping("repairs")
        self._refuse_unknown(given, REPAIRS, "repairs")
        return {name: self._typed(on, bool, "repairs", name) for name, on in given.items()}

    def aliases(self, key: str, languages: tuple[str, ...]) -> dict[str, str]:
        """Return which language of the site each of other tags stands for."""
        return {tag: self._one_of(code, languages, key, tag) for tag, code in self._mapping(key).items()}

    def _mapping(self, key: str) -> dict[str, Any]:
        return {str(name): value for name, value in self.typed(key, dict).items()}

    def _typed(self, value: Any, kind: type[T], *keys: str) -> T:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self._error(f"`{': '.join(keys)}` must be {_KINDS[kind]}, not {value!r}.", *keys)
        return value

    def _one_of(self, value: Any, allowed: tuple[str, ...], *keys: str) -> str:
        # YAML 1.1 reads a bare `off` as false.
        value = "off" if value is False and "off" in allowed else value
        if value not in allowed:
            raise self._error(
                f"`{': '.join(keys)}` must be one of {', '.join(allowed)}, not {value!r}.", *keys
            )
        return str(value)

    def _refuse_unknown(self, given: Iterable[str], known: Iterable[str], *keys: str) -> None:
        names = tuple(known)
        for key in given:
            if key not in names:
                near = difflib.get_close_matches(str(key), names, n=1)
                listed = ", ".join(f"`{name}`" for name in names)
                meant = f"Did you mean `{near[0]}`?" if near else f"Known are {listed}."
                where = ": ".join(("hexapla", *keys))
                raise self._error(f"`{where}` has no option `{key}`. {meant}", *keys, str(key))

    def _error(self, message: str, *keys: str) -> ConfigError:
        return self._document.error(message, "plugins", "hexapla", *keys)


def folder_of(document: YamlDocument, value: object, *keys: str) -> Path:
    """Return the folder that a value means, which stands at `keys`; it is relative to mkdocs.yml."""
    if not isinstance(value, str) or not value:
        raise document.error(f"`{keys[-1]}` must be a folder's name, not {value!r}.", *keys)
    return Path(os.path.normpath(document.file.parent / value))
