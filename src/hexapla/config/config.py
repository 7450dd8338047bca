"""Config: what `mkdocs.yml` says, read once. It is the only configuration.

Read with PyYAML rather than with mkdocs, so that `hexapla check` needs neither mkdocs nor its plugins.
"""

import difflib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from hexapla.config import document as mkdocs_yml
from hexapla.config.document import Document
from hexapla.model import codes
from hexapla.model.errors import ConfigError
from hexapla.model.problem import Severity
from hexapla.model.run import Limits, Options
from hexapla.model.settings import REPAIRS, Settings, Strings

T = TypeVar("T")

OPTIONS: dict[str, Any] = {
    "posts": "posts",
    "snippets": "snippets",
    "assets": ["assets", "images", "img", "media", "static"],
    "execute": {},
    "preload": ["torch", "torch._dynamo"],
    "limits": {},
    "sandbox": "auto",
    "jobs": 0,
    "keep_claims": False,
    "repairs": {},
    "severities": {},
    "strings": "variant",
    "coverage": 0,
    "status": True,
    "content_security_policy": True,
}
"""The keys of the `hexapla` plugin in mkdocs.yml, each with its default."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the site, as the i18n plugin names it."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A site's configuration, checked."""

    file: Path
    name: str
    posts: Path
    snippets: Path
    docs: Path
    site: Path
    languages: tuple[Language, ...]
    default_language: str
    settings: Settings
    options: Options
    assets: tuple[Path, ...] = ()
    """Folders beside the posts' whose files any post may show."""
    directory_urls: bool = True
    keep_claims: bool = False
    strings: str = "variant"
    coverage: float = 0.0
    """Which part of the Python blocks must run, from 0 to 1; above 0 a page and a badge tell of it."""
    coverage_line: int = 1
    """Where mkdocs.yml says so."""
    status: bool = True
    """Whether a page in each language shows how the translations stand."""
    content_security_policy: bool | str = True
    """What pages may load and run: the tool's own policy, none, or one of the site's own."""
    repairs_off: tuple[str, ...] = ()
    """The names of the repairs that are switched off, sorted."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()
    """Python-Markdown's extensions, by name."""
    extensions_place: tuple[str, int] = ("mkdocs.yml", 1)
    """The file that lists them, and the line."""
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    """What `extra_css:` lists."""
    hooks: tuple[Path, ...] = ()
    """What `hooks:` lists: files of Python."""

    @property
    def root(self) -> Path:
        """The folder of mkdocs.yml: what paths in messages are relative to."""
        return self.file.parent

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in the site's order."""
        return tuple(language.code for language in self.languages)

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of Markdown extensions, and of the modules whose functions are among their options."""
        options = _leaves(self.extension_configs)
        functions = (getattr(option, "func", option) for option in options if callable(option))
        return (*self.extensions, *(function.__module__ for function in functions))


def load(file: Path) -> Config:
    """Read `mkdocs.yml`.

    Raises:
        ConfigError: the file is missing or not YAML, or says something that cannot be used; with the line.
    """
    # Not `absolute()`, which keeps `..`: paths in records are relative to this file's folder.
    file = Path(os.path.abspath(file))  # noqa: PTH100 - `resolve()` would follow links
    document = mkdocs_yml.read(file)
    plugins = document.named("plugins")
    if "hexapla" not in plugins:
        raise document.error("The plugin `hexapla` is not listed: add it under `plugins:`.", "plugins")
    if "i18n" not in plugins:
        raise document.error(
            "The plugin `i18n` (mkdocs-static-i18n) is not listed: it names the languages.", "plugins"
        )
    ours = _Options(document, plugins["hexapla"])
    languages, default = _languages(document, plugins["i18n"])
    # mkdocs itself always adds these three (mkdocs/config/defaults.py: `builtins`).
    extensions: dict[str, dict[str, Any]] = {"toc": {}, "tables": {}, "fenced_code": {}} | document.named(
        "markdown_extensions"
    )
    values = document.values
    return Config(
        file=file,
        name=str(values.get("site_name") or file.parent.name),
        posts=ours.folder("posts"),
        snippets=ours.folder("snippets"),
        docs=_folder(document, values.get("docs_dir") or "docs", "docs_dir"),
        site=_folder(document, values.get("site_dir") or "site", "site_dir"),
        languages=languages,
        directory_urls=values.get("use_directory_urls") is not False,
        default_language=default,
        settings=ours.table("execute", Settings),
        assets=ours.folders("assets"),
        options=Options(
            preload=tuple(str(name) for name in ours.typed("preload", list)),
            limits=ours.table("limits", Limits),
            jobs=ours.typed("jobs", int) or os.cpu_count() or 1,
            sandbox=ours.one_of("sandbox", ("auto", "require", "off")),
        ),
        keep_claims=ours.typed("keep_claims", bool),
        strings=ours.one_of("strings", tuple(Strings)),
        coverage=ours.share("coverage"),
        coverage_line=document.places.get(("plugins", "hexapla", "coverage"), ("", 1))[1],
        status=ours.typed("status", bool),
        content_security_policy=ours.switch_or_text("content_security_policy"),
        repairs_off=tuple(sorted(name for name, on in ours.repairs().items() if not on)),
        severities=ours.severities(),
        extensions=tuple(extensions),
        extensions_place=document.places.get(("markdown_extensions",), (file.name, 1)),
        extension_configs={name: options for name, options in extensions.items() if options},
        styles=tuple(str(path) for path in values.get("extra_css") or ()),
        hooks=tuple(file.parent / str(path) for path in values.get("hooks") or ()),
    )


def floor(text: str, file: Path) -> float:
    """Return `coverage:` of an older text of mkdocs.yml; 0 where it has none or cannot be read."""
    try:
        document = mkdocs_yml.older(text, file)
        return _Options(document, document.named("plugins").get("hexapla", {})).share("coverage")
    except ConfigError:
        return 0.0


class _Options:
    """What the plugin `hexapla` is given, read with the defaults; every refusal names the option and its line."""

    def __init__(self, document: Document, given: Mapping[str, Any]) -> None:
        self._document = document
        self._refuse_unknown(given, OPTIONS)
        self._values = {**OPTIONS, **given}

    def folder(self, key: str) -> Path:
        return _folder(self._document, self._values[key], "plugins", "hexapla", key)

    def folders(self, key: str) -> tuple[Path, ...]:
        given = self.typed(key, list)
        return tuple(_folder(self._document, name, "plugins", "hexapla", key) for name in given)

    def typed(self, key: str, kind: type[T]) -> T:
        return self._typed(self._values[key], kind, key)

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str:
        return self._one_of(self._values[key], allowed, key)

    def switch_or_text(self, key: str) -> bool | str:
        value = self._values[key]
        if not isinstance(value, bool | str):
            raise self._error(f"`{key}` must be true, false or text, not {value!r}.", key)
        return value

    def share(self, key: str) -> float:
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
            number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
            values[name] = float(value) if number else self._typed(value, wanted, key, name)
        return kind(**values)

    def severities(self) -> dict[str, Severity]:
        given = self._mapping("severities")
        self._refuse_unknown(given, (code.word for code in codes.ALL), "severities")
        return {
            word: Severity(self._one_of(value, tuple(Severity), "severities", word))
            for word, value in given.items()
        }

    def repairs(self) -> dict[str, bool]:
        given = self._mapping("repairs")
        self._refuse_unknown(given, REPAIRS, "repairs")
        return {name: self._typed(on, bool, "repairs", name) for name, on in given.items()}

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


def _leaves(value: object) -> Iterator[object]:
    """Yield the values in nested tables and lists."""
    match value:
        case Mapping():
            for inner in value.values():
                yield from _leaves(inner)
        case list() | tuple():
            for inner in value:
                yield from _leaves(inner)
        case _:
            yield value


_KINDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "a table of names and values",
}


def _languages(document: Document, i18n: Mapping[str, Any]) -> tuple[tuple[Language, ...], str]:
    """Return the languages in the site's order, and the default one's code."""
    at = ("plugins", "i18n")
    entries = i18n.get("languages") or []
    if i18n.get("docs_structure", "suffix") != "folder":
        raise document.error(
            "The i18n plugin needs `docs_structure: folder`: hexapla writes a folder a language.",
            *at,
            "docs_structure",
        )
    if not isinstance(entries, list) or not entries:
        raise document.error(
            "The i18n plugin names no languages: add `languages:` with a `locale:` each.", *at, "languages"
        )
    for entry in entries:
        locale = entry.get("locale") if isinstance(entry, dict) else entry
        if not isinstance(entry, dict) or not isinstance(locale, str):
            raise document.error(
                f"A language of the i18n plugin has no `locale:` that is text, but {locale!r}: write it in quotes, "
                'such as `locale: "no"`.',
                *at,
                "languages",
            )
    languages = tuple(
        Language(code=entry["locale"], name=str(entry.get("name") or entry["locale"])) for entry in entries
    )
    return languages, next((entry["locale"] for entry in entries if entry.get("default")), languages[0].code)


def _folder(document: Document, value: object, *keys: str) -> Path:
    if not isinstance(value, str) or not value:
        raise document.error(f"`{keys[-1]}` must be a folder's name, not {value!r}.", *keys)
    return Path(os.path.normpath(document.file.parent / value))
