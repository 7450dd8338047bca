"""Front matter of an old post: made of its lines of metadata, or as it was but for keys that are written or taken out.

Lines `Title: …`, `Date: …` at a post's top are Pelican's and MultiMarkdown's. Sources:
https://docs.getpelican.com/en/latest/content.html#file-metadata,
https://python-markdown.github.io/extensions/meta_data/.
"""

import json
import re
from collections.abc import Mapping

_LINE = re.compile(r"(?P<key>[A-Za-z][\w-]*+):(?:[ \t]++(?P<value>.*))?")
_KNOWN = frozenset(
    {"author", "authors", "category", "date", "lang", "modified", "slug", "status", "summary", "tags"}
)
"""Beside a title, what says that these lines are metadata and no text."""
_NAMES = {"modified": "updated", "summary": "description", "authors": "author"}
_DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?=\D|\Z)")


def with_fences(text: str) -> str:
    """Return a post with its metadata as front matter between two lines `---`; the same post where it has none."""
    given: dict[str, str] = {}
    key, length = "", 0
    for line in text.split("\n"):
        match = _LINE.fullmatch(line)
        if match:
            key = match["key"].lower()
            given[key] = (match["value"] or "").strip()
        elif key and line.startswith(("    ", "\t")) and line.strip():
            given[key] = f"{given[key]} {line.strip()}".strip()
        else:
            break
        length += len(line) + 1
    if "title" not in given or _KNOWN.isdisjoint(given):
        return text
    keys = (_written(name, value) for name, value in given.items() if value)
    return "\n".join(("---", *filter(None, keys), "---", text[length:]))


def _written(name: str, value: str) -> str:
    """Return a line of YAML; empty for what means nothing on this site."""
    if name == "status":
        return "draft: true" if value.lower() == "draft" else ""
    if name == "tags":
        tags = [tag.strip() for tag in re.split(r"[,;]", value) if tag.strip()]
        return f"tags: {json.dumps(tags, ensure_ascii=False)}"
    day = _DAY.match(value) if name in ("date", "modified") else None
    if day:
        return f"{_NAMES.get(name, name)}: {day[1]}-{day[2]:0>2}-{day[3]:0>2}"
    if name == "translation":
        return "translated: true" if value.lower() == "true" else ""
    return f"{_NAMES.get(name, name)}: {json.dumps(value, ensure_ascii=False)}"


def with_keys(head: str, keys: Mapping[str, object]) -> str:
    """Write keys into a front matter, in place of those of the same name: as JSON, which is YAML and TOML, too."""
    if not keys:
        return head
    for key in keys:
        head = without_key(head, key)
    is_toml = head.startswith("+++")
    lines = [
        f"{key} = {json.dumps(value, ensure_ascii=False)}" if is_toml else f"{key}: {_yaml(value)}"
        for key, value in keys.items()
    ]
    if not head:
        return "\n".join(("---", *lines, "---", "", ""))
    start, _, rest = head.partition("\n")
    return "\n".join((start, *lines, rest))


def _yaml(value: object) -> str:
    """Write a value of a key; a plain word needs no quotes."""
    written = json.dumps(value, ensure_ascii=False)
    plain = (
        isinstance(value, str)
        and value.replace("-", "").isalpha()
        and value.lower() not in ("no", "yes", "on", "off", "true", "false", "null", "y", "n")
    )
    return str(value) if plain else written


def without_key(text: str, key: str) -> str:
    """Return a post's text without a key of its front matter."""
    lines = text.split("\n")
    return "\n".join(line for line in lines if not line.startswith((f"{key}:", f"{key} =", f"{key}=")))
