"""What a home page quotes of an article's page."""

import pytest

from hexapla.render.opening import LONGEST, TRIED, Opening, opening, quotation_of

CODE = "```python\nimport math\n\nmath.pi\n```\n"
VALUE = '```{.text .output .value title="Value"}\n3.14\n```\n'
PRINTED = '```{.text .output title="Output"}\n3\n```\n'
ERROR = '```{.text .output .error title="Error"}\nNameError\n```\n'
TABLE = '<div class="output value hexapla-value"><div><table></table></div></div>\n'
FIGURE = "![A line](../../assets/hexapla/a/cell-1-1.svg){ .hexapla-figure }\n"
AT_HOME = "![A line](../assets/hexapla/a/cell-1-1.svg){ .hexapla-figure }\n"


def quotation(*parts: str) -> str:
    return (
        '<div class="hexapla-opening" data-search-exclude="" markdown="1">\n\n'
        + "\n".join(parts)
        + "\n</div>\n"
    )


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        (f"Prose.\n\n{CODE}\n{VALUE}\nMore.\n\n{CODE}\n{VALUE}", (CODE, VALUE)),
        (f"{CODE}\n{PRINTED}\n{VALUE}", (CODE, PRINTED, VALUE)),
        (f"{CODE}\n{TABLE}\nMore.\n", (CODE, TABLE)),
        # Its place is another one on a home page.
        (f"{CODE}\n{FIGURE}", (CODE, AT_HOME)),
        # What shows nothing is part of what comes to show something.
        (f"{CODE}\nProse.\n\n{CODE}\n{VALUE}", (CODE, CODE, VALUE)),
        (f'<div lang="en" dir="ltr" markdown="1">\n\n{CODE}\n{VALUE}\n</div>\n', (CODE, VALUE)),
    ],
)
def test_a_page_is_quoted_up_to_its_first_output(page, parts):
    assert quotation_of(page) == quotation(*parts)


@pytest.mark.parametrize(
    "page",
    [
        "",
        "Prose.\n",
        CODE,
        VALUE,
        f"{CODE}\n{ERROR}",
        f"{CODE}\n{VALUE}\n{ERROR}",
        f"```text\nno program\n```\n\n{CODE}\n{VALUE}",
        f"- an item\n\n    ```python\n    1\n    ```\n\n{VALUE}",
        f"```{{.python notest}}\n1\n```\n\n{CODE}\n{VALUE}",
        f"```{{.python .hide-input}}\n1\n```\n\n{VALUE}",
        f"```{{.python raises:KeyError}}\n1\n```\n\n{VALUE}",
        # Folded, so long; or code that is.
        f'{CODE}\n??? hexapla-fold output-fold "Output (40 lines)"\n\n    ```{{.text .output}}\n    3\n    ```\n',
        "```python\n" + "1\n" * LONGEST + f"```\n\n{VALUE}",
    ],
)
def test_other_pages_are_not_quoted(page):
    assert quotation_of(page) == ""


def test_the_first_article_is_quoted_that_begins_with_something():
    pages = {"b": f"{CODE}\n{VALUE}", "c": f"{CODE}\n{PRINTED}"}
    made = opening(["a", "b", "c"], lambda slug: pages.get(slug, ""))
    assert made == Opening(tried=("a", "b"), text=quotation(CODE, VALUE))


def test_no_more_than_some_articles_are_looked_at():
    slugs = [f"a{number}" for number in range(TRIED + 5)]
    assert opening(slugs, lambda _: "") == Opening(tried=tuple(slugs[:TRIED]), text="")
