"""Content words: what Python-Markdown puts into every page in English, in the reader's language."""

from selectolax.lexbor import LexborNode

from hexapla.render.labels import Labels, borrows_words, direction, labels, language_of_words

_KINDS = frozenset(("note", "tip", "important", "warning", "caution"))
_PERMALINK = "Permanent link"
_FOOTNOTE = ("Jump back to footnote ", " in the text")
"""What stands before and after a footnote's number."""
_OURS = (
    ".hexapla-ran, .hexapla-missing, .hexapla-more, .hexapla-fold > summary, .hexapla-value > .filename, "
    ".output > .filename, #hexapla-related, h2#newest, h2#topics"
)
"""What the tool itself says in a page's content; its banners name their language themselves."""


def word(content: LexborNode, language: str, shown: str) -> None:
    """Word a page's content for readers of `language`; its text is in the language `shown`.

    Notes and warnings without a title of their own have it in the text's language, for they are part of it. What
    headings' signs and footnotes' arrows say under the pointer is in the reader's. Words that another language lends to
    the reader's say in which they are.
    """
    for alert in content.css("div.admonition > p.admonition-title:first-child"):
        _title(alert, labels(shown))
    readers = labels(language)
    for link in content.css("a.headerlink, a.footnote-backref"):
        title, names = link.attributes.get("title") or "", (link.attributes.get("class") or "").split()
        before, after = _FOOTNOTE
        number = title.removeprefix(before).removesuffix(after)
        if "headerlink" in names and title == _PERMALINK:
            link.attrs["title"] = readers.permalink
        elif title == f"{before}{number}{after}" and number.isdecimal():
            link.attrs["title"] = readers.footnote.format(number=number)
    if borrows_words(language):
        _name_language(content, language_of_words(language))


def _name_language(content: LexborNode, spoken: str) -> None:
    """Say of the tool's own words in which language they are, where it is not the page's."""
    for words in content.css(_OURS):
        words.attrs["lang"] = spoken
        words.attrs["dir"] = direction(spoken)


def _title(title: LexborNode, text: Labels) -> None:
    """Translate a title that Python-Markdown made of the kind's name."""
    kinds = ((title.parent and title.parent.attributes.get("class")) or "").split()[1:2]
    said = title.first_child
    if said is not None and said.is_text_node and _KINDS.issuperset(kinds):
        for kind in kinds:
            if title.text() == kind.capitalize():
                said.replace_with(str(getattr(text, kind)))
