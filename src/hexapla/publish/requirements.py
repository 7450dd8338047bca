"""Requirements: what pages need of an mkdocs.yml that was not written by `hexapla new`, and of hexapla itself."""

from collections.abc import Iterator

from hexapla.config.config import Config
from hexapla.model.problem import Problem, Severity
from hexapla.normalize.target.dialect import dialect_of
from hexapla.render import locale
from hexapla.render.article_files import STYLE
from hexapla.render.labels import borrows_words, language_of_words
from hexapla.render.outputs import FIGURES

_STYLE = f"{FIGURES}/{STYLE}"


def unmet(config: Config) -> tuple[Problem, ...]:
    """Return what is lacking, without which parts of pages would be plain text, without their look or in English."""
    path, line = config.extensions_place
    problems = []
    if lines := dialect_of(config).missing():
        problems.append(
            Problem(
                path=path,
                line=line,
                code="extension-missing",
                message="Pages need Markdown extensions or options that `markdown_extensions:` does not list.",
                hint="Add these lines to it; where a line of that name is named, add what stands here to its options:",
                severity=Severity.WARNING,
                details=tuple(_with_place(config, name, text) for name, text in lines.items()),
            )
        )
    if _STYLE not in config.styles:
        problems.append(
            Problem(
                path=config.file.name,
                line=1,
                code="style-missing",
                message="`extra_css:` does not list the style sheet that tells outputs from code.",
                hint=f"Add `- {_STYLE}` to it, which is written with the pages.",
                severity=Severity.WARNING,
            )
        )
    return (*problems, *_wordless(config))


def _wordless(config: Config) -> Iterator[Problem]:
    """Yield the languages of the site that have no words of the tool's own yet."""
    for code in filter(borrows_words, config.codes):
        spoken = language_of_words(code)
        name, other = (locale.language_name(language, "en") for language in (code, spoken))
        yield Problem(
            path=config.file.name,
            line=1,
            code="words-missing",
            message=f"There is no `words/{code}.yml` in hexapla: what it says itself on pages in {name} is in {other}.",
            hint=f"Translate `words/{spoken}.yml` and offer it to hexapla.",
            severity=Severity.NOTE,
        )


def _with_place(config: Config, name: str, text: str) -> str:
    """Return a line to add, with the place of the one that has options already, which stay."""
    if not config.extension_configs.get(name):
        return text
    path, line = config.extension_places.get(name, config.extensions_place)
    return f"{text}  # {path}:{line}"
