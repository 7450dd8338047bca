"""Values: text that looks like what Python prints, told apart from remarks, steps and code put aside.

A bare `# 3` after `print(x)` claims an output; `# 3. train`, `# shape of x` and `# plt.show()` do not.
"""

import ast
import re

from hexapla.programs.parse import parse_expression

_REPRS = frozenset(
    """
    tensor array Size Parameter device Timestamp Decimal Fraction OrderedDict defaultdict Counter deque range
    frozenset set dict_keys dict_values dict_items odict_keys mappingproxy date datetime timedelta namespace
    iinfo finfo dtype complex bytearray slice matrix masked_array
    """.split()
)
"""Names that a `repr` calls an object by, besides those that begin with a capital."""
_DOTTED = re.compile(
    r"(?:torch|np|numpy)\.(?:b?float|u?int|complex|bool|half|long|double|q|strided|sparse)\w*$"
)
_OBJECT = re.compile(r"<[\w.]+(?: [^<>]*)?(?:<[^<>]*>[^<>]*)*>")
_NUMBER = r"[-+]?\d[\d.]*+(?:e[-+]?\d++)?+"
_NUMBERS = re.compile(rf"{_NUMBER}(?: ++{_NUMBER})++$")
_ELEMENT = re.compile(r"[-+]?\d++(?:\.\d*+)?+(?:e[-+]?\d++)?+j?|[-+]?(?:nan|inf)|True|False|\.\.\.")
"""An element of an array as numpy prints it."""
_ARROW = re.compile(r"(?:[─-╿]{0,3}(?:[=~-]{0,3}>|[→⇒⇨⟹⟶↳↪⮕➔-➾►▶]\uFE0F?)|==|=(?=\s))\s*")
_SEPARATOR = re.compile(
    r"(?<!\s)(?:\s*+(?=[(（])|\s++[—–;]\s*+|\s++(?::|=>|->|→)\s++|\s*+[,;]\s++|\s*+[，；]\s*+|\s++#\s*+|\s++(?:<-|←)\s*+|\s++-\s++"
    r"|\s++(?=because\b|since\b))"
)
_SINCE = re.compile(
    r"(?:(?:it )?is (?:now|still) |now |still |jetzt |immer noch |ahora |maintenant |adesso |ora |agora |теперь |тепер |teraz |teď |nu |şimdi "
    r"|अब |الآن |现在是?|現在は?|지금 )[:：]?\s*+",
    re.IGNORECASE,
)
"""What authors say before a value that a statement above has changed."""
_TRIED = 40
"""How many places at either end of a comment may part a value from a remark: each is parsed."""
_NAMES = frozenset({"nan", "inf", "NaN", "NaT", "Ellipsis"})


def leading_value(text: str) -> tuple[str, str]:
    """Split a comment into the value that it begins with and the remark after it.

    The value is empty where the comment is no claim. An arrow before the value is dropped.
    """
    text = text.strip()
    arrow = _ARROW.match(text)
    if arrow:
        text = text[arrow.end() :]
    text = text.rstrip(",，") or text
    if is_value(text):
        return text, ""
    if (since := _SINCE.match(text)) and is_value(text[since.end() :]):
        return text[since.end() :], ""
    places = list(_SEPARATOR.finditer(text))
    for match in reversed([*places[:-_TRIED][:_TRIED], *places[-_TRIED:]]):
        value, remark = text[: match.start()].strip(), text[match.end() :].strip()
        if is_value(value) and (arrow or not _counts(value, match.group(), remark)):
            return ("", text) if _lists(match.group(), remark) else (value, remark)
    return "", text


def _lists(separator: str, rest: str) -> bool:
    """Return whether a value behind a comma follows: `"a", "b" or "c"` tells what there may be."""
    return separator.strip() in (",", "，") and is_value(re.split(r"[,，]|\s", rest, maxsplit=1)[0])


def _counts(value: str, separator: str, remark: str) -> bool:
    """Return whether a number before a dash numbers a step, `1 - load the data`, or begins a sum: `12 - 4 = 8`."""
    if separator.strip() == "-" and value.isdecimal() and remark[:1].isdecimal():
        return True
    return value.isdecimal() and len(value) == 1 and separator.strip() not in ("", ",", "#", "，")


def is_value(text: str) -> bool:
    """Return whether the whole text looks like a value as Python prints it."""
    text = text.strip().replace("…", "...")
    if not text or text == "..." or re.fullmatch(r"\(\d{1,2}\)!?", text):
        return False
    if _OBJECT.fullmatch(text) or _NUMBERS.match(text) or _DOTTED.match(text):
        return True
    if text[0] == "[" and _is_array(text):
        return True
    expression = _OBJECT.sub("None", text)
    if re.fullmatch(r"[-+]?\d++\.", expression):
        return False
    node = parse_expression(expression)
    if node is None or (isinstance(node, ast.Tuple) and not expression.startswith("(")):
        return False
    return _printed(node)


def _is_array(text: str) -> bool:
    """Return whether a text is what numpy prints: numbers in brackets without commas."""
    closed = text[-1] == "]" and text.count("[") == text.count("]")
    return closed and all(map(_ELEMENT.fullmatch, re.sub(r"[\[\]]", " ", text).split()))


def _printed(node: ast.expr) -> bool:
    """Return whether an expression is built as `repr` builds them."""
    match node:
        case ast.Constant():
            return True
        case ast.Tuple(elts=items) | ast.List(elts=items) | ast.Set(elts=items):
            return all(map(_printed, items))
        case ast.Dict(keys=keys, values=values):
            return all(key is not None and _printed(key) for key in keys) and all(map(_printed, values))
        case ast.UnaryOp(operand=operand):
            return _printed(operand)
        case ast.BinOp(left=ast.Constant(), right=ast.Constant(value=complex())):
            return True
        case ast.Name(id=name):
            return name in _NAMES
        case ast.Attribute():
            return bool(_DOTTED.match(ast.unparse(node)))
        case ast.Call(func=func, args=args, keywords=keywords):
            return (
                _is_repr(func) and all(map(_printed, args)) and all(_printed(word.value) for word in keywords)
            )
    return False


def _is_repr(func: ast.expr) -> bool:
    """Return whether a call's name is that of a type, as in the `repr` of an object."""
    name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
    return name in _REPRS or (name[:1].isupper() and isinstance(func, ast.Name))
