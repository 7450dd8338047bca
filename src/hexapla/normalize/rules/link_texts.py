"""Link texts: what the text of a link is written as, so that the site shows it as its author meant."""

import re
from collections.abc import Container
from urllib.parse import unquote

from hexapla.normalize.rules.code import is_code

_WIKI = re.compile(r"\[(?P<text>[^\[\]\n]++)\]\(<(?P<target>[^<>\n]++)>\)")
"""As a link to a note by its name is written (`foreign.py`)."""
_LINKED_ADDRESS = re.compile(r"(?P<tag><a\s[^<>]*+>)(?P<text>[^<]*+)(?=</a>)", re.IGNORECASE)
_ADDRESS_SIGN = re.compile(r":(?=//)|(?<=www)\.|@")


def unwritten(body: str, broken: Container[str]) -> str:
    """Write links to notes that are not there as text, with the brackets where `[[Name]]` may be none of a wiki's."""

    def written(match: re.Match[str]) -> str:
        name = match["target"].partition("#")[0]
        if name not in broken or is_code(body, match.start()):
            return match[0]
        is_name = unquote(match["target"]).removesuffix(".md") == match["text"]
        return rf"\[\[{match['text']}\]\]" if is_name else match["text"]

    return _WIKI.sub(written, body)


def plain_in_links(body: str) -> str:
    """Write an address that is the text of a link in HTML so that Python-Markdown makes no second link of it."""

    def plain(match: re.Match[str]) -> str:
        text = _ADDRESS_SIGN.sub(lambda sign: f"&#{ord(sign[0])};", match["text"])
        return match[0] if text == match["text"] or is_code(body, match.start()) else f"{match['tag']}{text}"

    return _LINKED_ADDRESS.sub(plain, body)
