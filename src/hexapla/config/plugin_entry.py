"""Plugin entry: mkdocs.yml's text with one more plugin, every other byte as it is.

The places come from PyYAML's marks, which no comment, tag or layout can mislead. A round trip through a library that
keeps comments would still write the rest of the file its own way.
"""

from collections.abc import Callable, Mapping
from typing import Any

import yaml

PLUGIN = "hexapla"


def with_plugin(text: str, options: Mapping[str, object]) -> str | None:
    """Return the text of an mkdocs.yml that lists hexapla with these options; None where nobody can say where.

    A file without `plugins:` gets mkdocs' own, `search`, too, which it has only as long as it lists none.
    """
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return None
    plugins = next((value for key, value in root.value if key.value == "plugins"), None)
    end = "\r\n" if "\r\n" in text else "\n"
    written = _listed(text, plugins, options).replace("\r\n", "\n").replace("\n", end)
    return written if written and _is_added(root, written) else None


def entry_lines(options: Mapping[str, object], indent: str = "  ") -> list[str]:
    """Return the lines that list hexapla in a list of plugins."""
    return [
        f"{indent}- {PLUGIN}:",
        *(f"{indent}    {name}: {_flow(value)}" for name, value in options.items()),
    ]


def _listed(text: str, plugins: yaml.Node | None, options: Mapping[str, object]) -> str:
    """Return the text with one more plugin; empty where nobody can say where it would stand."""
    flow = f"{PLUGIN}: {{{', '.join(f'{name}: {_flow(value)}' for name, value in options.items())}}}"
    match plugins:
        case None:
            lines = ["plugins:", "  - search", *entry_lines(options)]
            return f"{_ended(text)}\n" + "".join(f"{line}\n" for line in lines)
        case yaml.ScalarNode(value=""):
            return _below(text, plugins.start_mark.index, ["  - search", *entry_lines(options)])
        case yaml.SequenceNode(flow_style=True):
            return _before_end(text, plugins, f"{{{flow}}}")
        case yaml.MappingNode(flow_style=True):
            return _before_end(text, plugins, flow)
        case yaml.SequenceNode(value=[*_, last]):
            return _below(text, _last(last), entry_lines(options, " " * plugins.start_mark.column))
        case yaml.MappingNode(value=[*_, (key, value)]):
            indent = " " * key.start_mark.column
            lines = [line.removeprefix("- ") for line in entry_lines(options, "")]
            lines = [lines[0], *(line.removeprefix("  ") for line in lines[1:])]
            return _below(text, _last(value), [f"{indent}{line}" for line in lines])
    return ""


def _flow(value: object) -> str:
    """Return a value in YAML's short form: a list with quotes around what it holds, or a word."""
    quoted: Callable[[Any], str] = '"{}"'.format
    return f"[{', '.join(map(quoted, value))}]" if isinstance(value, list | tuple) else str(value)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _last(node: yaml.Node) -> int:
    """Return where the text of a node ends: what it holds, without the lines below it that hold nothing."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        inner = node.value[-1]
        return _last(inner[1] if isinstance(inner, tuple) else inner)
    return int(node.end_mark.index)


def _below(text: str, place: int, lines: list[str]) -> str:
    """Put lines below the one that a place is on; a place at a line's beginning is the end of the line above."""
    if not place or text[place - 1] != "\n":
        end = text.find("\n", place)
        place = end + 1 if end >= 0 else len(text)
    above = _ended(text[:place])
    return above + "".join(f"{line}\n" for line in lines) + text[place:]


def _before_end(text: str, node: yaml.CollectionNode, entry: str) -> str:
    """Put an entry behind the last of a list or a table in brackets."""
    end = node.end_mark.index - 1
    inside = text[node.start_mark.index + 1 : end]
    behind = len(inside) - len(inside.rstrip())
    comma = "" if not node.value or inside.rstrip().endswith(",") else ","
    blank = " " if node.value else ""
    return f"{text[: end - behind]}{comma}{blank}{entry}{text[end - behind :]}"


def _is_added(before: yaml.MappingNode, text: str) -> bool:
    """Return whether a text says what it said before, and lists hexapla besides."""
    try:
        after = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    if not isinstance(after, yaml.MappingNode):
        return False
    old, new = (dict(_plain(node)[1]) for node in (before, after))
    was, listed = _entries(old.pop("plugins", None)), _entries(new.pop("plugins", None))
    return new == old and listed[:-1] == was


def _entries(plugins: tuple[str, Any] | None) -> tuple[Any, ...]:
    """Return the plugins that a list or a table names, with what they are given; without one, mkdocs' own."""
    return plugins[1] if plugins and isinstance(plugins[1], tuple) else (("tag:yaml.org,2002:str", "search"),)


def _plain(node: yaml.Node) -> tuple[str, Any]:
    """Return a node as values that can be compared, whatever its tags stand for."""
    if isinstance(node, yaml.MappingNode):
        return node.tag, tuple((key.value, _plain(value)) for key, value in node.value)
    if isinstance(node, yaml.SequenceNode):
        return node.tag, tuple(map(_plain, node.value))
    return node.tag, node.value
