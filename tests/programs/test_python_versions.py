"""What Pythons of several versions see alike: `.github/workflows/site.yml` runs this file with each of them."""

import ast
import unicodedata

import pytest

from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.python_versions import _NEWER, pieces, text_literal, tokens, without_marks

GOLDEN = {
    "arithmetic": (
        "x = 1 + 2.0 * 3j\nprint(x, -x, not x, x if x else y)",
        "60a1bb3dbe456d89ba9c32da1e525d46",
        "60a1bb3dbe456d89ba9c32da1e525d46",
    ),
    "texts": (
        "print('a', \"it's\", b'\\x00', 'é नमस्ते 🚀')",
        "ed08cf1e54f0a67ea051c1b0cdbd4407",
        "976086651ef8d7b29f5cc531b85bec17",
    ),
    "a text that Unicode has since version 15": (
        "print('\U0001fae8')",
        "1edeaa6437654766e2b005d57c359b1a",
        "45ac9433294ef45996ef2bab2003d679",
    ),
    "an f-string": (
        "print(f'{x} of {y!r:>10}: {z:.3f}')",
        "57543430a0c12d7c307dec1c89decc88",
        "eec754bf06cc3022816cfd525a35d0d4",
    ),
    "a format that holds fields": (
        "f'{x:{width}.{digits}}' 'and' f'{y:>{width}}'",
        "76b918cdb15611aa2796f16c4e2b4b1e",
        "d6a3e77ada5fecb421d98b27c31008db",
    ),
    "a format with doubled braces": (
        "f'{x:{{}}}'",
        "3b94506dfc7780d55d96b87c0a75d77c",
        "afc78e92ec1240a9a1533eda43784aa5",
    ),
    "an f-string that shows its source": (
        "f'{x = }'",
        "91f0ca6d3bf51c1d168fe66016475fd4",
        "bd2009576e08703d12e07e967c50da5e",
    ),
    "literals side by side": (
        "f'a{x}b' 'c' f'd{y}'",
        "f34e14ffc10e517351efc97f4260bfdc",
        "47fc86bd1cfd373b035cc347dac2a6aa",
    ),
    "functions": (
        '@cached\ndef f(a, /, b=1, *c: int, d, **e) -> str:\n    "doc"\n    return a\n\nlambda *a: a',
        "783cde126849992f35ba2dcbbcc70d58",
        "783cde126849992f35ba2dcbbcc70d58",
    ),
    "classes": (
        "class A(B, metaclass=C):\n    x: int = 1\n\n    async def f(self):\n        async for x in y:\n            await z",
        "3f36e283bc2d0832d15c5786437fe31c",
        "3f36e283bc2d0832d15c5786437fe31c",
    ),
    "control": (
        "for i in x:\n    break\nelse:\n    pass\nwhile a < b <= c:\n    continue\nwith a as b, c:\n    del d",
        "2468add5f746c665529536981135f5c1",
        "2468add5f746c665529536981135f5c1",
    ),
    "exceptions": (
        "try:\n    pass\nexcept (A, B) as e:\n    raise C from e\nexcept D:\n    pass\nfinally:\n    assert x, y",
        "0638184059f79c444609f26c294c696c",
        "0638184059f79c444609f26c294c696c",
    ),
    "groups of exceptions": (
        "try:\n    pass\nexcept* A:\n    pass",
        "16f392d6ee4c9794166f888cc02253ee",
        "16f392d6ee4c9794166f888cc02253ee",
    ),
    "patterns": (
        "match x:\n    case {'a': 1, **rest}:\n        pass\n    case -1 | [a, *b] | A(c=None):\n        pass",
        "b094f7d39f9708340bf89bde7591b1c6",
        "1bbed2feac677dd529a6924466eaaef6",
    ),
    "comprehensions": (
        "[a for b in c if d]\n{a: b for c in d}\n{*a}\n(a async for b in c)",
        "83e2af684e01bf2d7aeead85e18489aa",
        "83e2af684e01bf2d7aeead85e18489aa",
    ),
    "imports": (
        "import a.b as c\nfrom . import d\nfrom ..e import *",
        "2864f74f2b64cb95ec8cc4f25e0223e5",
        "2864f74f2b64cb95ec8cc4f25e0223e5",
    ),
    "subscripts": (
        "a[1:2, ..., *b] = c[d:e:f]",
        "3c6b329e2164070c474c1fa5acbf30ae",
        "3c6b329e2164070c474c1fa5acbf30ae",
    ),
    "names": (
        "global a\n(b := 1)\n(c): int = 2\nd, *e = f",
        "0b6d550956b65f68e305cab52f8136ed",
        "0b6d550956b65f68e305cab52f8136ed",
    ),
}
"""Digests as ledgers have them, made with Python 3.11: no other version may make another one."""


@pytest.mark.parametrize(("code", "exact", "loose"), GOLDEN.values(), ids=GOLDEN)
def test_a_digest_is_the_same_with_every_python(code, exact, loose):
    read = fingerprint_of(code)
    assert (read.exact, read.loose) == (exact, loose)


LITERALS = {
    "letters": ("abc", "'abc'"),
    "quotes": ("it's", '"it\'s"'),
    "both quotes": ("'\"", "'\\'\"'"),
    "a line's end": ("a\n", "'a\\n'"),
    "accents": ("é", "'é'"),
    "Devanagari": ("नमस्ते", "'नमस्ते'"),
    "an emoji of Unicode 13": ("🥲", "'🥲'"),
    "an emoji of Unicode 14": ("🫠", "'🫠'"),
    "an emoji of Unicode 15": ("🫨", "'\\U0001fae8'"),
    "an emoji of Unicode 16": ("\U0001fae9", "'\\U0001fae9'"),
    "a letter of Unicode 15, in the basic plane": ("ೳ", "'\\u0cf3'"),
    "a Han character of Unicode 15.1": ("\U0002ebf0", "'\\U0002ebf0'"),
    "a character that nobody has": ("\U000e0fff", "'\\U000e0fff'"),
    "half a character": ("\ud800", "'\\ud800'"),
}


@pytest.mark.parametrize(("text", "written"), LITERALS.values(), ids=LITERALS)
def test_a_text_is_written_as_python_3_11_does(text, written):
    assert text_literal(text) == written
    assert ast.literal_eval(written) == text


def test_no_python_knows_a_character_that_is_neither_in_unicode_14_nor_escaped():
    every = "".join(map(chr, range(0x110000)))
    unknown = {character for character in every if unicodedata.category(character) == "Cn"}
    assert len(unknown.union(_NEWER.findall(every))) == UNASSIGNED_IN_14


UNASSIGNED_IN_14 = 829_834

PIECES = {
    "words alone": ("f'a'", ["a"]),
    "nothing": ("f''", []),
    "a field between words": ("f'a{x}b'", ["a", None, "b"]),
    "literals that stand side by side": ("f'a{x}b' 'c' f'd{y}'", ["a", None, "bcd", None]),
    "a field alone": ("f'{x}'", [None]),
}


@pytest.mark.parametrize(("code", "expected"), PIECES.values(), ids=PIECES)
def test_an_f_string_is_words_and_fields_in_turns(code, expected):
    (statement,) = ast.parse(code).body
    assert [piece if isinstance(piece, str) else None for piece in pieces(statement.value)] == expected


def test_empty_and_parted_words_are_no_words_of_their_own():
    field = ast.FormattedValue(value=ast.Name(id="x"), conversion=-1)
    node = ast.JoinedStr(
        values=[
            ast.Constant(value=""),
            field,
            ast.Constant(value="a"),
            ast.Constant(value="b"),
            ast.Constant(value=""),
        ]
    )
    assert pieces(node) == [field, "ab"]


TOKENS = {
    "plain": ("f('a')", ["f", "(", "'a'", ")"]),
    "full-width brackets": ("print（'a'）", ["print", "（", "'a'", "）"]),
    "typographic quotes": ("print(“a”)", ["print", "(", "“", "a", "”", ")"]),
    "names with accents": ("für = año", ["für", "=", "año"]),
    "formatted strings": (
        "print(f'{{a}} {b:>{c}} ä', 1)",
        ["print", "(", "f'{{a}} {b:>{c}} ä'", ",", "1", ")"],
    ),
    "one within another": (
        "a(f'{b[f\"{c}\"]}', rf'\\{d}')",
        ["a", "(", "f'{b[f\"{c}\"]}'", ",", "rf'\\{d}'", ")"],
    ),
}


@pytest.mark.parametrize(("code", "expected"), TOKENS.values(), ids=TOKENS)
def test_tokens_are_the_same_with_every_python(code, expected):
    read = [token for token in tokens(code) if token.string]
    assert [token.string for token in read] == expected
    assert all(code[token.start[1] : token.end[1]] == token.string for token in read)


def test_a_formatted_string_of_several_lines_is_one_token():
    code = 'x = f"""{a}\nß {b}\n"""; y'
    assert [token.string for token in tokens(code) if token.string] == ["x", "=", code[4:-3], ";", "y"]


TRACEBACKS = {
    "3.11": ("    half(2)\n    return x / 0\n           ~~^~~\nError: no\n", "    half(2)\n    return x / 0\nError: no\n"),
    "3.13": ("    half(2)\n    ~~~~^^^\n    return x / 0\n           ~~^~~\nError: no\n", "    half(2)\n    return x / 0\nError: no\n"),
    "at the end": ("    half(2)\n    ^^^^", "    half(2)\n"),
    "what is no mark": ("    a ^ b\n    ~x\n\n", "    a ^ b\n    ~x\n\n"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), TRACEBACKS.values(), ids=TRACEBACKS)
def test_tracebacks_of_two_versions_are_the_same_without_their_marks(text, expected):
    assert without_marks(text) == expected
