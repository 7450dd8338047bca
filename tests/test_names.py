"""One name, one home: whoever reads `normalize(…)` knows without looking which of the package's functions it is.

Methods are not asked: they are read behind the thing that has them. And each module's tests are where its name says:
`ledger/status.py` has `tests/ledger/test_status.py`. Where a module is tested through another, and where tests are of no
one module, it stands here, and no longer than that.
"""

import ast
from collections import defaultdict
from pathlib import Path

import hexapla

ROOT, TESTS = Path(hexapla.__file__).parent, Path(__file__).parent
SEVERAL: dict[str, str] = {
    "main": "what a process starts with, by Python's own custom",
}
"""Names that each of several modules must have, and why."""
THROUGH = {
    "adapters/mkdocs/test_asked_pages": "adapters/mkdocs/filling adapters/mkdocs/page_steps adapters/mkdocs/serving",
    "adapters/mkdocs/test_kept_pages": "adapters/mkdocs/kept_languages adapters/mkdocs/kept_page adapters/mkdocs/surroundings",
    "adapters/mkdocs/test_plugin": "adapters/mkdocs/frame_events",
    "adapters/mkdocs/test_writing": "adapters/mkdocs/rest",
    "adapters/pytest/test_plugin": "adapters/pytest/items adapters/pytest/runs",
    "adapters/zensical/test_site": "adapters/stand_ins adapters/zensical/builder adapters/zensical/main adapters/zensical/project adapters/zensical/templates",
    "blogs/test_blog_import": "blogs/old_links cli/blogs",
    "cli/test_build": "adapters/mkdocs/builder",
    "cli/test_main": "cli/options",
    "cli/test_reports": "cli/reporting",
    "cli/test_run": "running",
    "config/test_config": "config/languages model/errors",
    "documents/test_slots": "documents/checking documents/document",
    "execution/sandbox/test_announcement": "execution/sandbox/operating_system",
    "execution/sandbox/test_broker": "execution/sandbox/brokered_call execution/sandbox/in_flight",
    "execution/sandbox/test_socket_broker": "execution/sandbox/beneath",
    "execution/test_assertions": "execution/hooks",
    "execution/test_cells": "execution/capture execution/child execution/exceptions",
    "execution/test_executor": "execution/client execution/worker",
    "execution/test_preload": "execution/huge_pages execution/server_environment",
    "execution/test_reach": "execution/obstacles",
    "execution/test_representations": "execution/figures execution/matplotlib_backend",
    "execution/test_server": "execution/determinism",
    "ledger/test_comparison": "model/output",
    "ledger/test_findings": "ledger/advice model/run",
    "normalize/github/test_own": "normalize/github/inlines normalize/github/parser",
    "normalize/github/test_raw_html": "normalize/markup normalize/target/inline normalize/target/tags",
    "normalize/rules/test_foreign": "normalize/rules/borrowed normalize/rules/fences normalize/rules/marked_block normalize/rules/marks normalize/rules/paired normalize/rules/shortcodes normalize/rules/untranslated",
    "normalize/rules/test_links": "model/destination normalize/rules/link_texts",
    "normalize/rules/test_model_text": "normalize/rules/code normalize/rules/headings",
    "normalize/test_normalize": "normalize/ladder normalize/printing normalize/remarks normalize/repairs normalize/target/dialect normalize/target/structure normalize/target/view",
    "programs/align/test_article": "programs/align/context programs/align/damage programs/align/program programs/align/side",
    "programs/align/test_pair": "programs/align/similarity",
    "programs/align/test_relation": "model/article",
    "programs/align/test_scope": "model/program",
    "programs/align/test_tree_difference": "programs/align/elsewhere programs/align/parting",
    "programs/claims/test_below": "programs/claims/in_fences programs/claims/wrapped",
    "programs/claims/test_likeness": "programs/claims/tokens_alike",
    "programs/claims/test_settled": "programs/claims/comments programs/claims/extent programs/claims/in_comments",
    "programs/claims/test_verdict": "programs/claims/drawn programs/claims/explanations programs/claims/printed programs/claims/printing programs/claims/reasons",
    "programs/test_strings": "programs/roles programs/symbols programs/tokens",
    "render/test_article_page": "render/output_edits render/page",
    "render/test_articles": "render/article_inputs",
    "render/test_lists": "render/items",
    "test_documents": "cli/files_under_test",
    "test_killed": "storage/signals",
    "test_manual": "slugs",
    "test_one_article": "checks",
    "test_own_pages": "existing_site",
    "test_reference": "config/options",
    "test_scaffold": "cli/start",
    "test_values_shown": "render/drafts",
}
"""The modules that are tested through others, by the tests that do."""
WHOLE = {
    "adapters/mkdocs/test_fallback": "pages in another language, as several modules and plugins make them",
    "adapters/mkdocs/test_properdocs": "another builder",
    "execution/sandbox/test_attempts": "what the sandbox as a whole keeps programs from",
    "execution/test_cross_article": "what one program may do to another",
    "execution/test_elsewhere": "systems that are no Linux",
    "execution/test_ordinary_user": "the sandbox as somebody who is not root has it",
    "execution/test_soak": "many programs, one server",
    "execution/test_what_is_loaded": "what processes import",
    "hostile/test_hostile": "texts that attack readers",
    "hostile/test_titles": "texts that attack readers",
    "ledger/test_article_statuses": "the part of `status` that asks git and is remembered",
    "ledger/test_longest_outputs": "what an output costs from record to page",
    "normalize/test_commonmark": "the specification, example by example",
    "normalize/test_gfm": "the specification, example by example",
    "normalize/test_hostile": "what hostile texts cost",
    "programs/claims/test_evidence": "the part of `verdict` that tells mistakes from other machines",
    "programs/claims/test_settled": "the part of `verdict` that takes claims out",
    "programs/claims/test_whole": "the part of `verdict` that takes claims out, by invented posts",
    "programs/test_hostile": "what hostile texts cost",
    "programs/test_parsed_once": "how often code is parsed",
}
"""Below a package: tests of more than one module, or of a part of one, and of what."""


def homes() -> dict[str, set[str]]:
    """Return the modules that define each public function and class."""
    modules: defaultdict[str, set[str]] = defaultdict(set)
    for path in ROOT.rglob("*.py"):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if (
                isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
                and node.name[0] != "_"
            ):
                modules[node.name].add(name)
    return modules


def test_a_public_name_has_one_home():
    shared = {name: sorted(where) for name, where in homes().items() if len(where) > 1}
    assert {name: where for name, where in shared.items() if name not in SEVERAL} == {}
    assert shared.keys() >= SEVERAL.keys(), "they have one home now: take them out of the list"


def of(folder: Path, prefix: str = "") -> set[str]:
    """Return the modules in a folder whose names begin so, without that."""
    paths = (path.relative_to(folder).with_suffix("") for path in folder.rglob(f"{prefix}*.py"))
    return {
        path.with_name(path.name.removeprefix(prefix).strip("_")).as_posix()
        for path in paths
        if path.name.strip("_") != "init"
    }


modules, tested = of(ROOT), of(TESTS, "test_")
elsewhere = {module for several in THROUGH.values() for module in several.split()}


def test_a_module_has_tests_of_its_name_or_it_is_said_where_it_is_tested():
    assert not modules - tested - elsewhere, (
        "give them tests of their names, or say in THROUGH where they are tested"
    )
    assert not elsewhere & tested, "they have tests of their own: take them out of the list"
    assert not elsewhere - modules, "there are no such modules"


def test_tests_below_a_package_are_of_a_module_or_it_is_said_of_what():
    named = {name.replace("test_", "") for name in WHOLE}
    others = {name for name in tested - modules if "/" in name and not name.startswith("browser/")}
    assert not others - named
    assert not named - others, "they are those of a module, or not there: take them out of the list"


def test_the_tests_that_are_named_are_there():
    assert [name for name in (*THROUGH, *WHOLE) if not (TESTS / f"{name}.py").is_file()] == []
