"""While a site is served, a page loads anew after an edit, under its policy."""

import threading

import pytest
from mkdocs.livereload import LiveReloadServer

from hexapla.adapters.mkdocs import reloading

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self' 'nonce-{nonce}'">
<title>A page</title></head><body><p>{text}</p><script>document.title = "theirs"</script></body></html>"""


@pytest.fixture
def server(tmp_path):
    """Serve a folder as mkdocs does, with the plugin's hand on it."""
    with LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path)) as server:
        server.watch(str(tmp_path))
        reloading.let_reload(server)
        server.server_bind()
        server.server_activate()
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.serve_thread = thread
        server._visible_epoch = server._wanted_epoch = server._wanted_epoch + 1
        with server._epoch_cond:
            server._epoch_cond.notify_all()
        super(LiveReloadServer, server).shutdown()


def test_a_page_loads_anew_and_runs_the_server_s_script_alone(open_page, server, tmp_path):
    (tmp_path / "index.html").write_text(PAGE.format(nonce=reloading.NONCE, text="before"))
    page = open_page(f"http://127.0.0.1:{server.server_port}/")
    assert page.title() == "A page"
    (tmp_path / "index.html").write_text(PAGE.format(nonce=reloading.NONCE, text="after"))
    with page.expect_navigation(), server._epoch_cond:
        server._wanted_epoch = server._visible_epoch = server._visible_epoch + 1
        server._epoch_cond.notify_all()
    assert page.locator("p").inner_text() == "after" and page.title() == "A page"
