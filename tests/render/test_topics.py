"""What articles are about, and which go together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import about, post
from hexapla.render.catalog import catalog_of
from hexapla.render.related import library_names, related_articles
from hexapla.render.topics import tags, topics


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (None, ()),
        ([], ()),
        (["a b", " c ", "", 3], ("a b", "c", "3")),
        ("one two", ("one", "two")),
        ("one thing, two", ("one thing", "two")),
        ({"a": 1}, ()),
    ],
)
def test_tags_are_read_as_blogs_write_them(given, found):
    assert tags(post("", tags=given)) == found


def test_a_topic_has_a_name_in_each_language_that_translates_it():
    found = topics([about("a", en=["Tensors", "shapes"], de=["Tensoren", "Formen"], hi=["tensors"])])
    assert found.of == {"a": ("tensors", "shapes")}
    assert found.name("tensors", "de") == "Tensoren"
    # One tag less: nobody can tell which.
    assert found.name("shapes", "hi") == "shapes" and found.name("tensors", "hi") == "Tensors"
    assert found.name("tensors", "fr") == "Tensors"


def test_where_translators_disagree_most_of_them_are_right():
    found = topics(
        [
            about(slug, en=["loss"], de=[name])
            for slug, name in (("a", "Verlust"), ("b", "Kosten"), ("c", "Verlust"))
        ]
    )
    assert found.name("loss", "de") == "Verlust"


def test_an_article_first_written_in_another_language_shares_its_topic():
    found = topics(
        [about("a", en=["tensors"], de=["Tensoren"]), about("b", de=["Tensoren"]), about("c", de=["Neu"])]
    )
    assert found.of["b"] == ("tensors",) and found.of["c"] == ("neu",)


def test_names_are_whole_whatever_they_are_imported_as():
    code = "import torch\nimport torch.nn as nn\nfrom torch.optim import SGD as S\nx = nn.Linear(2, 1)\nS(x, lr=torch.e)\nx.y\nopen('f')"
    assert library_names(about("a", code)) == {"torch.nn", "torch.nn.Linear", "torch.optim.SGD", "torch.e"}
    assert library_names(about("a", "def f(:")) == set()


def test_shared_topics_go_before_shared_names_and_rare_names_before_common_ones():
    linear, sgd = "import torch\ntorch.nn.Linear", "import torch\ntorch.nn.Linear\ntorch.optim.SGD"
    articles = [
        about("a", sgd, en=["x"]),
        about("b", "1", en=["x"]),
        about("c", sgd, en=["y"]),
        about("d", linear, en=["z"]),
        about("e", "1", en=["w"]),
        *(about(f"n{number}", "1", en=[]) for number in range(4)),
    ]
    nearest = related_articles(articles, topics(articles))
    assert nearest["a"] == ("b", "c", "d")
    assert nearest["e"] == () and nearest["n1"] == ()


@given(st.permutations("abcdef"))
def test_the_order_of_the_files_decides_nothing(order):
    made = {
        slug: about(slug, f"import torch\ntorch.f{n % 2}", day=n + 1, en=["t"])
        for n, slug in enumerate("abcdef")
    }
    catalog = catalog_of([made[slug] for slug in order])
    assert list(catalog.articles) == list("fedcba")
    assert catalog.related["a"] == ("e", "c", "f")
