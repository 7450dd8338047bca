"""Strings: what a translator may change in them, and what is for a machine."""

import pytest

from articles_helpers import article, codes, fence, pair, post
from hexapla.model.article import Level

WORDS = {
    "a word that is given a name": ("x = 'apple'", "x = 'Apfel'"),
    "words in a list": ("x = ['apple', 'pear']", "x = ['manzana', 'pera']"),
    "a name handed to a function": ("greet('World')", "greet('Welt')"),
    "what somebody says": (
        "m = {'role': 'user', 'content': 'Hi there'}",
        "m = {'role': 'user', 'content': 'Hallo'}",
    ),
    "an address before letters without a blank": (
        "print('See https://a.org/x.')",
        "print('https://a.org/x를 보세요')",
    ),
    "an address in full-width brackets": ("print('(at https://a.org/x)')", "print('（见https://a.org/x）')"),
    "placeholders with names in another order": (
        "print('%(a)s and %(b)s' % d)",
        "print('%(b)s und %(a)s' % d)",
    ),
    "sentences without a blank between them": ("f('It is big.It is slow.')", "f('Es ist groß.Und langsam.')"),
    "an arrow that is shown": ("print('Loss -> accuracy')", "print('Verlust -> Genauigkeit')"),
    "a verb that SQL has": ("f('Select a file')", "f('Wähle eine Datei')"),
    "a name in angle brackets": ("f('as <your name> does')", "f('wie <dein Name> es tut')"),
    "a file named in a sentence": ("print('Saved to out.csv now')", "print('Jetzt in out.csv gesichert')"),
    "a query with other blanks": ("f('SELECT a \\nFROM b')", "f('SELECT a\\nFROM b')"),
    "values in JSON": ('x = \'{"name": "my cat"}\'', 'x = \'{"name": "meine Katze"}\''),
    "words around a formula": (
        "ax.set_title(r'Values of $\\sigma$ and $\\bar R$')",
        "ax.set_title(r'$\\bar R$ और $\\sigma$ के मान')",
    ),
    "a percentage": ("x = '100% sure of it'", "x = '100 % sicher'"),
}
"""What a translator may change: it makes a variant."""

SYMBOLS = {
    "who speaks": ("m = {'role': 'user', 'content': 'Hi'}", "m = {'role': 'usuario', 'content': 'Hi'}"),
    "a type in a dictionary": ("x = {'type': 'string'}", "x = {'type': 'text'}"),
    "a type that has a name": ("output_type = 'string'", "output_type = 'text'"),
    "a query": ("c.execute('SELECT name FROM users')", "c.execute('SELECT nombre FROM usuarios')"),
    "a query that has a name": (
        "q = '''SELECT name\nFROM users'''",
        "q = '''SELECT nombre\nFROM usuarios'''",
    ),
    "a query with a field": ("q = f'SELECT a FROM {t}'", "q = f'SELECT b FROM {t}'"),
    "a date's format": ("t.strftime('%H hours')", "t.strftime('%H Stunden')"),
    "a file's name with a blank": ("read('sales data.csv')", "read('Verkauf Daten.csv')"),
    "a file's name in a sentence": ("print('Saved to out.csv now')", "print('Jetzt in aus.csv gesichert')"),
    "a tag": ("x = '<b>Hi there</b>'", "x = '<i>Hallo da</i>'"),
    "what a module offers": ("__all__ = ['load', 'save']", "__all__ = ['laden', 'save']"),
    "the names of fields": ("namedtuple('Point', 'x y')", "namedtuple('Point', 'a b')"),
    "a type's variable": ("T = TypeVar('T')", "T = TypeVar('U')"),
    "a command": ("os.system('pip install torch')", "os.system('pip install numpy')"),
    "a command of a shell": ("subprocess.run('ls -la', shell=True)", "subprocess.run('ls -l', shell=True)"),
    "a condition": ("df.query('Age > 30')", "df.query('Alter > 30')"),
    "axes": ("einsum('b i d, b j d -> b i j', q, k)", "einsum('b i d, b j d -> b j i', q, k)"),
    "code": ("eval('x + y')", "eval('x - y')"),
    "a pattern of alternatives": ("p = '(foo|bar) baz'", "p = '(foo|qux) baz'"),
    "a pattern of letters": ("p = '[a-z]+ [0-9]+'", "p = '[a-y]+ [0-9]+'"),
    "bytes in a structure": ("struct.pack('<I H', 1, 2)", "struct.pack('<H I', 1, 2)"),
    "a key in JSON": ('x = \'{"name": "Ann Lee"}\'', 'x = \'{"nombre": "Ann Lee"}\''),
    "a number in JSON": ('x = \'{"n": [1, "a b"]}\'', 'x = \'{"n": [2, "a b"]}\''),
    "names of slots": ("class A:\n    __slots__ = ('x', 'y')", "class A:\n    __slots__ = ('x', 'z')"),
    "a letter": ("ax.plot(x, 'r')", "ax.plot(x, 'g')"),
    "what stands between": ("print('a b', sep=', ')", "print('a b', sep='; ')"),
    "what stands at the end": ("print('a b', end=' ')", "print('a b', end='')"),
    "a formula in a title": ("ax.set_title(r'at $\\sigma_1$')", "ax.set_title(r'bei $\\sigma_2$')"),
    "a pattern of whole words": ("x.find(r'\\bthe cat\\b')", "x.find(r'\\bdie Katze\\b')"),
    "an annotation": ("def f(x: 'Tensor') -> 'Model': pass", "def f(x: 'Tensor') -> 'Modell': pass"),
    "a command in a sentence": ("print('do `pip install a`')", "print('tu `pip install b`')"),
    "a method in a sentence": ("print('use model.eval() here')", "print('nutze model.train() hier')"),
    "an address that was cut in two": ("x = f'by https://a.org/{n}'", "x = f'von https://a.org/ {n}'"),
}

PLACEHOLDERS = {
    "in another order": ("print('%s has %d' % (a, b))", "print('%d has %s' % (a, b))"),
    "in braces in another order": ("'{:.2f} of {:d}'.format(a, b)", "'{:d} von {:.2f}'.format(a, b)"),
    "a date's, in another order": ("f = 'on %d %B'", "f = 'am %B %d'"),
    "an escape that broke": ("print('Hello\\nWorld')", "print('Hallo\\\\nWelt')"),
    "a tab that broke": ("print('a\\tb c')", "print('a\\\\tb c')"),
}


@pytest.mark.parametrize(("original", "translation"), WORDS.values(), ids=WORDS)
def test_words_are_for_readers(original: str, translation: str) -> None:
    found = pair(original, translation)
    assert codes(found) == ["strings-localized"]
    assert found.placed["de"][0].level is Level.LOCALIZED


@pytest.mark.parametrize(("original", "translation"), SYMBOLS.values(), ids=SYMBOLS)
def test_symbols_are_for_machines(original: str, translation: str) -> None:
    assert codes(pair(original, translation)) == ["symbol-string-changed"]


@pytest.mark.parametrize(("original", "translation"), PLACEHOLDERS.values(), ids=PLACEHOLDERS)
def test_placeholders_are_filled_in_their_order(original: str, translation: str) -> None:
    assert codes(pair(original, translation)) == ["placeholder-changed"]


COLUMNS = {
    "changed everywhere": ("d = {'Name': 1}\nd['Name']\nd.sort('Name')", "d = {'n': 1}\nd['n']\nd.sort('n')"),
    "changed where it is handed over": ("d['Name']\nd.sort('Name')", "d['Name']\nd.sort('Nom')"),
    "changed as an argument's value": ("d.plot(x='Year')", "d.plot(x='Jahr')"),
}


@pytest.mark.parametrize(("original", "translation"), COLUMNS.values(), ids=COLUMNS)
def test_a_column_is_a_key_wherever_it_is_named(original: str, translation: str) -> None:
    everywhere = original.count("Name") == 3
    wanted = ["key-localized", "strings-localized"] if everywhere else ["key-changed"]
    assert sorted(set(codes(pair(original, translation)))) == wanted


def test_a_column_is_a_key_in_every_block() -> None:
    first = post("en", fence("d['Name']"), fence("d.sort('Name')"))
    second = post("de", fence("d['Name']"), fence("d.sort('Nom')"))
    assert codes(article(first, second)) == ["key-changed"]
