"""What is told at a build's end, and whether a strict one fails for it."""

import logging
from types import SimpleNamespace

from hexapla.adapters.mkdocs import framing
from hexapla.adapters.mkdocs.framing import Framing


def test_what_is_of_the_machine_fails_no_strict_build(monkeypatch, caplog):
    """mkdocs counts warnings; nobody who writes a site can mend what is installed where it is built."""
    monkeypatch.setattr(framing.finish, "untested", lambda: "mkdocs-material is 10.0, not 9.x")
    monkeypatch.setattr(framing.finish, "publish", lambda *_: None)
    monkeypatch.setattr(framing.search, "pagefind", lambda: None)
    monkeypatch.setattr(framing.stand_ins, "write_stand_ins", lambda *_: ())
    ending = Framing()
    ending._publication = SimpleNamespace(dead_links=tuple, stand_ins=tuple, pages=(), where=None)
    with caplog.at_level(logging.INFO, logger="mkdocs.plugins.hexapla"):
        ending.end()
    assert [record.levelno for record in caplog.records] == [logging.INFO, logging.INFO]
    assert "mkdocs-material is 10.0" in caplog.text and "pip install 'pagefind[extended]'" in caplog.text
