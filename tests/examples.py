"""Small articles, programs and runs that several tests use."""

from dataclasses import replace
from datetime import date

from hexapla.model.article import Article, Placed
from hexapla.model.block import blocks
from hexapla.model.output import Kind, Text
from hexapla.model.post import Post
from hexapla.model.program import Cell, Program
from hexapla.model.run import CellRun, Environment, Run, Status
from hexapla.model.settings import Settings
from hexapla.programs.align.scope import cell_names
from hexapla.render.catalog import catalog_of

ENVIRONMENT = Environment(python="3.11.7", machine="x86_64", packages=(("torch", "2.13.0"),))


def program(*codes: str, variant: str = "", languages: tuple[str, ...] = ("en",), **settings) -> Program:
    cells, line = [], 3
    for number, code in enumerate(codes, start=1):
        cells.append(
            Cell(id=f"cell-{number}", code=code, path="posts/a.en.md", line=line, names=cell_names(code))
        )
        line += code.count("\n") + 4
    return Program(
        slug="a", variant=variant, cells=tuple(cells), languages=languages, settings=Settings(**settings)
    )


def run(program: Program, *texts: str, status: Status = Status.OK) -> Run:
    """Return a run whose cells wrote these texts, the last with `status`."""
    cells = []
    for cell, text in zip(program.cells, texts, strict=True):
        outputs = (Text(kind=Kind.STREAM, text=text),) if text else ()
        cells.append(CellRun(id=cell.id, status=Status.OK, outputs=outputs))
    if status is not Status.OK:
        last = cells[-1]
        cells[-1] = CellRun(id=last.id, status=status, message="It ended badly.", outputs=last.outputs)
    return Run(program=program.name, cells=tuple(cells), environment=ENVIRONMENT)


def post(body: str, language: str = "en", **values) -> Post:
    count = body.count("\n") + 1
    return Post(
        path=f"posts/a.{language}.md", slug="a", language=language, title="A", body=body,
        lines=range(1, count + 1), front_matter=values,
    )  # fmt: skip


def article(bodies: dict[str, str]) -> Article:
    """Return an article whose languages hold the same blocks, each one a cell."""
    posts = {language: post(body, language) for language, body in bodies.items()}
    placed = {
        language: tuple(
            Placed(block=block, cell=f"cell-{number}")
            for number, block in enumerate(blocks(one.body), start=1)
        )
        for language, one in posts.items()
    }
    first = next(iter(placed.values()))
    codes = [item.block.code for item in first]
    return Article(
        slug="a",
        original=next(iter(posts)),
        reason="it is the only one",
        posts=posts,
        placed=placed,
        programs=(program(*codes, languages=tuple(posts)),),
    )


def about(slug: str, code: str = "1", day: int = 1, **by_language: list[str]):
    """Return an article with these tags in each language."""
    languages = by_language or {"en": []}
    base = article(dict.fromkeys(languages, f"```python\n{code}\n```\n"))
    posts = {
        language: replace(
            one, slug=slug, front_matter={"tags": languages[language]}, published=date(2026, 1, day)
        )
        for language, one in base.posts.items()
    }
    return replace(base, slug=slug, posts=posts)


def described(slug, day=None, **tags):
    of = about(slug, **tags)
    posts = {
        language: replace(
            one,
            title=f"{slug} *{language}*",
            published=day,
            front_matter={**one.front_matter, "description": f"About {slug}."},
        )
        for language, one in of.posts.items()
    }
    return replace(of, posts=posts)


def with_series(*slugs: str):
    """Return a catalog whose articles are the parts of a series, in this order, the last the newest."""
    articles = [
        described(slug, date(2026, 1, day), en=["x"], de=["Iks"]) for day, slug in enumerate(slugs, 1)
    ]
    return catalog_of(
        replace(
            one,
            posts={
                language: replace(
                    post, front_matter={**post.front_matter, "series": f"Way {language}", "order": at}
                )
                for language, post in one.posts.items()
            },
        )
        for at, one in enumerate(articles)
    )
