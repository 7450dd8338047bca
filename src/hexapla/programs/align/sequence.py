"""Sequence: the heaviest common sequence of two lists, by which blocks pair up in their order."""

from collections.abc import Callable


def heaviest(left: list[int], right: list[int], weight: Callable[[int, int], float]) -> list[tuple[int, int]]:
    """Return the pairs, in order on both sides, that weigh most together; pairs of weight 0 are none."""
    table = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    weights = [[weight(i, j) for j in right] for i in left]
    for row in range(len(left) - 1, -1, -1):
        for column in range(len(right) - 1, -1, -1):
            alone = max(table[row + 1][column], table[row][column + 1])
            together = weights[row][column] + table[row + 1][column + 1] if weights[row][column] else 0.0
            table[row][column] = max(together, alone)
    pairs: list[tuple[int, int]] = []
    row = column = 0
    while row < len(left) and column < len(right):
        together = weights[row][column] + table[row + 1][column + 1]
        if weights[row][column] and table[row][column] == together:
            pairs.append((left[row], right[column]))
            row, column = row + 1, column + 1
        elif table[row][column] == table[row + 1][column]:
            row += 1
        else:
            column += 1
    return pairs


def gaps(
    left: list[int], right: list[int], anchors: list[tuple[int, int]]
) -> list[tuple[list[int], list[int]]]:
    """Return what lies between the anchors on either side."""
    between: list[tuple[list[int], list[int]]] = []
    before = (-1, -1)
    for after in [*anchors, (len(left) + max(left, default=0) + 1, len(right) + max(right, default=0) + 1)]:
        gap = (
            [index for index in left if before[0] < index < after[0]],
            [index for index in right if before[1] < index < after[1]],
        )
        if any(gap):
            between.append(gap)
        before = after
    return between
