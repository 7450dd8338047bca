"""Outputs: what stands under a block on a page: its outputs, folded where they are long, cut where too long."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hexapla.ledger.digests import digested_cells
from hexapla.ledger.ledger import CellRecord, Record
from hexapla.ledger.tracebacks import without_library_frames
from hexapla.model.block import fence_for
from hexapla.model.figure_words import is_description, parts_of
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Text
from hexapla.model.program import Program
from hexapla.render import locale, values
from hexapla.render.escape import escape, quoted, visible
from hexapla.render.labels import Labels, label_section
from hexapla.render.night import by_night
from hexapla.render.page import QUIET
from hexapla.render.svg import cleaned, on_any_ground

FIGURES = "assets/hexapla"
"""Where figures go below docs/: once, for all languages."""

LONG = 30
"""An output of more lines is folded."""

CUT = 20_000
"""Of an output with more characters a page shows only so many: whoever reads on a phone has to load them."""

_SIZE = re.compile(r' (?P<side>width|height)="(?P<points>\d{1,9}(?:\.\d{1,9})?)pt"')
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Means:
    """What the Markdown of a page can show outputs with."""

    folds: bool = True
    """`??? note` (pymdownx.details)."""
    attributes: bool = True
    """`{: .class }` below a paragraph (attr_list)."""
    formulas: bool = True
    """pymdownx.arithmatex."""
    nested: bool = True
    """Fences in lists, notes and tabs (pymdownx.superfences); without, such a fence is no code."""
    blocks: bool = True
    """Whether more than fences may stand there: not below one that no blank line parts from the text above."""
    files: bool = True
    """Whether figures are files of the site's; else they stand in the page itself."""


WHOLE = Means()
"""Those of the pages that hexapla writes."""


def cell_outputs(
    cell: CellRecord,
    *,
    slug: str,
    variant: str,
    language: str,
    words: Labels,
    label: str,
    hide: bool,
    alt: str = "",
    means: Means = WHOLE,
) -> str:
    """Return a cell's outputs as Markdown.

    `label` is what the author calls them, `hide` folds them however short they are, `alt` is what the first figure
    shows.
    """
    outputs = [output for output in cell.outputs if isinstance(output, Figure) or output.text]
    lines = sum(output.text.rstrip("\n").count("\n") + 1 for output in outputs if isinstance(output, Text))
    folds = bool(outputs) and (hide or lines > LONG) and means.folds and means.blocks
    heading, parts, count = label or words.output, [], 0
    last = heading if folds else ""
    for output in outputs:
        if isinstance(output, Figure):
            count += 1
            name = figure_name(slug, variant, cell.id, count)
            shown = replace(output, alt=(alt if count == 1 else "") or figure_words(output.alt, language))
            parts.append(_figure(shown, name, words) if means.files else figure_html(shown, words, means))
            last = ""
            continue
        title = _title(output.kind, words, label)
        # What follows in the same cell needs a label only where it is something else.
        heading_here = "" if title == last else title
        if output.markup and len(output.markup.source) <= values.LONGEST and _shows(output.markup, means):
            parts.append(values.value_html(output.markup, heading_here))
        else:
            parts.append(_fence(output, heading_here, language, words, means))
        last, label = title, label if output.kind is Kind.ERROR else ""
    text = ("\n" if means.blocks else "").join(parts)
    if not folds:
        return text
    size = f" ({words.lines.format(count=locale.number(lines, language))})" if lines > 1 else ""
    return folded(text, f"{heading}{size}")


def _shows(markup: Markup, means: Means) -> bool:
    return means.blocks and (means.formulas or markup.kind is not MarkupKind.LATEX)


def folded(text: str, summary: str) -> str:
    """Return outputs that browsers fold without JavaScript, in lists and quotes too."""
    inside = "".join(f"    {line}\n" if line else "\n" for line in text.rstrip("\n").split("\n"))
    return f'??? hexapla-fold output-fold "{escape(summary)}"\n\n{inside}'


def figures_of(cell: CellRecord) -> list[Figure]:
    """Return a cell's figures, in the order of their numbers."""
    return [output for output in cell.outputs if isinstance(output, Figure)]


def figure_name(slug: str, variant: str, cell: str, number: int) -> str:
    """Return where a figure is below `FIGURES`."""
    return f"{slug}/{'.'.join(part for part in (f'{cell}-{number}', variant) if part)}.svg"


def night_name(name: str) -> str:
    """Return where what a dark page shows in a figure's place is."""
    return f"{name.removesuffix('.svg')}.night.svg"


def _title(kind: Kind, words: Labels, label: str) -> str:
    if kind is Kind.ERROR:
        return words.error
    return label or (words.value if kind is Kind.VALUE else words.output)


def _figure(figure: Figure, name: str, words: Labels) -> str:
    """Return the image of a figure, with its size, so that nothing moves when it arrives."""
    alt = escape(figure.alt) or words.figure
    pixels = pixels_of(figure.svg)
    size = f" width={pixels[0]} height={pixels[1]}" if pixels else ""
    drawn = " .hexapla-drawn" if on_any_ground(figure.svg) != figure.svg else ""
    images = {name: drawn}
    if by_night(figure.svg):
        # Only one of them is seen; feeds and the search have the first.
        night = f"{drawn} .hexapla-night {QUIET}"
        images = {name: f"{drawn} .hexapla-day", night_name(name): night}
    return "".join(
        f"![{alt}](../../{FIGURES}/{place}){{ .hexapla-figure{how}{size} }}\n"
        for place, how in images.items()
    )


def figure_words(alt: str, language: str) -> str:
    """Return what a figure shows in a reader's language; what somebody else wrote stays as it is."""
    if not is_description(alt):
        return alt
    words = label_section("figures", language)
    joined = [
        words["comma"].join(_said(word, labels, words) for word, labels in axes) for axes in parts_of(alt)
    ]
    return ". ".join(f"{text[:1].upper()}{text[1:]}" for text in joined)


def _said(word: str, labels: Sequence[str], words: Mapping[str, str]) -> str:
    listed = words["comma"].join(words["quoted"].format(text=label) for label in labels)
    if word in ("x", "y"):
        return words[word].format(label=listed)
    return " ".join(filter(None, (words.get(word, ""), listed)))


def figure_html(figure: Figure, words: Labels, means: Means) -> str:
    """Return the image of a figure as HTML that holds it, in one line: no file has to lie beside the page."""
    data = base64.b64encode(cleaned(figure.svg.encode())).decode()
    alt = values.encoded(figure.alt or words.figure)
    pixels = pixels_of(figure.svg)
    size = f' width="{pixels[0]}" height="{pixels[1]}"' if pixels else ""
    image = f'<img alt="{alt}" src="data:image/svg+xml;base64,{data}"{size}>'
    tag = "div" if means.blocks else "span"
    return f'<{tag} class="output hexapla-figure">{image}</{tag}>\n'


def picture_in(svg: str) -> str:
    """Return the picture of dots that a drawing is and no more, in base64; empty where it is another drawing."""
    before, mark, rest = svg.partition('"data:image/png;base64,')
    data, _, after = rest.partition('"')
    return data if mark and before.count("<") == 2 and after.split() == ["/></svg>"] else ""


def pixels_of(svg: str) -> tuple[int, ...]:
    """Return a figure's width and height in pixels; empty where it does not say."""
    start = svg.find("<svg")
    points = {
        match["side"]: float(match["points"]) for match in _SIZE.finditer(svg, start, svg.find(">", start))
    }
    # A point is 4/3 of a pixel (CSS Values 4, absolute lengths).
    return tuple(round(points[side] * 4 / 3) for side in ("width", "height")) if len(points) == 2 else ()


def _fence(output: Text, title: str, language: str, words: Labels, means: Means = WHOLE) -> str:
    """Return a text in a fence of its own, which nothing in it can end."""
    text, size = output.text, len(output.text)
    if size > CUT:
        text = text[:CUT]
        # At the end of a line, unless that is far away.
        text = text[: text.rfind("\n", CUT // 2) + 1] or text
    cut_note = words.cut.format(shown=locale.number(len(text), language), count=locale.number(size, language))
    if output.kind is Kind.ERROR:
        text = without_library_frames(text)
    text = visible(_ANSI.sub("", text))
    text = text if text.endswith("\n") else f"{text}\n"
    mark = fence_for(text)
    kind = {Kind.STREAM: "", Kind.VALUE: " .value", Kind.ERROR: " .error"}[output.kind]
    head = f' title="{quoted(title)}"' if title else ""
    below = tool_note(cut_note, means) if size > CUT else ""
    return f"{mark}{{.text .output{kind}{head}}}\n{text}{mark}\n" + (f"\n{below}" if below else "")


def made_with_sentence(program: Program | None, record: Record, words: Labels) -> str:
    """Return the sentence that says what outputs were made with; empty where none is recorded."""
    cells = [cell for cell, digest in digested_cells(program) if record.cell(digest)]
    if not record.made_with or not cells:
        return ""
    device = "CPU + GPU" if any("gpu" in cell.fixtures for cell in cells) else "CPU"
    return words.ran.format(versions=record.made_with, device=device, seed=record.seed)


def tool_note(text: str, means: Means) -> str:
    """Return a sentence of the tool's own under a block."""
    attributes = f"{{: .hexapla-missing {QUIET} }}\n" if means.attributes and means.blocks else ""
    return f"*{text}*\n{attributes}"
