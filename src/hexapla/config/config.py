"""Config: what `mkdocs.yml` says, read once. It is the only configuration.

Read with PyYAML rather than with mkdocs, so that `hexapla check` needs neither mkdocs nor its plugins.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from hexapla.config import document as mkdocs_yml
from hexapla.config.document import YamlDocument
from hexapla.config.languages import Language, language_of_theme, languages_of, structure_of
from hexapla.config.options import PluginOptions, folder_of
from hexapla.model.errors import ConfigError
from hexapla.model.post import Post
from hexapla.model.problem import Problem, Severity
from hexapla.model.run import Options
from hexapla.model.settings import Settings, Strings, read_severities
from hexapla.storage.cache import Cache, of_site
from hexapla.storage.posts_folder import PostsFolder
from hexapla.storage.site_pages import SitePages

SEVERITIES: Mapping[str, Severity] = {"unclosed-fence": Severity.ERROR}
"""Where a repair of the page is a guess at what is code and what is prose, the author must look."""

FALLBACKS = ("page", "redirect", "none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """A site's configuration, checked."""

    file: Path
    name: str
    posts: Path
    snippets: Path
    docs: Path
    site: Path
    languages: tuple[Language, ...]
    default_language: str
    settings: Settings
    options: Options
    assets: tuple[Path, ...] = ()
    """Folders beside the posts' whose files any post may show."""
    language_aliases: Mapping[str, str] = field(default_factory=dict)
    """Other tags by which posts name the site's languages."""
    pages: tuple[str, ...] = ()
    """The patterns of the site's own pages whose code is run where it stands."""
    page_places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """Where mkdocs.yml has each of them."""
    excluded: str = ""
    """What `exclude_docs:` says."""
    structure: str = ""
    """How the i18n plugin tells languages; empty where there is none."""
    publishes_posts: bool = True
    """Whether pages are made of posts, and framed: not on a site that only runs pages of its own."""
    directory_urls: bool = True
    budget: int = 0
    """For how many seconds a build begins programs of the site's own pages; 0 is for as long as it takes."""
    keep_claims: bool = False
    strings: str = "variant"
    coverage: float = 0.0
    """Which part of the Python blocks must run, from 0 to 1; above 0 a page and a badge tell of it."""
    coverage_line: int = 1
    """Where mkdocs.yml says so."""
    fallback: str = "page"
    """What readers get of an article that has no version in their language: `page`, `redirect` or `none`."""
    status: bool = True
    """Whether a page in each language shows how the translations stand."""
    colab: str = ""
    """The address below which Google Colab opens the files of the built site; empty where it is not to."""
    content_security_policy: bool | str = True
    """What pages may load and run: the tool's own policy, none, or one of the site's own."""
    repairs_off: tuple[str, ...] = ()
    """The names of the repairs that are switched off, sorted."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    severities_of_posts: Mapping[str, Mapping[str, Severity]] = field(default_factory=dict)
    """By post, what its article's front matter says; known once the posts have been read."""
    extensions: tuple[str, ...] = ()
    """Python-Markdown's extensions, by name."""
    extensions_place: tuple[str, int] = ("mkdocs.yml", 1)
    """The file that lists them, and the line."""
    extension_places: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    """The file and the line of each."""
    extension_configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    styles: tuple[str, ...] = ()
    """What `extra_css:` lists."""
    templated: bool = False
    """Whether a plugin fills in Jinja's templates (`{{ … }}`) wherever a page holds them, in code too."""
    hooks: tuple[Path, ...] = ()
    """What `hooks:` lists: files of Python."""
    plugins: tuple[str, ...] = ()
    theme_folders: tuple[Path, ...] = ()
    """The folder of the theme's `custom_dir:`."""
    inherited: tuple[Path, ...] = ()
    """The files that mkdocs.yml inherits from."""

    @property
    def root(self) -> Path:
        """The folder of mkdocs.yml: what paths in messages are relative to."""
        return self.file.parent

    @property
    def codes(self) -> tuple[str, ...]:
        """The languages' codes, in the site's order."""
        return tuple(language.code for language in self.languages)

    @property
    def posts_folder(self) -> PostsFolder:
        """The folder of posts, with the languages that they may be in."""
        return PostsFolder(
            path=self.posts,
            root=self.root,
            languages=self.codes,
            default_language=self.default_language,
            aliases=self.language_aliases,
        )

    @property
    def site_pages(self) -> SitePages:
        """The site's own pages whose code is run."""
        return SitePages(
            root=self.root,
            docs=self.docs,
            patterns=self.pages,
            places=self.page_places,
            languages=self.codes,
            default_language=self.default_language,
            structure=self.structure,
            excluded=self.excluded,
            # It is a plugin, or the functions that fences are made by.
            execs=any(
                name.partition(".")[0] in ("markdown-exec", "markdown_exec")
                for name in (*self.plugins, *self.modules)
            ),
            templated=self.templated,
        )

    @property
    def cache(self) -> Cache:
        """What is remembered of the site."""
        return of_site(self.root, modules=self.modules, scripts=self.hooks)

    @property
    def modules(self) -> tuple[str, ...]:
        """The names of Markdown extensions, and of the modules whose functions are among their options."""
        options = _leaves(self.extension_configs)
        functions = (getattr(option, "func", option) for option in options if callable(option))
        named = (getattr(function, "__module__", None) for function in functions)
        return (*self.extensions, *(name for name in named if name))

    def weighed(self, problem: Problem) -> Problem:
        """Give a problem the severity that its post sets for its code, or mkdocs.yml, or we do."""
        here = self.severities_of_posts.get(problem.path, {})
        severity = {**SEVERITIES, **self.severities, **here}.get(problem.code)
        return replace(problem, severity=severity) if severity else problem


def with_severities_of(config: Config, posts: Sequence[Post]) -> Config:
    """Return a configuration that knows what posts say of severities: a version's own words, else another's."""
    by_slug: dict[str, dict[str, Severity]] = {}
    for post in posts:
        by_slug.setdefault(post.slug, {}).update(read_severities(post)[0])
    by_path = {post.path: {**by_slug[post.slug], **read_severities(post)[0]} for post in posts}
    return replace(config, severities_of_posts={path: given for path, given in by_path.items() if given})


def load(file: Path) -> Config:
    """Read `mkdocs.yml`.

    Raises:
        ConfigError: the file is missing or not YAML, or says something that cannot be used; with the line.
    """
    # Not `absolute()`, which keeps `..`: paths in records are relative to this file's folder.
    file = Path(os.path.abspath(file))  # noqa: PTH100 - `resolve()` would follow links
    document = mkdocs_yml.read_yaml(file)
    plugins = document.named("plugins")
    if "hexapla" not in plugins:
        raise document.error("The plugin `hexapla` is not listed: add it under `plugins:`.", "plugins")
    ours = PluginOptions(document, plugins["hexapla"])
    if "i18n" in plugins:
        return _config(document, ours, *languages_of(document, plugins["i18n"]))
    if not ours.patterns("pages") or ours.is_given("posts"):
        raise document.error(
            "The plugin `i18n` (mkdocs-static-i18n) is not listed: it names the languages that posts are in. "
            'Pages that stay where they are need none: list them, as in `pages: ["docs/**/*.md"]`.',
            "plugins",
        )
    only = language_of_theme(document.values.get("theme"))
    return _config(document, ours, (Language(code=only, name=only),), only)


def _config(
    document: YamlDocument, ours: PluginOptions, languages: tuple[Language, ...], default_language: str
) -> Config:
    """Check the values of mkdocs.yml."""
    pages = ours.patterns("pages")
    structure = structure_of(document, needs_folders=not pages or ours.is_given("posts"))
    # mkdocs itself always adds these three (mkdocs/config/defaults.py: `builtins`).
    extensions: dict[str, dict[str, Any]] = {"toc": {}, "tables": {}, "fenced_code": {}} | document.named(
        "markdown_extensions"
    )
    file, values = document.file, document.values
    return Config(
        file=file,
        name=str(values.get("site_name") or file.parent.name),
        posts=ours.folder("posts"),
        snippets=ours.folder("snippets"),
        docs=folder_of(document, values.get("docs_dir") or "docs", "docs_dir"),
        site=folder_of(document, values.get("site_dir") or "site", "site_dir"),
        languages=languages,
        pages=pages,
        page_places=document.lines_of(pages, "plugins", "hexapla", "pages"),
        excluded=str(values.get("exclude_docs") or ""),
        structure=structure,
        publishes_posts=not pages or ours.is_given("posts"),
        directory_urls=values.get("use_directory_urls") is not False,
        default_language=default_language,
        settings=ours.settings(),
        assets=ours.folders("assets"),
        language_aliases=ours.aliases("language_aliases", tuple(language.code for language in languages)),
        options=ours.running(),
        budget=ours.typed("budget", int),
        keep_claims=ours.typed("keep_claims", bool),
        strings=ours.one_of("strings", tuple(Strings)),
        coverage=ours.share("coverage"),
        coverage_line=document.places.get(("plugins", "hexapla", "coverage"), ("", 1))[1],
        fallback=ours.one_of("fallback", FALLBACKS),
        status=ours.typed("status", bool),
        colab=ours.colab(values.get("repo_url")),
        content_security_policy=ours.switch_or_text("content_security_policy"),
        repairs_off=tuple(sorted(name for name, on in ours.repairs().items() if not on)),
        severities=ours.severities(),
        extensions=tuple(extensions),
        extensions_place=document.places.get(("markdown_extensions",), (file.name, 1)),
        extension_places=document.lines_of(extensions, "markdown_extensions"),
        extension_configs={name: options for name, options in extensions.items() if options},
        styles=tuple(str(path) for path in values.get("extra_css") or ()),
        templated=bool({"macros", "markdownextradata"} & set(document.named("plugins"))),
        hooks=tuple(file.parent / str(path) for path in values.get("hooks") or ()),
        plugins=tuple(document.named("plugins")),
        theme_folders=_theme_folders(document),
        inherited=document.inherited,
    )


def floor(text: str, file: Path) -> float:
    """Return `coverage:` of an older text of mkdocs.yml; 0 where it has none or cannot be read."""
    try:
        document = mkdocs_yml.older(text, file)
        return PluginOptions(document, document.named("plugins").get("hexapla", {})).share("coverage")
    except ConfigError:
        return 0.0


def _theme_folders(document: YamlDocument) -> tuple[Path, ...]:
    theme = document.values.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, dict) else None
    return (document.file.parent / str(custom),) if custom else ()


def _leaves(value: object) -> Iterator[object]:
    """Yield the values in nested tables and lists."""
    match value:
        case Mapping():
            for inner in value.values():
                yield from _leaves(inner)
        case list() | tuple():
            for inner in value:
                yield from _leaves(inner)
        case _:
            yield value
