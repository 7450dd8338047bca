"""Labels: the words that the tool itself puts on a page, in the page's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """One language's words. `{…}` marks what is filled in."""

    output: str
    error: str
    figure: str
    fallback: str
    """Above a page that is shown in another language: `{language}` is that language's own name."""
    no_output: str
    """Under a block whose output is not recorded, or is older than the code."""
    not_run: str
    """Under a block that is no part of the article's program."""
    behind: str
    """Above a translation whose original has changed since."""
    canonical_output: str
    """Under an output that the original's program printed, where this block prints other words."""
    ran: str
    """At the foot of an article: `{versions}` and `{seed}`."""
    articles: str
    """The heading of the list of articles."""
    not_found: str
    """The heading of the 404 page."""
    not_found_text: str
    """What the 404 page says."""
    home: str
    """The link from the 404 page."""
    lines: str
    """The size of a folded output: `{count}`."""
    code: str
    """What a folded block is called."""
    download: str
    """Before the links to an article's notebook and script."""
    colon: str = ":"


_TABLE = {
    "en": Labels(
        output="Output",
        error="Error",
        figure="Figure",
        fallback="This article has not been translated into English yet. You are reading the version in {language}.",
        no_output="No output is recorded for this block yet.",
        not_run="This block is not part of the program that was run.",
        behind="The original of this article has changed since this version was written.",
        canonical_output="Printed by the original’s program, which prints other words here.",
        ran="Run with {versions}, seed {seed}.",
        articles="Articles",
        not_found="Page not found",
        not_found_text="There is no page at this address.",
        home="To the home page",
        lines="{count} lines",
        code="Code",
        download="Download",
    ),
    "de": Labels(
        output="Ausgabe",
        error="Fehler",
        figure="Abbildung",
        fallback="Dieser Artikel ist noch nicht ins Deutsche übersetzt. Sie lesen die Fassung auf {language}.",
        no_output="Für diesen Block ist noch keine Ausgabe aufgezeichnet.",
        not_run="Dieser Block gehört nicht zum ausgeführten Programm.",
        behind="Das Original dieses Artikels wurde geändert, seit diese Übersetzung entstand.",
        canonical_output="Ausgegeben vom Programm des Originals, das hier andere Worte ausgibt.",
        ran="Ausgeführt mit {versions}, Startwert {seed}.",
        articles="Artikel",
        not_found="Seite nicht gefunden",
        not_found_text="Unter dieser Adresse gibt es keine Seite.",
        home="Zur Startseite",
        lines="{count} Zeilen",
        code="Code",
        download="Herunterladen",
    ),
    "es": Labels(
        output="Salida",
        error="Error",
        figure="Figura",
        fallback="Este artículo aún no está traducido al español. Estás leyendo la versión en {language}.",
        no_output="Todavía no hay ninguna salida registrada para este bloque.",
        not_run="Este bloque no forma parte del programa ejecutado.",
        behind="El original de este artículo ha cambiado desde que se hizo esta traducción.",
        canonical_output="Lo imprimió el programa del original, que aquí imprime otras palabras.",
        ran="Ejecutado con {versions}, semilla {seed}.",
        articles="Artículos",
        not_found="Página no encontrada",
        not_found_text="No hay ninguna página en esta dirección.",
        home="Ir a la página de inicio",
        lines="{count} líneas",
        code="Código",
        download="Descargar",
    ),
    "fr": Labels(
        output="Sortie",
        error="Erreur",
        figure="Figure",
        fallback="Cet article n’est pas encore traduit en français. Vous lisez la version en {language}.",
        no_output="Aucune sortie n’est encore enregistrée pour ce bloc.",
        not_run="Ce bloc ne fait pas partie du programme exécuté.",
        behind="L’original de cet article a changé depuis cette traduction.",
        canonical_output="Affiché par le programme de l’original, dont les mots diffèrent ici.",
        ran="Exécuté avec {versions}, graine {seed}.",
        articles="Articles",
        not_found="Page introuvable",
        not_found_text="Il n’y a pas de page à cette adresse.",
        home="Vers la page d’accueil",
        lines="{count} lignes",
        code="Code",
        download="Télécharger",
        colon="\u202f:",
    ),
    "hi": Labels(
        output="आउटपुट",
        error="त्रुटि",
        figure="चित्र",
        fallback="इस लेख का हिन्दी अनुवाद अभी उपलब्ध नहीं है। आप इसका {language} संस्करण पढ़ रहे हैं।",
        no_output="इस ब्लॉक का कोई आउटपुट अभी दर्ज नहीं है।",
        not_run="यह ब्लॉक चलाए गए प्रोग्राम का हिस्सा नहीं है।",
        behind="इस अनुवाद के बाद मूल लेख बदल चुका है।",
        canonical_output="यह मूल लेख के प्रोग्राम का आउटपुट है, जो यहाँ दूसरे शब्द छापता है।",
        ran="{versions} के साथ चलाया गया, सीड {seed}।",
        articles="लेख",
        not_found="पृष्ठ नहीं मिला",
        not_found_text="इस पते पर कोई पृष्ठ नहीं है।",
        home="मुखपृष्ठ पर जाएँ",
        lines="{count} पंक्तियाँ",
        code="कोड",
        download="डाउनलोड करें",
    ),
    "ar": Labels(
        output="المخرجات",
        error="خطأ",
        figure="شكل",
        fallback="لم تُترجم هذه المقالة إلى العربية بعد. أنت تقرأ النسخة باللغة {language}.",
        no_output="لا توجد مخرجات مسجّلة لهذه الكتلة بعد.",
        not_run="هذه الكتلة ليست جزءًا من البرنامج الذي جرى تشغيله.",
        behind="تغيّر أصل هذه المقالة منذ إعداد هذه الترجمة.",
        canonical_output="طبع هذا برنامجُ النص الأصلي، وهو يطبع هنا كلمات أخرى.",
        ran="شُغّل باستخدام {versions}، البذرة {seed}.",
        articles="المقالات",
        not_found="الصفحة غير موجودة",
        not_found_text="لا توجد صفحة في هذا العنوان.",
        home="إلى الصفحة الرئيسية",
        lines="عدد الأسطر: {count}",
        code="الشيفرة",
        download="تنزيل",
    ),
    "zh": Labels(
        output="输出",
        error="错误",
        figure="图",
        fallback="本文尚未译成中文，您正在阅读的是{language}版本。",
        no_output="此代码块尚无已记录的输出。",
        not_run="此代码块不属于已运行的程序。",
        behind="本文译出之后，原文已有改动。",
        canonical_output="这是原文程序的输出，其中打印的文字与此处不同。",
        ran="运行环境：{versions}，随机种子 {seed}。",
        articles="文章",
        not_found="找不到页面",
        not_found_text="此地址没有页面。",
        home="返回首页",
        lines="{count} 行",
        code="代码",
        download="下载",
        colon="：",
    ),
    "ja": Labels(
        output="出力",
        error="エラー",
        figure="図",
        fallback="この記事はまだ日本語に翻訳されていません。{language}版を表示しています。",
        no_output="このブロックの出力はまだ記録されていません。",
        not_run="このブロックは実行されたプログラムに含まれません。",
        behind="この翻訳の後に、原文が変更されています。",
        canonical_output="原文のプログラムの出力です。ここでは異なる語が印字されます。",
        ran="{versions}、シード {seed} で実行。",
        articles="記事",
        not_found="ページが見つかりません",
        not_found_text="このアドレスにはページがありません。",
        home="ホームへ",
        lines="{count} 行",
        code="コード",
        download="ダウンロード",
        colon="：",
    ),
    "pt": Labels(
        output="Saída",
        error="Erro",
        figure="Figura",
        fallback="Este artigo ainda não foi traduzido para o português. Você está lendo a versão em {language}.",
        no_output="Ainda não há saída registrada para este bloco.",
        not_run="Este bloco não faz parte do programa executado.",
        behind="O original deste artigo mudou desde que esta tradução foi feita.",
        canonical_output="Impresso pelo programa do original, que aqui imprime outras palavras.",
        ran="Executado com {versions}, semente {seed}.",
        articles="Artigos",
        not_found="Página não encontrada",
        not_found_text="Não há nenhuma página neste endereço.",
        home="Ir para a página inicial",
        lines="{count} linhas",
        code="Código",
        download="Baixar",
    ),
    "it": Labels(
        output="Risultato",
        error="Errore",
        figure="Figura",
        fallback="Questo articolo non è ancora tradotto in italiano. Stai leggendo la versione in {language}.",
        no_output="Per questo blocco non è ancora registrato alcun risultato.",
        not_run="Questo blocco non fa parte del programma eseguito.",
        behind="L’originale di questo articolo è cambiato dopo questa traduzione.",
        canonical_output="Stampato dal programma dell’originale, che qui stampa altre parole.",
        ran="Eseguito con {versions}, seme {seed}.",
        articles="Articoli",
        not_found="Pagina non trovata",
        not_found_text="A questo indirizzo non c’è nessuna pagina.",
        home="Alla pagina iniziale",
        lines="{count} righe",
        code="Codice",
        download="Scarica",
    ),
    "ru": Labels(
        output="Вывод",
        error="Ошибка",
        figure="Рисунок",
        fallback="Эта статья ещё не переведена на русский. Вы читаете версию на языке: {language}.",
        no_output="Для этого блока вывод ещё не записан.",
        not_run="Этот блок не входит в выполненную программу.",
        behind="Оригинал этой статьи изменился после того, как был сделан перевод.",
        canonical_output="Напечатано программой оригинала, которая выводит здесь другие слова.",
        ran="Выполнено с {versions}, начальное значение {seed}.",
        articles="Статьи",
        not_found="Страница не найдена",
        not_found_text="По этому адресу нет страницы.",
        home="На главную",
        lines="строк: {count}",
        code="Код",
        download="Скачать",
    ),
    "ko": Labels(
        output="출력",
        error="오류",
        figure="그림",
        fallback="이 글은 아직 한국어로 번역되지 않았습니다. {language} 버전을 보고 있습니다.",
        no_output="이 블록의 출력은 아직 기록되지 않았습니다.",
        not_run="이 블록은 실행된 프로그램에 포함되지 않습니다.",
        behind="이 번역이 만들어진 뒤 원문이 바뀌었습니다.",
        canonical_output="원문 프로그램의 출력이며, 여기서는 다른 문구를 출력합니다.",
        ran="{versions}, 시드 {seed}(으)로 실행했습니다.",
        articles="글",
        not_found="페이지를 찾을 수 없습니다",
        not_found_text="이 주소에는 페이지가 없습니다.",
        home="홈으로",
        lines="{count}줄",
        code="코드",
        download="내려받기",
    ),
}

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb"})
"""Languages written from right to left (Unicode CLDR, `characters` in each locale's layout)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class States:
    """One language's words on the page that accounts for every block."""

    title: str
    ran: str
    notest: str
    other: str
    unknown: str
    all: str
    badge: str = "blocks run"
    """On the badge, which is one for all languages."""


def _states(*words: str) -> States:
    return States(**dict(zip(("title", "ran", "notest", "other", "unknown", "all"), words, strict=True)))


_STATES = {
    "en": _states("Every block", "ran", "not run on purpose", "not Python", "unknown", "All"),
    "de": _states(
        "Jeder Block", "ausgeführt", "mit Absicht nicht ausgeführt", "kein Python", "unbekannt", "Alle"
    ),
    "es": _states(
        "Todos los bloques",
        "ejecutados",
        "no ejecutados a propósito",
        "no son Python",
        "desconocidos",
        "Total",
    ),
    "fr": _states(
        "Tous les blocs", "exécutés", "non exécutés à dessein", "pas du Python", "inconnus", "Total"
    ),
    "hi": _states("हर ब्लॉक", "चलाए गए", "जान-बूझकर नहीं चलाए गए", "Python नहीं", "अज्ञात", "कुल"),
    "ar": _states("كل الكتل", "شُغّلت", "لم تُشغّل عمدًا", "ليست Python", "غير معروفة", "المجموع"),
    "zh": _states("全部代码块", "已运行", "有意不运行", "非 Python", "未知", "合计"),
    "ja": _states("すべてのブロック", "実行済み", "意図的に未実行", "Python 以外", "不明", "合計"),
    "pt": _states(
        "Todos os blocos",
        "executados",
        "não executados de propósito",
        "não são Python",
        "desconhecidos",
        "Total",
    ),
    "it": _states(
        "Tutti i blocchi", "eseguiti", "non eseguiti di proposito", "non Python", "sconosciuti", "Totale"
    ),
    "ru": _states("Все блоки", "выполнены", "намеренно не выполнены", "не Python", "неизвестны", "Всего"),
    "ko": _states("모든 블록", "실행됨", "의도적으로 실행하지 않음", "Python 아님", "알 수 없음", "합계"),
}


def labels(language: str) -> Labels:
    """Return the words for a language tag, its base language's, or English ones."""
    return _TABLE.get(language) or _TABLE.get(language.split("-")[0]) or _TABLE["en"]


def direction(language: str) -> str:
    """Return `rtl` or `ltr`."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def states(language: str) -> States:
    """Return the words of the accounting for a language tag, its base language's, or English ones."""
    return _STATES.get(language) or _STATES.get(language.split("-")[0]) or _STATES["en"]
