"""What mkdocs says is heard, and said again as it was."""

import logging

from hexapla.adapters.mkdocs.hearing import hearing, say_again


def test_what_was_heard_is_said_again_by_whom_it_was_said(caplog):
    said: list[tuple[str, int, str]] = []
    with hearing(said):
        logging.getLogger("mkdocs.plugins.a").warning("%d %%", 50)
        logging.getLogger("other").warning("not mkdocs")
    logging.getLogger("mkdocs").warning("later")
    assert said == [("mkdocs.plugins.a", logging.WARNING, "50 %")]
    caplog.clear()
    say_again(said)
    assert [(record.name, record.levelno, record.getMessage()) for record in caplog.records] == said
