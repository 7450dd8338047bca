"""The whole way through, on real folders with real programs: what a user types and sees."""

import hashlib

import pytest

from hexapla.adapters.mkdocs import builder
from hexapla.cli.main import main
from hexapla.config.config import load
from hexapla.ledger.encoding import INDEX

GOOD = "---\ntitle: Good\n---\n\n```python\nprint(6 * 7)\n```\n"


def hexapla(capsys, *argv) -> tuple[int, str]:
    """Run a command line; return its exit status and all it printed."""
    status = main([str(arg) for arg in argv])
    captured = capsys.readouterr()
    assert "Traceback (most recent call last)" not in captured.err.replace("    Traceback", "")
    return status, captured.out + captured.err


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def page(file, name: str) -> str:
    return (file.parent / "docs" / name).read_text()


def test_a_program_is_run_once_and_recorded_for_ever(new_site, capsys):
    file = new_site({"good.en.md": GOOD, "good.de.md": GOOD.replace("Good", "Gut")})
    status, said = hexapla(capsys, "run", "-f", file)
    assert status == 0 and "good: it is new" in said
    assert (file.parent / "snippets/good/cell-1.out").read_text() == "42\n"
    status, said = hexapla(capsys, "run", "-f", file)
    assert status == 0 and "no program was run" in said
    assert hexapla(capsys, "test", "-f", file)[0] == 0
    assert hexapla(capsys, "check", "-f", file)[0] == 0


def test_the_ledger_is_the_same_bytes_in_another_folder(new_site, capsys, tmp_path):
    file = new_site({"good.en.md": GOOD})
    hexapla(capsys, "run", "-f", file)
    first = {path.name: path.read_bytes() for path in (file.parent / "snippets/good").iterdir()}
    hexapla(capsys, "run", "--all", "-f", file)
    again = {path.name: path.read_bytes() for path in (file.parent / "snippets/good").iterdir()}
    moved = file.parent.rename(tmp_path / "elsewhere")
    hexapla(capsys, "run", "--all", "-f", moved / "mkdocs.yml")
    assert first == again == {path.name: path.read_bytes() for path in (moved / "snippets/good").iterdir()}


def test_every_language_has_a_page(new_site, capsys):
    file = new_site({"good.en.md": GOOD})
    hexapla(capsys, "run", "-f", file)
    status, _ = hexapla(capsys, "pages", "-f", file)
    assert status == 0
    for language, word in {"en": "Output", "de": "Ausgabe", "hi": "आउटपुट"}.items():
        assert f'title="{word}"}}\n42' in page(file, f"{language}/posts/good.md")
    assert "noch nicht ins Deutsche übersetzt" in page(file, "de/posts/good.md")
    assert "[Good](good.md){ lang=en dir=ltr }" in page(file, "de/posts/index.md")


def test_writing_pages_twice_changes_nothing_and_removed_posts_go(new_site, capsys):
    file = new_site({"good.en.md": GOOD, "other.en.md": GOOD})
    hexapla(capsys, "run", "-f", file)
    hexapla(capsys, "pages", "-f", file)
    status, said = hexapla(capsys, "pages", "-f", file)
    assert "0 written, 0 removed" in said
    (file.parent / "posts/other.en.md").unlink()
    status, said = hexapla(capsys, "pages", "-f", file)
    assert status == 0 and " 15 removed" in said
    assert not (file.parent / "docs/en/posts/other.md").exists()


def test_a_page_of_the_users_own_is_never_overwritten(new_site, capsys):
    file = new_site({"good.en.md": GOOD})
    mine = file.parent / "docs/en/posts/good.md"
    mine.parent.mkdir(parents=True)
    mine.write_text("# Mine\n")
    status, said = hexapla(capsys, "pages", "-f", file)
    assert status == 1 and "docs/en/posts/good.md:1: E-page-in-the-way" in said
    assert mine.read_text() == "# Mine\n"


BAD = {
    "not utf-8": ({"bad.md": b"Line\n\xff\xfe\n"}, "posts/bad.md:2: E-not-utf8"),
    "broken yaml": ({"bad.md": "---\ntitle: [a\n---\n"}, "E-front-matter"),
    "yaml that is no mapping": ({"bad.md": "---\n- a\n---\n"}, "posts/bad.md:2: E-front-matter"),
    "a language that the site lacks": ({"bad.it.md": "Ciao\n"}, "posts/bad.it.md:1: E-unknown-language"),
    "a post twice": ({"good-en.md": GOOD}, "E-same-post-twice"),
    "a slug that leaves its folder": ({"bad.md": "---\nslug: ../x\n---\n"}, "posts/bad.md:2: E-bad-slug"),
    "an unclosed fence": ({"bad.md": "Text\n\n```python\nprint(1)\n"}, "posts/bad.md:3: "),
    "a block that raises": ({"bad.md": "Text\n\n```python\n1 / 0\n```\n"}, "posts/bad.md:4: E-cell-raised"),
    "a block that never ends": (
        {"bad.md": "---\nexecute: {timeout: 1}\n---\n\n```python\nwhile True: pass\n```\n"},
        "posts/bad.md:6: E-cell-timeout",
    ),
    "a block that exits": (
        {"bad.md": "```python\nimport sys\nsys.exit(3)\n```\n"}, "posts/bad.md:2: E-cell-exited",
    ),
    "a block that kills itself": (
        {"bad.md": "```python\nimport os\nos.kill(os.getpid(), 9)\n```\n"}, "posts/bad.md:2: E-cell-killed",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("posts", "expected"), BAD.values(), ids=BAD)
def test_bad_input_has_a_place_and_the_others_are_built(new_site, capsys, posts, expected):
    file = new_site({"good.en.md": GOOD, **posts})
    status, said = hexapla(capsys, "run", "-f", file)
    assert expected in said
    assert (file.parent / "snippets/good/cell-1.out").read_text() == "42\n"
    assert status == 1
    hexapla(capsys, "pages", "-f", file)
    assert "\n42\n" in page(file, "en/posts/good.md")
    if (file.parent / "snippets/bad").exists():
        assert hexapla(capsys, "check", "-f", file)[0] in (0, 1)


def test_an_empty_posts_folder_is_a_problem(new_site, capsys):
    status, said = hexapla(capsys, "check", "-f", new_site({}))
    assert status == 1 and "posts:1: E-no-posts" in said


def test_a_missing_configuration_ends_with_2(capsys, tmp_path):
    status, said = hexapla(capsys, "check", "-f", tmp_path / "mkdocs.yml")
    assert status == 2 and "hexapla new" in said


def test_a_damaged_ledger_is_refused_and_repaired_by_what_it_says(new_site, capsys):
    file = new_site({"good.en.md": GOOD})
    hexapla(capsys, "run", "-f", file)
    (file.parent / "snippets/good/cell-1.out").write_text("43\n")
    status, said = hexapla(capsys, "check", "-f", file)
    assert (
        status == 1
        and "posts/good.en.md:1: E-ledger-damaged snippets/good/cell-1.out: It" in said
        and "hexapla run --all" in said
    )
    # Nothing is lost meanwhile: what cannot be read is not written over, and not taken for an article that went.
    assert hexapla(capsys, "run", "--prune", "-f", file)[0] == 1
    assert (file.parent / "snippets/good/cell-1.out").read_text() == "43\n"
    assert hexapla(capsys, "run", "--all", "-f", file)[0] == 0
    assert (file.parent / "snippets/good/cell-1.out").read_text() == "42\n"


def test_a_drift_is_shown_and_nothing_is_written(new_site, capsys):
    file = new_site({"good.en.md": GOOD})
    hexapla(capsys, "run", "-f", file)
    folder = file.parent / "snippets/good"
    # As if another machine had recorded it: the ledger is sound, what it says is not what is seen here.
    (folder / "cell-1.out").write_text("43\n")
    index = (folder / INDEX).read_text()
    (folder / INDEX).write_text(index.replace(sha("42\n"), sha("43\n")))
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    status, said = hexapla(capsys, "test", "-f", file)
    assert status == 1 and "posts/good.en.md:6: E-drift-text" in said and "not-repeatable" not in said
    assert before == {path.name: path.read_bytes() for path in folder.iterdir()}


CLOCK = "```python\nprint('fixed')\n```\n\n```python\nimport uuid\nprint(uuid.uuid4().int)\n```\n"
UNSTEADY = {
    "a number that is never the same": (CLOCK, 6, "line 1 was"),
    "bytes of the kernel": ("```python\nimport os\nos.urandom(8).hex()\n```\n", 2, "line 1 was"),
}


@pytest.mark.parametrize(("post", "line", "difference"), UNSTEADY.values(), ids=UNSTEADY)
def test_a_program_that_is_not_repeatable_is_named(new_site, capsys, post, line, difference):
    file = new_site({"clock.en.md": post})
    hexapla(capsys, "run", "-f", file)
    before = (file.parent / "snippets/clock").stat().st_mtime_ns
    status, said = hexapla(capsys, "test", "-f", file)
    assert status == 1 and f"posts/clock.en.md:{line}: E-not-repeatable" in said
    assert difference in said and "E-drift" not in said
    assert (file.parent / "snippets/clock").stat().st_mtime_ns == before


def test_a_site_that_exists_is_not_overwritten(capsys, tmp_path):
    assert hexapla(capsys, "new", tmp_path / "s", "--languages", "en,ar")[0] == 0
    mine = (tmp_path / "s/mkdocs.yml").read_bytes()
    status, said = hexapla(capsys, "new", tmp_path / "s")
    assert status == 2 and "`mkdocs.yml`" in said and "`hexapla new my-site`" in said
    assert (tmp_path / "s/mkdocs.yml").read_bytes() == mine
    assert hexapla(capsys, "new", tmp_path / "t", "--languages", "en,../x")[0] == 2


OLD = "Text.\n\n```python\nx = 1\nprint(x)\n```\n\nMore text.\n"


def test_a_translation_that_is_behind_says_so_and_is_repaired_when_asked(new_site, capsys):
    file = new_site({"a.en.md": OLD, "a.de.md": OLD.replace("print(x)", "print(x)  # eins")})
    assert hexapla(capsys, "run", "-f", file)[0] == 0
    posts = file.parent / "posts"
    posts.joinpath("a.en.md").write_text(OLD.replace("x = 1", "x = 2"))
    status, said = hexapla(capsys, "run", "-f", file)
    assert status == 0 and "posts/a.de.md:3: W-stale-block" in said
    hexapla(capsys, "pages", "-f", file)
    german = page(file, "de/posts/a.md")
    assert "wurde geändert, seit diese Übersetzung entstand" in german
    assert "Dieser Block gehört nicht zum ausgeführten Programm" in german and "\n2\n" not in german
    assert "code-stale" in hexapla(capsys, "status", "--json", "-f", file)[1]
    status, said = hexapla(capsys, "fix", "-f", file)
    assert status == 1 and "+x = 2" in said
    assert "x = 1" in posts.joinpath("a.de.md").read_text()
    assert hexapla(capsys, "fix", "--write", "-f", file)[0] == 0
    assert posts.joinpath("a.de.md").read_text() == OLD.replace("x = 1\nprint(x)", "x = 2\nprint(x)  # eins")
    assert hexapla(capsys, "check", "-f", file)[0] == 0


def test_changed_prose_of_the_original_makes_a_translation_stale_but_runs_nothing(new_site, capsys):
    file = new_site({"a.en.md": OLD, "a.hi.md": OLD.replace("Text", "पाठ")})
    hexapla(capsys, "run", "-f", file)
    (file.parent / "posts/a.en.md").write_text(OLD.replace("More text", "Much more text"))
    _, said = hexapla(capsys, "run", "-f", file)
    assert "no program was run" in said
    hexapla(capsys, "pages", "-f", file)
    assert "मूल लेख बदल चुका है" in page(file, "hi/posts/a.md")


def test_links_between_posts_and_their_images_come_along(new_site, capsys):
    body = "[good](2025-01-01-good-en.md) ![dot](dot.svg) [gone](gone.md)\n"
    file = new_site({"2025-01-01-good-en.md": GOOD, "other.en.md": body, "dot.svg": "<svg/>"})
    _, said = hexapla(capsys, "run", "-f", file)
    assert "posts/other.en.md:1: W-broken-link" in said
    hexapla(capsys, "pages", "-f", file)
    assert "[good](good.md) ![dot](../../assets/posts/posts/dot.svg)" in page(file, "de/posts/other.md")
    assert (file.parent / "docs/assets/posts/posts/dot.svg").read_text().startswith("<svg")


def test_normalize_shows_what_it_would_change_and_writes_elsewhere(new_site, capsys, tmp_path):
    file = new_site({"a.en.md": "---\ntitle: A\n---\n\nText\n1. one\n2. two\n\n## **x\n\nEnd.\n"})
    post = file.parent / "posts/a.en.md"
    before = post.read_text()
    status, said = hexapla(capsys, "normalize", "-f", file, post)
    assert status == 0 and "-## **x" in said and "+## x" in said and "heading-emphasis" in said
    hexapla(capsys, "normalize", "-f", file, "--write", tmp_path / "out", post)
    assert post.read_text() == before
    assert "title: A" in (tmp_path / "out/a.en.md").read_text()


def test_reports_are_written(new_site, capsys, tmp_path):
    file = new_site({"good.en.md": GOOD})
    hexapla(capsys, "run", "-f", file, "--json", tmp_path / "r.json", "--junit", tmp_path / "r.xml")
    assert '"status": "ok"' in (tmp_path / "r.json").read_text()
    assert '<testsuite name="good" tests="1" failures="0"' in (tmp_path / "r.xml").read_text()


@pytest.mark.parametrize(
    "post",
    ["- a\n  ```python\n  print(3)\n  ```\n- b\n", "1. a\n   ```python\n   print(3)\n   ```\n2. b\n"],
    ids=["bullets on two spaces", "numbers on three"],
)
def test_an_output_in_a_list_does_not_end_it(new_site, capsys, post):
    file = new_site({"a.en.md": f"---\ntitle: A\n---\n\n{post}"}, languages="en")
    assert hexapla(capsys, "build", "-f", file)[0] == 0
    html = (file.parent / "site/posts/a/index.html").read_text().partition("<article")[2]
    assert html.count("<li>") == 2 and 'class="language-text output' in html
    assert html.index("output") < html.index("<p>b</p>") < html.index("</article>")


def test_records_and_messages_are_the_same_from_any_folder(new_site, capsys, monkeypatch):
    file = new_site({"good.en.md": GOOD, "bad.it.md": "Ciao\n"})
    hexapla(capsys, "run", "-f", file)
    first = {path.name: path.read_bytes() for path in (file.parent / "snippets/good").iterdir()}
    monkeypatch.chdir(file.parent / "posts")
    _, said = hexapla(capsys, "run", "--all", "-f", "../mkdocs.yml")
    assert "posts/bad.it.md:1: E-unknown-language" in said and str(file.parent) not in said
    assert first == {path.name: path.read_bytes() for path in (file.parent / "snippets/good").iterdir()}


def test_a_misspelt_directive_is_a_problem_even_in_the_bare_spelling(new_site, capsys):
    _, said = hexapla(
        capsys, "check", "-f", new_site({"a.en.md": "Text\n\n```python notets\nprint(1)\n```\n"})
    )
    assert "posts/a.en.md:3: E-unknown-word" in said and "notest" in said


def test_the_sandbox_is_named_at_each_run_and_can_be_chosen(new_site, capsys):
    file = new_site({"good.en.md": GOOD})
    assert "Sandbox: " in hexapla(capsys, "run", "-f", file)[1]
    assert "Sandbox: OFF" in hexapla(capsys, "test", "--unsandboxed", "-f", file)[1]
    assert "Sandbox: OFF" in hexapla(capsys, "run", "--all", "--sandbox", "off", "-f", file)[1]
    assert "Sandbox: " not in hexapla(capsys, "run", "-f", file)[1]


def test_a_slow_cell_runs_where_it_is_allowed(new_site, capsys):
    file = new_site({"slow.en.md": "```python fixture:slow\nprint('slow', 1 + 1)\n```\n"})
    hexapla(capsys, "run", "-f", file)
    assert not (file.parent / "snippets/slow/cell-1.out").exists()
    hexapla(capsys, "run", "--all", "--allow", "slow", "-f", file)
    assert (file.parent / "snippets/slow/cell-1.out").read_text() == "slow 2\n"


def test_a_new_site_quotes_what_yaml_would_read_otherwise(capsys, tmp_path):
    assert hexapla(capsys, "new", tmp_path / "s", "--languages", "en,no,zh-TW,pt-BR")[0] == 0
    config = load(tmp_path / "s/mkdocs.yml")
    assert config.codes == ("en", "no", "zh-TW", "pt-BR")
    hexapla(capsys, "pages", "-f", tmp_path / "s/mkdocs.yml")
    assert builder.build(config) is builder.Outcome.BUILT
