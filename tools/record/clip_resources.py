#!/usr/bin/env python3
"""Writes the data files of dev.fovea.core.tokenizer.clip.

usage: clip_resources.py MERGES_TXT ENTITIES_DIR LEGACY_DIR OUT_DIR

Needs: pip install ftfy==6.3.1; npm pack character-entities@2.0.2 character-entities-legacy@3.0.0,
unpacked to ENTITIES_DIR and LEGACY_DIR; merges.txt of openai/clip-vit-base-patch32.
"""
import ast
import gzip
import pathlib
import re
import sys

import ftfy.bad_codecs.sloppy
import ftfy.badness

ENCODINGS = [
    "latin-1", "sloppy-windows-1252", "sloppy-windows-1251", "sloppy-windows-1250",
    "sloppy-windows-1253", "sloppy-windows-1254", "sloppy-windows-1257", "iso-8859-2",
    "macroman", "cp437",
]

# One suspicious sequence a line. A word is a class of ftfy.badness.MOJIBAKE_CATEGORIES or one of
# the built-in classes of the reader; what stands in quotes is a set of characters.
RULES = r"""
c1
bad|lower_accented|upper_accented|box|start_punctuation|end_punctuation|currency|numeric|law , bad
latin , lower_common|upper_common , bad
bad , lower_accented|upper_accented|box|start_punctuation|end_punctuation|currency|numeric|law
lower_accented|lower_common|box|end_punctuation|currency|numeric , upper_accented
box|end_punctuation|currency|numeric , lower_accented
lower_accented|box|end_punctuation , currency
space , upper_accented , currency
upper_accented|box , numeric|law
lower_accented|upper_accented|box|currency|end_punctuation , start_punctuation , numeric
lower_accented|upper_accented|currency|numeric|box|law , end_punctuation , start_punctuation
currency|numeric|box , start_punctuation
lower_latin , upper_accented , start_punctuation|currency
box , kaomoji
lower_accented|upper_accented|currency|numeric|start_punctuation|end_punctuation|law , box
box , end_punctuation
lower_accented|upper_accented , start_punctuation|end_punctuation , word
'\u0152\u0153' , not_latin
upper_accented , '\u00b0'
'\u00c2\u00c3\u00ce\u00d0' , '\u20ac\u0153\u0160\u0161\u00a2\u00a3\u0178\u017e\u00a0\u00ad\u00ae\u00a9\u00b0\u00b7\u00bb\u2013\u2014\u00b4'|start_punctuation|end_punctuation
'\u00d7' , '\u00b2\u00b3'
'\u00d8\u00d9' , common|currency|bad|numeric|start_punctuation|'\u0178\u0160\u00ae\u00b0\u00b5\u00bb' , '\u00d8\u00d9' , common|currency|bad|numeric|start_punctuation|'\u0178\u0160\u00ae\u00b0\u00b5\u00bb'
'\u00e0' , '\u00b2\u00b5\u00b9\u00bc\u00bd\u00be'
'\u221a' , '\u00b1\u2202\u2020\u2260\u00ae\u2122\u00b4\u2264\u2265\u00a5\u00b5\u00f8'
'\u2248' , '\u00b0\u00a2'
'\u201a' , '\u00c4' , '\u00ec\u00ee\u00ef\u00f2\u00f4\u00f5\u00fa\u00f9\u00fb\u2020\u00b0\u00a2\u03c0'
'\u201a' , '\u00e2\u00f3' , '\u00e0\u00e4\u00b0\u00ea'
'\u0432' , '\u0402'
'\u0412\u0413\u0420\u0421' , c1|bad|start_punctuation|end_punctuation|currency|'\u00b0\u00b5' , '\u0412\u0413\u0420\u0421'
'\u0413' , '\u045e' , '\u0412' , '\u0402' , '\u0412' , not_newline , latin|'\u0020'
'\u00c3' , '\u00a0\u00a1'
lower_latin , '\u00c3\u00c2' , '\u0020'
lower_latin , space , '\u00c3\u00c2' , '\u0020'
start , '\u00c3\u00c2' , '\u0020'
lower_latin|end_punctuation|'.,?!' , '\u00c2' , '\u0020'|start_punctuation|end_punctuation
'\u03b2' , '\u20ac' , '\u2122\u00a0\u0386\u00ad\u00ae\u00b0'
'\u0392\u0393\u039e\u039f' , c1|bad|start_punctuation|end_punctuation|currency|'\u00b0' , '\u0392\u0393\u039e\u039f'
'\u0101' , '\u20ac'
"""


def members(category):
    pattern = re.compile("[" + category + "]")
    return [c for c in range(0x10000) if pattern.match(chr(c))]


def ranges(codes):
    spans = []
    for code in sorted(codes):
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return " ".join(f"{a:x}" if a == b else f"{a:x}-{b:x}" for a, b in spans)


def item(text):
    parts = []
    for part in re.findall(r"'[^']*'|[^|]+", text.strip()):
        if part.startswith("'"):
            literal = ast.literal_eval(part)
            parts += [f"{ord(c):x}" for c in literal]
        else:
            parts.append("@" + part)
    return "|".join(parts)


def mojibake():
    lines = []
    for encoding in ENCODINGS:
        upper = bytes(range(0x80, 0x100)).decode(encoding)
        lines.append(f"encoding {encoding} " + " ".join(f"{ord(c):x}" for c in upper))
    for name, category in ftfy.badness.MOJIBAKE_CATEGORIES.items():
        lines.append(f"class {name} " + ranges(members(category)))
    for rule in RULES.strip().splitlines():
        lines.append("rule " + " ".join(item(i) for i in rule.split(" , ")))
    return "\n".join(lines) + "\n"


def entities(entities_dir, legacy_dir):
    source = (entities_dir / "index.js").read_text("utf-8")
    legacy = set(re.findall(r"'([^']+)'", (legacy_dir / "index.js").read_text("utf-8")))
    lines = []
    for name, literal in re.findall(r"^  (\w+): ('.*'|\".*\"),?$", source, re.M):
        codes = " ".join(f"{ord(c):x}" for c in ast.literal_eval(literal))
        lines.append(f"{name}{'' if name in legacy else ';'} {codes}")
    return "\n".join(lines) + "\n"


def main():
    merges, entities_dir, legacy_dir, out = map(pathlib.Path, sys.argv[1:])
    lines = [l for l in merges.read_text("utf-8").splitlines() if l and not l.startswith("#")]
    with open(out / "clip-merges.txt.gz", "wb") as file:
        file.write(gzip.compress(("\n".join(lines) + "\n").encode("utf-8"), 9, mtime=0))
    (out / "mojibake.txt").write_text(mojibake(), "utf-8")
    (out / "html-entities.txt").write_text(entities(entities_dir, legacy_dir), "utf-8")


main()
