"""`{% raw %}` in code: taken out as it is elsewhere, with its line where it has one of its own."""

import pytest

from hexapla.model.block import splice
from hexapla.normalize.rules.jekyll import unwrapped
from hexapla.normalize.rules.rule import Draft


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```\n{% raw %}{{ x }}{% endraw %}\n```\n", "```\n{{ x }}\n```\n"),
        ("```\n  {%- raw -%}\t\nx\n{% endraw %}\n```\n", "```\nx\n```\n"),
        ("> ```\n> a {% raw %} b\n> ```\n", "> ```\n> a  b\n> ```\n"),
        ("```\nx\n  {% endraw %}", "```\nx\n"),
        ("{% raw %}\n```\n{% rawer %}\n```\n", "{% raw %}\n```\n{% rawer %}\n```\n"),
    ],
)
def test_raw_is_taken_out_of_code(text, shown):
    assert splice(text, unwrapped(Draft(text=text, front_matter={})).edits) == shown
    assert unwrapped(Draft(text=text, front_matter={}, templated=True)).edits == ()
