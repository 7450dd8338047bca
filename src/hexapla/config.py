"""Config: what `mkdocs.yml` says, read once. It is the only configuration.

Read with PyYAML rather than with mkdocs, so that `hexapla check` needs neither mkdocs nor its plugins.
"""

import difflib
import importlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

import yaml

from hexapla.errors import ConfigError
from hexapla.problems import Severity
from hexapla.run import Limits, Options
from hexapla.settings import Settings

T = TypeVar("T")

OPTIONS: dict[str, Any] = {
    "posts": "posts",
    "snippets": "snippets",
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
    directory_urls: bool = True
    keep_claims: bool = False
    strings: str = "variant"
    coverage: float = 0.0
    """Which part of the Python blocks must run, from 0 to 1; above 0 a page and a badge tell of it."""
    status: bool = True
    """Whether a page in each language shows how the translations stand."""
    repairs_off: frozenset[str] = frozenset()
    severities: Mapping[str, Severity] = field(default_factory=dict)
    extensions: tuple[str, ...] = ()
    """Python-Markdown's extensions, by name."""
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        """The folder of mkdocs.yml: what paths in messages are relative to."""
        return self.file.parent

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in the site's order."""
        return tuple(language.code for language in self.languages)


def load(file: Path) -> Config:
    """Read `mkdocs.yml`.

    Raises:
        ConfigError: the file is missing or not YAML, or says something that cannot be used.
    """
    # Not `absolute()`, which keeps `..`: paths in records are relative to this file's folder.
    file = Path(os.path.abspath(file))  # noqa: PTH100 - `resolve()` would follow links
    document = _document(file)
    plugins = _plugins(document, file)
    if "hexapla" not in plugins:
        raise ConfigError("The plugin `hexapla` is not listed: add it under `plugins:`.", path=file.name)
    given = plugins["hexapla"]
    _known(given, OPTIONS, "hexapla", file)
    options = OPTIONS | given
    languages, default = _languages(plugins.get("i18n", {}), file)
    extensions, extension_configs = _extensions(document.get("markdown_extensions") or [])
    return Config(
        file=file,
        name=str(document.get("site_name") or file.parent.name),
        posts=_folder(file, options["posts"], "posts"),
        snippets=_folder(file, options["snippets"], "snippets"),
        docs=_folder(file, document.get("docs_dir") or "docs", "docs_dir"),
        site=_folder(file, document.get("site_dir") or "site", "site_dir"),
        languages=languages,
        directory_urls=document.get("use_directory_urls") is not False,
        default_language=default,
        settings=_build(Settings, options["execute"], "execute", file),
        options=Options(
            preload=tuple(_typed(options["preload"], list, "preload", file)),
            limits=_build(Limits, options["limits"], "limits", file),
            jobs=_typed(options["jobs"], int, "jobs", file) or os.cpu_count() or 1,
            sandbox=_one_of(options["sandbox"], ("auto", "require", "off"), "sandbox", file),
        ),
        keep_claims=_typed(options["keep_claims"], bool, "keep_claims", file),
        strings=_one_of(options["strings"], ("variant", "freeze", "canonical-output"), "strings", file),
        coverage=_share(options["coverage"], "coverage", file),
        status=_typed(options["status"], bool, "status", file),
        repairs_off=frozenset(
            name for name, on in _typed(options["repairs"], dict, "repairs", file).items() if not on
        ),
        severities={
            code: Severity(_one_of(value, tuple(Severity), f"severities: {code}", file))
            for code, value in _typed(options["severities"], dict, "severities", file).items()
        },
        extensions=extensions,
        extension_configs=extension_configs,
    )


class _Loader(yaml.SafeLoader):
    """Reads the tags that mkdocs.yml files carry: names of Python objects, environment variables."""


def _name(_: yaml.SafeLoader, suffix: str, node: yaml.Node) -> object:
    module, _dot, attribute = suffix.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise yaml.MarkedYAMLError(
            problem=f"`{suffix}` cannot be imported", problem_mark=node.start_mark
        ) from error


def _environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    if isinstance(node, yaml.SequenceNode):
        *names, default = loader.construct_sequence(node)
        return next((os.environ[name] for name in names if name in os.environ), default)
    return os.environ.get(str(node.value))


def _ignored(_: yaml.SafeLoader, __: str, node: yaml.Node) -> object:
    return getattr(node, "value", None)


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", _name)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _name)
_Loader.add_constructor("!ENV", _environment)
_Loader.add_multi_constructor("!", _ignored)


def _document(file: Path) -> dict[str, Any]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            "There is no such file: give the site's configuration with `-f`, or make a site with `hexapla new`.",
            path=str(file),
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"It cannot be read: {error}.", path=str(file)) from None
    try:
        document = yaml.load(text, _Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).split("\n")[0]
        line = mark.line + 1 if mark else None
        raise ConfigError(f"It is not YAML: {what}.", path=file.name, line=line) from None
    if not isinstance(document, dict):
        raise ConfigError("It must be a mapping that begins with `site_name:`.", path=file.name, line=1)
    parent = document.pop("INHERIT", None)
    return _merge(_document(file.parent / str(parent)), document) if parent else document


def _merge(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Merge as mkdocs' `INHERIT` does: mappings deeply, everything else replaced."""
    both = {
        key: _merge(below[key], value)
        if isinstance(value, dict) and isinstance(below.get(key), dict)
        else value
        for key, value in above.items()
    }
    return below | both


def _named(entries: object) -> dict[str, dict[str, Any]]:
    """Read mkdocs' two spellings of a list of named things with options, in order."""
    if isinstance(entries, dict):
        return {str(name): dict(options or {}) for name, options in entries.items()}
    named: dict[str, dict[str, Any]] = {}
    for entry in entries if isinstance(entries, list) else []:
        items = entry.items() if isinstance(entry, dict) else [(entry, {})]
        named |= {str(name): dict(options or {}) for name, options in items}
    return named


def _plugins(document: dict[str, Any], file: Path) -> dict[str, dict[str, Any]]:
    plugins = _named(document.get("plugins"))
    if "i18n" not in plugins:
        raise ConfigError(
            "The plugin `i18n` (mkdocs-static-i18n) is not listed: it names the languages.", path=file.name
        )
    return plugins


def _extensions(entries: object) -> tuple[tuple[str, ...], dict[str, dict[str, Any]]]:
    # mkdocs itself always adds these three (mkdocs/config/defaults.py: `builtins`).
    named: dict[str, dict[str, Any]] = {"toc": {}, "tables": {}, "fenced_code": {}} | _named(entries)
    return tuple(named), {name: options for name, options in named.items() if options}


def _languages(i18n: dict[str, Any], file: Path) -> tuple[tuple[Language, ...], str]:
    entries = i18n.get("languages") or []
    if i18n.get("docs_structure", "suffix") != "folder":
        raise ConfigError(
            "The i18n plugin needs `docs_structure: folder`: hexapla writes a folder a language.",
            path=file.name,
        )
    if not entries:
        raise ConfigError(
            "The i18n plugin names no languages: add `languages:` with a `locale:` each.", path=file.name
        )
    for entry in entries:
        locale = entry.get("locale") if isinstance(entry, dict) else entry
        if not isinstance(locale, str):
            raise ConfigError(
                f"A language of the i18n plugin has no `locale:` that is text, but {locale!r}: write it in quotes, "
                'such as `locale: "no"`.',
                path=file.name,
            )
    languages = tuple(
        Language(code=entry["locale"], name=str(entry.get("name") or entry["locale"])) for entry in entries
    )
    return languages, next((entry["locale"] for entry in entries if entry.get("default")), languages[0].code)


def _folder(file: Path, value: object, key: str) -> Path:
    if not isinstance(value, str) or not value:
        raise ConfigError(f"`{key}` must be a folder's name, not {value!r}.", path=file.name)
    return Path(os.path.normpath(file.parent / value))


def _known(
    given: Mapping[str, Any], known: Mapping[str, Any] | tuple[str, ...], where: str, file: Path
) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(str(key), list(known), n=1)
            meant = (
                f"Did you mean `{near[0]}`?"
                if near
                else f"Known are {', '.join(f'`{name}`' for name in known)}."
            )
            raise ConfigError(f"`{where}` has no option `{key}`. {meant}", path=file.name)


def _typed(value: Any, kind: type[T], key: str, file: Path) -> T:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ConfigError(f"`{key}` must be a {kind.__name__}, not {value!r}.", path=file.name)
    return value


def _share(value: Any, key: str, file: Path) -> float:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not 0 <= value <= 1:
        raise ConfigError(f"`{key}` must be a number from 0 to 1, not {value!r}.", path=file.name)
    return float(value)


def _one_of(value: Any, allowed: tuple[str, ...], key: str, file: Path) -> str:
    # YAML 1.1 reads a bare `off` as false.
    value = "off" if value is False and "off" in allowed else value
    if value not in allowed:
        raise ConfigError(f"`{key}` must be one of {', '.join(allowed)}, not {value!r}.", path=file.name)
    return str(value)


def _build(kind: type[T], given: Any, key: str, file: Path) -> T:
    """Make a settings dataclass from a mapping, checking names and types against the defaults."""
    given = _typed(given, dict, key, file)
    defaults = kind()
    names = tuple(entry.name for entry in fields(kind))  # type: ignore[arg-type]
    _known(given, names, key, file)
    for name, value in given.items():
        wanted = type(getattr(defaults, name))
        number = wanted is float and isinstance(value, int) and not isinstance(value, bool)
        if not number:
            _typed(value, wanted, f"{key}: {name}", file)
    return kind(**given)
