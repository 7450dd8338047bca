"""Which blocks share a cell, which programs run, and what is said where they do not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles_helpers import LANGUAGES, article, codes, fence, pair, post
from hexapla.model.article import Level
from hexapla.model.post import Version
from hexapla.model.program import Announcement
from hexapla.programs.align.article import align
from hexapla.programs.align.compare import program_key

SEED = """import torch
import torch.nn as nn

class MyModule(nn.Module):
    def __init__(self):
        super().__init__()
        # {comment}
        self.weight = nn.Parameter(torch.randn(2, 3))

    def forward(self, x):
        return x @ self.weight

model = MyModule()
print(list(model.parameters()))  # {label}: [Parameter containing: tensor(...)]"""

SEEDS = {
    "de": ("Dies wird automatisch als Parameter registriert", "Ausgabe"),
    "es": ("Esto se registra automáticamente", "Salida"),
    "fr": ("Ceci est automatiquement enregistré", "Affiche "),
    "hi": ("यह स्वचालित रूप से एक पैरामीटर के रूप में पंजीकृत हो जाता है", "आउटपुट"),
}

SAME = {
    "the same bytes": ("x = 1", "x = 1"),
    "another comment": ("x = 1  # one", "x = 1  # eins"),
    "a comment in Devanagari": ("x = 1", "# यह एक है\nx = 1"),
    "a comment in Arabic": ("x = 1", "x = 1  # هذا تعليق"),
    "another docstring": ('def f():\n    """Add."""\n    return 1', 'def f():\n    """加。"""\n    return 1'),
    "a lost docstring": ('def f():\n    """Add."""', "def f():\n    pass"),
    "blank lines": ("x = 1\ny = 2", "x = 1\n\n\ny = 2"),
    "other quotes": ("x = 'a'", 'x = "a"'),
    "joined strings": ("x = 'a' 'b'", "x = 'ab'"),
    "other parentheses": ("x = (1 + 2)", "x = 1 + 2"),
    "prompts": ("x = 1\nprint(x)", ">>> x = 1\n>>> print(x)\n1"),
    "indented as a whole": ("x = 1\ny = 2", "    x = 1\n    y = 2"),
    "number with underscores": ("x = 1000", "x = 1_000"),
    "a magic": ("%matplotlib inline\nx = 1", "%matplotlib inline\nx = 1  # eins"),
    "a comment behind a magic": ("%timeit f(x)  # one\nx = 1", "%timeit f(x)  # eins\nx = 1"),
}

LOCALIZED = {
    "a word and a full stop": ("print('Done.')", "print('Fertig.')"),
    "dots in a sentence": ("print('Here, e.g. this.')", "print('Hier z.B. dies.')"),
    "a printed sentence": ("print('done at last')", "print('endlich fertig')"),
    "an error message": ("raise ValueError('bad value')", "raise ValueError('कुछ गलत')"),
    "an f-string": ("x = 1\nprint(f'loss is {x:.2f}')", "x = 1\nprint(f'Verlust ist {x:.2f}')"),
    "fields of an f-string in another order": (
        "a = b = 1\nprint(f'{a} of {b}')",
        "a = b = 1\nprint(f'{b} 中的 {a}')",
    ),
    "a plot's title": ("plt.title('Loss')", "plt.title('Verlust')"),
    "a full-width colon": ("print('a', ': ', 1)", "print('a', '：', 1)"),
    "text that is tokenized": ("x = 'the cat sat'", "x = 'die Katze saß'"),
    "what is said where nothing is found": ("d.get('a', 'not there')", "d.get('a', 'nicht da')"),
    "words between tags": ("x = '<h1>Welcome</h1>'", "x = '<h1>Willkommen</h1>'"),
    "words around a date's format": ("x = 'written as %d/%Y is'", "x = 'als %d/%Y geschrieben'"),
    "a format with no blank after it": ("x = 'written as %Y is'", "x = '%Y로 쓰면'"),
    "words that a pattern is looked for in": (
        "re.findall('[a-z]', 'the cat.')",
        "re.findall('[a-z]', 'die Katze.')",
    ),
}

DIFFERENT = {
    "a number": ("x = 0.1", "x = 0.2", "number-changed"),
    "an integer for a float": ("x = 1.0", "x = 1", "number-changed"),
    "an operator": ("x = 1 + 2", "x = 1 - 2", "operator-changed"),
    "a comparison": ("x = 1 < 2", "x = 1 <= 2", "operator-changed"),
    "bytes": ("x = b'cat'", "x = b'Katze'", "bytes-changed"),
    "a method": ("model.eval()", "model.train()", "api-renamed"),
    "an import": ("from torch import nn", "from torch import optim", "api-renamed"),
    "a keyword argument": ("f(dim=1)", "f(achse=1)", "api-renamed"),
    "a variable": ("total = 1\nprint(total)", "summe = 1\nprint(summe)", "identifier-renamed"),
    "a dropped line": ("x = 1\ny = 2\nz = 3", "x = 1\nz = 3", "lines-dropped"),
    "an added line": ("x = 1\ny = 2", "x = 1\ny = 2\nz = 3", "lines-added"),
    "another order": ("x = 1\ny = f(x)\nz = 3", "y = f(x)\nx = 1\nz = 3", "lines-reordered"),
    "strings in another order": ("print('a b')\nprint('c')", "print('c')\nprint('a b')", "lines-reordered"),
    "an address": ("get('https://a.org/x')", "get('https://a.org/de/x')", "symbol-string-changed"),
    "a path": ("open('data/a.csv')", "open('daten/a.csv')", "symbol-string-changed"),
    "a library's name": ("print(load('libm.so'))", "print(load('libz.so'))", "symbol-string-changed"),
    "an option": ("f(mode='nearest')", "f(mode='sum')", "symbol-string-changed"),
    "a device": ("d = 'cuda'", "d = 'cpu'", "symbol-string-changed"),
    "a key": ("d = {'lr': 1}\nd['lr']", "d = {'lr': 1}\nd['tasa']", "key-changed"),
    "a placeholder": ("print('%d of %s' % (1, 2))", "print('%d von' % (1, 2))", "placeholder-changed"),
    "a keyword": ("for x in range(3):\n    print(x)", "für x in range(3):\n    print(x)", "keyword-translated"),
    "smart quotes": ("print('a')", "print(‘a’)", "typographic-character"),
    "full-width parentheses": ("print('a')", "print（'a'）", "typographic-character"),
    "prose": ("x = 1\nprint(x)", "Hier ist der Code\nx = 1\nprint(x)", "prose-in-code"),
    "a leaked placeholder": ("x = f(1)\nprint(x)", "x = @@CODE_1@@\nprint(x)", "leaked-placeholder"),
    "indentation": ("if x:\n    y = 1\n    z = 2", "if x:\n    y = 1\nz = 2", "indentation-changed"),
    "a key that is compared": ("x == 'my key'", "x == 'mein Schlüssel'", "key-changed"),
    "a key alone, for a machine": ("d = {'role': 1}", "d = {'rolle': 1}", "key-changed"),
    "a key alone with a slip": ("d = {'my key': 1}", "d = {'my keys': 1}", "key-changed"),
    "a key alone": ("d = {'name': 1}", "d = {'nombre': 1}", "key-alone"),
    "a key that another block has too": ("d = {'name': 1}\ne = {'name': 2}", "d = {'nombre': 1}\ne = {'name': 2}", "key-changed"),
    "a key that is looked up elsewhere": ("d = {'my key': 1}\nd['my key']", "d = {'mein Wert': 1}\nd['my key']", "key-changed"),
    "a sample's slip": ("load('your-name/model')", "load('your-nmae/model')", "symbol-string-changed"),
    "a sample's ending": ("load('my_data.csv')", "load('meine_daten.txt')", "symbol-string-changed"),
    "an address besides its sample": ("f('https://a.org/x?k=your_key')", "f('https://b.org/x?k=tu_clave')", "symbol-string-changed"),
    "a sample that is looked up": ("d['your_name/x']", "d['tu_nombre/x']", "symbol-string-changed"),
    "an attribute's name": ("getattr(x, 'size', 'no size')", "getattr(x, 'größe', 'no size')", "key-changed"),
    "blanks in bytes": ("x = b'12'", "x = b'12 '", "bytes-changed"),
    "smart quotes beside a backtick": ("x = 'a`b'\ny = 'c'", "x = 'a`b'\ny = ‘c’", "typographic-character"),
    "smart quotes inside of an f-string": ("x = f\"{' '.join(y)}\"", "x = f\"{« ».join(y)}\"", "typographic-character"),
    "a command of a notebook": ("%pip install a\nx = 1", "%pip install b\nx = 1", "program-differs"),
    "a pattern": ("re.findall('cats? and', x)", "re.findall('Katzen? und', x)", "symbol-string-changed"),
    "a pattern with a name": ("p = r'[Aa]pple'", "p = r'[Aa]pfel'", "symbol-string-changed"),
    "a date's format": ("x = f('%d %B')", "x = f('%d %b')", "placeholder-changed"),
    "a word that became a path": ("x = ['blog']", "x = ['blog.apps.Config']", "symbol-string-changed"),
    "a signal in capitals": ("f('END')", "f('FIM')", "symbol-string-changed"),
    "a name in camel case": ("x = 'ReLU'", "x = 'GELU'", "symbol-string-changed"),
    "an option of the command line": ("p.add_argument('--lr')", "p.add_argument('--tasa')", "symbol-string-changed"),
    "a placeholder between tags": ("x = '<TOKEN>'", "x = '<SCHLÜSSEL>'", "symbol-string-changed"),
    "a string for bytes": ("x = b'a b'\ny = 'c d'", "x = 'a b'\ny = b'c d'", "value-changed"),
    "an element behind a hash in a string": ("x = ('#a', '#b')", "x = ('#a',)", "value-changed"),
    "a parameter of a decorated method": (
        "class A:\n    @b\n    def f(self, x): ...",
        "class A:\n    @b\n    def f(self, y): ...",
        "identifier-renamed",
    ),
    "methods in another order": (
        "class A:\n    def f(self): return 1\n    def g(self): return 2",
        "class A:\n    def g(self): return 2\n    def f(self): return 1",
        "lines-reordered",
    ),
    "halves in another order": (
        "\n".join(f"x{i} = f{i}(y)" for i in range(9)),
        "\n".join(f"x{i} = f{i}(y)" for i in (5, 6, 7, 8, 0, 1, 2, 3, 4)),
        "lines-reordered",
    ),
    "a body made a comment": ("if a:\n    b()\nelif c:\n    d()", "if a:\n    # b\nelif c:\n    # d", "translation-syntax"),
    "prose in Devanagari": ("x = 1\nprint(x)", "यह कोड है\nx = 1\nprint(x)", "prose-in-code"),
    "a fence that was not closed": (
        "x = f(1)\nprint(x, 2)",
        "x = f(1)\nprint(x, 2)\n\nWeiter:\n\n```py\ny = 3",
        "fence-damage",
    ),
    "a broken bracket": ("x = f(1)\nprint(x)", "x = f(1\nprint(x)", "translation-syntax"),
}  # fmt: skip


def test_posts_in_four_languages_share_one_program() -> None:
    found = article(
        *(
            post(tag, fence(SEED.format(comment=comment, label=label)), translated=True)
            for tag, (comment, label) in SEEDS.items()
        )
    )
    assert not found.problems
    (program,) = found.programs
    assert set(program.languages) == set(SEEDS)
    assert [cell.id for cell in program.cells] == ["cell-1"]
    labels = {tag: placed[0].claims[0].label for tag, placed in found.placed.items()}
    assert labels == {"de": "Ausgabe", "es": "Salida", "fr": "Affiche", "hi": "आउटपुट"}


@pytest.mark.parametrize(("original", "translation"), SAME.values(), ids=SAME)
def test_same_program(original: str, translation: str) -> None:
    found = pair(original, translation)
    assert [code for code in codes(found) if code != "magic"] == []
    assert found.placed["de"][0].level is Level.IDENTICAL
    assert len(found.programs) == 1


LOOKED_AT = {
    "a key of two words": ("d = {'my key': 1}", "d = {'mein Schlüssel': 1}", "key-localized"),
    "a key among translated words": (
        "d = {'Name': 'a cat', 'Age': 1}", "d = {'Nombre': 'un gato', 'Edad': 1}", "key-localized",
    ),
    "a name of the reader's own": ("m.push('your-username/model-name')", "m.push('numele-tau/numele-modelului')", "sample-localized"),
    "a folder of the reader's own": ("m.save('directory_on_my_computer')", "m.save('ordner_auf_meinem_rechner')", "sample-localized"),
    "a file of the reader's own": ("open('path/to/your_file.csv')", "open('ruta/a/tu_archivo.csv')", "sample-localized"),
    "a key in an address": ("f('https://a.org/x?k=your_key#m')", "f('https://a.org/x?k=sua_chave#m')", "sample-localized"),
    "a path to nowhere": ("open('path/to/data.csv')", "open('pfad/zu/daten.csv')", "sample-localized"),
    "an address that is nobody's": ("f('user.name@example.com')", "f('nutzer.name@beispiel.de')", "sample-localized"),
    "a name in braces": ("f('{your_username}/tool')", "f('{tu_usuario}/tool')", "sample-localized"),
    "a name in Chinese": ("f('你的/模型')", "f('your/model')", "sample-localized"),
}  # fmt: skip


@pytest.mark.parametrize(("original", "translation", "code"), LOOKED_AT.values(), ids=LOOKED_AT)
def test_what_should_be_looked_at_makes_a_variant_and_a_warning(original, translation, code):
    found = pair(original, translation)
    assert set(codes(found)) == {code, "strings-localized"}
    assert found.placed["de"][0].cell == "cell-1"
    assert [program.variant for program in found.programs] == ["", "de"]


@pytest.mark.parametrize(("original", "translation"), LOCALIZED.values(), ids=LOCALIZED)
def test_translated_strings_make_a_variant(original: str, translation: str) -> None:
    found = pair(original, translation)
    assert codes(found) == ["strings-localized"]
    assert [program.variant for program in found.programs] == ["", "de"]
    assert found.program_of("de").cells[0].path == "posts/a.de.md"


@pytest.mark.parametrize(("original", "translation", "code"), DIFFERENT.values(), ids=DIFFERENT)
def test_another_program_is_named_and_gets_no_output(original: str, translation: str, code: str) -> None:
    found = pair(original, translation)
    assert code in codes(found)
    assert found.placed["de"][0].cell == ""
    assert len(found.programs) == 1


def test_a_problem_says_where_and_how() -> None:
    (problem,) = pair("x = 1\ny = 2", "x = 1\ny = 3").problems
    assert (problem.path, problem.line) == ("posts/a.de.md", 3)
    assert "`cell-1` of `a` (posts/a.en.md:3)" in problem.message
    assert problem.details == ("- y = 2", "+ y = 3")


def test_a_difference_is_shown_as_it_stands_where_python_cannot_read_it() -> None:
    (problem,) = pair("x = f(1)  # one\nprint(x)", "# eins\n\nx = f(1\nprint(x)").problems
    assert problem.details == ("- x = f(1)", "+ x = f(1")


A, B, C = (fence(f"{name} = {name * 3!r}\nprint({name}, {number})") for number, name in enumerate("abc"))

LISTS = {
    "a lost block": ([A, B, C], [A, C], ["missing-block"], ["cell-1", "cell-3"]),
    "a lost first block": ([A, B, C], [B, C], ["missing-block"], ["cell-2", "cell-3"]),
    "an extra block": ([A, C], [A, B, C], ["extra-block"], ["cell-1", "", "cell-2"]),
    "a moved block": ([A, B, C], [B, A, C], ["moved-block"], None),
    "a block without its tag": (
        [A, B],
        [A, B.replace("python", "")],
        ["retagged"],
        ["cell-1", "cell-2"],
    ),
    "two blocks in one": ([A, B], [A.replace("```\n", "", 2).replace("python\n", "")], [], None),
    "a moved block that resembles its neighbour": (
        [fence("a = Tool(m)\na.run('on')"), B, fence("a = Code(m)\na.run('on')")],
        [B, fence("a = Tool(m)\na.run('on')")],
        ["missing-block", "moved-block"],
        ["cell-2", ""],
    ),
    "examples that differ in a string": (
        [fence("load('a/1')"), fence("load('a/2')")],
        [fence("load('a/2')"), fence("load('a/3')")],
        ["missing-block", "extra-block"],
        ["cell-2", ""],
    ),
    "a fence that swallows what follows": (
        [fence("ls", "bash"), A, B],
        ["```bash\nls\n\nWeiter:\n\n", A, B],
        ["fence-damage", "missing-block"],
        ["", "cell-2"],
    ),
    "a moved block with translated strings": (
        [fence("print('good morning')"), B],
        [B, fence("print('guten Morgen')")],
        ["moved-block"],
        ["cell-2", ""],
    ),
    "two blocks joined twice": (
        [A, B, C],
        [
            fence("a = 'aaa'\nprint(a, 0)\nb = 'bbb'\nprint(b, 1)"),
            fence("a = 'aaa'\nprint(a, 0)\nb = 'bbb'\nprint(b, 1)"),
            C,
        ],
        ["merged-block", "extra-block"],
        ["", "", "cell-3"],
    ),
    "a copy of the original's first block at the end": (
        [fence("show(m, x='The frist row')"), fence("show(m.cpu(), x='The frist row')")],
        [
            fence("show(m, x='The first row')"),
            fence("show(m.cpu(), x='The first row')"),
            fence("show(m, x='The frist row')"),
        ],
        ["key-localized", "strings-localized", "key-localized", "strings-localized", "extra-block"],
        ["cell-1", "cell-2", ""],
    ),
    "translated examples told apart by a number": (
        [fence(f"print('example {number}')") for number in (1, 2, 3)],
        [fence(f"print('Beispiel {number}')") for number in (2, 3)],
        ["missing-block", "strings-localized", "strings-localized"],
        ["cell-2", "cell-3"],
    ),
    "equal blocks": ([A, A, B], [A, A, B], [], ["cell-1", "cell-2", "cell-3"]),
    "one of two equal blocks lost": ([A, B, A], [A, B], ["missing-block"], ["cell-1", "cell-2"]),
    "plain fences whose words are translated": (
        [A, fence("Good morning\nSee you", ""), fence("Quite another text", "text"), B],
        [A, fence("सुप्रभात\nफिर मिलेंगे", "text"), fence("另一段话", ""), B],
        [],
        ["cell-1", "", "", "cell-2"],
    ),
    "one of three plain fences lost, words translated": (
        [A, fence("One\ntwo\nthree", ""), fence("Four", ""), fence("ls", "bash"), B],
        [A, fence("Vier", ""), fence("ls", "bash"), B],
        ["missing-example"],
        ["cell-1", "", "", "cell-2"],
    ),
    "the shorter of two plain fences lost, words translated": (
        [A, fence("One", ""), fence("Two\nthree\nfour\nfive", ""), B],
        [A, fence("Zwei\ndrei\nvier\nfünf", ""), B],
        ["missing-example"],
        ["cell-1", "", "cell-2"],
    ),
    "a plain fence for a command": (
        [A, fence("ls", "bash"), B],
        [A, fence("Hier", ""), B],
        ["missing-example"],
        ["cell-1", "", "cell-2"],
    ),
    "an output that lost its tag": (
        [fence("train()"), fence("epoch 1 loss 0.5\nepoch 2 loss 0.4", "python out"), B],
        [fence("train()"), fence("epoch 1 loss 0.5\nepoch 2 loss 0.7"), B],
        ["retagged"],
        ["cell-1", "", "cell-2"],
    ),
    "an output that lost its tag and reads as a value": (
        [fence("x = {'i': 0}\nx"), fence("{'i': 0}", "python out"), B],
        [fence("x = {'i': 0}\nx"), fence("{\n    'i': 7,\n}"), B],
        ["retagged"],
        ["cell-1", "", "cell-2"],
    ),
    "an output whose tag is written otherwise": (
        [fence("x = {'i': 0}\nx"), fence("{'i': 0}", "python out"), B],
        [fence("x = {'i': 0}\nx"), fence("{'i': 0}", "{.python out}"), B],
        [],
        ["cell-1", "", "cell-2"],
    ),
    "an output that lost its tag, and a plain one": (
        [fence("x = 1.5\nx"), fence("tensor([1.5, 2.5])", "output"), B],
        [fence("x = 1.5\nx"), fence("tensor([1.5, 2.6])", ""), B],
        [],
        ["cell-1", "", "cell-2"],
    ),
    "an example in the place of a lost output": (
        [fence("x = 1.5\nx"), fence("tensor([1.5, 2.5])", "output"), B],
        [fence("x = 1.5\nx"), fence("y = other(thing)\ny.show()"), B],
        ["extra-block"],
        ["cell-1", "", "cell-2"],
    ),
    "other fences between": ([A, fence("ls", "bash"), B], [A, B], ["missing-example"], ["cell-1", "cell-2"]),
}


@pytest.mark.parametrize(("original", "translation", "words", "cells"), LISTS.values(), ids=LISTS)
def test_blocks_that_are_not_there(
    original: list[str], translation: list[str], words: list[str], cells: list[str] | None
) -> None:
    found = article(post("en", *original), post("de", *translation))
    if cells is not None:
        assert codes(found) == words
        assert [placed.cell for placed in found.placed["de"]] == cells
    else:
        assert set(words) <= set(codes(found))


def test_merged_and_split_blocks() -> None:
    whole = fence("a = 'aaa'\nprint(a, 0)\nb = 'bbb'\nprint(b, 1)")
    assert codes(article(post("en", A, B, C), post("de", whole, C))) == ["merged-block"]
    assert set(codes(article(post("en", whole, C), post("de", A, B, C)))) == {"split-block"}


def test_ids_pair_blocks_wherever_they_are_and_however_they_differ() -> None:
    first = post("en", fence("x = 1", "{.python #one}"), fence("zzz(2, 3)", "{.python #two}"))
    second = post("de", fence("x = 2", "{.python #one}"), fence("x = 1", "{.python #other}"))
    assert set(codes(article(first, second))) == {"number-changed", "missing-block", "unknown-id"}


def test_an_older_version_is_called_stale_with_its_commit() -> None:
    older = [Version(commit="abc1234", text=fence("x = torch.ones(3)\nprint(x)"))]
    first, second = (fence(f"x = torch.ones({number})\nprint(x)") for number in (4, 3))
    found = article(post("en", first), post("de", second), older=older)
    assert codes(found) == ["stale-block"]
    assert "abc1234" in found.problems[0].message
    assert found.placed["de"][0].level is Level.STALE
    assert found.placed["de"][0].cell == ""


def test_what_a_translation_was_made_from_is_stale_even_without_git() -> None:
    first, second = (fence(f"x = torch.ones({number})\nprint(x)") for number in (4, 3))
    posts = (post("en", first), post("de", second))
    recorded = {"de": {program_key("x = torch.ones(3)\nprint(x)")}}
    found = align(posts, default_language="en", languages=LANGUAGES, made_from=recorded)
    assert codes(found) == ["stale-block"]
    assert "as it was when this translation was made" in found.problems[0].message
    assert found.placed["de"][0].cell == ""
    other = align(posts, default_language="en", languages=LANGUAGES, made_from={"fr": recorded["de"]})
    assert codes(other) == ["number-changed"]


def test_policies() -> None:
    one, other = "print('good morning')", "print('guten Morgen')"
    assert codes(pair(one, other, strings="freeze")) == ["strings-frozen"]
    shared = pair(one, other, strings="canonical-output")
    assert [program.languages for program in shared.programs] == [("en", "de")]
    assert shared.placed["de"][0].localized
    adapted = pair("x = 1", "y = 2\nprint(y)", relation="adapted")
    assert not adapted.problems
    assert [program.variant for program in adapted.programs] == ["", "de"]
    renamed = pair("total = 1\nprint(total)", "summe = 1\nprint(summe)", rename="allow")
    assert codes(renamed) == ["names-localized"]
    assert codes(pair("nn = 1\nnn.a", "nn = 1\nnn.b", rename="allow")) == ["api-renamed"]
    assert codes(pair("print(len)", "print(max)", rename="allow")) == ["identifier-renamed"]
    called = "def f({0}):\n    return {0}\nf(x=1)"
    assert codes(pair(called.format("x"), called.format("y"), rename="allow")) == ["identifier-renamed"]
    owned = "class A:\n    {0} = 1\nA.x"
    assert codes(pair(owned.format("x"), owned.format("y"), rename="allow")) == ["identifier-renamed"]


ORIGINALS = {
    "the only one": ([("fr", {})], "fr"),
    "the default language": ([("fr", {}), ("en", {})], "en"),
    "the one that is not translated": ([("en", {"translated": True}), ("fr", {})], "fr"),
    "the one that is named": ([("en", {}), ("fr", {"source": "fr"}), ("de", {"translation_of": "a.fr.md"})], "fr"),
    "the first language where nothing tells": ([("hi", {}), ("de", {})], "de"),
}  # fmt: skip


@pytest.mark.parametrize(("versions", "wanted"), ORIGINALS.values(), ids=ORIGINALS)
def test_original(versions: list[tuple[str, dict[str, object]]], wanted: str) -> None:
    found = article(*(post(tag, A, **matter) for tag, matter in versions))
    assert found.original == wanted
    assert found.reason


BAD = {
    "a block that does not parse": (fence("print('a'"), "cannot-run"),
    "return outside a function": (fence("return 1"), "cannot-run"),
    "an unclosed fence": ("```python\nx = 1\n", "fence-unclosed"),
    "an unknown word": (fence("x = 1", "python notset"), "unknown-word"),
    "a bidi override": (fence("x = '\u202e'"), "bidi-override"),
    "an id used twice": (
        fence("x = 1", "{.python #a}") + "\n" + fence("y = 1", "{.python #a}"),
        "duplicate-id",
    ),
    "an id that is no name": (fence("x = 1", "{.python #a/b}"), "bad-id"),
}


@pytest.mark.parametrize(("text", "code"), BAD.values(), ids=BAD)
def test_what_a_post_says_wrongly(text: str, code: str) -> None:
    assert code in codes(article(post("en", text)))


def test_settings() -> None:
    found = article(post("en", A, execute={"seed": 3, "timeout": 5, "shared_state": False}))
    assert (found.programs[0].settings.seed, found.programs[0].settings.timeout) == (3, 5.0)
    assert article(post("en", A, execute=False)).programs == ()
    bad = article(post("en", A, execute={"seed": True, "tiemout": 3}, strings="thaw", rename=1, relation="x"))
    assert codes(bad) == ["bad-setting"] * 5


def test_changed_directives_keep_their_block_from_running() -> None:
    found = article(post("en", fence("x = 1", "python notest")), post("de", fence("x = 1")))
    assert codes(found) == ["directive-changed"]
    assert found.placed["de"][0].cell == ""


CODES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 9)).map(
        lambda pair: fence(f"{pair[0]} = f({pair[1]})")
    ),
    min_size=1,
    max_size=8,
    unique=True,
)


@given(CODES)
def test_an_article_agrees_with_itself(blocks: list[str]) -> None:
    found = article(post("en", *blocks), post("de", *blocks))
    assert not found.problems
    assert [placed.cell for placed in found.placed["de"]] == [placed.cell for placed in found.placed["en"]]
    assert len(found.programs) == 1


@given(CODES, st.data())
def test_a_lost_block_never_shifts_the_others(blocks: list[str], data: st.DataObject) -> None:
    lost = data.draw(st.integers(0, len(blocks) - 1))
    found = article(post("en", *blocks), post("de", *blocks[:lost], *blocks[lost + 1 :]))
    assert codes(found) == ["missing-block"]
    wanted = [placed.cell for index, placed in enumerate(found.placed["en"]) if index != lost]
    assert [placed.cell for placed in found.placed["de"]] == wanted


@given(
    st.text(
        st.characters(
            exclude_categories=("Cc", "Cs", "Zl", "Zp"),
            exclude_characters="`\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
        )
    )
)
def test_no_comment_changes_the_program(comment: str) -> None:
    found = pair("x = 1\ny = 2", f"x = 1  # {comment}\ny = 2")
    assert found.placed["de"][0].level is Level.IDENTICAL


def test_a_cell_with_other_names_needs_those():
    found = article(
        post("en", fence("width = 3"), fence("print(width)"), rename="allow"),
        post("de", fence("breite = 3"), fence("print(breite)")),
    )
    (variant,) = (program for program in found.programs if program.variant == "de")
    assert [cell.names.needed for cell in variant.cells] == [(), ("breite",)]


ANNOUNCED = {
    "a sentence": ("It **raises** an error:\n\n" + fence("x = 1\nf()"), Announcement(fails=True, last=2)),
    "a name": ("Look at the `KeyError`:\n\n" + fence("f()"), Announcement(names=("KeyError",))),
    "a comment": ("So:\n\n" + fence("f()  # fails"), Announcement(lines=((1, ()),))),
    "a traceback that is typed below": (
        fence("f()") + "\n```text\nTraceback (most recent call last):\n  ...\nKeyError: 'a'\n```\n",
        Announcement(names=("KeyError",)),
    ),
    "a sentence before another block": (
        "It fails:\n\n" + fence("x", "python notest") + "\n" + fence("f()"),
        Announcement(),
    ),
    "nothing": ("The loss:\n\n" + fence("f()"), Announcement()),
}


@pytest.mark.parametrize(("text", "announced"), ANNOUNCED.values(), ids=ANNOUNCED)
def test_what_the_words_around_a_block_say_of_its_failing(text: str, announced: Announcement) -> None:
    (program,) = article(post("en", text)).programs
    assert program.cells[-1].announced == announced


def test_blocks_that_are_not_run_are_told_from_outputs_and_text() -> None:
    blocks = fence("x = 1", "python notest"), fence("y = (", "python"), fence("1"), fence("z", "text")
    (program,) = article(post("en", *blocks)).programs
    assert [(block.id, block.names.bound) for block in program.unrun] == [
        ("block-1", ("x",)),
        ("block-2", ()),
    ]


def test_an_output_that_lost_its_tag_is_claimed_and_not_shown_as_code():
    found = article(
        post("en", fence("train()"), fence("epoch 1 loss 0.5", "python out")),
        post("de", fence("train()"), fence("epoch 1 loss 0.7")),
    )
    code, output = found.placed["de"]
    assert [claim.text for claim in code.claims] == ["epoch 1 loss 0.7"]
    assert output.output


TOOLS = {
    "words behind an at sign": ("x = a @ b  # @ multiplies", "x = a @ b  # @ 相乘", []),
    "words that begin as a tool's": ("x = 1  # hide the axes", "x = 1  # hide die Achsen", []),
    "a kind in words": ("x = 1  # type: a number", "x = 1  # type: eine Zahl", []),
    "words about a decorator": (
        "# @property makes it fixed\nx = 1",
        "# Mit @property wird es fest\nx = 1",
        [],
    ),
    "a directive with values": (
        "x = 1  #@param {min: 1}",
        "x = 1  #@param {min: 2}",
        ["comment-directive-changed"],
    ),
    "a form's title": ("x = 1  #@title Training", "x = 1  #@title Entrenamiento", []),
    "a tab": ("x = 1  #@tab torch", "x = 1  #@tab jax", ["comment-directive-changed"]),
    "a mark that is lost": ("x = 1  # noqa: E501", "x = 1", ["comment-directive-changed"]),
    "a mark that is added": ("x = 1", "x = 1  # type: ignore", ["comment-directive-changed"]),
    "a mark that is hidden": ("x = 1  # hide", "x = 1  # hide-output", ["comment-directive-changed"]),
    "the same marks": ("x = 1  # noqa\ny = 1  # hide", "# eins\nx = 1  # noqa\ny = 1  # hide", []),
}


@pytest.mark.parametrize(("original", "translation", "wanted"), TOOLS.values(), ids=TOOLS)
def test_comments_that_tools_read(original, translation, wanted):
    assert codes(pair(original, translation)) == wanted


def test_blocks_that_moved_keep_their_order() -> None:
    others = [fence(f"f{number}()") for number in range(3)]
    found = article(post("en", A, A, *others), post("de", *others, A, A))
    assert [placed.twin for placed in found.placed["de"]] == [2, 3, 4, 0, 1]


def test_a_lost_block_is_missed_below_the_one_before() -> None:
    found = article(post("en", A, B, C), post("de", A, C))
    assert [(problem.code, problem.line) for problem in found.problems] == [("missing-block", 3)]
    first = article(post("en", A, B, C), post("de", B, C))
    assert [(problem.code, problem.line) for problem in first.problems] == [("missing-block", 1)]


def test_a_plain_fence_stands_for_the_one_of_its_length() -> None:
    first = post("en", fence("One", ""), fence("Two\nthree\nfour\nfive", ""), fence("Six", ""))
    found = article(first, post("de", fence("Zwei\ndrei\nvier\nfünf", "")))
    assert [placed.twin for placed in found.placed["de"]] == [1]


def test_what_does_not_parse_on_either_side_is_no_cell() -> None:
    found = pair("x = (", "x = (")
    assert found.placed["de"][0].level is Level.IDENTICAL and not found.placed["de"][0].cell
