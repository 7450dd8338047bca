"""mkdocs.yml as a document: its values, and the line of each, so that an error can point at what it means."""

import importlib
import math
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from hexapla.model.errors import ConfigError

Keys = tuple[str, ...]
"""Where a value stands, by name: of an entry in a list the name that it gives, as in `("plugins", "i18n")`."""

MOST_VALUES = 100_000
"""Of a configuration, with what aliases repeat: a few of them, each of several others, make billions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlDocument:
    """A configuration file with those that it inherits from."""

    file: Path
    values: Mapping[str, Any]
    places: Mapping[Keys, tuple[str, int]]
    """The file's name and the line, from 1, of each value that has a name."""
    inherited: tuple[Path, ...] = ()
    """The files that it inherits from, the nearest first."""

    def error(self, message: str, *keys: str) -> ConfigError:
        """Return an error that points at the value named by `keys`, or at what of its way there is."""
        name, line = self.place(*keys)
        return ConfigError(message, path=name, line=line)

    def lines_of(self, values: Iterable[str], *keys: str) -> dict[str, tuple[str, int]]:
        """Return the file and the line of each value of a list; of one that has none, those of the list."""
        name, line = self.place(*keys)
        return {value: self.places.get((*keys, value), (name, line or 1)) for value in values}

    def place(self, *keys: str) -> tuple[str, int | None]:
        """Return the file and the line of a value, or of what of its way there is."""
        known = (keys[:length] for length in range(len(keys), 0, -1) if keys[:length] in self.places)
        return self.places.get(next(known, ()), (self.file.name, None))

    def named(self, key: str) -> dict[str, dict[str, Any]]:
        """Return a top-level list of named things with their options, such as the plugins, in order."""
        entries = self.values.get(key)
        if isinstance(entries, dict):
            return {str(name): dict(options or {}) for name, options in entries.items()}
        options_of: dict[str, dict[str, Any]] = {}
        for entry in entries if isinstance(entries, list) else []:
            items = entry.items() if isinstance(entry, dict) else [(entry, {})]
            for name, options in items:
                if not isinstance(options, dict | None):
                    raise self.error(
                        f"The options of `{name}` must be a mapping, not {options!r}.", key, name
                    )
                options_of[str(name)] = dict(options or {})
        return options_of


def nearest_site(folder: Path) -> Path | None:
    """Return the mkdocs.yml of the nearest folder from this one upwards; None where there is none."""
    here = folder.absolute()
    candidates = (above / "mkdocs.yml" for above in (here, *here.parents))
    return next((file for file in candidates if file.is_file()), None)


def read_yaml(file: Path, *, is_inherited: bool = False) -> YamlDocument:
    """Read a configuration and what it inherits, merged as mkdocs' `INHERIT` does; what is inherited may be empty.

    Raises:
        ConfigError: a file is missing, cannot be read, or is not a YAML mapping.
    """
    text = _text(file)
    node, values = _parsed("{}" if is_inherited and not _says_something(text) else text, file)
    places = {(): (file.name, 1)} | {keys: (file.name, line) for keys, line in _lines(node)}
    parent = values.pop("INHERIT", None)
    if parent is None:
        return YamlDocument(file=file, values=values, places=places)
    below = read_yaml(file.parent / str(parent), is_inherited=True)
    return YamlDocument(
        file=file,
        values=_merge(below.values, values),
        places={**below.places, **places},
        inherited=(below.file, *below.inherited),
    )


def _says_something(text: str) -> bool:
    lines = map(str.strip, text.splitlines())
    return any(line and not line.startswith("#") and line != "---" for line in lines)


def older(text: str, file: Path) -> YamlDocument:
    """Read an older text of a configuration, without what it inherits.

    Raises:
        ConfigError: it is not a YAML mapping.
    """
    return YamlDocument(file=file, values=_parsed(text, file)[1], places={})


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


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            "There is no such file: give the site's configuration with `-f`, or make a site with `hexapla new`; "
            "`hexapla test README.md` needs none.",
            path=str(file),
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"It cannot be read: {error}.", path=str(file)) from None


def _parsed(text: str, file: Path) -> tuple[yaml.Node, dict[str, Any]]:
    try:
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if node and _size(node, {}) > MOST_VALUES:
                raise ConfigError(
                    f"It has more than {MOST_VALUES} values once its aliases (`*name`) are written out.",
                    path=file.name,
                    line=1,
                )
            values = loader.construct_document(node) if node else None
        finally:
            loader.dispose()
    except RecursionError:
        raise ConfigError(
            "It is nested too deep, or inherits from itself: correct `INHERIT`, or write it in fewer levels.",
            path=file.name,
            line=1,
        ) from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error).split("\n")[0]
        line = mark.line + 1 if mark else None
        raise ConfigError(f"It is not YAML: {what}.", path=file.name, line=line) from None
    if node is None or not isinstance(values, dict):
        raise ConfigError("It must be a mapping that begins with `site_name:`.", path=file.name, line=1)
    return node, values


def _size(node: yaml.Node, sizes: dict[int, float]) -> float:
    """Count the values of a document, those that an alias repeats too; what repeats itself has no end."""
    if id(node) not in sizes:
        if isinstance(node, yaml.ScalarNode):
            return 1
        sizes[id(node)] = math.inf
        is_mapping = isinstance(node, yaml.MappingNode)
        inner = chain.from_iterable(node.value) if is_mapping else node.value
        sizes[id(node)] = 1 + sum(_size(value, sizes) for value in inner)
    return sizes[id(node)]


def _lines(node: yaml.Node, at: Keys = ()) -> list[tuple[Keys, int]]:
    """List the line, from 1, of each value that has a name."""
    lines = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            keys = (*at, str(key.value))
            lines += [(keys, key.start_mark.line + 1), *_lines(value, keys)]
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            if isinstance(entry, yaml.ScalarNode):
                lines.append(((*at, str(entry.value)), entry.start_mark.line + 1))
            else:
                lines += _lines(entry, at)
    return lines


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Merge as mkdocs' `INHERIT` does: mappings deeply, everything else replaced."""
    both = {
        key: _merge(below[key], value)
        if isinstance(value, dict) and isinstance(below.get(key), dict)
        else value
        for key, value in above.items()
    }
    return {**below, **both}
