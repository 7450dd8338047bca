"""A page that is served may run the server's own script."""

import pytest
from mkdocs.livereload import LiveReloadServer

from hexapla.adapters.mkdocs import reloading


@pytest.fixture
def server(tmp_path):
    with LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path)) as one:
        yield one


@pytest.mark.parametrize("page", [b"<body>a</body>", b"<body><script>a()</script></body>", b"no body"])
def test_the_server_s_own_script_may_run(server, page):
    before = server._inject_js_into_html(page, 7)
    reloading.let_reload(server)
    after = server._inject_js_into_html(page, 7)
    own = f"<script nonce={reloading.NONCE}>".encode()
    assert after.count(own) == 1 and after.count(b"<script>") == before.count(b"<script>") - 1
    script = after.partition(own)[2].partition(b"</script>")[0]
    assert b"livereload(7," in script and len(after) == len(before) + len(own) - len(b"<script>")
