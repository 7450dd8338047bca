"""Pictures: the text that stands for one is the same on GitHub and on the page."""

import pytest

from hexapla.normalize.github.parser import read_as_github
from hexapla.normalize.ladder import climb
from hexapla.normalize.target.dialect import Dialect
from hexapla.normalize.target.renderer import renderer
from hexapla.normalize.target.structure import skeleton

ALTS = {
    "marks": ("a *b* **c** `d`", "a b c d"),
    "an escaped mark": (r"a\_b \*c\*", "a_b *c*"),
    "a formula": ("a $x_1$ b", "a $x_1$ b"),
    "a formula with a bar": ("$a|b$", "$a|b$"),
    "quotes and brackets": (r'"a" \[b\] & <c', '"a" [b] & <c'),
    "a link": ("[a](b)", "a"),
    "two lines": ("a\nb", "a b"),
    "Devanagari": ("मुख्य *चित्र*", "मुख्य चित्र"),
}


@pytest.mark.parametrize(
    "place", ["{}", "text\n- {}\n", "- a\n  {}\n  ```\n  b\n  ```", "**{}** <b>x</b>\n- c"]
)
@pytest.mark.parametrize(("source", "alt"), ALTS.values(), ids=ALTS)
def test_a_picture_s_text_is_kept(source, alt, place):
    body = place.format(f'![{source}](x.png "t")')
    climbed = climb(body, renderer(Dialect()))
    page = renderer(Dialect()).html("\n".join(line for line, _ in climbed.lines))
    assert not climbed.lost
    assert skeleton(page) == read_as_github(body).units
    assert f"img x.png {alt}\0" in str(skeleton(page)).replace("\\x00", "\0").replace("\\'", "'")
