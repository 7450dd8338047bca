"""Frame events: what mkdocs tells of a site that is made of posts, whose pages have a frame of their own."""

import functools
from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from hexapla.adapters.mkdocs import navigation, near
from hexapla.adapters.mkdocs.asked_pages import AskedPages
from hexapla.adapters.mkdocs.framing import Framing
from hexapla.adapters.mkdocs.kept_pages import KeptPages, kept_pages_of


def _where_framed(event: Callable[..., Any]) -> Callable[..., Any]:
    """Have an event leave everything as it is where pages have no frame: for mkdocs, None is no change."""

    @functools.wraps(event)
    def told(plugin: "FrameEvents", *arguments: Any, **names: Any) -> Any:
        return event(plugin, *arguments, **names) if plugin.framed else None

    return told


class FrameEvents(BasePlugin):  # type: ignore[type-arg,no-untyped-call]
    """The events of a plugin that frames pages."""

    framed = True
    """Whether the site is made of posts; one that only runs pages of its own looks as its author has it."""

    def __init__(self) -> None:
        self._framing = Framing()
        self._kept: KeptPages | None = None
        """None where every page is built."""
        self._asked: AskedPages | None = None
        """None where nothing is served, or pages are not made one by one."""

    @_where_framed
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Read what the frames of pages tell, before the first language is built."""
        if not config.plugins["i18n"].building:  # type: ignore[attr-defined]
            self._framing.begin(config)
            if self._asked is not None:
                self._asked.begin(config)
            self._kept = kept_pages_of(config, self._framing)

    @event_priority(-200)
    @_where_framed
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Leave out what readers of a language are not to get."""
        return self._framing.left_out(files, config)

    # After the i18n plugin, which sorts what is not in a folder.
    @event_priority(-200)
    @_where_framed
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the section of the articles the title of its page, and the order of the list on it."""
        return navigation.arrange_navigation(nav, config)

    @_where_framed
    def _lead_on(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put the list of articles into home pages, and say of a page in which other language it is."""
        return navigation.lead_on(markdown, page, config)

    @_where_framed
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Finish what Python-Markdown made of a page."""
        return self._framing.content(html, page, config)

    @event_priority(-200)
    @_where_framed
    def on_env(self, env: Any, *, config: MkDocsConfig, files: Files) -> Any:
        """Have the theme's environment find our templates."""
        return self._framing.install(env, config)

    @_where_framed
    def on_template_context(self, context: Any, *, template_name: str, config: MkDocsConfig) -> Any:
        """Tell the templates of the page for wrong addresses."""
        self._framing.tell_template(context, config)
        return context

    @event_priority(100)
    @_where_framed
    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Seal a template's output, before others change it."""
        return self._framing.rendered_template(output_content, template_name, config)

    @event_priority(-200)
    @_where_framed
    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Tell the templates of a page, and have its navigation name articles near it."""
        near.show_near(nav, page, config)
        self._framing.tell_page(context, page, config)
        return context

    @event_priority(100)
    @_where_framed
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Seal a page, before others change it."""
        return self._framing.rendered(output)

    @event_priority(-200)
    @_where_framed
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Finish the site, once the i18n plugin has built the last language."""
        if not config.plugins["i18n"].building:  # type: ignore[attr-defined]
            if self._asked is not None and self._asked.is_noting:
                self._framing.end_asked(self._asked)
            elif self._kept is not None:
                self._kept.files.sweep()
                self._framing.end(self._kept.files.finish)
            else:
                self._framing.end()
            if self._asked is not None:
                self._asked.end()
            if self._kept is not None:
                self._kept.finished()
