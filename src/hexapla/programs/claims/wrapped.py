"""Wrapped: what stands below a block in an element of HTML's or a component, or in a container of another tool's."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from hexapla.programs.output_labels import names_output

_TAG = re.compile(r"</?[a-zA-Z][^<>]*+>")
_ELEMENT = re.compile(
    r"<(?P<name>(?i:pre|samp|output|div|p|details|section|figure|blockquote|center)|[A-Z][a-zA-Z]{1,30})\b(?P<words>[^<>]*+)>"
)
_SUMMARY = re.compile(
    r"<summary\b[^<>]*+>(?P<label>[^<]*+(?:<(?!/summary)[^<]*+)*+)</summary>", re.IGNORECASE
)
_CODE = re.compile(r"<(?:pre|code|samp|kbd|tt)\b|`", re.IGNORECASE)
_CONTAINER = re.compile(r"(?P<mark>:{3,}+|/{3,}+)\s*+(?P<words>[^\s:/][^\n]*+)\Z")
_SHORTCODE = re.compile(r"\{[{%][<%]?\s*+(?P<end>/|end)?(?P<name>\w++)[^{}]*+\}{1,2}\Z")
_ADMONITION = re.compile(r"(?:!!!|\?\?\?\+?|===)[ \t]++(?:[\w-]++[ \t]++)*+\"(?P<label>[^\"\n]++)\"[ \t]*+\Z")
"""The first line of an admonition or a tab."""
_PREFORMATTED = ("pre", "samp", "output")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrapped:
    """What is around an output, or a text."""

    inner: tuple[str, ...]
    """The rows inside, as they are read where they stand."""
    used: int
    """How many rows it takes."""
    title: str = ""
    output: bool
    """Whether its name, its class or its title says that it holds an output."""
    code: bool = False
    """Whether it shows code."""
    opaque: bool = False
    """Whether it holds nothing but its text: a preformatted one, a fold."""


def wrapping_of(rows: Sequence[str]) -> Wrapped | None:
    """Return what the rows begin with, if that is an element, a container, a shortcode, an admonition or a tab."""
    return _element(rows) or _container(rows) or _admonition(rows)


def _element(rows: Sequence[str]) -> Wrapped | None:
    opening = _ELEMENT.match(rows[0].strip())
    if opening is None or len(rows[0]) - len(rows[0].lstrip()) > 3:
        return None
    name = opening["name"].lower()
    used = depth = 0
    while used < len(rows) and (depth or not used):
        lowered, used = rows[used].lower(), used + 1
        depth = max(0, depth + lowered.count(f"<{name}") - lowered.count(f"</{name}"))
    inner = "\n".join(rows[:used])
    # A fence inside is read as one.
    if depth or rows[used - 1].rstrip()[-1:] != ">" or "```" in inner or "~~~" in inner:
        return None
    summary = _SUMMARY.search(inner) if name == "details" else None
    told = summary["label"] if summary else opening["words"]
    text = html.unescape(_TAG.sub("", inner.replace(summary.group(), "") if summary else inner)).strip("\n")
    shows_code = _CODE.search(inner) is not None
    return Wrapped(
        inner=tuple(text.split("\n")),
        used=used,
        title=_TAG.sub("", told).strip() if summary else "",
        output=names_output(told) or name == "output",
        code=name in _PREFORMATTED or shows_code,
        opaque=name in (*_PREFORMATTED, "details") or (name == "div" and shows_code),
    )


def _container(rows: Sequence[str]) -> Wrapped | None:
    """Read a container of Pandoc's, MyST's or Python-Markdown's, or a shortcode of Hugo's or Jekyll's."""
    first = rows[0].strip()
    marked, shortcode = _CONTAINER.match(first), _SHORTCODE.match(first)
    if marked is None and (shortcode is None or shortcode["end"]):
        return None
    for end, row in enumerate(map(str.strip, rows[1:]), start=1):
        closing = _SHORTCODE.match(row) if shortcode else None
        ends = closing["end"] and closing["name"] == shortcode["name"] if closing and shortcode else False
        if ends or (marked and row == marked["mark"]):
            return Wrapped(inner=tuple(rows[1:end]), used=end + 1, output=names_output(first), code=True)
    return None


def _admonition(rows: Sequence[str]) -> Wrapped | None:
    head = _ADMONITION.match(rows[0])
    if head is None:
        return None
    inside = (at for at in range(1, len(rows)) if rows[at].strip() and not rows[at].startswith("    "))
    end = next(inside, len(rows))
    while not rows[end - 1].strip():
        end -= 1
    inner = tuple(row.removeprefix("    ") for row in rows[1:end])
    output = names_output(head["label"])
    return Wrapped(inner=inner, used=end, title=head["label"], output=output, code=output)
