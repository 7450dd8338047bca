"""Not found: the 404 page of a language, out of the theme's, which is in English and links to another page."""

import re
from collections.abc import Sequence
from html import escape

from hexapla.render.labels import direction, labels

_HEADING = re.compile(r"<h1>404[^<]*</h1>")
_SWITCHER = re.compile(r'<a href="[^"]*" hreflang="(?P<code>[^"]*)" class="md-select__link">')


def page(html: str, language: str, *, root: str, folders: Sequence[tuple[str, str]]) -> str:
    """Return a language's 404 page.

    `root` is the path that the site's root has on its server, `folders` each language with its folder. The
    first language's page speaks all of them: most servers show it whatever the address.
    """
    where = {code: f"{root}{folder}" for code, folder in folders}
    words = labels(language)
    codes = [code for code, _ in folders] if language == folders[0][0] else [language]
    content = "\n".join((f"<h1>{words.not_found}</h1>", *(_said(code, where) for code in codes)))
    html = _HEADING.sub(lambda _: content, html)
    html = re.sub(r"<title>", f"<title>{escape(words.not_found)} - ", html, count=1)
    return _SWITCHER.sub(
        lambda match: (
            f'<a href="{where.get(match["code"], root)}" hreflang="{match["code"]}" class="md-select__link">'
        ),
        html,
    )


def _said(language: str, where: dict[str, str]) -> str:
    """Return what is said in a language, and where its home page is."""
    words = labels(language)
    return (
        f'<p lang="{language}" dir="{direction(language)}">{words.not_found_text}<br>\n'
        f'<a href="{where[language]}">{words.home}</a></p>'
    )
