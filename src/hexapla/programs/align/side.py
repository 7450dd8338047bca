"""Side: one of two posts that are compared, with its blocks and the cells that they hold."""

from dataclasses import dataclass, replace

from hexapla.model import other_tools
from hexapla.model.block import Block, blocks
from hexapla.model.post import Post
from hexapla.programs.claims.in_fences import is_output


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A post with its blocks, and the cell that each of them holds."""

    post: Post
    blocks: tuple[Block, ...]
    cells: tuple[str, ...]
    """For each block the cell's id; empty for none. A translation's come from comparing."""
    outputs: frozenset[int] = frozenset()
    """The blocks that are typed outputs."""


def side_of(post: Post) -> Side:
    """Read a post's blocks; those that are typed outputs are text, whatever their fence says."""
    whole = [_as_page_asks(block, post.front_matter.get("execute")) for block in blocks(post.body)]
    outputs: set[int] = set()
    code: Block | None = None
    for index, block in enumerate(whole):
        if is_output(post, block, code):
            outputs.add(index)
            if block.directives.is_python:
                whole[index] = replace(block, directives=replace(block.directives, language="text"))
            code = None
        else:
            code = block if block.directives.is_python else None
    return Side(post=post, blocks=tuple(whole), cells=("",) * len(whole), outputs=frozenset(outputs))


def _as_page_asks(block: Block, execute: object) -> Block:
    if not execute or not block.directives.is_python:
        return block
    asked = other_tools.of_page(execute, block.directives.settled)
    return replace(block, directives=block.directives.with_wish(asked))
