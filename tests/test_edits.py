"""`hexapla fix`, as a user types it: the diff first, then the posts, and nothing that is not asked for."""

from pathlib import Path

import pytest

from hexapla.cli.main import main

ENGLISH = """---
title: Steps
lang: en
---

Intro.

```python {#setup}
# Setup
x = 2  # two
print("the value is", x)
```

Then this:

```python notest
train(x)
```

The end.
"""
GERMAN = """---
title: Schritte
lang: de
---

Einleitung.

```python {#setup}
# Vorbereitung
x = 2  # zwei
print("der Wert ist", x)
```

Danach das:

```python notest
train(x)
```

Ende.
"""
DAMAGE = {
    "a lost closing fence": ('ist", x)\n```\n', 'ist", x)\n'),
    "a glued closing fence": ('ist", x)\n```\n', 'ist", x)```\n'),
    "an unclosed last fence": ("train(x)\n```\n", "train(x)\n"),
    "a lost opening fence": ("```python notest\n", ""),
    "a fence of quotation marks": ('ist", x)\n```\n', 'ist", x)\n’’’\n'),
    "no language": ("```python notest", "```"),
    "a translated language": ("```python notest", "```pitón notest"),
    "a translated word": ("```python notest", "```python nichttesten"),
    "a translated id": ("{#setup}", "{#einrichten}"),
    "a changed number": ("x = 2 ", "x = 3 "),
    "a lost line": ("x = 2  # zwei\n", ""),
    "a comment that lost its mark": ("# Vorbereitung", "Vorbereitung des Ganzen"),
    "quotation marks": ('print("der Wert ist", x)', "print(„der Wert ist“, x)"),
}


def told(capsys, *arguments) -> tuple[int, str]:
    capsys.readouterr()
    status = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out + captured.err


@pytest.mark.parametrize(("before", "after"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_repaired_when_asked_and_what_is_repaired_is_clean(new_site, capsys, before, after):
    assert before in GERMAN
    file = new_site({"a.en.md": ENGLISH, "a.de.md": GERMAN.replace(before, after, 1)}, languages="en,de")
    german = file.parent / "posts/a.de.md"
    damaged = german.read_bytes()
    status, said = told(capsys, "fix", "-f", file)
    assert status == 1 and "1 post can be repaired: `hexapla fix --write` does it." in said
    assert "--- a/posts/a.de.md\n+++ b/posts/a.de.md\n" in said and "\nposts/a.de.md:" in said
    assert german.read_bytes() == damaged
    assert told(capsys, "fix", "--write", "-f", file)[0] == 0
    once = german.read_text()
    assert [line for line in once.split("\n") if line in ("Einleitung.", "Danach das:", "Ende.")] == [
        "Einleitung.", "Danach das:", "Ende.",
    ]  # fmt: skip
    status, said = told(capsys, "fix", "--write", "-f", file)
    assert status == 0 and said == "Nothing can be repaired.\n" and german.read_text() == once
    said = told(capsys, "check", "-f", file)[1]
    assert [line for line in said.splitlines() if ": E-" in line] == [
        line for line in said.splitlines() if "E-stale-output" in line
    ]
    assert file.parent.joinpath("posts/a.en.md").read_text() == ENGLISH


@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "windows"])
def test_clean_posts_stay_byte_for_byte_and_repaired_ones_keep_their_form(new_site, capsys, form):
    def written(text: str) -> bytes:
        text = text.replace("\n", "\r\n") if form == "windows" else text
        return text.encode("utf-8-sig" if form == "utf-8-sig" else "utf-8")

    file = new_site({"a.en.md": written(ENGLISH), "a.de.md": written(GERMAN)}, languages="en,de")
    german = file.parent / "posts/a.de.md"
    assert told(capsys, "fix", "--write", "-f", file) == (0, "Nothing can be repaired.\n")
    assert german.read_bytes() == written(GERMAN)
    german.write_bytes(written(GERMAN.replace("x = 2", "x = 3")))
    assert told(capsys, "fix", "--write", "-f", file)[0] == 0
    assert german.read_bytes() == written(GERMAN)


def test_code_that_was_edited_on_purpose_is_replaced_only_when_asked(new_site, capsys):
    file = new_site({"a.en.md": ENGLISH, "a.de.md": GERMAN}, languages="en,de")
    german = file.parent / "posts/a.de.md"
    main(["run", "-f", str(file)])
    german.write_text(GERMAN.replace("x = 2 ", "x = 30 "))
    edited = german.read_text()
    for _ in range(2):
        status, said = told(capsys, "fix", "--write", "-f", file)
        assert status == 0 and german.read_text() == edited
        assert "posts/a.de.md:8: Left alone: this block was edited here since it was recorded." in said
        # It is remembered that it was edited, whatever is recorded afterwards.
        main(["run", "-f", str(file)])
    assert told(capsys, "fix", "--write", "--edited", "-f", file)[0] == 0
    assert german.read_text() == GERMAN


def test_only_the_articles_that_are_named_are_repaired(new_site, capsys):
    wrong = GERMAN.replace("x = 2 ", "x = 3 ")
    file = new_site(
        {f"{name}.{tag}.md": text for name in "ab" for tag, text in (("en", ENGLISH), ("de", wrong))},
        languages="en,de",
    )
    assert told(capsys, "fix", "--write", "-f", file, "b")[0] == 0
    assert (file.parent / "posts/a.de.md").read_text() == wrong
    assert (file.parent / "posts/b.de.md").read_text() == GERMAN


def test_our_own_posts_and_the_seeds_need_no_repair(new_site, capsys, seeds):
    ours = Path(__file__).resolve().parent.parent / "mkdocs.yml"
    assert told(capsys, "fix", "-f", ours) == (0, "Nothing can be repaired.\n")
    assert told(capsys, "fix", "-f", new_site(seeds)) == (0, "Nothing can be repaired.\n")
