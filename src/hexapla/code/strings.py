"""Strings: which texts in code a translator may change, and which are part of the program."""

import ast
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from hexapla.code.fingerprint import Fingerprint
from hexapla.code.roles import Role

_PERCENT = re.compile(r"%(?:\(\w+\))?[#0+-]*(?:\d+|\*)?(?:\.\d+)?[A-Za-z](?![A-Za-z])")
_BRACES = re.compile(r"(?<!\{)\{[\w.\[\]]*(?:![rsa])?(?::[^{}]*)?\}(?!\})")
_DOUBLED = re.compile(r"\{\{[^{}]*\}\}")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>")
_ESCAPED = re.compile(r"\\[wdsbDWSB]|\(\?[:P=!<]|\[\^|\.\*|\\\.")
_NAME = re.compile(r"\w+_\w*|_\w+|[A-Za-z]\w*(?:\.\w+)+")
"""A name with underscores, or one with dots such as a module's or a library's: no word of a sentence."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A string of the original, and what stands in its place."""

    before: str
    after: str
    role: Role
    line: int
    """1-based line in the translated block's code."""
    formatted: bool = False
    """Whether it is an f-string: then the two texts are its own description of its parts."""

    def __str__(self) -> str:
        return f"{_short(self.before)} became {_short(self.after)}"


def _short(text: str) -> str:
    """Quote the beginning of a text."""
    return repr(text if len(text) <= 60 else f"{text[:59]}…")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A change that is not a translation, or that should be looked at."""

    code: str
    change: Change
    fatal: bool


def changes(first: Fingerprint, second: Fingerprint) -> tuple[Change, ...]:
    """Return the strings that differ between two blocks whose marks are else equal."""
    found: list[Change] = []
    for before, after in zip(first.of_kind("str", "fstr"), second.of_kind("str", "fstr"), strict=True):
        if before.text != after.text:
            formatted = before.kind == "fstr"
            found.append(
                Change(
                    before=_literal(before.text, formatted),
                    after=_literal(after.text, formatted),
                    role=before.role,
                    line=after.line,
                    formatted=formatted,
                )
            )
    return tuple(found)


def faults(
    changed: tuple[Change, ...], known: Mapping[str, frozenset[str]], counts: Mapping[str, int]
) -> tuple[Fault, ...]:
    """Return what speaks against each change. `known` and `counts` tell what the whole page does."""
    found: list[Fault] = []
    if len(changed) > 1 and Counter(c.before for c in changed) == Counter(c.after for c in changed):
        return (Fault(code="lines-reordered", change=changed[0], fatal=True),)
    for change in changed:
        code = _fault(change, known, counts)
        if code:
            fatal = code not in ("key-localized", "string-number-changed")
            found.append(Fault(code=code, change=change, fatal=fatal))
    return tuple(found)


def _fault(change: Change, known: Mapping[str, frozenset[str]], counts: Mapping[str, int]) -> str:
    before, after = change.before, change.after
    if _placeholders(before) != _placeholders(after):
        return "placeholder-changed"
    if _only_width(before, after):
        return "" if change.role is Role.SHOWN else "symbol-string-changed"
    if _is_symbol_changed(change):
        return "symbol-string-changed"
    if change.role is Role.DEFAULT and not _is_word(before):
        return "key-localized"
    if change.role in (Role.KEY, Role.DEFAULT) and not change.formatted:
        alike = known.get(before, frozenset()) == frozenset({after})
        return "key-localized" if alike and counts.get(before, 0) > 1 else "key-changed"
    if _numbers(before) != _numbers(after):
        return "string-number-changed"
    return ""


def _is_symbol_changed(change: Change) -> bool:
    """Return whether what stood there, or what stands there now, is for a machine and not for a reader."""
    before, after, role = change.before, change.after, change.role
    tags = _TAG.findall(before)
    if tags and tags == _TAG.findall(after):
        before, after = (_TAG.sub(" ", text) for text in (before, after))
    if is_symbol(before, role) or not after.strip():
        return True
    if change.formatted:
        return False
    return _addresses(before) != _addresses(after) or (role is not Role.SHOWN and _is_named(after))


def _is_named(text: str) -> bool:
    """Return whether a word holds marks that no word of a language does."""
    bare = text.strip().rstrip(".:!?")
    return bare.isascii() and _is_word(bare) and re.search(r"[._/$\\<>@=|^*+\[\]]", bare) is not None


def is_symbol(text: str, role: Role = Role.TEXT) -> bool:
    """Return whether a string names something for a machine, so that translating it breaks the program."""
    bare = text.strip()
    if role is Role.PATTERN or not any(character.isalpha() for character in bare):
        return True
    if _ADDRESS.fullmatch(bare) or _ESCAPED.search(bare):
        return True
    if role is Role.SHOWN:
        return _is_path(bare) or bool(bare.isascii() and _NAME.fullmatch(bare))
    if bare in _OPTIONS or _is_path(bare):
        return True
    if not _is_word(bare) or not bare.isascii():
        return False
    if _is_named(bare) or re.search(r"[:0-9-]", bare.rstrip(".:!?")) or re.search(r"[a-z][A-Z]", bare):
        return True
    return role is Role.ARGUMENT and (bare.islower() or (bare.isupper() and len(bare) > 1))


def _is_path(text: str) -> bool:
    return (
        bool(
            re.fullmatch(
                r"(?:[\w.~$-]*/)+[\w.*-]*\.?\w*|[\w-]+\.(?:py|csv|json|txt|pt|pth|png|jpe?g|ya?ml|onnx|npy|npz|db|html?|md|toml|log|zip|tar|gz|ipynb|pkl|safetensors)",
                text,
            )
        )
        and text.isascii()
    )


def _is_word(text: str) -> bool:
    return not re.search(r"\s", text.strip())


def _only_width(before: str, after: str) -> bool:
    """Return whether nothing but punctuation changed, such as `: ` to a full-width colon."""
    plain = [re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) for text in (before, after)]
    return plain[0] == plain[1] and not any(character.isalnum() for character in plain[0])


def _placeholders(text: str) -> Counter[str]:
    return Counter([*_PERCENT.findall(text), *_BRACES.findall(text), *_DOUBLED.findall(text)])


def _addresses(text: str) -> list[str]:
    return sorted(_ADDRESS.findall(text))


def _numbers(text: str) -> Counter[int]:
    return Counter(int(number) for number in re.findall(r"\d+", text) if len(number) < 40)


def _literal(text: str, formatted: bool) -> str:
    if formatted:
        return "".join(str(ast.literal_eval(part)) if part[:1] in "'\"" else "{}" for part in _parts(text))
    return str(ast.literal_eval(text))


def _parts(text: str) -> list[str]:
    """Split an f-string's mark into its literals and fields."""
    return re.findall(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"|\{[^}]*\}", text[1:])
