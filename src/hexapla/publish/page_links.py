"""Page links: where links in a page's content lead, in every element and attribute, and which ids its sections have.

A builder follows the links that Markdown made. Those in raw HTML stay as their author wrote them, and a builder of one
language does not know the pages of the others: both are mended here, where the page's place is known.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath, relpath
from urllib.parse import quote, unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from hexapla.normalize.anchors import Anchors, anchors_in, sections_in
from hexapla.normalize.html_addresses import ADDRESSED, addresses_in, split_address
from hexapla.publish.addresses import Addresses
from hexapla.publish.sources import PageSource

_ADDRESSED = ", ".join(f"[{name}]" for name in ADDRESSED).replace(":", r"\:")


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """What links of a site can lead to."""

    addresses: Addresses
    languages: Collection[str]
    pages: Collection[tuple[str, str]]
    """The language and the name of each page."""
    is_file: Callable[[str], bool]
    """Whether there is a file, by its path below docs/."""

    def link(self, address: str, page: PageSource) -> str | None:
        """Return where a link of a page leads from the page as it is built; None where it leads nowhere.

        An address that leads nowhere from the page, and somewhere from its Markdown, is meant so.
        """
        parts = split_address(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
            return address
        here = replace(self.addresses, site_url="")
        file, path = here.file(page), unquote(parts.path)
        if self._is_there(normpath(join(dirname(file), path)), path):
            return address
        tail = address[len(parts.path) :]
        source = normpath(join(dirname(f"{page.language}/{page.name}"), path))
        language, _, name = source.partition("/")
        if source.endswith(".md") and language in self.languages and not tail.startswith("?"):
            name = name.removesuffix(".md")
            versions = (language, self.addresses.default_language, *self.languages)
            shown_in = next((code for code in versions if (code, name) in self.pages), "")
            if not shown_in and language == page.language:
                return None
            return f"{here.link(PageSource(language=shown_in or language, name=name, text=''), seen_from=file)}{tail}"
        if source.startswith("..") or not self.is_file(source):
            return None
        built = source.removeprefix(f"{self.addresses.default_language}/")
        return f"{quote(relpath(built, dirname(file) or '.'))}{tail}"

    def _is_there(self, path: str, written: str) -> bool:
        """Return whether something will be at a path of the built site."""
        if path.endswith(".md") or path.startswith(".."):
            return False
        path = "" if path == "." else path
        language, _, inner = path.partition("/")
        language, inner = (
            (language, inner) if language in self.languages else (self.addresses.default_language, path)
        )
        stem = inner.removesuffix(".html").removesuffix("index").rstrip("/")
        names = (stem, f"{stem}/index".lstrip("/"))
        is_page = not self.addresses.directory_urls or written.endswith(("/", "..", ".", "index.html"))
        codes = (language, self.addresses.default_language)
        if is_page and any((code, name) in self.pages for name in names for code in codes):
            return True
        default_folder = f"{self.addresses.default_language}/"
        return (not path.startswith(default_folder) and self.is_file(path)) or self.is_file(
            f"{default_folder}{path}"
        )


def lead(content: LexborNode, page: PageSource, places: Places) -> dict[str, str | None]:
    """Have the links of a page's content lead where their author meant; return where each leads, None for nowhere."""
    leads: dict[str, str | None] = {}
    for node in content.css(_ADDRESSED):
        for name in ADDRESSED:
            written = node.attributes.get(name)
            if not written:
                continue
            mended = written
            spans = addresses_in(node.tag or "", name, written)
            for address in dict.fromkeys(written[start:end].strip() for start, end in spans):
                leads[address] = link = places.link(address, page)
                if link is not None and link != address:
                    mended = mended.replace(address, link)
            if mended != written:
                node.attrs[name] = mended
    return leads


def add_anchors(tree: LexborHTMLParser, content: LexborNode, first: Anchors | None) -> Anchors:
    """Give each heading an id, and those that it has on GitHub and in the `first` version of the page.

    Where the two versions have other sections, they share none. Returns the anchors that the page has now.
    """
    anchors = anchors_in(content)
    taken = set(anchors.ids)
    shared = anchors.counterparts(first) if first is not None else ()
    for number, (heading, anchor) in enumerate(tuple(sections_in(content))):
        names = [anchor.github]
        if shared and (section := shared[number]):
            names += [section.id, section.github]
        free = [name for name in dict.fromkeys(names) if name and name not in taken]
        taken.update(free)
        if not heading.attributes.get("id") and free:
            heading.attrs["id"] = free.pop(0)
        for name in free:
            mark = tree.create_node("span")
            mark.attrs["id"] = name
            before = heading.first_child
            if before is None:
                heading.insert_child(mark)
            else:
                before.insert_before(mark)
    return anchors_in(content)
