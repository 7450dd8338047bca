"""Look at random for a body on which normalizing breaks a promise of its own (`normalize.verify`).

    python benchmarks/promises.py SEED SECONDS

Prints each body that broke one, as short as it still does; what was mended belongs into the tables of
`tests/normalize/test_normalize.py`. The tests' own search is the same in every run.
"""

import random
import sys
import time

from hexapla.model.post import Post
from hexapla.normalize.normalize import normalize, verify
from hexapla.normalize.target.dialect import Dialect

LINES = (
    r"""
text|**b**|`c`|- a|  - b|1. x|   |```python|```|x = 1  |> q|> - r|## H|$$|$5|![i](u)|<div>|</div>|[^1]|[^1]: n
注意：**x。**后|~~~|    code|---|\[|{: .x}|{% raw %}|- [ ] t|> [!TIP]|a  |www.x.org|[a]: b|[a]|[a][b]|<!-- x -->
<!--|-->|<details>|<summary>s</summary>|</details>|!!! note|    t|{% endraw %}|1. ```py|   y|100. z|$a$ $b|*a _b|a_b_c
\||    - c|        - d|* * *|===|#h|<p>a|</p>|<pre>|</pre>|{{ x }}|:::note|:::|2) x|+ p|: d|a\|<a href="x">b</a>
{.c}|~~s~~|&amp; &lt;|http://a.b/c_d|> ```|> 1. q|   ```|  text|<br>|<img src="a">|    > q|[x](y "z")|\]|\$|\(x\)
""".replace("\n", "|").split("|")
    + ["| a | b |", "|---|---|", "| 1 | `x` |", "\tq", "-\ta", "||", "[[l]]"]
)
SITE = Dialect()


def main() -> None:
    """Search until the time is over."""
    seed, seconds = int(sys.argv[1]), float(sys.argv[2])
    chance, started, tried, broken = random.Random(seed), time.monotonic(), 0, 0
    while time.monotonic() - started < seconds:
        body = "\n".join(chance.choices(LINES, k=chance.randint(1, 14)))
        tried += 1
        if faults(body):
            broken += 1
            short = shortened(body)
            print(faults(short), repr(short), flush=True)
    print(f"seed {seed}: {tried} bodies, {broken} broke a promise")


def faults(body: str) -> list[str]:
    """Return the codes of the promises that are broken, or what was raised."""
    count = body.count("\n") + (body != "" and not body.endswith("\n"))
    post = Post(
        path="posts/a.md", slug="a", language="en", title="a", body=body, lines=range(1, count + 1), front_matter={}
    )  # fmt: skip
    try:
        return sorted(problem.code for problem in verify(post, normalize(post, SITE), SITE))
    except Exception as error:
        return [repr(error)]


def shortened(body: str) -> str:
    """Leave out line after line, as long as what is left is broken."""
    lines = body.split("\n")
    at = 0
    while at < len(lines):
        fewer = lines[:at] + lines[at + 1 :]
        if faults("\n".join(fewer)):
            lines, at = fewer, 0
        else:
            at += 1
    return "\n".join(lines)


if __name__ == "__main__":
    main()
