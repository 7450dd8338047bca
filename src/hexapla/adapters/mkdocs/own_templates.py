"""Own templates: whether those of a site show on one page what another says, so that no page can be kept by itself."""

from collections.abc import Iterable
from pathlib import Path

from jinja2 import Environment, TemplateError, nodes

_FAR = frozenset(
    "ancestors build_date_utc children next_page nav pages parent previous_page plugins update_date".split()
)
"""What leads a template to other pages, or to the day of the build."""


def far_reaching(folders: Iterable[Path]) -> str:
    """Return the name of a template below folders that may show what is not of its page; empty where none does."""
    for folder in folders:
        for path in sorted(folder.rglob("*.html")):
            if _reaches_far(path):
                return path.relative_to(folder).as_posix()
    return ""


def _reaches_far(path: Path) -> bool:
    try:
        tree = Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]).parse(
            path.read_text(encoding="utf-8")
        )
    except (TemplateError, OSError, UnicodeDecodeError):
        return True
    names = {node.name for node in tree.find_all(nodes.Name)}
    names |= {node.attr for node in tree.find_all(nodes.Getattr)}
    names |= {node.value for node in tree.find_all(nodes.Const) if isinstance(node.value, str)}
    return not _FAR.isdisjoint(names)
