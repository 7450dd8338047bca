"""Strings: what a translation changed in those of a program, and what speaks against it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from hexapla.programs.fingerprint import Fingerprint
from hexapla.programs.roles import Role, is_machine
from hexapla.programs.symbols import is_named, is_read_alike, is_sample, is_slip, is_symbol, is_word, kept

_PERCENT = re.compile(r"%(?:\(\w++\))?[#0+-]*+(?:\d++|\*)?+(?:\.\d++)?+[A-Za-z](?![A-Za-z])")
_BRACES = re.compile(r"(?<!\{)\{[\w.\[\]]*+(?:![rsa])?+(?::[^{}]*+)?+\}(?!\})")
_DOUBLED = re.compile(r"\{\{[^{}]*\}\}")
_IN_ORDER = re.compile(r"%[^(]|\{[}:!]")
"""A placeholder that takes the next value, whatever its name."""
_ESCAPE = re.compile(r"\\[A-Za-z0-9'\"\\]")
"""A backslash in the string itself, as a broken escape leaves one."""


_MILD = frozenset({"key-localized", "string-number-changed", "sample-localized"})
"""The codes of what should be looked at and is no other program."""


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
        return f"{_quoted(self.before)} became {_quoted(self.after)}"


def _quoted(text: str) -> str:
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
    changed: list[Change] = []
    for before, after in zip(first.of_kind("str", "fstr"), second.of_kind("str", "fstr"), strict=True):
        if before.text != after.text:
            changed.append(
                Change(
                    before=before.value,
                    after=after.value,
                    role=before.role,
                    line=after.line,
                    formatted=before.kind == "fstr",
                )
            )
    return tuple(changed)


def string_faults(
    changed: tuple[Change, ...],
    stands: Mapping[str, frozenset[str]],
    counts: Mapping[str, int],
    keys: Collection[str],
) -> tuple[Fault, ...]:
    """Return what speaks against each change. `stands`, `counts` and `keys` tell what the whole page does."""
    against: list[Fault] = []
    if len(changed) > 1 and Counter(c.before for c in changed) == Counter(c.after for c in changed):
        return (Fault(code="lines-reordered", change=changed[0], fatal=True),)
    for change in changed:
        code = _fault(change, stands, counts, keys)
        if code == "key-alone" and (
            len(changed) > 1 or not is_word(change.before) or not change.before.isascii()
        ):
            # Words, or a key among other words that are translated.
            code = "key-localized"
        if code:
            fatal = code not in _MILD
            against.append(Fault(code=code, change=change, fatal=fatal))
    return tuple(against)


def _fault(
    change: Change, stands: Mapping[str, frozenset[str]], counts: Mapping[str, int], keys: Collection[str]
) -> str:
    before, after = change.before, change.after
    may_name = change.role not in (Role.KEY, Role.ENTRY, Role.PATTERN) and not change.formatted
    if may_name and is_sample(before, after):
        return "sample-localized"
    if _placeholders(before) != _placeholders(after):
        return "placeholder-changed"
    if _only_width(before, after):
        return "" if change.role is Role.SHOWN else "symbol-string-changed"
    if is_read_alike(before, after):
        return ""
    if _is_symbol_changed(change):
        return "symbol-string-changed"
    if change.role is Role.DEFAULT and not is_word(before):
        return "key-localized"
    looked_up = change.role in (Role.KEY, Role.ENTRY, Role.DEFAULT) or (
        before in keys and change.role is not Role.SHOWN
    )
    if looked_up and not change.formatted:
        alike = stands.get(before, frozenset()) == frozenset({after})
        if alike and change.role is Role.ENTRY and counts.get(before, 0) == 1:
            return "key-changed" if is_slip(before, after) or is_machine(before) else "key-alone"
        return "key-localized" if alike and counts.get(before, 0) > 1 else "key-changed"
    if _numbers(before) != _numbers(after):
        return "string-number-changed"
    return ""


def _is_symbol_changed(change: Change) -> bool:
    """Return whether what stood there, or what stands there now, is for a machine and not for a reader."""
    before, after, role = change.before, change.after, change.role
    if is_symbol(before, role) or not after.strip() or kept(before) != kept(after):
        return True
    return not change.formatted and role is not Role.SHOWN and is_named(after)


def _only_width(before: str, after: str) -> bool:
    """Return whether nothing but punctuation changed, such as `: ` to a full-width colon."""
    first, second = (re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) for text in (before, after))
    return first == second and not any(character.isalnum() for character in first)


def _placeholders(text: str) -> tuple[list[str], Counter[str]]:
    """Return the placeholders that are filled in their order, and the others."""
    places = sorted([*_PERCENT.finditer(text), *_BRACES.finditer(text)], key=re.Match.start)
    marks = [place.group() for place in places]
    others = [mark for mark in marks if not _IN_ORDER.match(mark)]
    ordered = [mark for mark in marks if _IN_ORDER.match(mark)]
    return ordered, Counter([*others, *_DOUBLED.findall(text), *_ESCAPE.findall(text)])


def _numbers(text: str) -> Counter[int]:
    return Counter(int(number) for number in re.findall(r"\d+", text) if len(number) < 40)
