"""MathML: the formulas of a rendered page as browsers show them without JavaScript and without a request.

What the converter does not know stays as the author wrote it, and is named. The blanks between the signs are set as
TeX sets them (The TeXbook, chapters 17 and 18): a browser only knows what each sign is by itself, and the converter
does not tell it more.
"""

import itertools
import re
from collections.abc import Callable, Iterable
from itertools import takewhile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from latex2mathml.converter import convert
from selectolax.lexbor import LexborHTMLParser, LexborNode

_MARK = "arithmatex"
"""The class that `pymdownx.arithmatex` gives a formula with `generic: true`; normalizing writes the same."""
_DELIMITERS = (("\\(", "\\)"), ("\\[", "\\]"))
_OPENING = frozenset("([{«„“‘（「『《【¿¡")
_NOT_CLOSING = frozenset("_<>&")

_ENVIRONMENTS = frozenset(
    ("array", "align", "align*", "split", "cases", "substack")
    + tuple(f"{kind}matrix" for kind in ("", "p", "b", "B", "v", "V", "small"))
)
"""Those that the converter knows; of another it would silently show the content alone."""
_ACTING = ("href", "class", "style")
"""What `\\href`, `\\class` and `\\style` set, which GitHub doesn't know: a formula leads nowhere and stays in place."""
_NAMESPACE = ' xmlns="http://www.w3.org/1998/Math/MathML"'


def set_formulas(tree: LexborHTMLParser, content: LexborNode) -> tuple[str, ...]:
    """Turn every formula of `content`, a part of `tree`, into MathML; return those that stayed as they were."""
    left = []
    for formula in content.css(f"span.{_MARK}, div.{_MARK}"):
        text = formula.text().strip()
        if formula.attributes != {"class": _MARK} or (text[:2], text[-2:]) not in _DELIMITERS:
            continue
        block, source = formula.tag == "div", text[2:-2].strip()
        if mathml := _mathml(source, block=block):
            formula.attrs["dir"] = "ltr"
            formula.inner_html = mathml
            if not block:
                _glue(tree, formula)
        else:
            left.append(source)
    return tuple(left)


def _glue(tree: LexborHTMLParser, formula: LexborNode) -> None:
    """Hold a formula and the punctuation that touches it together on a line.

    To a browser a formula is a box of its own: it would begin the next line with a comma.
    """
    before, after = _text_of(formula.prev), _text_of(formula.next)
    opening = _run(reversed(before), _OPENING.__contains__)[::-1]
    closing = _run(after, _closes)
    if not opening and not closing:
        return
    if formula.prev is not None and opening:
        formula.prev.replace_with(before.removesuffix(opening))
    if formula.next is not None and closing:
        formula.next.replace_with(after.removeprefix(closing))
    glued = tree.create_node("span")
    glued.attrs["class"] = "hexapla-glued"
    formula.insert_before(glued, move=True)
    if opening:
        glued.insert_child(opening)
    glued.insert_child(formula, move=True)
    if closing:
        glued.insert_child(closing)


def _run(signs: Iterable[str], belongs: Callable[[str], bool]) -> str:
    return "".join(takewhile(belongs, signs))


def _text_of(node: LexborNode | None) -> str:
    return (node.text_content or "") if node is not None and node.is_text_node else ""


def _closes(sign: str) -> bool:
    return not (sign.isalnum() or sign.isspace() or sign in _NOT_CLOSING)


def _mathml(source: str, *, block: bool) -> str:
    """Return one formula as MathML; empty where it cannot be converted whole."""
    source = source.replace("{aligned}", "{split}")  # The same table by its older name.
    plain = re.sub(r"\\[\\{}]", "", source)
    environments = re.findall(r"\\begin\{([^{}]*)\}", source)
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
    for element in formula.iter():
        for name in _ACTING:
            element.attrib.pop(name, None)
    space(formula)
    # In HTML `<math>` needs no namespace.
    return ElementTree.tostring(formula, encoding="unicode", short_empty_elements=False)


_THIN = "0.1667em"
"""A thin space: 3/18 of a quad."""

_BEFORE_A_SIGN = frozenset("([{,;:=<>+-*/±·×←→∈−≈≤≥∼")
"""Behind these and at the beginning, `+` and `-` belong to what follows."""
_SIGNS = frozenset("+-−±")
_SCRIPTS = frozenset(("msub", "msup", "msubsup", "munder", "mover", "munderover"))
_ORDINARY = _SCRIPTS | {"mi", "mn", "mfrac", "msqrt", "mroot"}


def space(formula: Element) -> None:
    """Set the blanks in a formula of MathML without namespaces, in its place."""
    for parent in formula.iter():
        children = list(parent)
        if parent.tag == "mrow" and len(children) == 1 and children[0].tag == "mo":
            # Alone in braces a sign is like any other: the comma of `0{,}5` has no blank behind it.
            children[0].attrib.update(lspace="0", rspace="0")
        for before, after in itertools.pairwise(children):
            if _text(before) in _BEFORE_A_SIGN and _text(after) in _SIGNS:
                after.set("form", "prefix")
        if _is_name(parent) and parent.tag == "mo":
            parent.attrib.update(lspace="0", rspace="0")
        if parent.tag not in _SCRIPTS:
            _set_names_apart(parent, children)


def _set_names_apart(parent: Element, children: list[Element]) -> None:
    """Put thin spaces between names of functions and what is no sign and no bracket: sin 2x, but sin(2x)."""
    for at in reversed(range(1, len(children))):
        before, after = children[at - 1], children[at]
        if {before.tag, after.tag} <= _ORDINARY | {"mo"} and (
            (_is_function(before) and (after.tag in _ORDINARY or _is_function(after)))
            or (_is_function(after) and before.tag in _ORDINARY)
        ):
            parent.insert(at, Element("mspace", width=_THIN))


def _is_function(element: Element) -> bool:
    """Return whether something is the name of a function, with limits or powers or without."""
    return _is_name(element[0]) if element.tag in _SCRIPTS and len(element) else _is_name(element)


def _is_name(element: Element) -> bool:
    return element.tag in ("mi", "mo") and len(_text(element)) > 1 and _text(element).isalpha()


def _text(element: Element) -> str:
    return (element.text or "").strip() if element.tag in ("mi", "mo") else ""
