"""Remarks: what the author of a post is told of how it was read and written."""

import re
from collections.abc import Iterator, Sequence

from hexapla.model.problem import Problem, Severity
from hexapla.normalize.difference import differing
from hexapla.normalize.github.parser import Reference, read_as_github
from hexapla.normalize.ladder import FENCE, Climb
from hexapla.normalize.rules.code import outside
from hexapla.normalize.rules.rule import Source
from hexapla.normalize.target.parts import TOGETHER, apart, together
from hexapla.normalize.target.renderer import Renderer
from hexapla.normalize.target.structure import skeleton

_NOTE = re.compile(r"^(?:[ \t>]|[-*+] )*+\[\^(?P<label>[^\[\]\s]++)\]:", re.M)
_LABEL = re.compile(r"\[([^\[\]]++)\]")
_REASONS = {
    "apart": "The block needs blank lines around it on the site.",
    "printed": "The block is written in the indentation that the site reads.",
    "spelled": "The block has characters that the site would read as marks: they are escaped.",
}


def remarks_on(climbed: Climb, source: Source, site: Renderer, path: str) -> list[Problem]:
    """Say what the ladder did to a text, what it could not keep, and where the two readings differ."""
    problems = _taken(climbed, source, path)
    problems += _own_readings(source, site, path)
    problems += _unreferred(source, site, path)
    return problems


def _taken(climbed: Climb, source: Source, path: str) -> list[Problem]:
    """Say what the ladder did, and what it could not keep."""
    problems = []
    for at, rung in climbed.rungs.items():
        if at in climbed.lost or rung == FENCE:
            continue
        if rung == "html":
            message = "The block can't be written in the site's Markdown: it is written as HTML."
            severity = Severity.WARNING
        else:
            message, severity = _REASONS[rung], Severity.NOTE
        problems.append(
            Problem(
                path=path,
                line=source.number(at),
                code=f"normalize-{rung}",
                message=message,
                severity=severity,
            )
        )
    for at, (in_post, on_page) in climbed.lost.items():
        problems.append(
            Problem(
                path=path,
                line=source.number(at),
                code="normalize-lost",
                message="The page does not show this block as the post has it.",
                hint="Write it more simply, or with blank lines around it.",
                severity=Severity.WARNING,
                details=(f"post: {in_post}", f"page: {on_page}"),
            )
        )
    return problems


def _own_readings(source: Source, site: Renderer, path: str) -> Iterator[Problem]:
    """Say where the site reads a block in a container of Python-Markdown's otherwise than GitHub would."""
    reference = read_as_github(source.text, site)
    for start in range(0, len(reference.own), TOGETHER):
        bodies = reference.own[start : start + TOGETHER]
        if _read_alike(reference, [body for _, body in bodies], site):
            continue
        for line, body in bodies:
            yield from _own_reading(reference, source, line, body, site, path)


def _own_reading(
    reference: Reference, source: Source, line: int, body: str, site: Renderer, path: str
) -> Iterator[Problem]:
    """Say so of the first block in a container that is read otherwise."""
    text = _with_definitions(reference, body)
    inner, page = read_as_github(text, site), skeleton(site.html(text))
    differences = differing(inner, page) if inner.units != page else {}
    for at, (in_post, on_page) in sorted(differences.items())[:1]:
        yield Problem(
            path=path,
            line=source.number(line + inner.chunks[at].start),
            code="normalize-own",
            message="In a container of Python-Markdown's this counts as that reads it; GitHub reads it otherwise.",
            hint="Put blank lines around it, and what is inside a list's item four columns in.",
            severity=Severity.WARNING,
            details=(f"GitHub: {in_post}", f"page: {on_page}"),
        )


def _read_alike(reference: Reference, bodies: Sequence[str], site: Renderer) -> bool:
    """Whether GitHub and the site read all of these the same, each as if it stood alone."""
    text = _with_definitions(reference, together(bodies))
    units = read_as_github(text, site).units
    return len(apart(units)) == len(bodies) and units == skeleton(site.html(text))


def _with_definitions(reference: Reference, text: str) -> str:
    """Put below a text the links and notes that it refers to, which are defined elsewhere on the page."""
    labels = dict.fromkeys(" ".join(label.split()).lower() for label in _LABEL.findall(text))
    links = [f"[{label}]: <{reference.links[label][0]}>" for label in labels if label in reference.links]
    notes = [f"[{label}]: x" for label in labels if label[1:] in reference.footnotes and label[0] == "^"]
    return "\n".join((text, "", *links, *notes))


def _unreferred(source: Source, site: Renderer, path: str) -> Iterator[Problem]:
    """Say of which notes nothing is shown, since no text refers to them."""
    if "[^" not in source.text:
        return
    labels = {label.lower() for label in read_as_github(source.text, site).footnotes}
    for note in outside(_NOTE, source.text):
        if note["label"].lower() not in labels:
            yield Problem(
                path=path,
                line=source.line_at(note.start("label")),
                code="normalize-note",
                message=f"No text refers to the note `[^{note['label']}]`: neither GitHub nor the page shows it.",
                hint="Put its mark where it belongs, or take it out.",
                severity=Severity.WARNING,
            )
