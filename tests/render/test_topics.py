"""What articles are about, and which go together."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import about, post
from hexapla.render import article_files
from hexapla.render.catalog import catalog_of
from hexapla.render.related import library_names, related_articles
from hexapla.render.topics import tags, topics
from hexapla.storage.cache import Cache


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (None, ()),
        ([], ()),
        (["a b", " c ", "", 3], ("a b", "c", "3")),
        ("one two", ("one", "two")),
        ("one thing, two", ("one thing", "two")),
        ({"a": 1}, ()),
    ],
)
def test_tags_are_read_as_blogs_write_them(written, expected):
    assert tags(post("", tags=written)) == expected


def test_a_topic_has_a_name_in_each_language_that_translates_it():
    named = topics([about("a", en=["Tensors", "shapes"], de=["Tensoren", "Formen"], hi=["tensors"])])
    assert named.of == {"a": ("tensors", "shapes")}
    assert named.name("tensors", "de") == "Tensoren"
    # One tag less: nobody can tell which.
    assert named.name("shapes", "hi") == "shapes" and named.name("tensors", "hi") == "Tensors"
    assert named.name("tensors", "fr") == "Tensors"


def test_a_translation_with_more_tags_than_its_original_translates_none_of_them():
    named = topics([about("a", en=["loss"], de=["Verlust", "Neues"])])
    assert named.of == {"a": ("loss",)} and named.name("loss", "de") == "loss"


def test_where_translators_disagree_most_of_them_are_right():
    named = topics(
        [
            about(slug, en=["loss"], de=[name])
            for slug, name in (("a", "Verlust"), ("b", "Kosten"), ("c", "Verlust"))
        ]
    )
    assert named.name("loss", "de") == "Verlust"


def test_an_article_first_written_in_another_language_shares_its_topic():
    named = topics(
        [about("a", en=["tensors"], de=["Tensoren"]), about("b", de=["Tensoren"]), about("c", de=["Neu"])]
    )
    assert named.of["b"] == ("tensors",) and named.of["c"] == ("neu",)


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
    nearest = related_articles(articles, topics(articles), library_names)
    assert nearest["a"] == ("b", "c", "d")
    assert nearest["e"] == () and nearest["n1"] == ()


def test_a_name_that_most_articles_share_makes_none_of_them_related():
    common, rare = "import torch\ntorch.tensor", "import torch\ntorch.tensor\ntorch.fft.fft"
    articles = [about("a", rare), about("b", rare), *(about(f"n{number}", common) for number in range(4))]
    nearest = related_articles(articles, topics(articles), library_names)
    assert nearest["a"] == ("b",) and nearest["n0"] == ()


def test_a_name_that_half_of_the_articles_share_still_counts():
    shared = "import torch\ntorch.tensor"
    articles = [*(about(slug, shared) for slug in "abc"), *(about(slug, "1") for slug in "xyz")]
    assert related_articles(articles, topics(articles), library_names)["a"] == ("b", "c")


def test_a_relative_import_is_no_library():
    assert (
        library_names(about("a", "from . import steps\nfrom .steps import run\nsteps.go\nrun.all")) == set()
    )


@given(st.permutations("abcdef"))
def test_the_order_of_the_files_decides_nothing(order):
    made = {
        slug: about(slug, f"import torch\ntorch.f{n % 2}", day=n + 1, en=["t"])
        for n, slug in enumerate("abcdef")
    }
    catalog = catalog_of([made[slug] for slug in order])
    assert list(catalog.articles) == list("fedcba")
    assert catalog.related["a"] == ("e", "c", "f")


def test_what_libraries_a_program_uses_is_not_asked_again_while_its_code_stays(tmp_path, monkeypatch):
    asked = []
    names = article_files.library_names
    monkeypatch.setattr(
        article_files, "library_names", lambda article: asked.append(article.slug) or names(article)
    )
    config = SimpleNamespace(fallback="page", codes=("en",))
    code = "import torch\ntorch.nn.Linear"
    articles = [about("a", code, en=["x"]), about("b", code, en=["y"]), about("c", "1", en=["z"])]

    def related():
        asked.clear()
        catalogs = article_files.catalogs_by_language(
            config, articles, Cache(folder=tmp_path, environment="")
        )
        return catalogs["en"].related["a"], asked

    assert related() == (("b",), ["a", "b", "c"])
    assert related() == (("b",), [])
    articles[1] = about("b", "2", en=["y"])
    assert related() == ((), ["b"])
