"""The ledger on disk: locked, merged, whole, and never silently replaced."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

import examples
from hexapla.config.config import load
from hexapla.ledger import folder
from hexapla.ledger.encoding import INDEX
from hexapla.ledger.ledger import Ledger
from hexapla.model.errors import LedgerError
from hexapla.storage.files import ASIDE


@pytest.fixture
def config(new_site):
    return load(new_site({"a.en.md": "```python\nprint(1)\n```\n"}))


def article(*codes):
    return examples.article({"en": "\n\n".join(f"```python\n{code}\n```" for code in codes)})


def recorded(config, *texts, known=None):
    small = article(*(f"print({text!r})" for text in texts))
    (program,) = small.programs
    return folder.record_run(config, small, program, known or Ledger(), examples.run(program, *texts))


def test_what_is_not_recorded_is_an_empty_ledger(config):
    assert folder.read_ledger(config, "a") == Ledger()
    assert not config.snippets.exists()


def test_what_is_recorded_is_read_back(config):
    assert recorded(config, "one\n") == folder.read_ledger(config, "a")
    assert (config.snippets / "a/cell-1.out").read_text() == "one\n"


def test_an_output_that_is_gone_leaves_no_file(config):
    recorded(config, "one\n", "two\n")
    recorded(config, "one\n")
    assert not (config.snippets / "a/cell-2.out").exists()


def test_a_damaged_record_is_refused_by_its_path_and_read_as_empty_only_when_asked(config):
    recorded(config, "one\n")
    (config.snippets / "a/cell-1.out").write_text("two\n")
    with pytest.raises(LedgerError, match=r"snippets/a/cell-1\.out.*hexapla run --all"):
        folder.read_ledger(config, "a")
    assert folder.read_ledger(config, "a", anew=True) == Ledger()
    assert (config.snippets / "a/cell-1.out").read_text() == "two\n"


def test_variants_recorded_at_once_keep_one_another(config):
    """Each starts from the same empty ledger, as two builds that run beside each other do."""
    small = article("print('x')")
    (canonical,) = small.programs
    variants = [replace(canonical, variant=name) for name in ("", "de", "fr", "hi")]
    whole = replace(small, programs=tuple(variants))

    def record(program):
        folder.record_run(config, whole, program, Ledger(), examples.run(program, f"{program.variant}\n"))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(record, variants))
    records = folder.read_ledger(config, "a").records
    assert {name: record.cells[0].outputs[0].text for name, record in records.items()} == {
        variant.variant: f"{variant.variant}\n" for variant in variants
    }


def test_what_another_process_recorded_since_is_newer(config):
    small = article("print('x')")
    (canonical,) = small.programs
    whole = replace(small, programs=(canonical, replace(canonical, variant="de")))
    started = folder.record_run(config, whole, canonical, Ledger(), examples.run(canonical, "old\n"))
    folder.record_run(config, whole, canonical, Ledger(), examples.run(canonical, "new\n"))
    german = whole.programs[1]
    folder.record_run(config, whole, german, started, examples.run(german, "de\n"))
    (recorded,) = folder.read_ledger(config, "a").records[""].cells
    assert recorded.outputs[0].text == "new\n"


def remember(config, article, known):
    return folder.record_origins(config, article, known, folder.origins(article, known))


def test_a_translation_that_is_confirmed_is_made_from_the_original_as_it_is(config):
    before, now = (
        examples.article({"en": f"{words}\n\n```python\n1\n```\n", "de": "Text.\n\n```python\n1\n```\n"})
        for words in ("Words.", "Other words.")
    )
    remember(config, before, Ledger())
    assert folder.origins(now, folder.read_ledger(config, "a")) == folder.origins(before, Ledger())
    confirmed = folder.confirm_translations(config, now, {"de"})
    assert confirmed.translations == folder.origins(now, Ledger()) != folder.origins(before, Ledger())
    assert folder.read_ledger(config, "a") == confirmed


def test_remembering_what_is_known_writes_nothing(config):
    both = examples.article(dict.fromkeys(("en", "de"), "```python\nprint(1)\n```"))
    known = remember(config, both, Ledger())
    assert list(known.translations) == ["de"]
    index = config.snippets / "a" / INDEX
    before = index.stat().st_mtime_ns
    assert remember(config, both, known) is known
    assert index.stat().st_mtime_ns == before
    assert list(json.loads(index.read_text())["translations"]) == ["de"]


def test_only_folders_of_the_ledger_are_gone(config):
    assert folder.orphans(config, {"a"}) == ()
    recorded(config, "one\n")
    (config.snippets / "notes").mkdir()
    assert folder.orphans(config, {"a"}) == ()
    assert folder.orphans(config, {"b"}) == (config.snippets / "a",)


def test_each_folder_is_settled_and_a_ledger_without_any_is_left_alone(config):
    folder.finish_writing(config)
    assert not config.snippets.exists()
    recorded(config, "one\n")
    left = config.snippets / "a" / f".cell-1.out.x{ASIDE}"
    left.write_text("on")
    folder.finish_writing(config)
    assert not left.exists() and folder.read_ledger(config, "a").records
