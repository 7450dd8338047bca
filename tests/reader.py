"""A small site in five scripts, for the tests that look at what was built and for those that read it."""

import re
import shutil
from pathlib import Path

from hexapla import scaffold
from hexapla.cli.main import main

SITE_URL = "https://site.example/"
LANGUAGES = ("en", "de", "hi", "ar", "zh")
CODE = """\
```python
print("loss", 0.5)
```

A long output:

```python
for row in range(120):
    print("row", row)
```

A wide one:

```python
print(list(range(400)))
```

An error that is meant:

```python raises:ZeroDivisionError
1 / 0
```

```{.python .hide-input}
6 * 7
```

```{.python .hide-output}
print("folded")
```
"""
PROSE = {
    "en": ("The loss function", "A loss function measures the error: $y = x^2$."),
    "de": (
        "Die Kosten",
        "Die Verlustfunktion misst den Fehler, und die Lernrate bestimmt den Schritt: $y = x^2$.",
    ),
    "hi": ("हानि फलन", "हानि फलन (टेंसर) त्रुटि मापता है। ज़रूरी बात: $y = x^2$।"),
    "ar": ("دالة الخسارة", "تقيس دالة الخسارة الخطأ في الموتر والتدرج: $y = x^2$."),
    "zh": ("损失", "我们用梯度下降训练神经网络，损失函数衡量误差：$y = x^2$。"),
}


def posts() -> dict[str, str]:
    """Return the site's posts: one in every language, and one that has not been translated."""
    texts = {
        f"loss.{language}.md": (
            f'---\ntitle: "{title}"\nlang: {language}\ndate: 2026-11-20\ntags: [loss, training]\n'
            f'description: "{prose[:40]}"\n---\n\n{prose}\n\n{CODE}'
        )
        for language, (title, prose) in PROSE.items()
    }
    texts["only-english.en.md"] = (
        "---\ntitle: Only in English\nlang: en\ndate: 2026-11-19\ntags: [loss]\n---\n\n"
        "Nobody translated it, nor `requires_grad`.\n\n```python\n1 + 1\n```\n"
    )
    texts["function.de.md"] = (
        "---\ntitle: Funktionen\nlang: de\n---\n\nWir lernen von Funktionen und einer Rate, nur auf Deutsch.\n"
    )
    return texts


def build(folder: Path) -> Path:
    """Build the site in a folder and return where it is."""
    scaffold.make_site(folder, list(LANGUAGES), "A site")
    shutil.rmtree(folder / "posts")
    (folder / "posts").mkdir()
    for name, text in posts().items():
        (folder / "posts" / name).write_text(text, encoding="utf-8")
    by_hand = "---\ntitle: Notes\n---\n\nWritten by hand, in English alone.\n"
    (folder / "docs" / "en" / "notes.md").write_text(by_hand, encoding="utf-8")
    file = folder / "mkdocs.yml"
    text = file.read_text(encoding="utf-8").replace("preload: auto", "preload: []")
    text = re.sub(r"^# site_url.*$", f"site_url: {SITE_URL}", text, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")
    assert main(["build", "-f", str(file)]) == 0
    return folder / "site"
