"""Scaffold: a new site that a user fills. Overwrites nothing."""

import re
from importlib import resources
from pathlib import Path
from string import Template

from hexapla import files
from hexapla.errors import ConfigError
from hexapla.labels import labels
from hexapla.listing import MARKER

NAMES = {
    "ar": "العربية",
    "bn": "বাংলা",
    "cs": "Čeština",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "fr": "Français",
    "hi": "हिन्दी",
    "id": "Bahasa Indonesia",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "nl": "Nederlands",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tr": "Türkçe",
    "uk": "Українська",
    "vi": "Tiếng Việt",
    "zh": "中文",
}
"""Languages' own names (Unicode CLDR's autonyms, capitalized as in a menu)."""

_SWITCH = {
    "en": ("Switch to dark mode", "Switch to light mode"),
    "de": ("Zum dunklen Modus wechseln", "Zum hellen Modus wechseln"),
    "es": ("Cambiar a modo oscuro", "Cambiar a modo claro"),
    "fr": ("Passer en mode sombre", "Passer en mode clair"),
    "hi": ("गहरे रंग में बदलें", "हल्के रंग में बदलें"),
    "ar": ("التبديل إلى الوضع الداكن", "التبديل إلى الوضع الفاتح"),
    "zh": ("切换到深色模式", "切换到浅色模式"),
}

_HOME = {
    "en": "Every code block on this site was run once, and every output is what it really printed.",
    "de": "Jeder Codeblock dieser Seiten wurde einmal ausgeführt; jede Ausgabe ist die echte.",
    "es": "Cada bloque de código de este sitio se ejecutó una vez y cada salida es la que realmente imprimió.",
    "fr": "Chaque bloc de code de ce site a été exécuté une fois et chaque sortie est celle qu’il a produite.",
    "hi": "इस साइट का हर कोड ब्लॉक एक बार चलाया गया है और हर आउटपुट वही है जो सचमुच छपा।",
    "ar": "شُغّلت كل كتلة برمجية في هذا الموقع مرة واحدة، وكل مخرجات هي ما طُبع فعلًا.",
    "zh": "本站的每个代码块都运行过一次，每个输出都是它真实打印的内容。",
    "ja": "このサイトのコードブロックはすべて一度実行されており、出力はすべて実際に表示されたものです。",
    "ko": "이 사이트의 모든 코드 블록은 한 번씩 실행되었고, 모든 출력은 실제로 나온 것입니다.",
    "ru": "Каждый блок кода на этом сайте был выполнен, и каждый вывод — настоящий.",
    "it": "Ogni blocco di codice di questo sito è stato eseguito una volta e ogni risultato è quello vero.",
    "pt": "Cada bloco de código deste site foi executado uma vez, e cada saída é a que ele realmente imprimiu.",
}

_LOCALE = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?")
"""What mkdocs-static-i18n takes as a locale (its `config.py`: `RE_LOCALE`)."""

_EXAMPLE = """\
---
title: Hello, tensor
lang: {language}
---

A post is Markdown with Python blocks. Type no outputs: they are recorded when the blocks run.

```python
import torch

x = torch.arange(6).reshape(2, 3)
x
```

The blocks of a post share one namespace, as the cells of a notebook do.

```python
print(x.sum(dim=0))
```
"""


def make(folder: Path, languages: list[str], name: str | None = None) -> tuple[Path, ...]:
    """Write a new site's files and return their paths.

    Raises:
        ConfigError: a language is no language tag, or a file of the new site exists already.
    """
    for code in languages:
        if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", code):
            raise ConfigError(
                f"`{code}` is not a language tag such as `en` or `pt-BR`: correct `--languages`."
            )
    if len(set(languages)) < len(languages) or not languages:
        raise ConfigError("Name each language once in `--languages`.")
    texts = {folder / path: text for path, text in _texts(languages, name or folder.resolve().name).items()}
    for path in texts:
        if path.exists():
            raise ConfigError(
                "It exists already: choose an empty folder, or remove it first.", path=str(path)
            )
    for path, text in texts.items():
        files.write(path, text)
    return tuple(texts)


def doctest_conftest(folder: Path, *, force: bool = False) -> Path:
    """Write a conftest.py for pytest-markdown-docs into a folder and return its path.

    Raises:
        ConfigError: there is no such folder, or it has a conftest.py, and `force` was not asked for.
    """
    path = folder / "conftest.py"
    if not folder.is_dir():
        raise ConfigError("There is no such folder: name the one whose pages are tested.", path=str(folder))
    if path.exists() and not force:
        raise ConfigError(
            "It exists already: name a folder nearer to the pages, or replace it with `--force`.",
            path=str(path),
        )
    files.write(path, files.template("conftest.txt"))
    return path


def _texts(languages: list[str], name: str) -> dict[str, str]:
    default = languages[0]
    dark, light = _SWITCH.get(default, _SWITCH["en"])
    # The template's other dollar signs would be Markdown's; there are none.
    mkdocs = Template(files.template("mkdocs.yml")).substitute(
        name=name.replace('"', "'"),
        default=theme_language(default),
        dark=dark,
        light=light,
        languages="\n".join(_language(code, default) for code in languages),
    )
    texts = {
        "mkdocs.yml": mkdocs,
        f"posts/hello.{default}.md": _EXAMPLE.format(language=default),
        ".gitignore": "/site/\n/.hexapla/\n/docs/*/posts/\n/docs/assets/hexapla/\n/snippets/.lock\n",
    }
    for code in languages:
        texts[f"docs/{code}/index.md"] = _home(code, name)
    return texts


def _language(code: str, default: str) -> str:
    dark, light = _SWITCH.get(code) or _SWITCH.get(code.split("-")[0]) or _SWITCH["en"]
    return (
        f'        - locale: "{code}"\n'
        f'          name: "{NAMES.get(code) or NAMES.get(code.split("-")[0], code)}"\n'
        f"          build: true\n"
        + ("          default: true\n" if code == default else "")
        # Each language has palette labels of its own, or it would show the last language's.
        + "          theme:\n"
        f'            language: "{theme_language(code)}"\n'
        "            palette:\n"
        f'              - {{media: "(prefers-color-scheme: light)", scheme: default, primary: indigo, toggle: {{icon: material/weather-night, name: "{dark}"}}}}\n'
        f'              - {{media: "(prefers-color-scheme: dark)", scheme: slate, primary: indigo, toggle: {{icon: material/weather-sunny, name: "{light}"}}}}'
    )


def theme_language(code: str) -> str:
    """Return the language in which the theme has its own words: this one, its base language, or English."""
    folder = resources.files("material") / "templates" / "partials" / "languages"
    return next((one for one in (code, code.split("-")[0]) if (folder / f"{one}.html").is_file()), "en")


def _home(code: str, name: str) -> str:
    text = _HOME.get(code) or _HOME.get(code.split("-")[0]) or _HOME["en"]
    return f'---\ntitle: "{name.replace(chr(34), chr(39))}"\n---\n\n# {name}\n\n{text}\n\n## {labels(code).articles}\n\n{MARKER}\n'
