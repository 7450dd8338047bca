"""Metadata: lines `Title: …`, `Date: …` at a post's top, as Pelican and MultiMarkdown have them, as front matter.

Sources: https://docs.getpelican.com/en/latest/content.html#file-metadata,
https://python-markdown.github.io/extensions/meta_data/.
"""

import json
import re

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
