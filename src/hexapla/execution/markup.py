"""Markup: the HTML by which a program's values show themselves, with nothing in it but tables, lists and words.

Ammonia cleans it, through nh3: it reads HTML as browsers do and writes anew what is allowed. Styles, classes and ids
go too: they would change the page around, and be others at each run.
"""

from typing import Any

_TAGS = """
    a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure h3 h4 h5 h6 hr i img
    ins kbd li mark ol p pre q s samp small span strong sub summary sup table tbody td tfoot th thead tr u ul var
""".split()
_ATTRIBUTES = {
    "*": {"title", "lang", "dir"},
    "a": {"href"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "scope"},
}
_PICTURES = (
    "data:image/png;base64,",
    "data:image/jpeg;base64,",
    "data:image/gif;base64,",
    "data:image/webp;base64,",
)


def sanitized(html: str) -> str:
    """Return HTML that shows the same words and pictures, and can do nothing else."""
    # Not above: the process that programs are forked from does not need it.
    import nh3

    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto", "data"},
        clean_content_tags={"script", "style", "title", "template", "noscript"},
        link_rel="noopener noreferrer nofollow",
    )


def _attribute(tag: str, name: str, value: str) -> Any:
    """Keep a picture only where it brings itself, and a link only where it leads somewhere."""
    if name == "src":
        return value if value.startswith(_PICTURES) else None
    return None if name == "href" and value.lstrip().lower().startswith("data:") else value
