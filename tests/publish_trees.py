"""What the tests of a page's content share: a function over its tree, as one from HTML to HTML."""

from collections.abc import Callable
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.publish.content import fragment_html, parse_fragment


def done(html: str, step: Callable[[LexborHTMLParser, LexborNode], Any]) -> tuple[str, Any]:
    """Return the HTML after a step, and what the step returned."""
    tree, content = parse_fragment(html)
    result = step(tree, content)
    return fragment_html(content), result
