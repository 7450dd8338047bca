"""Diagrams: Mermaid's are drawn in the reader's browser, by a library that comes with the site.

Only a site with a diagram gets it, and only a page with one loads it. Without scripts, readers see the diagram's text.
"""

from selectolax.lexbor import LexborNode

FOLDER = "assets/hexapla/mermaid"
"""Where the library is in a built site."""
VERSION = "11.17.2"
"""Mermaid's, https://www.npmjs.com/package/mermaid, MIT: the last of the major version that the theme asks for."""
SHA256 = "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8"
"""The digest of `dist/mermaid.min.js` in the package `mermaid` of that version, which is here as it is there."""

FILES = ("frame.html", "frame.js", "mermaid.min.js")
"""What draws them, below `templates/mermaid/`."""


def call(content: LexborNode, word: str) -> bool:
    """Say of each diagram what it is called where its author gave it no title; return whether there is one."""
    diagrams = content.css("pre.mermaid")
    for diagram in diagrams:
        diagram.attrs["data-called"] = word
    return bool(diagrams)
