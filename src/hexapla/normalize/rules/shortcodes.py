"""Shortcodes: what shows a picture, or another site's page, in Hugo's, Hexo's and kramdown's words."""

import html
import re
from collections.abc import Mapping
from urllib.parse import quote

from hexapla.normalize.rules.rule import Draft

_PICTURES = re.compile(r"\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$", re.I)
_OTHERS = re.compile(
    r"\.(?:base|canvas|csv|docx?|flac|html?|ipynb|json|m4a|mov|mp[34]|ogg|pdf|pptx?|txt|wav|webm|xlsx?|zip)$",
    re.I,
)
PICTURE = re.compile(r"!\[(?P<alt>[^\[\]\n]*+)\]\((?P<src>[^\s()]++)\)\{(?!:)(?P<list>[^{}\n]*+)\}")
REFERENCE = re.compile(r"\{\{[<%]\s*+(?:rel)?ref\s++[\"'`]?(?P<path>[^\"'`\s>%]++)[\"'`]?[^{}>%]*[>%]\}\}")
SHORTCODE = re.compile(
    r"\{\{[<%]\s*+(?P<name>figure|gist|image|img|instagram|tweet|vimeo|x|youtube)\b(?P<arguments>(?:[^>%{]|\{(?!\{)|[>%](?!\}\}))*+)[>%]\}\}"
)
HEXO = re.compile(
    r"\{%-?\s*+(?P<name>asset_img|asset_link|embed|gist|img|post_link|tweet|vimeo|youtube)\s++(?P<arguments>(?:[^%\n]|%(?!\}))*+)%\}"
)
_PAIR = re.compile(r"(?<![\w-])(?P<key>[\w-]++)=(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'}]++))")
_WORD = re.compile(r"\"([^\"]*+)\"|'([^']*+)'|(\S++)")
PLACES = {
    "youtube": "https://www.youtube.com/watch?v={}", "vimeo": "https://vimeo.com/{}", "gist": "https://gist.github.com/{}",
    "tweet": "https://x.com/i/status/{}", "x": "https://x.com/i/status/{}", "instagram": "https://www.instagram.com/p/{}/",
}  # fmt: skip
"""Where other sites show what is named by an identity."""


def is_other(name: str) -> bool:
    """Return whether a file's name is that of a file that is neither a text nor a picture."""
    return bool(_OTHERS.search(name))


def is_picture(name: str) -> bool:
    """Return whether a file's name is that of a picture."""
    return bool(_PICTURES.search(name))


def sized_picture(match: re.Match[str], _draft: Draft) -> str:
    """Write a picture with a size as HTML, which is all that keeps the size."""
    options = _options(match["list"])
    sizes = "".join(
        f' {key}="{html.escape(options[key])}"' for key in ("width", "height") if options.get(key)
    )
    if not sizes:
        return f"![{match['alt']}]({match['src']})"
    return f'<img src="{match["src"]}" alt="{html.escape(match["alt"])}"{sizes}>'


def _figure(options: Mapping[str, str]) -> str:
    source = options.get("src") or options.get("link") or ""
    alt = options.get("alt") or options.get("caption") or options.get("title") or ""
    words = re.sub(r"[][]", "", alt)
    picture = f"![{words}]({quote(source, safe='/:%?=&#~+@,')})"
    caption = options.get("caption") or options.get("title")
    return f"{picture}\n\n*{caption.strip()}*" if caption else picture


def shortcode(match: re.Match[str], _draft: Draft) -> str:
    """Write what shows a picture as one, and what shows another site's as a link there."""
    name, given = match["name"], match["arguments"].rstrip("-/ ")
    options = _options(given)
    words = [next(filter(None, groups), "") for groups in _WORD.findall(_PAIR.sub(" ", given))]
    if name in ("figure", "image", "img", "asset_img"):
        source = options.get("src") or next((word for word in words if is_picture(word)), "")
        rest = [word for word in words if word != source and not word.isdigit()]
        return _figure({"alt": " ".join(rest), **options, "src": source}) if source else match[0]
    if name in ("post_link", "asset_link") and words:
        ending = ".md" if name == "post_link" and not words[0].endswith(".md") else ""
        return f"[{' '.join(words[1:]) or words[0]}]({quote(words[0])}{ending})"
    if name == "embed" and words:
        address = given.split()[0]
        return f"<{address}>" if "://" in address else match[0]
    identity = options.get("id") or "/".join(words[:2] if name == "gist" else words[-1:])
    return f"<{PLACES[name].format(identity)}>" if name in PLACES and identity else match[0]


def _options(given: str) -> dict[str, str]:
    return {
        match["key"].lower(): next(filter(None, match.groups()[1:]), "") for match in _PAIR.finditer(given)
    }


def reference(match: re.Match[str], _draft: Draft) -> str:
    """Write what `ref` leads to as the path of a post."""
    page, mark, fragment = match["path"].partition("#")
    ending = "" if not page or page.endswith((".md", "/")) else ".md"
    return f"{page}{ending}{mark}{fragment}"
