"""Heading ids keep every script."""

import pytest

from hexapla.model.slug import slugify


@pytest.mark.parametrize(
    ("heading", "slug"),
    [
        ("Hello, World!", "hello-world"),
        ("Über die Größe", "über-die-größe"),
        ("मुख्य विशेषताएं", "मुख्य-विशेषताएं"),
        ("基本用法", "基本用法"),
        ("<code>nn.Parameter</code>", "nnparameter"),
        ("الاستخدام الأساسي", "الاستخدام-الأساسي"),
    ],
)
def test_slugs(heading, slug):
    assert slugify(heading) == slug
