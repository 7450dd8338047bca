"""Spacing: the blanks between the signs of a formula as TeX sets them (The TeXbook, chapters 17 and 18).

A browser only knows what each sign is by itself, and the converter does not tell it more.
"""

import itertools
from xml.etree.ElementTree import Element

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
