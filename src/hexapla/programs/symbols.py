"""Symbols: strings, and parts of strings, that are for a machine, so that translating them breaks the program."""

import ast
import json
import re
from collections import Counter

from hexapla.programs.parse import parse_expression
from hexapla.programs.roles import Role, is_machine
from hexapla.programs.sequences import agreement

_SCHEME = r"(?<![a-z0-9+.-])(?P<before>[0-9+.-]*+)[a-z][a-z0-9+.-]*+://"
_ADDRESS = re.compile(rf"{_SCHEME}\S++", re.IGNORECASE)
_LATIN_ADDRESS = re.compile(rf"{_SCHEME}[!-~]++", re.IGNORECASE)
"""An address in text that has no blanks between words: it ends where its letters do."""
_ENDS = ".,;:!?)]}>'\""
_DOTTED = re.compile(r"(?<![\w./@])[A-Za-z_]\w++(?:\.[a-z_]\w++)++", re.ASCII)
"""A dotted name in a text, such as a file's or a module's: no full stop without a blank after it."""
_QUOTED = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_TAG = re.compile(
    r"</?(a|abbr|b|body|br|button|code|div|em|form|h[1-6]|head|hr|html|i|img|input|label|li|link|meta|ol|option"
    r"|p|pre|script|select|small|span|strong|style|sub|sup|table|tbody|td|th|thead|title|tr|u|ul)\b[^<>]*>"
)
_ESCAPED = re.compile(r"\\[wdsbDWSB](?![A-Za-z])|\(\?[:P=!<]|\[\^|\.\*|\\\.")
r"""What only a regular expression has: `\s`, and not the `\sigma` of a formula."""
_FORMULA = re.compile(r"\$[^$\n\\_^=]*+[\\_^=][^$\n]*+\$")
_PATTERN = re.compile(r"\[\w-\w|[^\W\d]\]?[+*]\s|\((?:\w+\|)+\w+\)")
"""What a regular expression has and a text for a reader hardly ever."""
_QUERY = re.compile(
    r"\s*(?:SELECT|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE|DELETE\s+FROM|(?:CREATE|DROP|ALTER)\s+\w+|PRAGMA|WITH\s+\w+\s+AS)\b"
)
_WORD = re.compile(r"\w++")
_DOTTED_NAME = re.compile(r"[A-Za-z]\w*+(?:\.\w++)++")
_FILES = r"py|csv|json|txt|pt|pth|png|jpe?g|ya?ml|onnx|npy|npz|db|html?|md|toml|log|zip|tar|gz|ipynb|pkl|safetensors"
_PATH = re.compile(rf"(?:[\w.~$-]*+/)++[\w.*-]*+|[\w-]++\.(?:{_FILES})")
_FILE = re.compile(rf"[\w. -]+\.(?:{_FILES})")
"""A file's name, which may have blanks."""
_OPTIONS = frozenset(
    """
    cpu cuda mps xpu meta mean sum none same valid circular reflect replicate zeros relu gelu tanh sigmoid
    selu elu train test eval linear nearest bilinear bicubic trilinear area fan_in fan_out max min
    constant rb wb r w a rt wt utf-8 ascii left right center float32 float16 bfloat16 int64 fork spawn
    forkserver gloo nccl mpi inductor eager strict ignore fro nuc mode auto int float str bool double half
    long adam adamw sgd rmsprop softmax silu mish swish cosine euclidean manhattan rbf poly gini entropy
    lbfgs saga mse mae bce hinge coerce
    """.split()
)

_OWN = frozenset(
    """
    your my username dein deine deinen ihr ihre mein meine tu tus su sus mi mis votre vos ton mon mes notre seu sua seus
    teu meu minha tuo tua mio mia jouw mijn uw ваш ваша мой моя твой twój mój senin benim आपका मेरा
    """.split()
)  # fmt: skip
"""Words of a name that stands for one of the reader's own, in the languages that originals are in."""
_OWN_PARTS = ("你的", "您的", "我的", "あなたの", "私の")
_NOBODYS = re.compile(r"@example\.|\bexample\.(?:com|org|net)\b")
"""What is in addresses that are nobody's, by custom."""
_NAME_PART = re.compile(r"[\w-]++")
_LETTERS = re.compile(r"[^\W\d_]++")


def is_sample(before: str, after: str) -> bool:
    """Return whether a name such as `your-username/model` stands for one of the reader's own, and is translated.

    Of an address such parts alone may differ; of a file its ending may not.
    """
    if (
        re.search(r"\s", before.strip() + after.strip())
        or not re.search(r"[./_:-]", before)
        or is_slip(before, after)
    ):
        return False
    if _NOBODYS.search(before):
        return True
    first, second = _NAME_PART.findall(before), _NAME_PART.findall(after)
    if "://" in before:
        alike = _NAME_PART.sub("", before) == _NAME_PART.sub("", after)
        return alike and all(a == b or _is_own(a) for a, b in zip(first, second, strict=True))
    ends = [text.rpartition(".")[2] if "." in text else "" for text in (before, after)]
    return bool(second) and ends[0] == ends[1] and ("path/to/" in before or any(map(_is_own, first)))


def _is_own(part: str) -> bool:
    words = _LETTERS.findall(part.casefold())
    return not _OWN.isdisjoint(words) or any(own in part for own in _OWN_PARTS)


def is_slip(before: str, after: str) -> bool:
    """Return whether a text is hardly another: but for a sign, for blanks, or for the order of its letters."""
    bare = ["".join(text.split()).casefold() for text in (before, after)]
    differ = (1 - agreement(*bare, least=0)) * (len(bare[0]) + len(bare[1]))
    return differ < 2.5 or sorted(bare[0]) == sorted(bare[1])


def is_symbol(text: str, role: Role) -> bool:
    """Return whether a string names something for a machine, so that translating it breaks the program."""
    bare = _tagless(text)
    if role is Role.PATTERN or not any(character.isalpha() for character in bare):
        return True
    if _is_address(bare) or _ESCAPED.search(bare) or _QUERY.match(bare):
        return True
    if role is Role.SHOWN:
        return _is_path(bare) or (bare.isascii() and _is_name(bare))
    if bare in _OPTIONS or _is_path(bare) or _PATTERN.search(bare):
        return True
    if (
        role is Role.ARGUMENT
        and bare.isascii()
        and (_FILE.fullmatch(bare) or "->" in bare or _compares(bare))
    ):
        return True
    if not is_word(bare) or not bare.isascii():
        return False
    if is_named(bare) or re.search(r"[:0-9-]", bare.rstrip(".:!?")) or re.search(r"[a-z][A-Z]", bare):
        return True
    return role is Role.ARGUMENT and (bare.islower() or bare.isupper())


def is_named(text: str) -> bool:
    """Return whether a word holds marks that no word of a language does."""
    bare = _tagless(text).rstrip(".:!?")
    return bare.isascii() and is_word(bare) and re.search(r"[._/$\\<>@=|^*+\[\]]", bare) is not None


def is_word(text: str) -> bool:
    """Return whether a text has no blank in its middle."""
    return not re.search(r"\s", text.strip())


def kept(text: str) -> Counter[str]:
    """Return the parts of a text for readers that no translation changes.

    Addresses, names of files and modules, formulas, what stands in backticks, and the names of HTML's tags; of
    a text in JSON its keys, numbers and values of a few.
    """
    prose = _ADDRESS.sub(r"\g<before> ", text)
    names = [*_DOTTED.findall(prose), *_QUOTED.findall(prose), *_FORMULA.findall(prose)]
    tags = [match.group().split()[0].strip("</>") for match in _TAG.finditer(text)]
    return Counter([*_addresses(text), *names, *tags, *_data(text)])


def is_read_alike(before: str, after: str) -> bool:
    """Return whether two queries differ in their blanks alone."""
    return bool(_QUERY.match(before)) and before.split() == after.split()


def _addresses(text: str) -> list[str]:
    whole = _found_by(_ADDRESS, text)
    return whole if all(map(str.isascii, whole)) else _found_by(_LATIN_ADDRESS, text)


def _found_by(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the addresses in a text, from their scheme on, without the marks of the sentence around them."""
    return [match.group()[len(match["before"]) :].rstrip(_ENDS) for match in pattern.finditer(text)]


def _is_address(text: str) -> bool:
    match = _ADDRESS.fullmatch(text)
    return match is not None and not match["before"]


def _is_name(text: str) -> bool:
    """Return whether a text is a name with underscores, or with dots as a module's: no word of a sentence."""
    if "_" in text and len(text) > 1 and _WORD.fullmatch(text):
        return True
    return _DOTTED_NAME.fullmatch(text) is not None


def _tagless(text: str) -> str:
    """Return a text without HTML's tags, if there is a text besides them."""
    bare = _TAG.sub(" ", text)
    return (bare if any(map(str.isalpha, bare)) else text).strip()


def _is_path(text: str) -> bool:
    return bool(_PATH.fullmatch(text)) and text.isascii()


def _compares(text: str) -> bool:
    """Return whether a text is a condition: `Age > 30`."""
    node = parse_expression(text)
    return isinstance(node, ast.Compare) and all(
        isinstance(sign, ast.Eq | ast.NotEq | ast.Lt | ast.LtE | ast.Gt | ast.GtE) for sign in node.ops
    )


def _data(text: str) -> list[str]:
    """Return what a text in JSON holds besides words: its keys, and the values that are no text."""
    if text.strip()[:1] not in ("{", "["):
        return []
    try:
        return _leaves(json.loads(text))
    except (ValueError, RecursionError):
        return []


def _leaves(value: object, key: str = "") -> list[str]:
    if isinstance(value, dict):
        return [leaf for name, item in value.items() for leaf in (f"{name}:", *_leaves(item, name))]
    if isinstance(value, list):
        return ["[]", *(leaf for item in value for leaf in _leaves(item, key))]
    return [] if isinstance(value, str) and not is_machine(key) else [repr(value)]
