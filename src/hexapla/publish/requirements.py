"""Requirements: what pages need of an mkdocs.yml that was not written by `hexapla new`."""

from hexapla.config.config import Config
from hexapla.model.problem import Problem, Severity
from hexapla.normalize.target.dialect import dialect_of
from hexapla.render.outputs import FIGURES
from hexapla.render.write import STYLE

_STYLE = f"{FIGURES}/{STYLE}"


def unmet(config: Config) -> tuple[Problem, ...]:
    """Return what mkdocs.yml lacks, without which parts of pages would be shown as plain text or without their look."""
    path, line = config.extensions_place
    problems = []
    if lines := dialect_of(config).missing():
        problems.append(
            Problem(
                path=path,
                line=line,
                code="extension-missing",
                message="Pages need Markdown extensions or options that `markdown_extensions:` does not list.",
                hint="Add these lines to it, in place of those of the same name:",
                severity=Severity.WARNING,
                details=lines,
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
    return tuple(problems)
