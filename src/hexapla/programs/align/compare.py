"""Compare: a translation held against the original, block by block."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from hexapla.model.article import Level
from hexapla.model.block import blocks
from hexapla.model.codes import problem
from hexapla.model.directives import directives_of
from hexapla.model.post import Version
from hexapla.model.problem import Problem
from hexapla.model.settings import Policy, Strings
from hexapla.programs.align.causes import cause_of, first_difference
from hexapla.programs.align.context import context_of
from hexapla.programs.align.damage import opening_inside, tool_comments
from hexapla.programs.align.fence_faults import hidden_fences
from hexapla.programs.align.pair import How, Pair, pairs_of
from hexapla.programs.align.relation import Context, Relation, relate
from hexapla.programs.align.side import Side
from hexapla.programs.align.similarity import Similarity
from hexapla.programs.fingerprint import fingerprint_of
from hexapla.programs.tokens import token_digest

LINES = 3
"""How many lines of a block that is missing are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a block of a translation is to the original."""

    cell: str = ""
    level: Level | None = None
    """None where it stands for no block of the original, or for one that is not Python."""
    twin: int | None = None
    """The index of the original's block."""
    localized: bool = False
    output: bool = False
    """Whether it is a typed output, as its place tells and not its fence."""


@dataclass(slots=True)
class _Comparison:
    """One translation while it is held against the original."""

    original: Side
    translation: Side
    policy: Policy
    versions: Callable[[], Sequence[Version]]
    made_from: Collection[str]
    by_place: Mapping[int, int] = field(default_factory=dict)
    """The original's typed output that each block is by its place, whatever its tag."""
    matches: dict[int, Match] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def say(self, word: str, index: int, message: str, *, details: tuple[str, ...] = ()) -> None:
        """Report a problem at a block of the translation."""
        post, block = self.translation.post, self.translation.blocks[index]
        self.problems.append(problem(word, post.path, post.line_at(block.start), message, details=details))

    def twin(self, index: int) -> str:
        """Name a block of the original, with its place."""
        post, block = self.original.post, self.original.blocks[index]
        cell = self.original.cells[index]
        what = f"cell `{cell}`" if cell else "block"
        return f"{what} of `{post.slug}` ({post.path}:{post.line_at(block.start)})"


def compare_posts(
    original: Side,
    translation: Side,
    *,
    policy: Policy,
    versions: Callable[[], Sequence[Version]],
    made_from: Collection[str],
) -> tuple[tuple[Match, ...], tuple[Problem, ...]]:
    """Hold a translation against the original.

    Returns what each block of the translation is, and the problems. `versions` gives the original's older
    texts, newest first; it is only called where a block differs. `made_from` has the keys of the programs
    that the original held when the translation was made, as far as they are recorded.
    """
    work = _Comparison(
        original=original, translation=translation, policy=policy, versions=versions, made_from=made_from
    )
    pairs = pairs_of(original.blocks, translation.blocks)
    work.by_place = _by_place(pairs, original, translation)
    context = context_of(pairs, original, translation, policy)
    for pair in pairs:
        _judge(work, pair, context)
    matches = tuple(work.matches.get(index, Match()) for index in range(len(translation.blocks)))
    return matches, tuple(work.problems)


def _judge(work: _Comparison, pair: Pair, context: Context) -> None:
    """Say what a pair means."""
    first = [work.original.blocks[index] for index in pair.original]
    match pair.how:
        case How.MISSING:
            _missing(work, pair.original[0])
        case How.EXTRA:
            _extra(work, pair.translation[0])
        case How.MERGED:
            places = " and ".join(work.twin(index) for index in pair.original)
            work.say("merged-block", pair.translation[0], f"This block joins {places}.")
        case How.SPLIT:
            work.say(
                "split-block", pair.translation[0], f"This block is a part of {work.twin(pair.original[0])}."
            )
            for index in pair.translation:
                work.matches[index] = Match(twin=pair.original[0], level=Level.DIFFERENT)
        case How.MOVED if first[0].directives.is_python:
            words = f"This block is the {work.twin(pair.original[0])}, which stands elsewhere."
            if work.original.cells[pair.original[0]]:
                work.say("moved-block", pair.translation[0], words)
            work.matches[pair.translation[0]] = Match(twin=pair.original[0], level=Level.DIFFERENT)
        case _:
            _pair(work, pair, context)


def _by_place(pairs: Sequence[Pair], original: Side, translation: Side) -> dict[int, int]:
    """Return which blocks right below a block's twin are its typed output, whatever tag and label say."""
    twins = {pair.original[0]: pair for pair in pairs if len(pair.original) == len(pair.translation) == 1}
    alone = {pair.translation[0] for pair in pairs if pair.how is How.EXTRA}
    similarity = Similarity()
    by_place: dict[int, int] = {}
    for i in original.outputs:
        j = twins[i - 1].translation[0] + 1 if i - 1 in twins else 0
        if j and (j in alone or (i in twins and twins[i].translation == (j,))):
            codes = original.blocks[i].code, translation.blocks[j].code
            if any(similarity.of_codes(codes[0], codes[1:], python=True)):
                by_place[j] = i
    return by_place


def _missing(work: _Comparison, index: int) -> None:
    if index in work.original.outputs:
        return
    post = work.translation.post
    cell = work.original.cells[index]
    key = program_key(work.original.blocks[index].code)
    if any(program_key(block.code) == key for _, block in hidden_fences(work.translation)):
        return  # It is told where it stands.
    word = "missing-block" if cell else "missing-example"
    line = _line_after(work, index)
    lost = [row for row in work.original.blocks[index].code.split("\n") if row.strip()]
    details = tuple(f"- {row}" for row in lost[:LINES])
    words = f"The {work.twin(index)} has no counterpart here."
    work.problems.append(problem(word, post.path, line, words, details=details))


def _line_after(work: _Comparison, index: int) -> int:
    """Return the line of the translation at which a missing block is missed: after its predecessor."""
    before = [at for at, match in work.matches.items() if match.twin is not None and match.twin < index]
    if not before:
        return 1
    return work.translation.post.line_at(work.translation.blocks[max(before)].start)


def _extra(work: _Comparison, index: int) -> None:
    block = work.translation.blocks[index]
    if _swallows(work, index):
        return
    if index in work.by_place:
        _output(work, work.by_place[index], index)
        return
    if block.directives.id and not any(
        other.directives.id == block.directives.id for other in work.original.blocks
    ):
        work.say("unknown-id", index, f"The original has no block `#{block.directives.id}`.")
    elif block.directives.runs and index not in work.translation.outputs:
        work.say("extra-block", index, "The original has no such block, so this one is shown and not run.")


def _output(work: _Comparison, i: int, j: int) -> None:
    """Take a block for what its twin is, a typed output; report one that its fence calls Python."""
    first, second = (
        directives_of(work.original.blocks[i].info),
        directives_of(work.translation.blocks[j].info),
    )
    if j in work.by_place and second.is_python and first != second:
        tag = work.original.blocks[i].info or "text"
        words = f"This fence is the typed output of the {work.twin(i - 1)}, which is tagged `{tag}`."
        work.say("retagged", j, words)
    work.matches[j] = Match(twin=i, output=j in work.by_place)


def _swallows(work: _Comparison, index: int, original: str = "") -> bool:
    """Report a fence that was never closed, so that it holds what follows."""
    block = work.translation.blocks[index]
    damage = opening_inside(original, block.code) if block.fence == "```" else None
    if damage is not None:
        work.say(damage.code, index, damage.sentence)
    return damage is not None


def _pair(work: _Comparison, pair: Pair, context: Context) -> None:
    """Compare two blocks that stand for one another."""
    i, j = pair.original[0], pair.translation[0]
    first, second = work.original.blocks[i], work.translation.blocks[j]
    if i in work.original.outputs or j in work.translation.outputs:
        _output(work, i, j)
        return
    if pair.how is How.RETAGGED:
        tag = first.directives.language or "text"
        work.say("retagged", j, f"This fence holds the {work.twin(i)}, which is tagged `{tag}`.")
    elif not (first.directives.is_python and second.directives.is_python):
        _swallows(work, j, first.code)
        work.matches[j] = Match(twin=i)
        return
    relation = relate(first.code, second.code, context)
    level, cell = relation.level, work.original.cells[i]
    if level in (Level.LOCALIZED, Level.RENAMED):
        level = _localized(work, i, j, relation)
    elif level is Level.DIFFERENT:
        level = _different(work, i, j, relation)
    if level is Level.IDENTICAL:
        _tools(work, i, j)
    if pair.how is not How.RETAGGED and not _same_directives(work, i, j):
        cell = ""
    localized = level in (Level.LOCALIZED, Level.RENAMED)
    work.matches[j] = Match(
        cell=cell if level < Level.STALE else "", level=level, twin=i, localized=localized
    )


def _localized(work: _Comparison, i: int, j: int, relation: Relation) -> Level:
    for fault in relation.faults:
        work.say(fault.code, j, f"{fault.change} in the {work.twin(i)}.")
    change = relation.changes[0] if relation.changes else None
    if change is None or relation.level is Level.RENAMED:
        work.say("names-localized", j, f"The names of the {work.twin(i)} are translated.")
        return relation.level
    words = f"{change} in the {work.twin(i)}."
    if work.policy.strings is Strings.FREEZE:
        work.say("strings-frozen", j, words)
        return Level.DIFFERENT
    work.say("strings-localized", j, words)
    return relation.level


def _different(work: _Comparison, i: int, j: int, relation: Relation) -> Level:
    """Name the cause of a difference; an older version of the original is a milder one."""
    first, second = work.original.blocks[i].code, work.translation.blocks[j].code
    fatal = next((fault for fault in relation.faults if fault.fatal), None)
    where = work.twin(i)
    details = first_difference(first, second)
    if when := _older(work, second):
        work.say("stale-block", j, f"This is the {where} as it was {when}.", details=details)
        return Level.STALE
    if fatal is not None:
        words = f"{fatal.change} in the {where}."
        work.say(fatal.code, j, words, details=details)
    else:
        word, sentence = cause_of(first, second)
        work.say(word, j, f"This block is not the {where}. {sentence}", details=details)
    return Level.DIFFERENT


def _older(work: _Comparison, code: str) -> str:
    """Return when the original held the translated block, as a clause; empty where it never did."""
    key = program_key(code)
    for version in work.versions():
        if any(
            block.directives.is_python and program_key(block.code) == key for block in blocks(version.text)
        ):
            return f"in {version.commit}"
    return "when this translation was made" if key in work.made_from else ""


def program_key(code: str) -> str:
    """Return what names a block's program but for its strings; for what does not parse, its tokens."""
    fingerprint = fingerprint_of(code)
    return fingerprint.loose if fingerprint is not None else token_digest(code)


def _same_directives(work: _Comparison, i: int, j: int) -> bool:
    """Report where the translation's fence asks for something else; return whether it may run as a cell."""
    first, second = work.original.blocks[i].directives, work.translation.blocks[j].directives
    for name in ("notest", "raises", "fixtures", "check"):
        before, after = getattr(first, name), getattr(second, name)
        if before != after:
            words = f"`{name}` is {after or 'not set'} here, and {before or 'not set'} in the {work.twin(i)}."
            work.say("directive-changed", j, words)
            return second.runs
    return True


def _tools(work: _Comparison, i: int, j: int) -> None:
    """Report comments that tools read and that are not the original's."""
    before, after = (
        Counter(tool_comments(side.blocks[index].code))
        for side, index in ((work.original, i), (work.translation, j))
    )
    changed = before - after or after - before
    if changed:
        words = f"`# {next(iter(changed))}` is not in both this block and the {work.twin(i)}."
        work.say("comment-directive-changed", j, words)
