"""In which tabs blocks stand."""

import pytest

from hexapla.model.block import blocks
from hexapla.programs.align.tabs import tabs_of


def paths(text: str) -> list[str]:
    body = text.replace("CODE", "```python")
    return [" / ".join(f"{tab.set} {tab.label}" for tab in path) for path in tabs_of(body, blocks(body))]


END = "x\n    ```\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CODE\nx\n```\n", [""]),
        (f'=== "A"\n\n    CODE\n    {END}', ["0 a"]),
        (f'=== "A"\n    CODE\n    {END}\n=== "B  C"\n    CODE\n    {END}', ["0 a", "0 b c"]),
        (f'=== "A"\n    CODE\n    {END}\n=== "A"\n    CODE\n    {END}CODE\nx\n```\n', ["0 a", "0 a", ""]),
        (f'=== "A"\n    CODE\n    {END}\nWords.\n\n=== "A"\n    CODE\n    {END}', ["0 a", "1 a"]),
        (f'=== "A"\n    CODE\n    {END}\n===! "B"\n    CODE\n    {END}', ["0 a", "1 b"]),
        (f'=== "A"\n    CODE\n    {END}\n===+ "B"\n    CODE\n    {END}', ["0 a", "0 b"]),
        (f'=== "A"\n    Words.\n\n    CODE\n    {END}\n    More.\n\n=== "B"\n    CODE\n    {END}', ["0 a", "0 b"]),
        ('- item\n\n    === "A"\n        CODE\n        x\n        ```\n    === "B"\n        CODE\n        x\n        ```\n',
         ["0 a", "0 b"]),
        ('=== "A"\n    === "P"\n        CODE\n        x\n        ```\n    === "Q"\n        CODE\n        x\n        ```\n'
         '=== "B"\n    === "P"\n        CODE\n        x\n        ```\n',
         ["0 a / 1 p", "0 a / 1 q", "0 b / 2 p"]),
        ("/// tab | A\nCODE\nx\n```\n///\n\n/// tab | B\nCODE\nx\n```\n///\n\nCODE\nx\n```\n", ["0 a", "0 b", ""]),
        ("/// tab | A\nCODE\nx\n```\n///\n/// tab | B\n    new: true\n\nCODE\nx\n```\n///\n", ["0 a", "1 b"]),
        ("//// note\n/// tab | A\nCODE\nx\n```\n///\n/// tab | B\nCODE\nx\n```\n///\n////\n", ["0 a", "0 b"]),
        ('```text\n=== "A"\n    x\n```\n\n=== "B"\n    CODE\n    x\n    ```\n', ["", "0 b"]),
        ('A text\n=== no tab\n\nCODE\nx\n```\n', [""]),
    ],
    ids=[
        "none", "one", "two of a set", "after a set", "words part sets", "a mark parts sets", "one is selected",
        "words around", "in a list", "tabs in tabs", "between slashes", "between slashes, parted", "in a note",
        "in a fence", "no tab",
    ],
)  # fmt: skip
def test_blocks_know_their_tabs(text, expected):
    assert paths(text) == expected
