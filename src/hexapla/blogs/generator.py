"""Generator: what an old blog's configuration says of it, be it for Jekyll, Hugo, Zola, Pelican or for nothing."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from hexapla.blogs.languages import usual_tag
from hexapla.blogs.pelican import as_of_jekyll, pelican_settings
from hexapla.model.errors import ConfigError
from hexapla.storage import files

JEKYLL, HUGO, ZOLA, PELICAN, PLAIN = "Jekyll", "Hugo", "Zola", "Pelican", "plain Markdown"
_JEKYLL = ("_config.yml", "_config.yaml", "_config.toml")
_HUGO = tuple(f"{name}.{ending}" for name in ("hugo", "config") for ending in ("toml", "yaml", "yml", "json"))
_ZOLA = ("zola.toml", "config.toml")
_PELICAN = ("pelicanconf.py", "publishconf.py")
"""The second is for what is published, and says what the first has not."""
_SERVED = ("public", "static", "content", "docs/public", "source")
"""Folders below which Vite, Next, Astro, VitePress and Hexo have what links such as `/a.png` lead to."""
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}
"""Jekyll's own permalinks by name (https://jekyllrb.com/docs/permalinks/#built-in-formats)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Generator:
    """An old blog's generator, with what its configuration says."""

    kind: str
    root: Path
    title: str = ""
    address: str = ""
    """The blog's own, without a slash at its end: what links between its pages may begin with."""
    languages: tuple[str, ...] = ()
    default_language: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)
    """The folders of posts, relative to `root`, each with its language or empty; the whole where there is none."""
    static: tuple[str, ...] = ("",)
    """The folders, relative to `root`, that links such as `/images/a.png` are below."""
    permalinks: Mapping[str, str] = field(default_factory=dict)
    """Patterns of addresses by a section's or a collection's name."""
    excluded: tuple[str, ...] = ()
    """Files and folders of the blog that its generator does not read."""
    ugly: bool = False
    """Whether Hugo writes `a.html` instead of `a/index.html`."""
    default_in_folder: bool = False
    """Whether addresses in the default language begin with its tag, too."""

    @property
    def base(self) -> str:
        """The path of the blog's address, such as `/blog`; empty where it has a host of its own."""
        return urlsplit(self.address).path.rstrip("/")


def read_generator(folder: Path) -> Generator:
    """Read the configuration of the blog in a folder, or in the one folder in it that has one.

    Raises:
        ConfigError: a configuration cannot be read.
    """
    for root in (
        folder,
        *(inner for inner in sorted(folder.iterdir()) if inner.is_dir() and inner.name[0] not in "._"),
    ):
        if name := next((name for name in _JEKYLL if (root / name).is_file()), ""):
            return _jekyll(root, _parsed(root / name))
        if values := next(
            filter(_is_zolas, (_parsed(root / name) for name in _ZOLA if (root / name).is_file())), None
        ):
            return _zola(root, values)
        if (root / _PELICAN[0]).is_file():
            return _pelican(root)
        if configured := _hugo_files(root):
            return _hugo(root, _hugo_values(configured))
    below = tuple(name for name in _SERVED if (folder / name).is_dir())
    return Generator(kind=PLAIN, root=folder, static=("", *below))


def _parsed(path: Path) -> dict[str, Any]:
    """Read a configuration; its ending says its kind."""
    try:
        text = files.read_post(path)
        values: Any
        if path.suffix == ".toml":
            values = tomllib.loads(text)
        elif path.suffix == ".json":
            values = json.loads(text)
        elif path.suffix == ".py":
            values = pelican_settings(text)
        else:
            values = yaml.safe_load(text)
    except (OSError, ValueError, yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"The old blog's configuration cannot be read: {error}.", path=str(path)) from error
    return values if isinstance(values, dict) else {}


def _jekyll(root: Path, values: Mapping[str, Any]) -> Generator:
    """Read `_config.yml`; languages as polyglot and the multiple-languages plugins name them."""
    collections = values.get("collections")
    patterns = {
        str(name): str(options["permalink"])
        for name, options in (collections.items() if isinstance(collections, dict) else ())
        if isinstance(options, dict) and options.get("permalink")
    }
    style = str(values.get("permalink") or "date")
    given = values.get("default_lang") or values.get("lang") or values.get("locale") or values.get("language")
    return Generator(
        kind=JEKYLL,
        root=root,
        title=_title(values),
        address=_address(str(values.get("url") or ""), str(values.get("baseurl") or "")),
        languages=tuple(map(usual_tag, _strings(values.get("languages")))),
        default_language=usual_tag(given) if isinstance(given, str) else "",
        permalinks={"pages": style, "posts": _STYLES.get(style, style), **patterns},
        excluded=("vendor", "node_modules", *_strings(values.get("exclude"))),
    )


def _hugo_files(root: Path) -> list[Path]:
    """Return the files of Hugo's configuration, the later over the earlier."""
    single = [root / name for name in _HUGO if (root / name).is_file() and _is_hugos(root, name)]
    folder = root / "config" / "_default"
    several = sorted(
        path for path in folder.glob("*.*") if path.suffix in (".toml", ".yaml", ".yml", ".json")
    )
    return [*single[:1], *several]


def _is_hugos(root: Path, name: str) -> bool:
    """Return whether a file is Hugo's: the older name is many tools'."""
    return name.startswith("hugo") or (root / "content").is_dir() or (root / "archetypes").is_dir()


def _hugo_values(paths: Sequence[Path]) -> dict[str, Any]:
    """Read what the files of Hugo's configuration say together."""
    values: dict[str, Any] = {}
    for path in paths:
        part, stem = _parsed(path), path.stem.lower()
        # In `config/_default` each table has a file of its own: `languages.en.toml`, `permalinks.yaml`.
        for key in () if stem in ("hugo", "config") else reversed(stem.split(".")):
            part = {key: part}
        values = _merged(values, {key.lower(): value for key, value in part.items()})
    return values


def _hugo(root: Path, values: Mapping[str, Any]) -> Generator:
    """Read Hugo's configuration: https://gohugo.io/configuration/all/."""
    tables = values.get("languages")
    languages = {
        str(tag): {str(key).lower(): value for key, value in table.items()}
        for tag, table in (tables.items() if isinstance(tables, dict) else ())
        if isinstance(table, dict)
    }
    default = values.get("defaultcontentlanguage") or values.get("locale") or values.get("languagecode")
    content = str(values.get("contentdir") or "content").strip("/")
    folders = {
        str(table["contentdir"]).strip("/"): usual_tag(tag)
        for tag, table in languages.items()
        if table.get("contentdir")
    }
    # Of the languages that name no folder, one alone has that of the whole site.
    rest = [usual_tag(tag) for tag, table in languages.items() if not table.get("contentdir")]
    if rest and folders and not any(folder.startswith(f"{content}/") for folder in folders):
        folders[content] = rest[0] if len(rest) == 1 else ""
    permalinks = values.get("permalinks")
    pages = permalinks.get("page", permalinks) if isinstance(permalinks, dict) else {}
    first = languages.get(str(default), {}) or next(iter(languages.values()), {})
    return Generator(
        kind=HUGO,
        root=root,
        title=_title(values) or _title(first),
        address=_address(str(values.get("baseurl") or ""), ""),
        languages=tuple(map(usual_tag, languages)),
        default_language=usual_tag(str(default)) if default else "en",
        folders=folders or {content: ""},
        static=(*_strings(values.get("staticdir") or "static"), "assets", *folders, content, ""),
        permalinks={str(name): pattern for name, pattern in pages.items() if isinstance(pattern, str)},
        ugly=values.get("uglyurls") is True,
        default_in_folder=values.get("defaultcontentlanguageinsubdir") is True,
    )


def _is_zolas(values: Mapping[str, Any]) -> bool:
    """Return whether a configuration is Zola's, which asks for this key; Hugo's is `baseURL`."""
    return isinstance(values.get("base_url"), str)


def _zola(root: Path, values: Mapping[str, Any]) -> Generator:
    """Read `config.toml` of Zola's: https://www.getzola.org/documentation/getting-started/configuration/."""
    tables = values.get("languages")
    default = str(values.get("default_language") or "en")
    tags = [default, *(tag for tag in (tables if isinstance(tables, dict) else ()) if tag != default)]
    return Generator(
        kind=ZOLA,
        root=root,
        title=_title(values),
        address=_address(str(values["base_url"]), ""),
        languages=tuple(map(usual_tag, tags)),
        default_language=usual_tag(default),
        folders={"content": ""},
        static=("static", "content", ""),
    )


def _pelican(root: Path) -> Generator:
    """Read Pelican's settings as far as they are written out: https://docs.getpelican.com/en/latest/settings.html."""
    values: dict[str, object] = {}
    for path in (root / name for name in _PELICAN):
        if not path.is_symlink() and path.is_file():
            values |= _parsed(path)
    content = str(values.get("PATH") or "").strip("./") or ("content" if (root / "content").is_dir() else "")
    article = str(values.get("ARTICLE_URL") or "{slug}.html")
    page = str(values.get("PAGE_URL") or "pages/{slug}.html")
    return Generator(
        kind=PELICAN,
        root=root,
        title=_title({"title": values.get("SITENAME")}),
        address=_address(str(values.get("SITEURL") or ""), ""),
        default_language=usual_tag(str(values.get("DEFAULT_LANG") or "en")),
        folders={content: ""} if content else {},
        static=(content, *(f"{content}/{name}" for name in _strings(values.get("STATIC_PATHS"))), ""),
        permalinks={"articles": as_of_jekyll(article), "pages": as_of_jekyll(page)},
        excluded=("output", "plugins", "pelican-plugins", "theme"),
    )


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return two tables in one; tables in both are merged, too."""
    both = {
        key: _merged(first[key], value)
        if isinstance(first.get(key), dict) and isinstance(value, dict)
        else value
        for key, value in second.items()
    }
    return {**first, **both}


def _title(values: Mapping[str, Any]) -> str:
    title = values.get("title")
    return " ".join(title.split()) if isinstance(title, str) else ""


def _address(url: str, base: str) -> str:
    path = base.strip("/") if not urlsplit(base).scheme else ""
    return f"{url.rstrip('/')}{'/' if path else ''}{path}"


def _strings(value: object) -> Iterator[str]:
    """Yield the texts of a list, or the one that is given instead of it."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str) and item:
            yield item.strip("/")
