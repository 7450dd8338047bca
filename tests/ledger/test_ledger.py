"""What is recorded, and why it is stale."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import program, run
from hexapla.ledger.digests import digests
from hexapla.ledger.encoding import decode, encode
from hexapla.ledger.findings import recorded_failures
from hexapla.ledger.ledger import Installed, Ledger, Record, updated_record, why_stale
from hexapla.model.errors import LedgerError
from hexapla.model.output import Figure, Kind, Markup, MarkupKind, Text
from hexapla.model.program import Announcement, Program
from hexapla.model.run import CellRun, Failure, Obstacle, Run, Status

TWO = program("x = 1\nprint(x)\n", "x + 1\n")


def recorded(of: Program, *texts: str) -> Record:
    return updated_record(Record(), of, run(of, *texts))


def test_what_is_recorded_is_read_back():
    ledger = Ledger(records={"": recorded(TWO, "1\n", "2")})
    files = encode(ledger, [TWO])
    assert sorted(files) == ["cell-1.out", "cell-2.out", "program.py", "run.json"]
    assert files["cell-2.out"] == "2"
    assert decode(files, path="snippets/a") == ledger


outputs = st.lists(
    st.builds(Text, kind=st.sampled_from(Kind), text=st.text(min_size=1))
    | st.builds(Figure, svg=st.text(min_size=1), alt=st.text()),
    max_size=4,
)


@given(outputs, st.text(), st.lists(st.integers(0, 99)))
def test_any_output_is_read_back_exactly(outputs, message, shown):
    ran = run(TWO, "", "")
    cell = CellRun(
        id="cell-1", status=Status.OK, message=message, outputs=tuple(outputs), shown=tuple(sorted(shown))
    )
    record = updated_record(Record(), TWO, replace(ran, cells=(cell, ran.cells[1])))
    ledger = Ledger(records={"": record})
    assert decode(encode(ledger, [TWO]), path="x") == ledger


NOT_STALE = {
    "a comment": program("x = 1  # one\n# two\nprint(x)\n", "x + 1\n"),
    "blank lines and spacing": program("x=1\n\n\nprint( x )\n", "x+1\n"),
    "another post or line": Program(
        slug="a", variant="", languages=("de",),
        cells=tuple(replace(cell, path="posts/b.md", line=99) for cell in TWO.cells),
    ),
    "another time limit": program("x = 1\nprint(x)\n", "x + 1\n", timeout=1.0),
}  # fmt: skip


@pytest.mark.parametrize("edited", NOT_STALE.values(), ids=NOT_STALE)
def test_what_makes_nothing_stale(edited):
    assert why_stale(edited, recorded(TWO, "1\n", "2")) == ""
    assert digests(edited) == digests(TWO)


STALE = {
    "the code of cell cell-2 changed": program("x = 1\nprint(x)\n", "x + 2\n"),
    "the code of cell cell-1 changed": program("x = 2\nprint(x)\n", "x + 1\n"),
    "cell cell-3 has no record": program("x = 1\nprint(x)\n", "x + 1\n", "x\n"),
    "it has fewer cells than before": program("x = 1\nprint(x)\n"),
    "the seed was 0 and is 1": program("x = 1\nprint(x)\n", "x + 1\n", seed=1),
}


@pytest.mark.parametrize(("reason", "edited"), STALE.items(), ids=STALE)
def test_what_makes_it_stale_is_named(reason, edited):
    assert why_stale(edited, recorded(TWO, "1\n", "2")) == reason


def test_another_torch_is_its_own_reason_and_a_missing_one_is_none():
    record = recorded(TWO, "1\n", "2")
    newer = Installed(versions={"torch": "2.14.0"})
    assert why_stale(TWO, record, newer) == "torch was 2.13.0 and is 2.14.0"
    assert why_stale(TWO, record, Installed()) == ""


def test_the_code_of_a_library_under_development_is_a_reason():
    record = updated_record(Record(), TWO, on("0.1 (aa)", run(TWO, "1\n", "2")))
    for version, reason in {
        "0.1 (aa)": "",
        "0.1 (bb)": "the code of torch changed",
        "0.2 (bb)": "torch was 0.1 and is 0.2",
        "0.2": "torch was 0.1 and is 0.2",
    }.items():
        assert why_stale(TWO, record, Installed(versions={"torch": version})) == reason


def test_a_build_for_another_device_is_the_same_release():
    for was, now, reason in (
        ("2.13.0", "2.13.0+cpu", ""),
        ("2.13.0+cu130", "2.13.0+cpu", ""),
        ("2.13.0+rocm6.4", "2.13.0", ""),
        ("2.13.0+cu130", "2.14.0+cu130", "torch was 2.13.0+cu130 and is 2.14.0+cu130"),
        ("2.13.0", "2.13.0+ours.1", "torch was 2.13.0 and is 2.13.0+ours.1"),
    ):
        record = updated_record(Record(), TWO, on(was, run(TWO, "1\n", "2")))
        assert why_stale(TWO, record, Installed(versions={"torch": now})) == reason


def test_what_did_not_run_well_keeps_what_it_had():
    old = recorded(TWO, "1\n", "2")
    kept = updated_record(old, TWO, run(TWO, "1\n", "boom", status=Status.TIMEOUT))
    assert kept.cells == old.cells
    again = updated_record(old, TWO, run(TWO, "1\n", "boom", status=Status.RAISED))
    assert again == old


def on(torch: str, ran: Run) -> Run:
    """Return a run as another torch would have made it."""
    return replace(ran, environment=replace(ran.environment, packages=(("torch", torch),)))


def test_an_output_gives_way_to_an_exception_of_other_packages_and_to_nothing_else():
    old = recorded(TWO, "1\n", "2")
    for status, kept in (
        (Status.RAISED, 1),
        (Status.TIMEOUT, 2),
        (Status.CANNOT_RUN, 2),
        (Status.SKIPPED, 2),
    ):
        record = updated_record(old, TWO, on("2.14.0", run(TWO, "1\n", "boom", status=status)))
        assert (len(record.cells), len(record.failures)) == (kept, 2 - kept), status


FAILED = (Status.RAISED, Status.CANNOT_RUN, Status.NOT_REACHED, Status.TIMEOUT, Status.KILLED, Status.EXITED)


@pytest.mark.parametrize("status", FAILED)
def test_a_failure_is_recorded_apart_from_what_pages_show_and_runs_again_where_it_is_asked_to(status):
    failed = updated_record(Record(), TWO, run(TWO, "1\n", "boom", status=status))
    first, second = digests(TWO)
    assert failed.cell(first) and not failed.cell(second)
    assert failed.failed(second).status is status and not failed.failed(first)
    assert why_stale(TWO, failed) == ""
    assert why_stale(TWO, failed, retry=True) == "it failed, and is to be tried again"
    assert why_stale(TWO, recorded(TWO, "1\n", "2"), retry=True) == ""
    edited = program("x = 1\nprint(x)\n", "x + 2\n")
    assert why_stale(edited, failed) == "the code of cell cell-2 changed"


def test_a_failure_is_read_back_and_one_of_tomorrow_is_refused_with_its_line():
    failure = Failure(exception="NameError", line=2, obstacle=Obstacle.NAME, subject="tensors")
    ran = run(TWO, "1\n", "boom", status=Status.CANNOT_RUN)
    cells = (ran.cells[0], replace(ran.cells[1], failure=failure))
    environment = replace(ran.environment, absent=("cv2",))
    ran = replace(ran, cells=cells, environment=environment)
    ledger = Ledger(records={"": updated_record(Record(), TWO, ran)})
    files = encode(ledger, [TWO])
    assert decode(files, path="snippets/a") == ledger
    files["run.json"] = files["run.json"].replace('"cannot-run"', '"postponed"')
    with pytest.raises(
        LedgerError, match="ended as 'postponed', which this hexapla does not know"
    ) as refused:
        decode(files, path="snippets/a")
    line = refused.value.line
    assert line is not None and "postponed" in files["run.json"].split("\n")[line - 1]


def test_a_failure_that_the_words_of_today_announce_is_shown_and_no_longer_once_they_do_not():
    ran = run(TWO, "1\n", "boom", status=Status.RAISED)
    failed = replace(ran.cells[1], failure=Failure(exception="ValueError", line=1))
    ran = replace(ran, cells=(ran.cells[0], failed))
    first, second = TWO.cells
    said = replace(TWO, cells=(first, replace(second, announced=Announcement(fails=True))))
    for then in (TWO, said):
        ledger = Ledger(records={"": updated_record(Record(), then, ran)})
        assert [cell.id for cell in ledger.record_of(said).cells] == ["cell-1", "cell-2"]
        assert [cell.id for cell in ledger.record_of(TWO).cells] == ["cell-1"]
        assert [cell.id for cell in ledger.record_of(TWO).failures] == ["cell-2"]
        (note,) = recorded_failures(said, ledger.record_of(said))
        assert (note.code, note.severity.value, note.hint) == (
            "announced-error",
            "note",
            "`raises:ValueError` behind the fence's language has it checked.",
        )


def test_a_failure_goes_once_its_cell_runs():
    failed = updated_record(Record(), TWO, run(TWO, "1\n", "boom", status=Status.RAISED))
    assert updated_record(failed, TWO, run(TWO, "1\n", "2")) == recorded(TWO, "1\n", "2")


def test_what_ran_out_of_time_runs_again_once_it_has_more():
    late = updated_record(Record(), TWO, run(TWO, "1\n", "", status=Status.TIMEOUT))
    patient, hasty = (replace(TWO, settings=replace(TWO.settings, timeout=seconds)) for seconds in (90, 30))
    assert why_stale(patient, late) == "it ran out of time after 60 s and has 90 s now"
    assert why_stale(hasty, late) == ""


def test_a_package_that_comes_has_what_asked_for_it_run_again():
    ran = run(TWO, "1\n", "", status=Status.CANNOT_RUN)
    ran = replace(ran, environment=replace(ran.environment, absent=("cv2",)))
    record = updated_record(Record(), TWO, ran)
    assert why_stale(TWO, record, Installed(modules=frozenset({"torch"}))) == ""
    come = Installed(modules=frozenset({"cv2"}))
    assert why_stale(TWO, record, come) == "cv2 was not installed and is now"


def test_a_package_that_goes_has_what_failed_with_it_run_again_and_nothing_else():
    gone = Installed(gone=frozenset({"torch", "cv2"}))
    ran = run(TWO, "1\n", "boom", status=Status.RAISED)
    environment = replace(ran.environment, packages=(("torch", "2.13.0"),))
    failed = updated_record(Record(), TWO, replace(ran, environment=environment))
    assert why_stale(TWO, failed, gone) == "it failed with torch, which is not installed any more"
    assert why_stale(TWO, failed, Installed(gone=frozenset({"cv2"}))) == ""
    well = replace(run(TWO, "1\n", "2"), environment=environment)
    assert why_stale(TWO, updated_record(Record(), TWO, well), gone) == ""


def test_a_skipped_cell_and_one_that_failed_hinder_none_behind_them():
    for status, failures in ((Status.SKIPPED, []), (Status.TIMEOUT, ["cell-1"])):
        ran = run(TWO, "", "2")
        first = replace(ran.cells[0], status=status)
        record = updated_record(Record(), TWO, replace(ran, cells=(first, ran.cells[1])))
        assert [cell.id for cell in record.cells] == ["cell-2"]
        assert [cell.id for cell in record.failures] == failures
        # What is skipped may run elsewhere: it stays to be run.
        assert bool(why_stale(TWO, record)) == (status is Status.SKIPPED)


def test_what_values_show_of_themselves_is_recorded_as_files():
    markups = {kind: Markup(kind=kind, source=f"<b>{kind}</b>\n") for kind in MarkupKind}
    outputs = (
        Text(kind=Kind.STREAM, text="before\n"),
        *(Text(kind=Kind.VALUE, text=f"{kind}\n", markup=markup) for kind, markup in markups.items()),
        Text(kind=Kind.VALUE, text="Chart()\n", lacks="a chart"),
        Text(kind=Kind.STREAM, text="after\n"),
    )
    ran = run(TWO, "1\n", "2")
    first = replace(ran.cells[0], outputs=outputs)
    record = updated_record(Record(), TWO, replace(ran, cells=(first, ran.cells[1])))
    files = encode(Ledger(records={"": record}), [TWO])
    assert {"cell-1-1.html", "cell-1-2.md", "cell-1-3.tex"} <= files.keys()
    assert files["cell-1-1.html"] == "<b>text/html</b>\n"
    assert decode(files, path="snippets/a").record_of(TWO).cells[0].outputs == outputs
    with pytest.raises(LedgerError, match=r"cell-1-2\.md: It is not what was recorded"):
        decode({**files, "cell-1-2.md": "other"}, path="snippets/a")


def test_an_output_may_name_the_cells_that_its_cell_shares_a_state_with():
    text = "cell 1, line 1: UserWarning\n  x = 1\n"
    moved = "cell {}, line 2: UserWarning\n  x = 1\n"
    for state, number in ((True, 1), (False, 2)):
        before = program("x = 1\n", "x = 1\n", shared_state=state)
        now = program("#\nx = 1\n", "#\nx = 1\n", shared_state=state)
        record = Ledger(records={"": recorded(before, "", text)}).record_of(now)
        assert record.cells[1].outputs == (Text(kind=Kind.STREAM, text=moved.format(number)),)


@pytest.mark.parametrize(
    ("packages", "made_with"),
    [((("torch", "2.13.0+cpu"),), "PyTorch 2.13.0"), ((), "Python 3.11.7")],
    ids=["PyTorch, without its build", "Python alone"],
)
def test_a_record_says_what_it_was_made_with(packages, made_with):
    ran = run(TWO, "1\n", "2")
    environment = replace(ran.environment, packages=packages)
    record = updated_record(Record(), TWO, replace(ran, environment=environment))
    assert record.made_with == made_with and Record().made_with == ""


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("cell-1.out", "2\n", "is not what was recorded"),
        ("cell-1.out", None, "is missing"),
        ("run.json", None, "is missing"),
        ("run.json", "{", "damaged"),
        ("run.json", "[]", "damaged"),
        ("run.json", '{"format": 99}', "format 99"),
        ("run.json", '{"format": 1, "programs": {"canonical": {}}}', "damaged"),
    ],
)
def test_a_damaged_ledger_is_refused_with_what_to_do(name, text, words):
    files = encode(Ledger(records={"": recorded(TWO, "1\n", "2")}), [TWO])
    if text is None:
        del files[name]
    else:
        files[name] = text
    with pytest.raises(LedgerError, match=words) as caught:
        decode(files, path="snippets/a")
    assert "hexapla run --all" in str(caught.value)


def test_the_index_is_diffable_and_holds_no_paths_or_times():
    index = encode(Ledger(records={"": recorded(TWO, "1\n", "2")}), [TWO])["run.json"]
    assert json.dumps(json.loads(index), indent=2, ensure_ascii=False, sort_keys=True) + "\n" == index
    assert "seconds" not in index and "/" not in index


@pytest.mark.parametrize("name", ["../../../docs/en/index", "a/b", ".hidden", "", 'a"b', "a\nb"])
def test_a_ledger_that_names_files_elsewhere_is_damaged(name):
    files = encode(Ledger(records={"": recorded(TWO, "1\n", "2")}), [TWO])
    index = json.loads(files["run.json"])
    index["programs"]["canonical"]["cells"][0]["id"] = name
    with pytest.raises(LedgerError, match="damaged"):
        decode({**files, "run.json": json.dumps(index)}, path="snippets/a")
    index = json.loads(files["run.json"])
    index["programs"][name] = index["programs"].pop("canonical")
    with pytest.raises(LedgerError, match="damaged"):
        decode({**files, "run.json": json.dumps(index)}, path="snippets/a")
