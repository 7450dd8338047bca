"""Which comments and fences claim an output, what removes them, and whether they are right."""

import pytest

from articles_helpers import article, fence, post
from hexapla.model.block import splice
from hexapla.model.output import Claim, Figure, Kind, Output, Sureness, Text
from hexapla.model.run import CellRun, Status
from hexapla.programs.claims.printed import Printed
from hexapla.programs.claims.verdict import Verdict, judge, settled

NOT_CLAIMS = {
    "a remark": "x = a @ b  # matrix multiplication",
    "a remark after print": "print(x)  # show it",
    "a value after an assignment": "x = torch.zeros(3)  # tensor([0., 0., 0.])",
    "a numbered step": "print(x)  # 1. show it",
    "a step with a dash": "print(x)  # 1 - show it",
    "an annotation": "print(x)  # (1)!",
    "an example's name": "print(x)  # Example 2: negative",
    "a step's name": "print(x)  # Schritt 2: zeigen",
    "code that is put aside": "print(x)\n# plt.show()",
    "a call that is put aside": "print(x)\n# x.backward(retain=True)",
    "a shape in words": "print(x)  # shape of x",
    "a tool's comment": "print(x)  # noqa: E501",
    "a label inside a function": "def f(x):\n    return x  # output: (3, 4)",
    "a label without a colon": "print(x)  # Output layer",
    "a string that looks like a comment": "print('# 3')",
    "words that there may be": 'x.mode  # "train", "test" or "valid"',
    "numbers that there may be": "x.dim  # 1, 2 or 3",
    "a label before a number of things": "print(x)  # returns 3",
    "a comment for the next prompt": '>>> x.to("cuda")\n# then run it\n>>> x.run()',
    "a shell's prompt after the last one": ">>> exit()\n$",
    "words that a print begins with": "print('numbers', x)  # numbers are shown",
    "a comment in another column": "print(x)\n  # 3",
    "a comment below a blank line": "print(x)\n\n# 3",
    "an empty comment that says it is an output": "print(x)\n#>",
    "a yield": "def f():\n    yield print  # 3",
    "a value alone": "3  # 3",
    "an ellipsis only": "print(x)  # ...",
}

CLAIMS = {
    "an empty list": ("print(x)  # []", "", "[]"),
    "a number": ("print(x)  # 3", "", "3"),
    "a tensor": ("print(x)  # tensor([1, 2])", "", "tensor([1, 2])"),
    "a size": ("x.shape  # torch.Size([2, 3])", "", "torch.Size([2, 3])"),
    "a dtype": ("print(x.dtype)  # torch.float32", "", "torch.float32"),
    "a class": ("print(type(x))  # <class 'int'>", "", "<class 'int'>"),
    "two numbers": ("print(x, y)  # 3 4", "", "3 4"),
    "an arrow": ("print(x)  # -> 3", "", "3"),
    "a value and a remark": ("print(x)  # 3 (three)", "", "3"),
    "English": ("print(x)  # Output: 3", "Output", "3"),
    "English, a verb": ("print(x)  # this displays: 3", "this displays", "3"),
    "English, what is expected": ("print(x)\n# Expect: 3", "Expect", "3"),
    "German": ("print(x)  # Ausgabe: 3", "Ausgabe", "3"),
    "French with a space before the colon": ("print(x)  # Affiche : 3", "Affiche", "3"),
    "Chinese with a full-width colon": ("print(x)  # 输出：3", "输出", "3"),
    "Japanese": ("print(x)  # 出力: 3", "出力", "3"),
    "Hindi": ("print(x)  # आउटपुट: 3", "आउटपुट", "3"),
    "Arabic": ("print(x)  # الناتج: 3", "الناتج", "3"),
    "Russian in capitals": ("print(x)  # ВЫВОД: 3", "ВЫВОД", "3"),
    "a line below": ("print(x)\n# 3", "", "3"),
    "lines below a label": ("print(x)\n# Output:\n# a b\n# c", "Output", "a b\nc"),
    "a value over two lines": ("print(x)\n# tensor([[1, 2],\n#         [3, 4]])", "", "tensor([[1, 2],\n[3, 4]])"),
    "a print in a loop": ("for i in x:\n    print(i)  # 3", "", "3"),
    "a label without a colon": ("print(x)  # imprime [1, 2]", "imprime", "[1, 2]"),
    "what a print says first": ("print('Sum:', x)  # Sum: 12 pcs", "", "Sum: 12 pcs"),
    "what an f-string says first": ("print(f'max of x is {x}')\n# max of x is y", "", "max of x is y"),
    "an array of numpy": ("print(x)  # [1. 2. nan]", "", "[1. 2. nan]"),
    "an array in lines": ("print(x)\n# [[1 2]\n#  [3 4]]", "", "[[1 2]\n[3 4]]"),
    "a value and an equation": ("a.difference(b)  # {1} : a - b", "", "{1}"),
    "a value and what it means": ("a - b  # {1} => only in a", "", "{1}"),
    "a number and a dash": ("print(x)  # 200 — fine", "", "200"),
    "a value before a comma": ("print(x)  # 7,", "", "7"),
    "an answer before a comment": (">>> x\n3\n\n# is not\n>>> y", "", "3"),
    "an answer that begins with a hash": (">>> print(x)\n# Title\nText", "", "# Title\nText"),
    "values of a line each": ("print(x)\n# 0\n# 1\n# 2", "", "0\n1\n2"),
    "values of a line each, before words": ("print(x)\n# 0\n# [1, 2]\n# of x", "", "0\n[1, 2]"),
    "a value over lines, before another": ("print(x)\n# [1,\n# 2]\n# x", "", "[1,\n2]"),
    "a string with a bracket in it, over two lines": ("print(x)\n# ['(',\n# 2]", "", "['(',\n2]"),
    "an object over two lines": ("print(x)\n# <a.B object\n# at 0x1>", "", "<a.B object\nat 0x1>"),
    "lines that say that they are an output": ("print(x)\n#> a b\n#> c\n# words", "", "a b\nc"),
    "a value below words": ("print(x)\n# so we see\n# 3", "", "3"),
    "a label before words": ("print(x)\n# Output: a b\n# c", "Output", "a b"),
    "what stands beside a print of an empty f-string": ("print(f'', x)  # 3", "", "3"),
    "the end of a long print": ("print(\n    x,\n)  # 3", "", "3"),
}  # fmt: skip

FENCES = {
    "a bold label": ("**Output:**\n\n```\n3\n```\n", "Output"),
    "a bold label, colon outside": ("**Ausgabe**:\n\n```text\n3\n```\n", "Ausgabe"),
    "a label with a version": ("**خروجی (3.8):**\n\n```\n3\n```\n", "خروجی (3.8)"),
    "a plain label": ("输出：\n\n```\n3\n```\n", "输出"),
    "a python fence under a label": ("**Output:**\n\n```python\n3\n```\n", "Output"),
    "a label with parentheses in parentheses": (
        "**Output (version(s)):**\n\n```\n3\n```\n",
        "Output (version(s))",
    ),
    "a sentence that says so": ("This will output the following:\n\n```\n3\n```\n", ""),
    "a sentence that ends in a label": ("Das ergibt die Ausgabe:\n\n```\n3\n```\n", ""),
    "a heading": ("### Expected Output\n\n```\n3\n```\n", "Expected Output"),
    "a fence tagged as output": ("```output\n3\n```\n", ""),
    "a python fence that says it is output": ("```python out\n3\n```\n", ""),
    "a label and code in one line": ("**Output:** `3`\n", "Output"),
}

NOT_FENCES = {
    "a plain fence": "```\n3\n```\n",
    "a shell command": "Then run:\n\n```bash\npython a.py\n```\n",
    "a shell command under a label": "**Output:**\n\n```bash\npython a.py\n```\n",
    "a command at a prompt": "**Output:**\n\n```\n$ python a.py\n```\n",
    "code under a sentence that ends in a label": "We make a table of the\noutput:\n\n```python\n3\n```\n",
    "a fence under other words": "**Installation:**\n\n```\n3\n```\n",
}

VERDICTS = {
    "the same": ("3", "3\n", "print(x)", Verdict.RIGHT),
    "an empty list": ("[]", "[]\n", "print(x)", Verdict.RIGHT),
    "one line for several": ("tensor([[1], [2]])", "tensor([[1],\n        [2]])\n", "print(x)", Verdict.RIGHT),
    "an ellipsis": ("tensor(...)", "tensor([1, 2])\n", "print(x)", Verdict.CLOSE),
    "an ellipsis inside": ("[1, ..., 9]", "[1, 2, 3, 9]\n", "print(x)", Verdict.CLOSE),
    "rounded": ("tensor(0.33)", "tensor(0.3333)\n", "print(x)", Verdict.CLOSE),
    "rounded up": ("0.67", "0.66667\n", "print(x)", Verdict.CLOSE),
    "without the label": ("torch.Size([2])", "shape: torch.Size([2])\n", "print('shape:', x)", Verdict.CLOSE),
    "in quotes": ("'abc'", "abc\n", "print(x)", Verdict.CLOSE),
    "an address": ("<A at 0x7f01>", "<A at 0x5566>\n", "print(x)", Verdict.CLOSE),
    "drawn at random": ("tensor([0.4])", "tensor([0.9])\n", "print(torch.rand(1))", Verdict.RANDOM),
    "drawn with a seed": ("tensor([0.4])", "tensor([0.9])\n", "manual_seed(0)\nprint(torch.rand(1))", Verdict.WRONG),
    "drawn, under translated words": (
        "Paramètre contenant : tensor(...)", "Parameter containing:\ntensor([0.9])\n", "print(torch.rand(1))", Verdict.RANDOM,
    ),
    "drawn, a word of it translated": (
        "Parameter contenant : tensor(...)", "Parameter containing:\ntensor([0.9])\n", "print(torch.rand(1))", Verdict.WRONG,
    ),
    "words that are chosen": (
        "The red one", "The blue one\n", "print('The', random.choice(colors), 'one')", Verdict.RANDOM,
    ),
    "in quotes, with other blanks": ("'of: [1,2]'", "of: [1, 2]\n", "print(x)", Verdict.CLOSE),
    "in quotes, another": ("'of: [1,3]'", "of: [1, 2]\n", "print(x)", Verdict.WRONG),
    "an array as print writes it": ("[1. 2. ... 4.]", "array([1., 2., 3., 4.])\n", "x", Verdict.CLOSE),
    "another array": ("[1. 2. 3.]", "array([1., 2., 4.])\n", "x", Verdict.WRONG),
    "a match of an older Python": (
        "<_sre.SRE_Match object; span=(0, 2), match='ab'>", "<re.Match object; span=(0, 2), match='ab'>\n", "x",
        Verdict.ELSEWHERE,
    ),
    "another match": (
        "<_sre.SRE_Match object; span=(0, 3), match='ab'>", "<re.Match object; span=(0, 2), match='ab'>\n", "x",
        Verdict.WRONG,
    ),
    "a type of an older Python": ("<type 'list'>", "<class 'list'>\n", "print(x)", Verdict.ELSEWHERE),
    "a type as IPython writes it": ("(complex, str)", "(<class 'complex'>, <class 'str'>)\n", "x", Verdict.ELSEWHERE),
    "a function of an older Python": (
        "<function do at 0x6a67>", "<function add.<locals>.do at 0x7f90>\n", "x", Verdict.ELSEWHERE,
    ),
    "another function": ("<function be at 0x6a67>", "<function add.<locals>.do at 0x7f90>\n", "x", Verdict.WRONG),
    "a generator of an older Python": (
        "<generator object at 0x5876>", "<generator object <genexpr> at 0x7f90>\n", "x", Verdict.ELSEWHERE,
    ),
    "a module from another folder": (
        "<module 're' from '/usr/lib/re.py'>", "<module 're' from 'lib/re/__init__.py'>\n", "re", Verdict.ELSEWHERE,
    ),
    "a set of an older Python": ("set(['b', 'a'])", "{'a', 'b'}\n", "x", Verdict.ELSEWHERE),
    "another set": ("set(['b', 'c'])", "{'a', 'b'}\n", "x", Verdict.WRONG),
    "another type": ("<type 'dict'>", "<class 'list'>\n", "print(x)", Verdict.WRONG),
    "a list where Python has a view": ("[('a', 1), ...]", "dict_items([('a', 1), ('b', 2)])\n", "print(x)", Verdict.ELSEWHERE),
    "words of an older Python": ("[u'a', u'b']", "['a', 'b']\n", "print(x)", Verdict.ELSEWHERE),
    "a gradient of another version": (
        "tensor([1.], grad_fn=<TanhBackward>)", "tensor([1.], grad_fn=<TanhBackward0>)\n", "x", Verdict.ELSEWHERE,
    ),
    "layers in another order": (
        "D(\n  (b): ReLU()\n  (a): Linear(in_features=2)\n)", "D(\n  (a): Linear(in_features=2)\n  (b): ReLU()\n)\n", "net",
        Verdict.ELSEWHERE,
    ),
    "another layer": (
        "D(\n  (b): ReLU()\n  (a): Linear(in_features=3)\n)", "D(\n  (a): Linear(in_features=2)\n  (b): ReLU()\n)\n", "net",
        Verdict.DEPARTS,
    ),
    "another device": ("device(type='cuda', index=0)", "device(type='cpu')\n", "x.device", Verdict.ELSEWHERE),
    "a path of another system": ("'usr\\\\bin'", "'usr/bin'\n", "os.path.join('usr', 'bin')", Verdict.ELSEWHERE),
    "a bar of progress": (
        "100%|####| 3/3 [00:03<00:00,  1.00s/it]", "100%|██████████| 3/3 [00:00<00:00, 90.15it/s]\n", "run()", Verdict.ELSEWHERE,
    ),
    "files on disk": ("12", "3\n", "print(len(os.listdir('data')))", Verdict.ELSEWHERE),
    "a name bound to sizes on disk": (
        "19", "3\n", "n = 0\nfor f in fs:\n    n += f.stat().st_size\nprint(n)", Verdict.ELSEWHERE,
    ),
    "another number": ("3", "2\n", "print(1 + 1)", Verdict.WRONG),
    "the end of another number": ("3", "13\n", "print(13)", Verdict.WRONG),
    "a rounding that is off": ("0.34", "0.3333\n", "print(1 / 3)", Verdict.WRONG),
    "an integer for a float": ("1", "1.0\n", "print(x)", Verdict.WRONG),
    "a translated value": ("[Parametre: 1]", "[Parameter: 1]\n", "print(x)", Verdict.WRONG),
    "an ellipsis that does not fit": ("[Conte : tensor(...)]", "[cont:\ntensor([1.])]\n", "print(x)", Verdict.WRONG),
    "nothing was printed": ("3", "", "print(x)", Verdict.UNDECIDED),
    "in a call's quotes, with a backslash": ("'a\\'b'", "a'b\n", "print(x)", Verdict.CLOSE),
    "a mark before each line": ("=> ab\n=> cd", "ab\ncd\n", "show()", Verdict.CLOSE),
    "a label and quotes around lines": ('Prints "[[1 0]\n[0 1]]"', "[[1 0]\n [0 1]]\n", "print(x)", Verdict.CLOSE),
    "in quotes, an array with commas": ('"[5, 2, 3]"', "[5 2 3]\n", "print(x)", Verdict.CLOSE),
    "the program's own class": ("<class 'D'>", "<class '__main__.D'>\n", "print(x)", Verdict.CLOSE),
    "an address left out": ("<function f at 0x...>", "<function f at 0x7f872d>\n", "print(f)", Verdict.CLOSE),
    "a remark in its middle": ("a\nb  ← not c\nd", "a\nb\nd\n", "show()", Verdict.CLOSE),
    "the beginning of a sentence": (
        "It would only run here.\nEnd", "It would only run here. Nowhere else.\nEnd\n", "show()", Verdict.CLOSE,
    ),
    "the first lines of many": ("1\n2\n3", "1\n2\n3\n4\n5\n6\n", "show()", Verdict.CLOSE),
    "a dictionary of an older Python": ("{'b': 2, 'a': 1}", "{'a': 1, 'b': 2}\n", "print(x)", Verdict.ELSEWHERE),
    "items of an older Python": ("b 2\na 1", "a 1\nb 2\n", "for k, v in {'a': 1, 'b': 2}.items():\n    print(k, v)", Verdict.ELSEWHERE),
    "lines in another order": ("b\na", "a\nb\n", "for k in 'ab':\n    print(k)", Verdict.WRONG),
    "a list in another order": ("[2, 1, 3]", "[1, 2, 3]\n", "print(sorted(x))", Verdict.WRONG),
    "whether two are one object": ("False", "True\n", "print(a is b)", Verdict.ELSEWHERE),
    "whether it is None": ("False", "True\n", "print(a is None)", Verdict.WRONG),
    "as another processor rounds": ("0.4399680793", "0.4399680495\n", "print(x)", Verdict.ELSEWHERE),
    "one digit of many": ("0.4399680595", "0.4399680495\n", "print(x)", Verdict.WRONG),
    "what the manual says": ("append(x)", "append(object, /)\n", "help([].append)", Verdict.ELSEWHERE),
    "about something else": ("NameError: name 'a' is not defined", "'hi'\n", "a()", Verdict.UNDECIDED),
    "an exercise to be solved": ("1\n2\nFIZZ\n4\nBUZZ", "5\n6\n7\n8\n9\n", "for x in y:\n    print(x)", Verdict.UNDECIDED),
    "an element more, by a keyword": ("f(1, kind=None)", "f(1)\n", "print(x)", Verdict.DEPARTS),
    "written otherwise": ("(1, 2)", "[1, 2]\n", "print(x)", Verdict.DEPARTS),
    "an element less": ("[1, 2]", "[1, 2, 3]\n", "print(x)", Verdict.WRONG),
    "another kind of value": ("\"print('a')\"", "True\n", "print(x)", Verdict.UNDECIDED),
    "a function as IPython writes it": ("<function __main__.f(*args)>", "<function f at 0x7f61>\n", "f", Verdict.ELSEWHERE),
    "an object without its address": ("<__main__.Box object>", "<__main__.Box object at 0x7f382d>\n", "x", Verdict.ELSEWHERE),
    "another object": ("<__main__.Bag object>", "<__main__.Box object at 0x7f382d>\n", "x", Verdict.WRONG),
    "a set, said to have no order": (
        "{'a', 'b'} (order may vary)", "{'b', 'a'}\n", "x = {'a', 'b'}\nprint(x)", Verdict.CLOSE,
    ),
    "one of a set": ("'a'", "'b'\n", "x = {'a', 'b'}\nx.pop()", Verdict.RANDOM),
    "an object of another version": ("<Pow at 0x2a7a34>", "<Pow object at 0x7f382d>\n", "x", Verdict.ELSEWHERE),
    "integers of another system": ("tensor([1], dtype=torch.int32)", "tensor([1])\n", "x", Verdict.ELSEWHERE),
    "values in one line": ("1, 4, 9", "1\n4\n9\n", "for x in y:\n    print(x)", Verdict.CLOSE),
    "a number copied from another run": ("mean 0.0410748", "mean 0.0103550\n", "print('mean', x)", Verdict.ELSEWHERE),
    "a value without its quotes": ("ab - 147", "'ab - 147'\n", "repr(x)", Verdict.CLOSE),
    "what a file has": ("50", "46\n", "print(open('a').tell())", Verdict.ELSEWHERE),
    "a message of another Python": (
        "no: f() takes exactly one argument", "no: f() takes one positional argument\n", "print('no:', e)", Verdict.ELSEWHERE,
    ),
    "a sentence of its own": (
        "Every year there are seven candles", "Every year there are eight candles\n",
        "print('Every year there are', 'eight', 'candles')", Verdict.WRONG,
    ),
    "a whole number as numpy prints it": ("[2, 5]", "[2. 5.]\n", "print(x)", Verdict.CLOSE),
    "a warning of another system": (
        "C:\\Temp\\a.py:5: UserWarning: old\n  warn()\n3", "cell 3, line 5: UserWarning: old\n  warn()\n3\n", "run()", Verdict.RIGHT,
    ),
    "half of it elsewhere": ("a 1 b 2 c 3 d 4 e", "a 1 b 2 x 5 y 6\n", "print(x)", Verdict.DEPARTS),
    "part of it": ("tensor([1, 2])", "tensor([1, 2], requires_grad=True)\n", "print(x)", Verdict.DEPARTS),
}  # fmt: skip


def claimed(code: str, after: str = "") -> tuple[Claim, ...]:
    claims = article(post("en", fence(code) + "\n" + after)).placed["en"][0].claims
    return tuple(claim for claim in claims if claim.sureness is Sureness.SURE)


def ran(*outputs: Output) -> CellRun:
    return CellRun(id="cell-1", status=Status.OK, outputs=outputs)


def verdict_on(claim, outputs, code=""):
    return judge(claim, Printed(outputs, (), code), code)


@pytest.mark.parametrize("code", NOT_CLAIMS.values(), ids=NOT_CLAIMS)
def test_comments_that_claim_nothing(code: str) -> None:
    assert claimed(code) == ()


@pytest.mark.parametrize(("code", "label", "text"), CLAIMS.values(), ids=CLAIMS)
def test_comments_that_claim(code: str, label: str, text: str) -> None:
    (claim,) = claimed(code)
    assert (claim.label, claim.text) == (label, text)


@pytest.mark.parametrize(("after", "label"), FENCES.values(), ids=FENCES)
def test_fences_that_claim(after: str, label: str) -> None:
    found = article(post("en", fence("print(x)") + "\n" + after + "\nMore words.\n"))
    (claim,) = found.placed["en"][0].claims
    assert (claim.label, claim.text) == (label, "3")
    without = splice(found.posts["en"].body, claim.edits)
    assert "3" not in without
    assert without.endswith("\nMore words.\n")
    assert "\n\n\n" not in without


@pytest.mark.parametrize("after", NOT_FENCES.values(), ids=NOT_FENCES)
def test_fences_that_claim_nothing(after: str) -> None:
    assert claimed("print(x)", after) == ()


REMOVED = {
    "a trailing comment": ("print(x)   # 3", "print(x)"),
    "a line of its own": ("print(x)\n# 3\ny = 1", "print(x)\ny = 1"),
    "a value before a remark": ("print(x)  # 3 (three)", "print(x)  # (three)"),
    "values of a line each": ("print(x)\n# 0\n# 1\n# of x\ny = 1", "print(x)\n# of x\ny = 1"),
    "an output that says so": ("print(x)\n#> a\n#> b\n# of x", "print(x)\n# of x"),
    "two in one block": ("print(x)  # 3\nprint(y)\n# 4\nz = 1", "print(x)\nprint(y)\nz = 1"),
    "several lines": ("print(x)\n# Output:\n# a\n# b\ny = 1", "print(x)\ny = 1"),
}


@pytest.mark.parametrize(("code", "left"), REMOVED.values(), ids=REMOVED)
def test_what_is_left_when_a_claim_is_removed(code: str, left: str) -> None:
    for prefix in ("", "    ", "> "):
        text = "".join(f"{prefix}{line}\n" for line in fence(code).rstrip("\n").split("\n"))
        found = article(post("en", text))
        edits = [edit for claim in found.placed["en"][0].claims for edit in claim.edits]
        wanted = "".join(f"{prefix}{line}\n" for line in fence(left).rstrip("\n").split("\n"))
        assert splice(found.posts["en"].body, edits).endswith(wanted)


@pytest.mark.parametrize(("text", "printed", "code", "verdict"), VERDICTS.values(), ids=VERDICTS)
def test_verdict(text: str, printed: str, code: str, verdict: Verdict) -> None:
    row = code.count("\n")
    claim = Claim(text=text, label="", line=1, edits=(), code_line=row)
    outputs = [Text(kind=Kind.STREAM, text=printed)] if printed else []
    assert verdict_on(claim, outputs, code=code) is verdict
    whole = Claim(text=text, label="Output", line=1, edits=())
    assert verdict_on(whole, outputs, code=code) is verdict


def test_what_a_command_of_the_shell_prints_is_of_its_machine() -> None:
    claim = Claim(text="12 files", label="Output", line=1, edits=())
    assert (
        verdict_on(claim, (Text(kind=Kind.STREAM, text="3 files\n"),), code="!ls data") is Verdict.ELSEWHERE
    )


def test_each_print_answers_for_its_own_line() -> None:
    code = "print(a)  # 2\nprint(b)  # 2"
    outputs = [Text(kind=Kind.STREAM, text="1\n2\n")]
    assert [verdict_on(claim, outputs, code=code) for claim in claimed(code)] == [
        Verdict.WRONG,
        Verdict.RIGHT,
    ]


def test_nothing_is_said_of_what_was_not_run() -> None:
    claim = Claim(text="3", label="", line=1, edits=(), code_line=0)
    (undecided,) = settled((claim,), None, code="")
    assert undecided.verdict is Verdict.UNCHECKED
    assert verdict_on(claim, [Figure(svg="<svg/>", alt="")]) is Verdict.UNCHECKED


def test_an_exception_is_claimed_by_its_last_line() -> None:
    claim = Claim(
        text="Traceback (most recent call last):\n  ...\nValueError: no", label="", line=1, edits=()
    )
    printed = 'Traceback (most recent call last):\n  File "a", line 1\nValueError: no\n'
    assert verdict_on(claim, [Text(kind=Kind.ERROR, text=printed)]) is Verdict.CLOSE


def test_doctest_answers_are_claims_about_their_prompt() -> None:
    found = claimed(">>> 1 + 1\n2\n>>> print(3)\n4")
    assert [(claim.text, claim.code_line) for claim in found] == [("2", 0), ("4", 2)]
    cell = article(post("en", fence(">>> 1 + 1\n2"))).programs[0].cells[0]
    assert (cell.code.rstrip(), cell.interactive) == ("1 + 1", True)


@pytest.mark.parametrize("info", ["python out", "output", "{.python .output}"])
def test_a_tagged_output_is_no_cell_whatever_stands_before_it(info: str) -> None:
    parts = (fence("print(x)"), "Words between.\n", fence("3", info), fence("4", info))
    found = article(post("en", *parts), post("de", *parts))
    assert not found.problems
    assert [cell.code for cell in found.programs[0].cells] == ["print(x)\n"]
    assert [placed.output for placed in found.placed["de"]] == [False, True, True]


def test_a_python_fence_under_a_label_is_no_cell() -> None:
    found = article(post("en", fence("print(x)"), "**Output:**\n", fence("tensor(3.)")))
    assert [placed.cell for placed in found.placed["en"]] == ["cell-1", ""]
    assert not found.placed["en"][1].block.directives.is_python


def test_a_value_that_was_not_shown_cannot_be_checked() -> None:
    code = "x.shape  # torch.Size([2])\ny.shape  # torch.Size([3])"
    found = article(post("en", fence(code)))
    assert found.programs[0].cells[0].interactive
    first, second = found.placed["en"][0].claims
    last = [Text(kind=Kind.VALUE, text="torch.Size([3])")]
    assert [verdict_on(claim, last, code=code) for claim in (first, second)] == [
        Verdict.UNCHECKED,
        Verdict.RIGHT,
    ]
    both = [Text(kind=Kind.VALUE, text="torch.Size([1])"), *last]
    assert [verdict_on(claim, both, code=code) for claim in (first, second)] == [Verdict.WRONG, Verdict.RIGHT]
