"""Templates: our frame of pages between Zensical's own, in what its engine, MiniJinja, knows of Jinja.

One folder has all of them: a template of Zensical's that ours extends or takes in lies below `theme/`.
"""

from importlib import resources
from pathlib import Path

from hexapla.publish.policy import LOADED, marked
from hexapla.publish.templates import FOLDER, FRAME
from hexapla.storage import files

_FRAME = "{% set hexapla = page.meta.hexapla if page.meta else config.extra.hexapla %}\n"
"""What a page's templates are told comes with what its front matter says; of the one for no page, with the site's."""
_DIALECT = {
    '"theme:': '"theme/',
    "hexapla_words(config.theme.language)": "config.extra.hexapla_words",
    "mkdocs-{{ mkdocs_version }}, {{ hexapla.theme }}": "{{ generator }}",
    # That is a plugin of mkdocs', but a part of Zensical.
    '"rss" in config.plugins': "false",
    # Its own search stays, which has an index a project.
    "hexapla_search": "false",
    "{{ script | script_tag }}": f"{{{{ script | script_tag | replace('<script', '<script{LOADED}') | safe }}}}",
}
"""What stands otherwise for MiniJinja, which has no functions of ours."""
_TAGS = "partials/tags.html"
_LEFT_OUT = "search.js"


def write_templates(folder: Path, custom: Path | None) -> None:
    """Write all templates; `custom` is the site's own folder of them, which comes before ours."""
    theirs = Path(str(resources.files("zensical") / "templates"))
    for path in theirs.rglob("*.html"):
        _write(folder / path.relative_to(theirs), _adapted(path))
    # An article tells its topics itself.
    _write(folder / _TAGS, "")
    _put_before(Path(FOLDER), folder)
    if custom:
        _put_before(custom, folder)
    _put_before(Path(FRAME), folder)


def _put_before(source: Path, folder: Path) -> None:
    """Put templates and other files of a folder before those that are there, which stay below `theme/`."""
    for path in sorted(source.rglob("*")):
        target = folder / path.relative_to(source)
        if not path.is_file() or path.name == _LEFT_OUT:
            continue
        if path.suffix != ".html":
            files.write_bytes(target, path.read_bytes(), durable=False)
            continue
        if target.exists():
            _write(folder / "theme" / path.relative_to(source), files.read_post(target))
        head, extends, rest = _adapted(path).rpartition("{% extends")
        tag, end, body = rest.partition("%}\n") if extends else ("", "", rest)
        _write(target, f"{head}{extends}{tag}{end}{_FRAME}{body}")


def _adapted(path: Path) -> str:
    text = marked(files.read_post(path))
    for ours, theirs in _DIALECT.items():
        text = text.replace(ours, theirs)
    return text


def _write(path: Path, text: str) -> None:
    files.write(path, text, durable=False)
