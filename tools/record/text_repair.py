#!/usr/bin/env python3
"""Records what ftfy and Python's html.unescape make of texts.

usage: text_repair.py OUT_JSON

Needs: pip install ftfy==6.3.1
"""
import html
import html.entities
import json
import random
import sys

import ftfy
import ftfy.bad_codecs
from ftfy.badness import MOJIBAKE_CATEGORIES

SAMPLES = [
    "café à la mode", "naïve résumé", "schön über Straße", "“quoted” ‘single’ — dash… • ™ €",
    "日本語のテキスト", "Привет, мир", "Ελληνικά κείμενα", "ไทยไม่มีช่องว่าง", "한국어 텍스트",
    "العربية نص", "עברית", "हिन्दी में", "😀 👍🏽 🇩🇪 👨‍👩‍👧‍👦", "Türkçe ğüşiöç İı",
    "čeština říkají žluťoučký kůň", "Łódź zażółć gęślą jaźń", "Latviešu ģērbt", "½ ² ³ ° ± × ÷",
    "voilà le travail", "más información à noite às vezes àquele", "© ® § ¶ ¿Qué? ¡Sí!", "x² + y²",
    "l’humanité", "\u00a0spaced\u00a0out\u00a0", "\ufeffBOM", "a\u0301e\u0300", "ﬁne ﬂow ﬀ ŉ ǆ Ĳ",
    "Ｆｕｌｌｗｉｄｔｈ　ﾊﾝｶｸ", "tab\tline\r\nbreak\rmore\u2028x\u2029y\x85z", "\x1b[31mred\x1b[0m",
    "ctrl\x00\x01\x07\x0b\x1f\x7f", "<b>&eacute;</b>", "&eacute; &EACUTE; &amp;eacute; &notit; &#233;",
    "&#x80;&#150;&#0;&#xD800;&#1114112;&#11;&#x1F600;", "&lt;p&gt; &hellip; &nbsp;&AMP;amp; &ndash",
]
ENCODINGS = ["latin-1", "windows-1252", "sloppy-windows-1252", "windows-1251", "windows-1250",
             "windows-1253", "windows-1254", "windows-1257", "iso-8859-2", "macroman", "cp437"]


def garble(rng, text):
    """Misreads text as a program would, once or twice."""
    for _ in range(rng.choice([0, 1, 1, 1, 2])):
        encoding = rng.choice(ENCODINGS)
        try:
            data = text.encode("utf-8", "surrogatepass")
            if rng.random() < 0.1:
                data = "".join(chr(u) for u in [int.from_bytes(text.encode("utf-16-be")[i:i + 2], "big")
                               for i in range(0, len(text.encode("utf-16-be")), 2)]).encode("utf-8", "surrogatepass")
            text = data.decode(encoding, rng.choice(["strict", "replace", "ignore"]))
        except UnicodeError:
            pass
        if rng.random() < 0.15:
            text = text.replace("\u00a0", " ")
        if rng.random() < 0.1:
            text = text.replace("\ufffd", "?")
    return text


def random_text(rng, alphabet):
    return "".join(rng.choice(alphabet) for _ in range(rng.randint(1, 12)))


def clean(text):
    fixed = html.unescape(html.unescape(ftfy.fix_text(text))).strip()
    return " ".join(fixed.split()).lower()


def main():
    rng = random.Random(7)
    suspicious = [c for c in map(chr, range(0x10000)) if not 0xD800 <= ord(c) < 0xE000
                  and any(ftfy.badness.re.match("[" + k + "]", c) for k in MOJIBAKE_CATEGORIES.values())]
    extra = list(" aZ.?!'\"éèÃÂâ€œ™šž°·\u00a0\u00adœŒ\n0<&;")
    names = sorted(html.entities.html5)
    texts = list(SAMPLES)
    for sample in SAMPLES:
        texts += [garble(rng, sample) for _ in range(30)]
        texts += [garble(rng, sample) + " " + garble(rng, rng.choice(SAMPLES)) for _ in range(10)]
    texts += [random_text(rng, suspicious + extra * 8) for _ in range(700)]
    texts += [random_text(rng, suspicious) for _ in range(200)]
    for _ in range(250):
        name = rng.choice(names)
        name = rng.choice([name, name, name.upper(), name.rstrip(";"), name.lower()])
        texts.append(rng.choice(["", "x"]) + "&" + name + rng.choice(["", " y", "=", "z;", "1"]))
    seen = {t: [ftfy.fix_text(t), clean(t)] for t in texts}
    rows = []
    for text, (fixed, cleaned) in seen.items():
        row = {"text": text, "fixed": fixed}
        if cleaned != fixed:
            row["clean"] = cleaned
        rows.append(row)
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        out.write('{"reference": "ftfy %s, html.unescape of Python", "cases": [\n' % ftfy.__version__)
        out.write(",\n".join(json.dumps(r) for r in rows))
        out.write("\n]}\n")


main()
