"""Constants: `True`, `False` and `None` that a translator wrote in words, where Python prints no other ones.

Such a word is a claim only where the original claims what it stands for at the same place: `# Falsch` beside
a call may as well be the author's verdict on it.
"""

import re
import unicodedata

_WORDS = {
    "True": """wahr richtig verdadero cierto vrai verdadeiro vero veritat cert waar sant sand sann tosi истина верно
        правда істина вярно тачно tačno istina točno prawda pravda igaz adevărat αληθές αληθής doğru صحيح صواب
        درست صحیح אמת सत्य सही সত্য सत्यम 真 正确 참 đúng จริง benar""",
    "False": """falsch falso faux onwaar falskt falsk usann epätosi ложь неверно хибність хиба грешно нетачно netačno
        netočno laž fałsz nepravda hamis fals ψευδές ψευδής yanlış خطأ خاطئ نادرست غلط שקר असत्य गलत মিথ্যা 偽 假
        错误 거짓 sai เท็จ salah""",
    "None": """keine keiner keines nichts ninguno nada nulo aucun aucune rien néant nenhum nessuno niente geen niets
        ingen inget intet ei_mitään ничего ніщо нічого brak nic žádný nič semmi niciunul nimic κανένα yok hiçbiri
        لا_شيء هیچ כלום कोई_नहीं কিছুই_না なし 無 无 空 없음 không_có ไม่มี tidak_ada""",
}
_CONSTANTS = {
    unicodedata.normalize("NFC", word.replace("_", " ").casefold()): constant
    for constant, words in _WORDS.items()
    for word in words.split()
}
_REMARK = re.compile(r"[,，;；:：(（—–]|\s-\s")


def constant_of(text: str) -> str:
    """Return the constant of Python that a translated word stands for; empty where it stands for none."""
    bare = text.strip().strip(".。!！'\"`").casefold()
    return _CONSTANTS.get(unicodedata.normalize("NFC", bare), "")


def leading_constant(text: str, constant: str) -> tuple[str, str]:
    """Split a comment into the translated word for a constant that it begins with and the remark after it.

    The word is empty where it begins with none.
    """
    if constant_of(text) == constant:
        return text, ""
    match = _REMARK.search(text)
    if match and constant_of(text[: match.start()]) == constant:
        return text[: match.start()].rstrip(), text[match.end() :].lstrip()
    return "", text
