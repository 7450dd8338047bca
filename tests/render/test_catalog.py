"""The order of a site's articles."""

from hypothesis import given
from hypothesis import strategies as st

from examples import about
from hexapla.render.catalog import catalog_of


@given(st.permutations("abcdef"))
def test_the_order_of_the_files_decides_nothing(order):
    made = {
        slug: about(slug, f"import torch\ntorch.f{n % 2}", day=n + 1, en=["t"])
        for n, slug in enumerate("abcdef")
    }
    catalog = catalog_of([made[slug] for slug in order])
    assert list(catalog.articles) == list("fedcba")
    assert catalog.related["a"] == ("e", "c", "f")
