"""HTML by which values show themselves, made harmless."""

import pytest

from hexapla.execution.markup import sanitized

KEPT = {
    "a table": '<table><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
    "words": "<p>नमस्ते <b>b</b> <code>c</code><br>中文</p>",
    "a picture that brings itself": '<img src="data:image/png;base64,iVBORw==" alt="x">',
    "a list that begins elsewhere": '<ol start="3"><li>x</li></ol>',
}
GONE = {
    "a script": ("<script>alert(1)</script>x", "alert"),
    "styles": ("<style>body{display:none}</style><b style='position:fixed'>x</b>", "fixed"),
    "an event": ("<b onclick=alert(1)>x</b>", "onclick"),
    "a class": ('<b class="md-header" id="T_5f1">x</b>', "md-header"),
    "an address that runs": ('<a href="javascript:alert(1)">x</a>', "javascript"),
    "an address of data": ('<a href="data:text/html,1">x</a>', "data:"),
    "a picture of another host": ('<img src="https://other.example/x.png">x', "other.example"),
    "a drawing as a picture": ('<img src="data:image/svg+xml;base64,AA==">x', "svg"),
    "a frame": ('<iframe src="x.html"></iframe>x', "iframe"),
    "a form": ('<form action="/"><input name="a">x</form>', "input"),
    "another namespace": ("<svg><style><img src=x onerror=alert(1)></style></svg>x", "onerror"),
    "a base": ('<base href="https://other.example/">x', "base"),
}


@pytest.mark.parametrize("html", KEPT.values(), ids=KEPT)
def test_what_shows_a_value_stays(html):
    assert sanitized(html) == html
    assert sanitized(sanitized(html)) == html


@pytest.mark.parametrize(("html", "gone"), GONE.values(), ids=GONE)
def test_what_could_act_goes(html, gone):
    clean = sanitized(html)
    assert gone not in clean and "x" in clean
