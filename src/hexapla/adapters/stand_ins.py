"""Stand-ins: the pages of a built site where none is: at an old address, or in a language that lacks an article."""

from collections.abc import Iterator

from hexapla.publish import addresses
from hexapla.publish.publication import Publication
from hexapla.storage import files


def write_stand_ins(publication: Publication) -> Iterator[str]:
    """Write them where nothing else is; yield what is to be told of those that cannot be."""
    yield from _keep_old_addresses(publication)
    for file, html in publication.stand_ins():
        if not publication.is_there(file):
            files.write(publication.folder / file, html, durable=False)


def _keep_old_addresses(publication: Publication) -> Iterator[str]:
    """Write the pages that lead from where articles were to where they are."""
    moved = tuple(addresses.redirects(publication.pages, publication.where))
    if not moved:
        return
    from mkdocs_redirects.plugin import write_html

    for page, file, link in moved:
        target = publication.folder / file
        why = "another page has it"
        if (
            not target.exists()
            and not publication.is_there(file)
            and not any(folder.is_file() for folder in target.parents)
        ):
            try:
                write_html(str(publication.folder), file, link)
                continue
            except OSError as error:
                why = f"{error.strerror}"
        yield f"{page.language}/{page.name}.md: the old address `{file}` is not kept: {why}."
