"""Languages: those that a site is in, as the i18n plugin names them, or its theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hexapla.config.document import YamlDocument
from hexapla.storage.site_pages import LOCALE


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the site, as the i18n plugin names it."""

    code: str
    name: str


def language_of_theme(theme: object) -> str:
    """Return the language of a site that has only one: what its theme's `language:` or `locale:` says, else English."""
    options = theme if isinstance(theme, dict) else {}
    return str(options.get("language") or options.get("locale") or "en").replace("_", "-")


def structure_of(document: YamlDocument, *, needs_folders: bool) -> str:
    """Return how the i18n plugin tells the languages of files; empty where there is no such plugin.

    Raises:
        ConfigError: it is not by folders, and posts need them.
    """
    plugins = document.named("plugins")
    if "i18n" not in plugins:
        return ""
    structure = str(plugins["i18n"].get("docs_structure", "suffix"))
    if structure != "folder" and needs_folders:
        raise document.error(
            "The i18n plugin needs `docs_structure: folder`: hexapla writes a folder a language. "
            'Pages that stay where they are do not: list them, as in `pages: ["docs/**/*.md"]`.',
            "plugins",
            "i18n",
            "docs_structure",
        )
    return structure


def languages_of(document: YamlDocument, i18n: Mapping[str, Any]) -> tuple[tuple[Language, ...], str]:
    """Return the languages that the i18n plugin names, in the site's order, and the default one's code.

    Raises:
        ConfigError: it names none, or one without a tag that it builds.
    """
    at = ("plugins", "i18n")
    entries = i18n.get("languages") or []
    if not isinstance(entries, list) or not entries:
        raise document.error(
            "The i18n plugin names no languages: add `languages:` with a `locale:` each.", *at, "languages"
        )
    # One whose tag is null is a link among the languages, and none of them.
    entries = [entry for entry in entries if not _is_link(entry)]
    for entry in entries:
        locale = entry.get("locale") if isinstance(entry, dict) else entry
        if not isinstance(entry, dict) or not isinstance(locale, str):
            raise document.error(
                f"A language of the i18n plugin has no `locale:` that is text, but {locale!r}: write it in quotes, "
                'such as `locale: "no"`.',
                *at,
                "languages",
            )
        if not LOCALE.fullmatch(locale):
            raise document.error(
                f"The i18n plugin (mkdocs-static-i18n) builds no language `{locale}`: it takes two letters, and at "
                "most a script or a country behind them (`zh-Hant`, `pt-BR`). Take it out here, and its posts of "
                "`posts/`; or give the language another tag of this form, and say so under `language_aliases:`.",
                *at,
                "languages",
            )
    languages = tuple(
        Language(code=entry["locale"], name=str(entry.get("name") or entry["locale"])) for entry in entries
    )
    return languages, next((entry["locale"] for entry in entries if entry.get("default")), languages[0].code)


def _is_link(entry: object) -> bool:
    return isinstance(entry, dict) and "fixed_link" in entry and entry.get("locale") in (None, "null")
