"""What a block spells out, and a page of somebody's own need not say again."""

import pytest

from examples import post, run
from hexapla.model.output import Figure, Kind, Text
from hexapla.programs.align.article import align
from hexapla.programs.claims.said import is_said, worth_showing


@pytest.mark.parametrize(
    ("code", "value", "kept"),
    [
        # What somebody has to compute, or to know, stays.
        ("1 + 1", "2", True),
        ("x", "1", True),
        ("[1] * 3", "[1, 1, 1]", True),
        ("{**old, 'a': 1}", "{'a': 1}", True),
        ("0x10", "16", True),
        ("{1, 1, 2}", "{1, 2}", True),
        ("'\\u00e9'", "'é'", True),
        ("Point(1, 2)", "Point(x=1, y=2)", True),
        ("max(1, 3)", "3", True),
        ("f(1)", "'f(1)'", True),
        ("Counter('ab')", "Counter({'a': 1, 'b': 1})", True),
        ("[[]] == []", "False", True),
        (">>> 'a'", "'a'", True),
        ("{[]: 1}", "{}", True),
        ("f('a'", "'a'", True),
        ("", "1", True),
        ("x", "<p>Words</p> and more", True),
        (">>> x", "<A object at 0x7f00aa>", True),
        ("x", "a < b > c", True),
        # What stands there.
        ("42", "42", False),
        ("-1", "-1", False),
        ("x = 1\n'a {b} c'", "'a {b} c'", False),
        ('"नमस्ते"', "'नमस्ते'", False),
        ('{\n    "name": "Ada",  # a key: 1\n    "age": None,\n}', "{'name': 'Ada', 'age': None}", False),
        ("1, 2", "(1, 2)", False),
        ("st.integers(min_value=1).map(nodes.Int)", "integers(min_value=1).map(Int)", False),
        (
            "st.one_of(st.emails().map(nodes.String), st.just(nodes.Null))",
            "one_of(emails().map(String), just(NullNode))",
            False,
        ),
        ("Decimal('1.10')", "Decimal('1.10')", False),
        ("'upper:tea' == 'TEA'\n'lower:TEA' == 'tea'", "False", False),
        ("'upper:tea' == 'TEA'\nlower('TEA') == 'tea'", "True", True),
        ("'a' < 'b'\n'b' < 'a'", "False", True),
        # What says nothing.
        ("{'name': 'Ada', 'data': {...}}", "{'name': 'Ada', 'data': {Ellipsis}}", False),
        ("f", "<function f at 0x7f00aa>", False),
        ("x", "[<A object at 0x7f00aa>]", False),
        ("x", "<A object at 0x7f00aa> in use", False),
        ("x", "Equals(<built-in function id>)", False),
        ("route('/')", "<Route <Path eq '/'>>", False),
        ("connect(x)", "<app.main.App object at 0x7f00aa>", False),
    ],
)
def test_a_value_that_its_block_spells_out_is_no_news(code, value, kept):
    assert worth_showing(code, (Text(kind=Kind.VALUE, text=value),)) == (
        (Text(kind=Kind.VALUE, text=value),) if kept else ()
    )


WARNED = "cell 1, line 1: DeprecationWarning: old\n  old()\n"
TRACEBACK = "Traceback (most recent call last):\n  cell 1, line 1\nbase.NoRoomError: the room: 3\n"


@pytest.mark.parametrize(
    ("code", "printed", "kept"),
    [
        ("f()", "1\n", "1\n"),
        ("f()", f"{WARNED}1\n", "1\n"),
        ("f()", "Brewing....    0% -:--:--\n", ""),
        ("f()", "Brewing ━━━ 100% 0:00:01\n3 cups\n", "3 cups\n"),
        ("f()", "Humidity: 40% at 12:30\n", "Humidity: 40% at 12:30\n"),
        ("f()", WARNED, ""),
        ("f()", "cell 1, line 1: ShopDeprecatedSince020: old\n  old()\n1\n", "1\n"),
        ("f()", "RuntimeWarning: Enable tracemalloc to get the object allocation traceback\n", ""),
        ("files = glob('*.md')\nfiles", "[]\n", "[]\n"),
        ("import warnings\nf()", WARNED, WARNED),
        ("f()", "\n \n", ""),
        ("f()", " 60%|######    | 3/5 [00:00<00:00, 41.85it/s]\n1\n", "1\n"),
        ("f()", "INFO:     Started server process [7]\nWARNING: app: slow\n", ""),
        ("f()", "2026-11-28 09:04:43,120 app - INFO - began\n", ""),
        ("import logging\nf()", "INFO:root:began\n", "INFO:root:began\n"),
        ("f()", "INFO: 3\n4\n", "INFO: 3\n4\n"),
        ("import logging\nf()", "2026-11-28 09:04:43,120 - shop - INFO - began\n", ""),
        ("log.info('x')", "[09:04:43] INFO     began  shop.py:3\n", ""),
        ("log.info('x')", "2026-11-28 09:04:43 [info     ] began\n", ""),
        ("log.info('x')", "1\n2026-11-28 09:04:43.120 | INFO     | __main__:<module>:41 - began\n", ""),
        ("print(now)", "2026-11-28 09:04:43\n", "2026-11-28 09:04:43\n"),
        ("print(now)", "09:04:43 is the time\n", "09:04:43 is the time\n"),
        ("debug(x)", "cell 1, line 3 <module>\n    x: 1\n", ""),
        ("print_exc()", f"{TRACEBACK}", TRACEBACK),
        ("print(f)", "got <function f at 0x7f00aa>\n", ""),
        ("f()", "cell 1, line 1: UserWarning: old\nRead more of it.\n  old()\n1\n", "1\n"),
        ("print(rows)", "[<db.Row object at 0x7f00aa>]\n", ""),
        # What a library logs of what it caught.
        (
            "run()",
            'Traceback (most recent call last):\n  File "site-packages/tea.py", line 8\nKeyError: 1\n',
            "",
        ),
        (
            "import traceback\nrun()",
            'Traceback\n  File "site-packages/tea.py", line 8\n',
            'Traceback\n  File "site-packages/tea.py", line 8\n',
        ),
        # What is of the day that it was run on.
        ("print(datetime.now().strftime('%B'))", "November\n", ""),
        ("print(date.today())", "2026-11-28\n", ""),
        ("print(date.today() > date(2020, 5, 1), 2020)", "True 2020\n", "True 2020\n"),
        ("print(date(2020, 5, 12).strftime('%B'))", "May\n", "May\n"),
        # What is ours is nobody else's.
        ("cli()", "Usage: program.py COMMAND\n", ""),
        ("print(folder)", "/scratch/data\n", ""),
        ("print('program.py')", "program.py\n", "program.py\n"),
    ],
)
def test_what_no_author_would_print_is_left_out(code, printed, kept):
    shown = worth_showing(code, (Text(kind=Kind.STREAM, text=printed),))
    assert shown == ((Text(kind=Kind.STREAM, text=kept),) if kept else ())


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("f()", True),
        ("f()  # raises NoRoomError", True),
        ("f()\n# raises `NoRoomError: the room: 3`", False),
        # Another release says more of it.
        ("f()\n# NoRoomError: no room\n# is left", False),
        ("f()\n# hotel.NoRoomError: no room", False),
        ("f()\n# NoRoomError", True),
    ],
)
def test_an_exception_that_is_quoted_is_not_said_again(code, kept):
    error = Text(kind=Kind.ERROR, text=TRACEBACK)
    assert worth_showing(code, (error,)) == ((error,) if kept else ())


@pytest.mark.parametrize(
    ("code", "value", "kept"),
    [
        ("tea.register(Leaf)", "__main__.Leaf (via __main__.<lambda>)", False),
        ("tea.leaves", "Leaf('नीलगिरि')", True),
        # A script shows no values.
        ("print(1)\ntea.leaves", "3", False),
        ("display(tea)\nprint(1)\ntea.leaves", "3", True),
        ("def f():\n    print(1)\ntea.leaves", "3", True),
        (">>> print(1)\n>>> tea.leaves", "3", True),
        # A line that nobody reads to its end.
        ("tea.rows()", f"[{'1, ' * 300}]", False),
        ("tea.rows()", f"[{'1, ' * 100}]", True),
        ("model.fit(x, y)", "Model(depth=3)", False),
        ("fit(x, y)", "Model(depth=3)", True),
        ("model.fit(x, y).score(x, y)", "0.5", True),
    ],
)
def test_a_value_that_a_script_does_not_show_is_no_output(code, value, kept):
    shown = worth_showing(code, (Text(kind=Kind.VALUE, text=f"{value}\n"),))
    assert bool(shown) is kept


def test_what_was_printed_or_drawn_stays():
    outputs = (Text(kind=Kind.STREAM, text="42\n"), Figure(svg="<svg/>", alt=""))
    assert worth_showing("42", (*outputs, Text(kind=Kind.VALUE, text="42"))) == outputs


BELOW = 'print(x)\n"""\n{\n    "a": 1,\n}\n"""\n'
ERROR = 'print(e)\n"""\n1 error\n  No number\n"""\n'


@pytest.mark.parametrize(
    ("code", "showed", "said"),
    [
        (BELOW, "{'a': 1}\n", True),
        ("print(1)\n#> 1\n" + BELOW, "1\n{'a': 1}\n", True),
        ("try:\n    f()\nexcept E as e:\n    print(e)\n    """ + '"""\n    usage: f [-h]\n    """\n', "usage: f [-h]\n", True),
        ("x = 1  # 1\nprint(x)  # 1\n", "1\n", True),
        # But for a line that goes on, an object's address, or the order of a set.
        (ERROR, "1 error\n  No number\n    See https://example.org\n", True),
        ("print(f)\n#> <function f at 0x0123456789ab>\n", "<function f at 0x7ff805e74040>\n", True),
        ("print(f)\n#> {'1', '2', '3'}\n", "{'2', '1', '3'}\n", True),
        (
            "print(x)\n#> see https://example.org/2/errors.html\n",
            "see https://example.org/2.14/errors.html\n",
            True,
        ),
        (ERROR, "1 error\n  No number\nSee https://example.org\n", False),
        (ERROR, "1 error\n  No number\n    See\n    https://example.org\n    or\n", False),
        (ERROR, "1 error\n  No text\n    See https://example.org\n", False),
        ("print(x)\n#> -1\n", "1\n", False),
        # It says something else, less or more, or something of the code.
        (BELOW, "{'a': 2}\n", False),
        (BELOW, "{'a': 1}\n{'b': 1}\n", False),
        (BELOW * 2, "{'a': 1}\n", False),
        ("print(1)\n#> 2\n" + BELOW, "1\n{'a': 1}\n", False),
        ('"""1"""\nprint(1)\n', "1\n", False),
        ('def f():\n    "1"\n\nprint(1)\n', "1\n", False),
        (">>> print(1)\n", "1\n", False),
        ("print(1)\n", "1\n", False),
        (BELOW, "", False),
    ],
)  # fmt: skip
def test_outputs_in_strings_below_their_statements_are_said(code, showed, said):
    article = align([post(f"```python\n{code}```\n")], default_language="en", languages=("en",))
    (placed,) = article.placed["en"]
    done = run(article.programs[0], showed)
    assert is_said(placed.block.code, placed.claims, done.cells[0]) is said


def test_the_next_tab_of_a_list_is_no_output():
    tab = '    === "{}"\n\n        ```python\n        print(1)\n        #> 1\n        ```\n\n'
    article = align(
        [post(f"* An item\n\n{tab.format('A')}{tab.format('B')}")], default_language="en", languages=("en",)
    )
    done = run(article.programs[0], "1\n", "1\n")
    for placed, cell in zip(article.placed["en"], done.cells, strict=True):
        assert [claim.text for claim in placed.claims] == ["1"]
        assert is_said(placed.block.code, placed.claims, cell)
