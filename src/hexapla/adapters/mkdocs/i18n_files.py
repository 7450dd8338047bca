"""i18n files: what mkdocs-static-i18n does with each file for each language, without taking each path apart again.

The plugin asks for every file in every language, and for each version of it in each: most of what a large site costs
where nothing else is left to do. The functions here return what its own do (`mkdocs_static_i18n.folder`, 1.3).
"""

import functools
import os
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import PurePath
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs_static_i18n import folder, reconfigure  # type: ignore[import-untyped]
from mkdocs_static_i18n.config import RE_LOCALE  # type: ignore[import-untyped]

_KNOWN = "1.3."
_README = "README.html"
_ASKED = ("all_languages", "build_languages", "default_language")
"""What the plugin reads from its configuration for each file again; no configuration changes while it is there."""


def use_quick_files() -> None:
    """Have the plugin use the functions of this module, where it is of the version that they are for."""
    if metadata.version("mkdocs-static-i18n").startswith(_KNOWN):
        vars(folder)["create_i18n_file"] = file_of
        vars(reconfigure)["is_relative_to"] = is_below
        plugin = reconfigure.ExtendedPlugin
        if not hasattr(plugin.reconfigure_files, "__wrapped__"):
            plugin.reconfigure_files = _of_files_for_readers(plugin.reconfigure_files)
            plugin.reconfigure_files_alternates = _of_pages(plugin.reconfigure_files_alternates)
        for name in _ASKED:
            if isinstance(read := vars(plugin)[name], property) and read.fget:
                once = functools.cached_property(read.fget)
                once.__set_name__(plugin, name)
                setattr(plugin, name, once)


def _of_files_for_readers(arrange: Callable[..., Any]) -> Callable[..., Any]:
    """Have the plugin arrange the files of a language without those that it only looks at to leave them out.

    What is no page, and lies in the folder of another language, is for that one; unless it is the default language's,
    and lent to all.
    """

    @functools.wraps(arrange)
    def arranged(plugin: Any, files: Files, config: MkDocsConfig) -> Any:
        here = {plugin.current_language}
        if plugin.config.fallback_to_default:
            here.add(plugin.default_language)
        others = set(plugin.all_languages) - here if plugin.config.docs_structure == "folder" else set()

        def is_used(file: File) -> bool:
            is_page = file.src_uri.partition("/")[0] not in others or file.is_documentation_page()
            return is_page or not is_below(file.abs_src_path, config.docs_dir)

        return arrange(plugin, Files([file for file in files if is_used(file)]), config)

    return arranged


def _of_pages(find: Callable[..., None]) -> Callable[..., None]:
    """Have the plugin look for the versions of pages only: nobody asks for those of other files."""

    @functools.wraps(find)
    def found(plugin: Any, files: Mapping[str, Any], *arguments: Any) -> None:
        find(plugin, {name: file for name, file in files.items() if file.is_documentation_page()}, *arguments)

    return found


def is_below(path: Any, parent: Any) -> bool:
    """Return whether a path is another one or below it, as the plugin's `is_relative_to` does for paths of files."""
    if not isinstance(path, str) or not isinstance(parent, str):
        return PurePath(path).is_relative_to(parent)
    return path == parent or path.startswith(parent if parent.endswith(os.sep) else f"{parent}{os.sep}")


def file_of(
    file: Any, current_language: str, default_language: str, all_languages: list[str], config: MkDocsConfig
) -> Any:
    """Return a file as it is for readers of `current_language`."""
    first, _, rest = file.src_uri.partition("/")
    localization = first if first in all_languages or RE_LOCALE.match(first) else None
    locale = localization or default_language
    made: Any = File.__new__(File)
    values: Any = config.data  # its attributes are slow to read
    made.src_uri, made.src_dir, made.dest_dir = file.src_uri, values["docs_dir"], file.dest_path
    made.use_directory_urls, made.inclusion = values["use_directory_urls"], file.inclusion
    made.dest_uri = _placed(file.dest_uri, locale, current_language, default_language)
    made.abs_dest_path = os.path.normpath(os.path.join(values["site_dir"], made.dest_uri))  # noqa: PTH118
    made.url = made._get_url(values["use_directory_urls"])
    made.alternates = {current_language: made}
    made.locale, made.locale_alternate_of, made.localization = locale, current_language, localization
    made.norm_src_uri = (rest or ".") if localization else file.src_uri
    return made


def _placed(place: str, locale: str, current: str, default: str) -> str:
    """Return where a file of a language is written for readers of the `current` one."""
    parent = place[: place.rfind("/") + 1]
    named = f"{parent}index.html" if place.endswith(_README) else place
    below = named == locale or named.startswith(f"{locale}/")
    inner = (named.removeprefix(locale).removeprefix("/") or ".") if below else named
    if locale != current:
        here = current if inner == "." else f"{current}/{inner}"
        return here if below or current != default else place
    return inner if locale == default and below else place


def language_built(config: MkDocsConfig) -> str:
    """Return the language that the i18n plugin has mkdocs build; empty where there is no such plugin."""
    i18n: Any = config.plugins.get("i18n")
    return str(i18n.current_language) if i18n else ""


def enter_language(config: MkDocsConfig, language: str) -> None:
    """Have the i18n plugin set the site's configuration up for a language, as it does before it builds it."""
    i18n: Any = config.plugins.get("i18n")
    if i18n and i18n.current_language != language:
        i18n.current_language = language
        i18n.reconfigure_mkdocs_config(config)
