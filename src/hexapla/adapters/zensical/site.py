"""Site: every language's project built by Zensical, and what it makes put together and finished."""

import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

import zensical
from zensical import config as settings
from zensical.markdown import render

from hexapla import site
from hexapla.adapters import stand_ins
from hexapla.adapters.mkdocs.conversion import Contained
from hexapla.adapters.mkdocs.injecting import Injecting
from hexapla.adapters.mkdocs.output_fences import OutputFences
from hexapla.adapters.mkdocs.publishing import publication_of
from hexapla.adapters.mkdocs.site_settings import SiteSettings, empty_site, site_settings
from hexapla.adapters.zensical import templates
from hexapla.adapters.zensical.project import SITE, TEMPLATES, Project, projects, write_configuration
from hexapla.config.config import Config, load
from hexapla.config.document import read_yaml
from hexapla.model.errors import Crash, HexaplaError, attempt
from hexapla.normalize.target.highlighting import highlight_once
from hexapla.publish import finish
from hexapla.publish.content import Content
from hexapla.publish.frame import Frame
from hexapla.publish.publication import Publication
from hexapla.publish.sources import PageSource
from hexapla.storage import files
from hexapla.storage.crashes import crash_problems

_WORK = Path(".hexapla", "zensical")
"""Below the site's folder: the projects, as long as they are built."""
_KNOWN = frozenset(("search", "material/search", "hexapla", "i18n", "redirects"))
"""The plugins of mkdocs' whose work is done here, by whom ever."""
_MISSING = "404.html"
_BEGIN, _END = (f"<!-- {edge}-{secrets.token_hex(16)} -->" for edge in ("begin", "end"))
"""Stand around the content of a page until it is in place: Zensical leads the links in it elsewhere once more."""


def build_site(file: Path) -> Iterator[str]:
    """Build the site of an mkdocs.yml; yield what its author is to be told.

    Raises:
        HexaplaError: Zensical cannot build it.
    """
    config = load(file)
    work = config.root / _WORK
    shutil.rmtree(work, ignore_errors=True)
    try:
        yield from _built(config, site_settings(file), work)
        empty_site(config.site)
        config.site.mkdir(parents=True, exist_ok=True)
        for path in (work / SITE).iterdir():
            shutil.move(path, config.site / path.name)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _built(config: Config, theirs: SiteSettings, work: Path) -> Iterator[str]:
    """Build a site below a folder; yield what is to be told."""
    if others := sorted(name for name in theirs.plugins if name.rpartition("/")[2] not in _KNOWN):
        yield f"{config.file.name}: Zensical is not given these plugins of mkdocs': {', '.join(others)}."
    values = read_yaml(config.file).values["theme"]
    theme = values if isinstance(values, dict) else {"name": values}
    theirs.site_dir = str(work / SITE)
    # Its search has a style sheet in its script.
    publication = publication_of(theirs, config, writes_styles=True)
    custom = config.root / str(theme["custom_dir"]) if theme.get("custom_dir") else None
    templates.write_templates(work / TEMPLATES, custom)
    injecting, missing = Injecting(), {}
    if config.pages:
        injecting.begin(site.read_pages(config))
    for project in projects(publication, theirs, work, injecting):
        language = project.language
        frame = publication.frame_of_missing(language)
        told = _told(frame)
        made = _Pages(publication, project)
        made.build(write_configuration(project, publication, theirs, theme, told))
        yield from made.remarks
        made.put_in_place()
        missing[language], _ = publication.rendered(files.read_post(project.folder / SITE / _MISSING), frame)
    finish.publish(publication, missing, searched=False)
    yield from (str(publication.remarks.broken(link.path, link.address)) for link in publication.dead_links())
    yield from stand_ins.write_stand_ins(publication)


def _told(frame: Frame, homes: dict[str, str] | None = None) -> Any:
    """Return a frame as values that travel into the templates; `homes` is where the list of languages leads."""
    return json.loads(json.dumps(asdict(replace(frame, homes=homes or frame.homes))))


class _Pages:
    """The pages of a project, while Zensical makes them."""

    def __init__(self, publication: Publication, project: Project) -> None:
        self._publication, self._project = publication, project
        self._made: dict[str, tuple[str, Frame]] = {}
        """Content and frame of the pages that were made, by file of the site."""
        self.remarks: list[str] = []

    def build(self, configuration: Path) -> None:
        """Have Zensical build the project.

        Raises:
            HexaplaError: it cannot.
        """
        highlight_once()
        theirs = render.render
        vars(render)["render"] = partial(self._rendered, theirs)
        try:
            zensical.build(str(configuration), {"clean": True, "strict": False})
        # Rust's panics are no `Exception`.
        except BaseException as error:
            raise HexaplaError(f"{self._project.language}: {error}") from error
        finally:
            vars(render)["render"] = theirs

    def _rendered(self, theirs: Any, content: str, path: str, url: str, *more: Any) -> dict[str, Any]:
        """Return what Zensical makes of a page's Markdown, with its content finished, and its frame."""
        extensions: list[Any] = settings.get_config()["markdown_extensions"]
        if not any(isinstance(one, OutputFences) for one in extensions):
            extensions += [OutputFences(), Contained(self._converted)]
        made: dict[str, Any] = theirs(content, path, url, *more)
        source, language = self._project.sources[path], self._project.language
        finished = attempt(source, partial(self._publication.content, made["content"], source, language))
        if isinstance(finished, Crash):
            self._tell(finished)
            finished = Content(html=made["content"])
        self.remarks += self._publication.remarks.of(source, finished)
        frame = self._publication.frame(source, language, finished)
        page = self._publication.source(source, language)
        self._made[self._publication.where.file(page)] = finished.html, frame
        told = _told(frame, self._versions(page))
        marked = f"{_BEGIN}{finished.html}{_END}"
        return made | {"content": marked, "meta": {**made["meta"], "hexapla": told}}

    def _converted(self, convert: Callable[[str], str], markdown: str) -> str:
        """Return the HTML of a page's Markdown; where an extension cannot make it, the Markdown as it is."""
        html = attempt(self._project.language, partial(convert, markdown))
        if isinstance(html, Crash):
            self._tell(html)
            return f"<pre>{escape(markdown)}</pre>"
        return html

    def _tell(self, crash: Crash) -> None:
        self.remarks += map(str, crash_problems(self._publication.config.root, [crash]))

    def _versions(self, page: PageSource) -> dict[str, str]:
        """Return where readers of each language find a page, or else their home page."""
        publication = self._publication
        where = replace(publication.where, site_url="")
        here, names = where.file(page), {(one.language, one.name) for one in publication.pages}
        default = publication.config.default_language
        links = {}
        for code in publication.config.codes:
            there = any(
                (one, page.name) in names and publication.lends(f"{one}/{page.name}.md", code)
                for one in (code, default)
            )
            other = (
                replace(page, language=code) if there else PageSource(language=code, name="index", text="")
            )
            links[code] = where.link(other, seen_from=here)
        return links

    def put_in_place(self) -> None:
        """Put what Zensical made into the site, each page sealed."""
        publication, made = self._publication, self._project.folder / SITE
        target = publication.folder / publication.where.folder(self._project.language)
        for file, (content, frame) in self._made.items():
            path = made / file.removeprefix(publication.where.folder(self._project.language))
            before, _, rest = files.read_post(path).partition(_BEGIN)
            html, _ = publication.rendered(f"{before}{content}{rest.rpartition(_END)[2]}", frame)
            files.write(path, html, durable=False)
        for name in ("sitemap.xml", "sitemap.xml.gz"):
            (made / name).unlink(missing_ok=True)
        for path in made.rglob("*"):
            place = target / path.relative_to(made)
            if path.is_file() and not place.exists() and path != made / _MISSING:
                place.parent.mkdir(parents=True, exist_ok=True)
                os.link(path, place)
