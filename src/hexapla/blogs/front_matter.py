"""Front matter of an old post, as it was but for keys that are written or taken out. YAML or Hugo's TOML."""

import json
from collections.abc import Mapping


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
