"""What draws diagrams: the library is the one that it says it is, and is in a site that has a diagram."""

import hashlib

from hexapla.publish import diagrams
from hexapla.publish.content import parse_fragment
from hexapla.storage import files


def test_the_library_is_the_one_of_its_version():
    library = files.data("mermaid/mermaid.min.js")
    assert hashlib.sha256(library).hexdigest() == diagrams.SHA256
    assert f'"{diagrams.VERSION}"'.encode() in library


def test_the_frame_loads_what_is_written_beside_it():
    frame = files.data("mermaid/frame.html").decode()
    assert [name for name in diagrams.FILES[1:] if f'src="{name}"' not in frame] == []


def test_only_diagrams_are_called_something():
    for html, called in (
        ('<pre class="mermaid"><code>graph TD</code></pre>', True),
        ("<pre><code>graph TD</code></pre>", False),
        ('<p class="mermaid">A word of the author\'s.</p>', False),
    ):
        _, content = parse_fragment(html)
        assert diagrams.call(content, "Diagramm") == called
        assert ('data-called="Diagramm"' in (content.inner_html or "")) == called
