"""Policy: what a page may load and run (Content Security Policy, level 3).

The scripts and styles that templates write into a page run by their hashes. What stands in a post, an output or a
title was no part of a template, has no hash, and does not run. Nor does any file that a post could have published: a
browser takes a text of whatever kind for a script. So on pages that are made of posts a script is loaded where a
template has said so, by a nonce that is the page's digest: who writes a post can't have the digest of the page in it.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from jinja2.ext import Extension

PLACE = f"policy-{secrets.token_hex(16)}"
"""Stands for the policy until the page is rendered: only then its hashes are known."""
_BEGIN, _END = (
    {kind: f"{edge}-{kind}-{secrets.token_hex(16)}" for kind in ("script", "style")} for edge in ("b", "e")
)
"""Stand around inline code until the page is rendered. Nobody who writes a post can know them."""
LOADED = f' nonce="{secrets.token_hex(16)}"'
"""Stands in a tag that loads a script until the page is rendered."""
_TAGS = tuple(f"{begin}{kind}" for kind in _BEGIN for begin in ("<", "</"))
_DATA = ("application/json", "application/ld+json")

DEFAULT = (
    "default-src 'self'; script-src {loaded} {scripts}; worker-src 'self'; style-src 'self' {styles}; "
    "style-src-attr 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'self'; form-action 'self'"
)
"""`{scripts}` and `{styles}` stand for the hashes, `{loaded}` for what scripts may be loaded.

Attributes `style` are how Markdown aligns the cells of a table."""


class InlineCode(Extension):
    """Marks the inline scripts and styles of each template that is compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return a template's text with marks around its inline code."""
        return marked(source)


def marked(source: str) -> str:
    """Return a template's text with marks around its inline code, and in its tags that load scripts."""
    return "".join(_marked(source))


def _marked(source: str) -> Iterator[str]:
    """Yield the parts of a template: a mark behind each tag that opens inline code, one before each that closes code.

    Tags are looked at one by one: which of them meet is only known when the template is rendered.
    """
    rest = source
    while tag := _next(rest):
        before, opening, rest = rest.partition(tag)
        if tag.startswith("</"):
            yield f"{before}{_END[tag[2:]]}{opening}"
            continue
        attributes, end, rest = rest.partition(">")
        if tag == "<script" and "src=" in attributes:
            yield f"{before}{opening}{LOADED}{attributes}{end}"
            continue
        data = any(data in attributes for data in _DATA)
        yield f"{before}{opening}{attributes}{end}{'' if data or not end else _BEGIN[tag[1:]]}"
    yield rest


def _next(source: str) -> str:
    """Return the beginning of the tag of code that comes next; empty where none does."""
    places = {tag: source.find(tag) for tag in _TAGS}
    return min((tag for tag, place in places.items() if place >= 0), key=places.__getitem__, default="")


def loading(tag: str) -> str:
    """Return a tag of a script as a template has it that loads it."""
    return tag.replace("<script", f"<script{LOADED}", 1)


def sealed(html: str, policy: str, *, trusted: bool = True) -> str:
    """Return a rendered page with its policy.

    In it, `{scripts}` and `{styles}` stand for hashes of inline code, and `{loaded}` for the site's own files where
    the page is `trusted`, or else for what templates load.
    """
    nonce = ""
    if PLACE in html and "{loaded}" in policy:
        nonce = "" if trusted else _digest(_without_marks(html).replace(LOADED, ""))
        policy = policy.replace("{loaded}", f"'nonce-{nonce}'" if nonce else "'self'")
    head, place, rest = html.partition(PLACE)
    if place:
        for kind, name in (("script", "{scripts}"), ("style", "{styles}")):
            policy = policy.replace(name, " ".join(_hashes(html, kind)))
        html = f"{head}{_attribute(policy)}{rest}"
    return _without_marks(html).replace(LOADED, f' nonce="{nonce}"' if nonce else "")


def _without_marks(html: str) -> str:
    for mark in (*_BEGIN.values(), *_END.values()):
        html = html.replace(mark, "")
    return html


def _digest(text: str) -> str:
    """Return a text's digest as policies write them."""
    return base64.b64encode(hashlib.sha256(text.replace(PLACE, "").encode()).digest()).decode()


def _hashes(html: str, kind: str) -> Iterable[str]:
    """Return the hashes of a page's inline code of one kind, each once, as a policy writes them."""
    return dict.fromkeys(f"'sha256-{_digest(body)}'" for body in _bodies(html, kind))


def _bodies(html: str, kind: str) -> Iterator[str]:
    """Yield what stands between marks of one kind; inner ones are part of the code."""
    rest = html
    while True:
        _, begin, rest = rest.partition(_BEGIN[kind])
        body, end, rest = rest.partition(_END[kind])
        if not begin or not end:
            return
        yield body.replace(_BEGIN[kind], "")


def _attribute(policy: str) -> str:
    """Return a policy as the value of an attribute, without blanks that nothing filled."""
    text = "; ".join(" ".join(directive.split()) for directive in policy.split(";") if directive.strip())
    return escape(text, quote=False).replace('"', "&quot;")


def allowing(sources: Mapping[str, Iterable[str]]) -> str:
    """Return the default policy with further sources by directive: what mkdocs.yml itself asks for."""
    parts = (directive.strip().partition(" ") for directive in DEFAULT.split(";"))
    directives = {name: values for name, _, values in parts}
    for name, several in sources.items():
        given = dict.fromkeys(several)
        if given:
            directives[name] = " ".join((directives.get(name, "'self'"), *given))
    return "; ".join(f"{name} {values}" for name, values in directives.items())
