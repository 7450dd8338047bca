"""Left out: why a file of an old blog is no post, as its path says."""

from pathlib import Path

from hexapla.blogs.generator import PLAIN, Generator
from hexapla.model.post import is_markdown, stem_of
from hexapla.storage import posts_folder

_REPOSITORYS = frozenset({
    "agents", "authors", "changelog", "claude", "code_of_conduct", "contributing", "contributors", "history",
    "issue_template", "license", "maintainers", "pull_request_template", "security", "support",
})  # fmt: skip
_SOURCES = frozenset({"public"})
"""What Hugo writes, and what Vite, Next and Astro read."""
_TOOLS = frozenset(
    {
        "node_modules",
        "vendor",
        "themes",
        "archetypes",
        "layouts",
        "public",
        "resources",
        "_site",
        "_layouts",
        "_includes",
        "_sass",
        "_data",
        "_plugins",
    }
)
_DESIGN = frozenset({
    ".css", ".gemspec", ".haml", ".htm", ".html", ".js", ".json", ".less", ".liquid", ".lock", ".mjs", ".rb", ".sass",
    ".scss", ".toml", ".ts", ".xml", ".yaml", ".yml",
})  # fmt: skip
IS_LIST = "lists and pages that the site makes itself"


def why_left(generator: Generator, file: Path) -> str:
    """Return why a file is left out, as its path says; empty where it may be a post."""
    path = file.relative_to(generator.root)
    if file.is_symlink():
        return "links to other files"
    if not file.is_file():
        return "devices, pipes and sockets"
    if any(part.startswith(".") for part in path.parts):
        return "hidden"
    tools = _TOOLS - _SOURCES if generator.kind == PLAIN else _TOOLS
    if (
        set(path.parts[:-1]) & tools
        or path.parts[0] in generator.excluded
        or path.as_posix() in generator.excluded
    ):
        return "the old generator's own, or excluded by its configuration"
    if not is_markdown(file.name):
        text = posts_folder.why_unread(path) and path.suffix.lower() not in _DESIGN
        design = path.suffix.lower() in _DESIGN or not path.suffix
        return (
            "texts that are no Markdown"
            if text
            else "the old site's design and settings"
            if design
            else "shown by no post"
        )
    if generator.folders and not any(
        file.is_relative_to(generator.root / name) for name in generator.folders
    ):
        return f"outside of {generator.kind}'s folders of content"
    stem = stem_of(path.name).lower()
    is_readme = stem.startswith("readme") and generator.kind != PLAIN
    if len(path.parts) == 1 and (stem.partition(".")[0] in _REPOSITORYS or is_readme):
        return "about the repository, not posts"
    if stem.partition(".")[0] == "_index" or path.as_posix().lower() in ("404.md", "content/404.md"):
        return IS_LIST
    return ""
