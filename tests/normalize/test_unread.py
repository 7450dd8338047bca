"""What no rule knows is told of where it stands: nothing foreign reaches a page unsaid."""

import pytest

from hexapla.model.post import document
from hexapla.model.problem import Severity
from hexapla.normalize.normalize import normalize
from hexapla.normalize.target.dialect import Dialect

ORDINARY = {
    "what its author has escaped": r"Write \<name\>, \{\{ x \}\}, \*\*x\*\*, \[^1\] and \[a\](b).",
    "what is in code": "`<name>` and `{{ x }}`\n\n```\n<name> **x** {{ x }} [^1]\n```",
    "what is in a formula": "$a_{{b}}$ and\n\n$$\n{{c}}^{{d}}\n$$",
    "what HTML shows as it is written": '<pre>\n**x** [a](b)\n</pre>\n\n<script>let a = {{b: "{{c}}"}}</script>',
    "HTML that is old": '<center><font color="red">x</font></center>\n\n<tt>x</tt> <img alt="" src="a.png"/> <BR>',
    "a drawing": '<svg viewBox="0 0 1 1"><path d="M0 0"/><lineargradient></lineargradient></svg>',
    "HTML with Markdown, parted": "<div>\n\n**x** [a](b)\n\n</div>",
    "colons that name nothing": "At 12:30:45, a:b:c, std::string::npos, http://a:b:c and [a]:b: are none.",
    "a note that is there": "Text[^1].\n\n[^1]: Note.",
    "powers, and arguments": "2 ** 3 ** 4, f(**kwargs) and a ~ b ~ c",
    "classes of characters": "[^a]+ and [^b]* and [^c](x)",
    "addresses between angles": "<https://a.example> and <me@a.example>",
}
TOLD = {
    "a placeholder": ("Give\nyour <name> here.", 2, "`<name>` is no HTML: readers do not see it."),
    "one in HTML": (
        '<div>\n<badge text="x"/>\n</div>',
        2,
        '`<badge text="x"/>` is no HTML: readers do not see it.',
    ),
    "JSX on several lines": ('<div style={{\n  color: "red",\n}}>hi</div>', 1, "`<div style={{` is JSX"),
    "such a component": ('text\n\n<Themed\n  dark={\n    <a href="/x">\n\n  y', 3, "`<Themed` is read by"),
    "Markdown in HTML": ("<div>\nsee\n[a](b) and **c**\n</div>", 3, "`[a](b)` stands in HTML"),
    "a link over two lines in HTML": ("<x-y>\nThis [was\ngone](b).\n</x-y>", 2, "`[was` stands in HTML"),
    "a heading in HTML": ("<div>text\n## Title\n</div>", 2, "`## Title` stands in HTML"),
    "a fence in HTML": ("<div>\n```js\nx\n```\n</div>", 2, "````js` stands in HTML"),
    "a note that is not there": ("FAIR[^fair], open", 1, "`[^fair]` is read by"),
    "an emoji that is none": ("Ship it :shipit: now", 1, "`:shipit:` is read by"),
    "emphasis that is none": ("a\n\n**bold:**text and more", 3, "`**bold:**` is read by"),
    "emphasis that ends behind a vowel's sign": ("ಪ್ರತಿ ಸಲ್ಲಿಕೆ** ತಪಾ ** ಪರಿಶೀಲಿಸಿ", 1, "`**` is read by"),
    "backticks that close nothing": ("* Eine globale Variable.```\n* x", 1, "````` is read by"),
    "a link with blanks": ("See [a](b c d) there", 1, "`[a](` is read by"),
    "a template on several lines": ("Now {{\n  x\n}}\n\n{{ 'a' | b }}", 1, "`{{` is read by"),
    "an address of a template": ("[free]({{ site.license.url }}) for all", 1, "{{ site.license.url }}"),
    "in a list's item": ("- a\n- b\n\n  <name>\n  x", 4, "`<name>` is no HTML"),
    "in a table": ("| a | b |\n|---|---|\n| x | <yel>y</yel> |", 3, "`<yel>` is no HTML"),
    "in a right-to-left script": ("שלום [א](ב ג) <שם>\n\nسلام <name>", 3, "`<name>` is no HTML"),
}


def told(text, path="posts/a.md"):
    post = document(path, f"---\ntitle: a\n---\n{text}\n", slug="a", language="en")
    problems = normalize(post, Dialect()).problems
    return [
        (problem.line - 3, problem.message) for problem in problems if problem.severity is Severity.WARNING
    ]


@pytest.mark.parametrize("text", ORDINARY.values(), ids=ORDINARY)
def test_ordinary_writing_is_not_told_of(text):
    assert told(text) == []


@pytest.mark.parametrize(("text", "line", "message"), TOLD.values(), ids=TOLD)
def test_what_nothing_reads_is_told_of_at_its_line(text, line, message):
    assert [said for said in told(text) if said[0] == line and message in said[1]]


def test_what_a_rule_has_told_of_is_not_told_of_again():
    assert len(told('<Counter start={3} />\n\nHi {{ $frontmatter.title }} and <img style={{a: "b"}} />')) == 3


def test_the_end_of_what_a_rule_has_told_of_is_not_told_of():
    assert [line for line, _ in told("{{< lead >}}\na\n{{< /lead >}}\n\nb")] == [1]


def test_two_marks_of_a_line_are_both_told_of_and_the_same_one_once():
    assert [message for _, message in told("<name> and <other> and <name>")] == [
        "`<name>` is no HTML: readers do not see it.",
        "`<other>` is no HTML: readers do not see it.",
    ]


def test_many_marks_are_found_in_time_that_grows_as_the_text_does(count=2_000):
    text = "\n".join(rf"\{{\{{ x{n} \}}\}} and <name{n}>" for n in range(count))
    assert sum("is no HTML" in message for _, message in told(text)) == count
