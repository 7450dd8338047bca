"""Which articles go together: by their topics, and by the names of libraries that their programs use."""

import time

import pytest

from examples import about
from hexapla.render.related import library_names, related_articles
from hexapla.render.topics import topics


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


@pytest.mark.cost
def test_a_topic_that_every_article_has_compares_the_newest_and_costs_little():
    articles = [about(f"a{number}", "1", en=["python"]) for number in range(5_000)]
    named = topics(articles)
    began = time.process_time()
    nearest = related_articles(articles, named, lambda _: ())
    assert time.process_time() - began < 2
    assert nearest["a4999"] == ("a0", "a1", "a2") and nearest["a0"] == ("a1", "a2", "a3")


def test_a_relative_import_is_no_library():
    assert (
        library_names(about("a", "from . import steps\nfrom .steps import run\nsteps.go\nrun.all")) == set()
    )
