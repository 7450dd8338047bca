"""What a page says beside a block, in comments, sentences and fences that are no typed outputs."""

import pytest

from examples import post
from hexapla.model.output import Figure, Kind, Text
from hexapla.programs.align.article import align
from hexapla.programs.claims.around import is_said_around

PRINTED = "Ada is 36 years old\n"
CALL = "```python\ntell(36)\n```\n\n"
SOURCE = "def price(tea, cups=1):\n    return _price(tea=tea, cups=cups)\n"
TRACEBACK = (
    "Traceback (most recent call last):\n  ⋮ shop\nKeyError: 'tea'\n\n"
    "During handling of the above exception, another exception occurred:\n\n"
    "Traceback (most recent call last):\n  cell 1, line 1, in <module>\n    tell(36)\n"
    "shop.errors.SoldOutError: there is no tea left\nPath: .shelf\n"
)


def said(body: str, output) -> bool:
    article = align([post(body)], default_language="en", languages=("en",))
    return is_said_around(article.posts["en"].body, article.placed["en"][0], output)


@pytest.mark.parametrize(
    ("body", "printed", "wanted"),
    [
        # In a comment, wherever it stands.
        ('```python\ntell(36)  # Prints: "Ada is 36 years old"\nx = 1\n```\n', PRINTED, True),
        ("```python\ntell(36)\n# First Ada is 36,\n# then 37 years old\n```\n", "Ada is 36\n37 years old\n", True),
        ("```python\ntell('Ada is 36 years old')\n```\n", PRINTED, False),
        # In a sentence of the section, or what is quoted there.
        (f"{CALL}This tells that `Ada is 36 years old`.\n", PRINTED, True),
        (f"{CALL}> Ada is 36 years old\n", PRINTED, True),
        (f"{CALL}यह बताता है: चाय तैयार है।\n", "चाय तैयार है\n", True),
        (f"{CALL}## Later\n\nAda is 36 years old.\n", PRINTED, False),
        (f"{CALL}Ada is 36.\n", PRINTED, False),
        (f"{CALL}It is 3.\n", "3\n", False),
        # In the next fence, as another version has it.
        (f"{CALL}prints the following code:\n\n```python\n{SOURCE}```\n", SOURCE.replace("cups=cups", "cups"), True),
        (f"{CALL}prints this code:\n\n```python\n{SOURCE}```\n", "async def steep(minutes=2):\n    return 5\n", True),
        (f"{CALL}打印：\n\n```python\n{SOURCE}```\n", "async def steep(minutes=2):\n    return 5\n", True),
        (f"{CALL}Now another one.\n\n```python\n{SOURCE}```\n", "async def steep(minutes=2):\n    return 5\n", False),
        (f"{CALL}Now another one:\n\n```python\n{SOURCE}```\n", "steep: 2, return: 5\n", False),
        (f"{CALL}Now another one:\n\n```python\nprint(Tea('green').taste)\n```\n", SOURCE, False),
        (f"{CALL}# Later\n\n```python\n{SOURCE}```\n", SOURCE, False),
    ],
)  # fmt: skip
def test_what_a_page_says_beside_a_block(body, printed, wanted):
    assert said(body, Text(kind=Kind.STREAM, text=printed)) is wanted


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f"{CALL}```python\nSoldOutError: there is no tea left\nPath: .shelf\n```\n", True),
        ("```python\ntell(36)\n# SoldOutError: there is no tea in shop.Shelf\n```\n", True),
        ("```python\ntell(36)  # raises SoldOutError\n```\n", False),
        (f"{CALL}KeyError: 'tea'\n", False),
    ],
)
def test_what_a_page_says_of_an_exception(body, wanted):
    assert said(body, Text(kind=Kind.ERROR, text=TRACEBACK)) is wanted


def test_a_figure_is_said_nowhere():
    assert not said(CALL, Figure(svg="<svg/>", alt="Ada is 36 years old"))
