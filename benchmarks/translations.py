"""Measure the relation on real translated pages: `python benchmarks/translations.py FOLDER`.

FOLDER holds `<project>/<language>/<page>.md`, with the originals in `<project>/en`. Every page is aligned as
a site's post is, and every pair of blocks that hexapla makes is held against `judge`, which shares no code
with it. What hexapla leaves alone is looked at too: a block with a twin that is left alone is a misalignment.

Prints how many pairs of each class agree, and with `--show N` the first N of those that don't.
"""

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from judge import Class, judge, key

from hexapla.model.article import Article, Level
from hexapla.model.post import Post, parse_post
from hexapla.programs.align.article import align
from hexapla.programs.parse import prepare

NAMED = {
    "symbol-string-changed": Class.STRINGS, "key-changed": Class.STRINGS, "placeholder-changed": Class.STRINGS,
    "identifier-renamed": Class.NAMES, "api-renamed": Class.NAMES,
    "number-changed": Class.VALUES, "bytes-changed": Class.VALUES, "operator-changed": Class.VALUES,
    "translation-syntax": Class.UNREADABLE, "keyword-translated": Class.UNREADABLE, "repaired": Class.UNREADABLE,
    "typographic-character": Class.UNREADABLE, "prose-in-code": Class.UNREADABLE,
}  # fmt: skip
"""The class that a problem's code stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A pair of blocks as hexapla judged it."""

    page: str
    language: str
    line: int
    verdict: str
    truth: Class
    codes: tuple[str, ...]
    original: str
    translation: str

    @property
    def agrees(self) -> bool:
        """Whether the verdict is the judge's."""
        return _agree(self.verdict, self.truth, self.codes)


def _agree(verdict: str, truth: Class, codes: tuple[str, ...]) -> bool:
    match truth:
        case Class.SAME:
            return verdict == "same" or "moved-block" in codes or "docstring" in codes
        case Class.STRINGS:
            return verdict == "localized" or (
                verdict == "different" and bool({*codes} & {*_of(truth), "lines-reordered"})
            )
        case Class.NAMES | Class.VALUES:
            return verdict == "different" and bool(
                {*codes} & {*_of(truth), "stale-block", "program-differs", "value-changed", "link-rewritten"}
            )
        case Class.BOTH_UNREADABLE:
            return verdict in ("unread", "different")
    return verdict == "different"


def _of(truth: Class) -> set[str]:
    return {code for code, kind in NAMED.items() if kind is truth}


def pages(folder: Path) -> Iterator[tuple[str, list[Post]]]:
    """Yield every page with its posts, the original first."""
    for project in sorted(path for path in folder.iterdir() if path.is_dir()):
        languages = sorted(path.name for path in project.iterdir() if path.is_dir())
        for original in sorted((project / "en").rglob("*.md")):
            name = original.relative_to(project / "en")
            posts = [
                post
                for language in ["en", *(tag for tag in languages if tag != "en")]
                if (post := _post(project, language, name)) is not None
            ]
            if len(posts) > 1 and posts[0].language == "en":
                yield f"{project.name}/{name}", posts


def _post(project: Path, language: str, name: Path) -> Post | None:
    path = project / language / name
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").removeprefix("\ufeff")
    post = parse_post(f"posts/{language}/a.md", text, languages=[language], default_language=language)
    if not isinstance(post, Post):
        post = Post(path=f"posts/{language}/a.md", slug="a", language=language, title="", body=text,
                    lines=range(1, text.count("\n") + 2))  # fmt: skip
    return Post(path=post.path, slug="a", language=language, title="", body=post.body, lines=post.lines)


def pairs(page: str, article: Article) -> Iterator[Found]:
    """Yield the pairs of Python blocks that hexapla made of a page."""
    first = article.placed["en"]
    for language, placed in article.placed.items():
        if language == "en":
            continue
        post = article.posts[language]
        said: dict[int, list[str]] = defaultdict(list)
        for problem in article.problems:
            if problem.path == post.path:
                said[problem.line].append(problem.code)
        for item in placed:
            if item.twin is None or item.level is None:
                continue
            line = post.line_at(item.block.start)
            twin = first[item.twin].block
            codes = tuple(said[line])
            if (
                item.level is Level.LOCALIZED
                and judge(twin.code, item.block.code, docstrings=True) is Class.STRINGS
            ):
                codes += ("docstring",)  # Accepted: the page reads its docstrings somewhere.
            if {"merged-block", "split-block"} & {*codes}:
                continue
            yield Found(
                page=page, language=language, line=line, codes=codes,
                verdict=_verdict(item.level, twin.code),
                truth=judge(twin.code, item.block.code),
                original=twin.code, translation=item.block.code,
            )  # fmt: skip


def _verdict(level: Level, original: str) -> str:
    if level is Level.IDENTICAL:
        return "same" if prepare(original).tree else "unread"
    return "localized" if level is Level.LOCALIZED else "different"


def alone(page: str, article: Article) -> Iterator[tuple[str, str, int, str, str]]:
    """Yield the original's blocks that hexapla left alone though the translation has their program, left too.

    And those whose pair is a worse one than a free twin.
    """
    first = article.placed["en"]
    for language, placed in article.placed.items():
        if language == "en":
            continue
        twins = {item.twin for item in placed if item.twin is not None}
        merged = any(
            p.code in ("merged-block", "split-block") and p.path == article.posts[language].path
            for p in article.problems
        )
        free = Counter(
            key(item.block.code) for item in placed
            if item.twin is None and item.block.directives.is_python and not item.output
        )  # fmt: skip
        for index, item in enumerate(first):
            mark = key(item.block.code) if item.block.directives.is_python and not item.output else ""
            if index not in twins and mark and free[mark] and not merged:
                free[mark] -= 1
                yield (
                    page,
                    language,
                    article.posts["en"].line_at(item.block.start),
                    "twin left alone",
                    item.block.code,
                )


def main() -> int:
    """Run the benchmark; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, help="how many disagreements to show")
    options = parser.parse_args()
    table: dict[Class, Counter[str]] = defaultdict(Counter)
    languages: set[str] = set()
    lost = shown = 0
    spent = 0.0
    for page, posts in pages(options.folder):
        start = time.process_time()
        article = align(posts, default_language="en", languages=[post.language for post in posts])
        spent += time.process_time() - start
        for found in pairs(page, article):
            languages.add(found.language)
            row = table[found.truth]
            row["pairs"] += 1
            row["agree"] += found.agrees
            row[found.verdict] += 1
            if not found.agrees and shown < options.show:
                shown += 1
                print(f"--- {found.page} {found.language}:{found.line}: {found.truth}, {found.verdict} {found.codes}",
                      found.original, "->", found.translation, sep="\n")  # fmt: skip
        for leftover in alone(page, article):
            lost += 1
            if shown < options.show:
                shown += 1
                print("---", *leftover)
    return report(table, languages, lost, spent)


def report(table: dict[Class, Counter[str]], languages: set[str], lost: int, spent: float) -> int:
    """Print the table; 1 where a target is missed."""
    columns = ("pairs", "agree", "same", "localized", "different", "unread")
    print(f"{'judged':16}" + "".join(f"{column:>11}" for column in columns))
    whole: Counter[str] = Counter()
    for kind in Class:
        whole.update(table[kind])
        print(f"{kind:16}" + "".join(f"{table[kind][column]:>11}" for column in columns))
    agree = whole["agree"] / max(whole["pairs"], 1)
    accepted = sum(
        table[kind]["same"] + table[kind]["localized"]
        for kind in Class
        if kind not in (Class.SAME, Class.STRINGS)
    )
    accepted += table[Class.STRINGS]["same"]
    same = table[Class.SAME]
    rejected = (same["pairs"] - same["same"]) / max(same["pairs"], 1)
    print(f"{whole['pairs']} pairs in {len(languages)} languages, {spent:.0f} s of CPU; right class {agree:.2%} (target 99.5 %); "
          f"other programs accepted {accepted} (target 0); same programs rejected {rejected:.2%} (target 0.1 %); "
          f"twins left alone {lost}")  # fmt: skip
    return int(agree < 0.995 or accepted > 0 or rejected > 0.001)


if __name__ == "__main__":
    sys.exit(main())
