"""The name that `mkdocs.yml` files give for the anchors of headings: `!!python/name:hexapla.slugs.slugify`."""

from hexapla.model.slug import slugify as slugify
