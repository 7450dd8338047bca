"""MathML: the formulas of a rendered page as browsers show them without JavaScript and without a request.

What the converter does not know stays as the author wrote it, and is named.
"""

import re
from dataclasses import dataclass
from html import unescape
from xml.etree import ElementTree

from latex2mathml.converter import convert

from hexapla.publish.spacing import space

_FORMULA = re.compile(
    r"(?P<opening>[(\[{«„“‘（「『《【¿¡]*)"
    r'<(?P<tag>span|div) class="arithmatex">(?:\\|&#92;)[(\[](?P<source>.*?)(?:\\|&#92;)[)\]]</(?P=tag)>'
    r"(?P<closing>[^\w\s<&]*)",
    re.DOTALL,
)
"""What `pymdownx.arithmatex` leaves with `generic: true`, and the punctuation that touches it.

Normalizing writes the same with `&#92;` where dollars can't be.
"""

_ENVIRONMENTS = frozenset(
    ("array", "align", "align*", "split", "cases", "substack")
    + tuple(f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V", "small"))
)
"""Those that the converter knows; of another it would silently show the content alone."""
_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A page's HTML with MathML, and the formulas that stayed as they were."""

    html: str
    left: tuple[str, ...]


def with_mathml(html: str) -> Converted:
    """Return the page with every formula as MathML that can be."""
    left: list[str] = []

    def formula(match: re.Match[str]) -> str:
        source = unescape(match["source"]).strip()
        block = match["tag"] == "div"
        mathml = _mathml(source, block=block)
        if not mathml:
            left.append(source)
            return match[0]
        shown = f'<{match["tag"]} class="arithmatex" dir="ltr">{mathml}</{match["tag"]}>'
        touching = f"{match['opening']}{shown}{match['closing']}"
        # To a browser a formula is a box of its own: it would begin the next line with a comma.
        glued = not block and touching != shown
        return f'<span class="hexapla-glued">{touching}</span>' if glued else touching

    return Converted(html=_FORMULA.sub(formula, html), left=tuple(left))


def _mathml(source: str, *, block: bool) -> str:
    """Return one formula as MathML; empty where it cannot be converted whole."""
    source = source.replace("{aligned}", "{split}")  # The same table by its older name.
    plain = re.sub(r"\\[\\{}]", "", source)
    environments = re.findall(r"\\begin\{([^}]*)\}", source)
    if plain.count("{") != plain.count("}") or not _ENVIRONMENTS.issuperset(environments):
        return ""
    try:
        mathml = convert(source, display="block" if block else "inline")
        formula = ElementTree.fromstring(mathml.replace(_NAMESPACE, "", 1))
    except Exception:  # The converter raises whatever its parser stumbles on; a stray `&` comes out bare.
        return ""
    text = "".join(formula.itertext())
    # It puts a command that it does not know into the page as the command's name.
    if "\\" in text or not text.strip():
        return ""
    space(formula)
    # In HTML `<math>` needs no namespace.
    return ElementTree.tostring(formula, encoding="unicode", short_empty_elements=False)
