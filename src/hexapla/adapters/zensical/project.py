"""Project: one language of a site as a project of Zensical's own: Markdown, other files, a configuration."""

import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from hexapla.adapters.mkdocs.injecting import Injecting
from hexapla.adapters.mkdocs.navigation import begun
from hexapla.adapters.mkdocs.site_settings import SiteSettings, head_parted, is_excluded
from hexapla.adapters.zensical.navigation import Listed, in_words, navigation
from hexapla.publish.publication import Publication
from hexapla.publish.sources import PageSource
from hexapla.render import article_page, lists
from hexapla.render.labels import label_section
from hexapla.storage import files

DOCS, SITE, TEMPLATES, CONFIGURATION = "docs", "site", "templates", "mkdocs.yml"
_OWN = ("site_name", "site_description", "site_author", "copyright")
"""What the i18n plugin lets a language say otherwise, besides its theme and navigation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """One language's project."""

    folder: Path
    language: str
    settings: Any
    """What the i18n plugin is told of the language."""
    sources: Mapping[str, str]
    """The page below the site's docs/ that each page is made from, by path in the project."""


def projects(
    publication: Publication, config: SiteSettings, folder: Path, injecting: Injecting
) -> Iterator[Project]:
    """Write the pages of each language that is built; the default one comes first, for others lead to its sections."""
    i18n: Any = config.plugins["i18n"]
    built = [one for one in i18n.config.languages if one.build]
    lends = bool(i18n.config.fallback_to_default)
    pages = {one.locale: dict(_shown(publication, config, one.locale, lends=lends)) for one in built}
    publication.lend((code, path.removesuffix(".md")) for code, shown in pages.items() for path in shown)
    for settings in sorted(built, key=lambda one: not one.default):
        language = settings.locale
        docs, shown = folder / language / DOCS, pages[language]
        project = Project(folder=folder / language, language=language, settings=settings, sources=shown)
        _link_files(publication, config, docs, language)
        for path, source in shown.items():
            files.write(docs / path, _text(publication, project, source, injecting), durable=False)
        yield project


def _shown(
    publication: Publication, config: SiteSettings, language: str, *, lends: bool
) -> Iterator[tuple[str, str]]:
    """Yield the pages that readers of a language get, by path in its folder, each with its path below docs/."""
    default = publication.config.default_language
    for code in dict.fromkeys((default, language) if lends else (language,)):
        for page in publication.pages:
            path = f"{code}/{page.name}.md"
            if page.language == code and not is_excluded(config, path) and publication.lends(path, language):
                yield f"{page.name}.md", path


def _link_files(publication: Publication, config: SiteSettings, docs: Path, language: str) -> None:
    """Have a project hold the files of its language that are no pages, and those of all languages."""
    whole = publication.config.docs
    for path in sorted(whole.rglob("*")):
        inside = PurePosixPath(path.relative_to(whole).as_posix())
        code, *rest = inside.parts
        is_ours = code == language or code not in publication.config.codes
        if path.is_file() and path.suffix != ".md" and is_ours and not is_excluded(config, inside.as_posix()):
            target = docs.joinpath(*(rest if code == language else inside.parts))
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(path, target)
            except OSError:
                shutil.copyfile(path, target)


def _text(publication: Publication, project: Project, source: str, injecting: Injecting) -> str:
    """Return the Markdown of a page as its readers get it: with outputs, lists, and whose language it is in."""
    docs = publication.config.docs
    markdown, values = head_parted(files.read_post(docs / source))
    markdown = injecting.with_outputs(markdown, docs / source, source, project.language)
    beside = partial(_beside, (docs / source).parent / "posts")
    code = source.partition("/")[0]
    if lists.takes_in(markdown) and (listing := beside("index")):
        markdown = lists.with_excerpts(markdown, listing, code, beside)
    if code != project.language:
        title = str(values.get("title", PurePosixPath(source).stem))
        markdown = article_page.fallback_page(markdown, title, code, project.language)
    if "title" in values:
        values["title"] = begun(str(values["title"]), project.language)
    if (
        "icon" in values
        and not (project.folder.parent / TEMPLATES / ".icons" / f"{values['icon']}.svg").is_file()
    ):
        del values["icon"]
    head = yaml.safe_dump(values, allow_unicode=True, sort_keys=False)
    return f"---\n{head}---\n\n{markdown}" if values else markdown


def _beside(folder: Path, name: str) -> str:
    """Return the text of a page in `posts/`; empty where there is none."""
    return files.read_if_there(folder / f"{name}.md")


def write_configuration(
    project: Project,
    publication: Publication,
    config: SiteSettings,
    theme: Mapping[str, Any],
    missing: object,
) -> Path:
    """Write the configuration of a project, derived from the site's.

    `theme` is the site's, which the language's own settings come before; `missing` is what the page for wrong
    addresses is told.
    """
    own, language = project.settings, project.language
    where, words = publication.where, own.nav_translations or {}
    nav = own.nav or config.nav
    values = {name: getattr(own, name) or getattr(config, name) for name in _OWN} | {
        "site_url": f"{where.site_url}{where.folder(language)}" if where.site_url else None,
        "use_directory_urls": config.use_directory_urls,
        "docs_dir": DOCS,
        "site_dir": SITE,
        "repo_url": config.repo_url,
        "repo_name": config.repo_name,
        "nav": in_words(nav, words) if nav else navigation(_listed(project, publication, words)),
        "theme": {"variant": "classic"}
        | dict(theme)
        | (own.theme or {})
        | {"name": "material", "custom_dir": f"../{TEMPLATES}"},
        "plugins": ["search"],
        "extra": {**config.extra, **(own.extra or {})}
        | {
            "alternate": [
                {"name": one.name, "lang": one.code, "link": f"/{where.folder(one.code)}"}
                for one in publication.config.languages
            ],
            "hexapla": missing,
            "hexapla_words": dict(label_section("theme", language)),
        },
        "extra_css": list(config.extra_css),
        "extra_javascript": [
            script if isinstance(script, str) else dict(script) for script in config.extra_javascript
        ],
        "markdown_extensions": [
            {name: dict(config.mdx_configs.get(name) or {})}
            for name in config.markdown_extensions
            if isinstance(name, str)
        ],
        # Links are hexapla's matter, which knows the pages of all languages.
        "validation": {"links": {"not_found": "ignore", "anchors": "ignore"}},
    }
    file = project.folder / CONFIGURATION
    files.write(file, yaml.dump(values, allow_unicode=True, sort_keys=False), durable=False)
    return file


def _listed(project: Project, publication: Publication, words: Mapping[str, str]) -> Listed:
    """Return the pages of a project as its navigation lists them."""
    titles, orders = {}, {}
    for path, source in project.sources.items():
        page: PageSource = publication.source(source, project.language)
        titles[path] = begun(page.title, project.language) if page.title else ""
        order = head_parted(page.text)[1].get("order")
        if isinstance(order, int | float) and not isinstance(order, bool) and not path.startswith("posts/"):
            orders[path] = order
    texts = {
        path.removeprefix("posts/"): publication.source(source, project.language).text
        for path, source in project.sources.items()
        if path.startswith("posts/")
    }
    return Listed(
        titles=titles,
        orders=orders,
        listing=lists.complete(texts.get("index.md", ""), texts),
        words=words,
    )
