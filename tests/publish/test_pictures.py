"""What social sites show beside a link: a card is drawn once, and anew where hexapla draws otherwise."""

from dataclasses import replace

import pytest

from hexapla.config.config import load
from hexapla.publish import cards
from hexapla.publish.pictures import picture_of
from hexapla.publish.sources import PageSource
from hexapla.storage.cache import of_site


@pytest.fixture
def drawn(monkeypatch):
    """Return the titles of the cards that were drawn."""
    titles = []
    card = cards.card
    monkeypatch.setattr(
        cards, "card", lambda title, *args, **named: titles.append(title) or card(title, *args, **named)
    )
    return titles


def test_a_card_is_drawn_once_in_each_environment(new_site, tmp_path, drawn):
    config = load(new_site({}, languages="en"))
    cache, target = of_site(config.root), tmp_path / "built" / "assets/hexapla/cards/en/a.png"

    def show(title: str, cache=cache) -> bytes:
        target.unlink(missing_ok=True)
        page = PageSource(language="en", name="posts/a", text="", title=title)
        picture = picture_of(
            page,
            config,
            cache,
            site_url="https://a.example/",
            folder=tmp_path / "built",
            is_there=lambda _: False,
        )
        assert picture is not None
        return target.read_bytes()

    assert show("One") == show("One") and drawn == ["One"]
    assert show("Two") != show("One") and drawn == ["One", "Two", "One"]
    show("One", replace(cache, environment="another version of Pillow"))
    assert drawn == ["One", "Two", "One", "One"]
