#!/usr/bin/env python3
"""Records what single components of the tokenizers library do, as small tokenizer folders.

usage: tokenizer_components.py TEXTS_CASES_JSON OUT_DIR [RANDOM_TEXTS [SEED]]

TEXTS_CASES_JSON is a cases.json whose texts are taken. Every folder OUT_DIR/made-NAME holds a
tokenizer.json, a tokenizer_config.json and a cases.json.

Needs: pip install tokenizers==0.21.4 transformers==4.49.0
"""
import json
import pathlib
import random
import sys

import tokenizers
import transformers
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, processors
from tokenizers import pre_tokenizers
from transformers import PreTrainedTokenizerFast

GPT4 = (r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
        r"|\s*[\r\n]+|\s+(?!\S)|\s+")
O200K = "|".join([
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"[^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?",
    r"\p{N}{1,3}", r" ?[^\s\p{L}\p{N}]+[\r\n/]*", r"\s*[\r\n]+", r"\s+(?!\S)", r"\s+"])
PATTERNS = {
    "gpt4": GPT4,
    "o200k": O200K,
    "deepseek": r"[\r\n]|\s?[A-Za-zµÀ-ÖØ-öø-ƺ]+|\s?[!-/:-~！-／：-～‘-‟　-。]+|\s+$|[一-龥ࠀ-一가-퟿]+|\p{N}+",
    "posix": r"[[:alpha:]]+|[[:digit:]]+|[[:punct:]]+|[[:^print:]]",
    "nested": r"[a-z&&[^aeiou]]+|[\w&&\P{L}]+|[^\p{^L}x]+",
    "behind": r"(?<=[a-z])(?=[A-Z])|(?<!\d)\.|(?<=ab|c)x",
    "lazy": r"\S+?(?=[aeiou\s]|\z)|<.*?>",
    "possessive": r"\w++\s*+|(?>a+|b)c?|\p{P}{2,3}",
    "anchors": r"^\w+|\w+$|\b\d+\b|\A.|\Z",
    "case": r"(?i)the|été|(?-i:DOG)|[k-t]+",
    "dotall": r"(?m:a.b)|(?m).\n|x(?#comment)y",
    "extended": "(?x) \\w+ # words\n | [ ]+ | \\# ",
    "hex": r"\h+|\H|\x41\x{1F600}?|é",
    "linebreak": r"\R+|[^\n\r]{,5}",
    "scripts": r"\p{Han}+|\p{Hiragana}+|\p{Greek}+|\p{Cyrillic}+|\p{Latin}+|\p{^Alnum}",
    "braces": r"a{2}|b{1,}|x{|\{}|[\]\-a]",
    "empty": r"\d*",
}


def texts_of(path, count, extra, seed):
    texts = [c["text"] for c in json.load(open(path, encoding="utf-8"))["cases"]]
    rng = random.Random(seed)
    texts = texts[:6] + rng.sample(texts[6:], min(count, len(texts) - 6))
    pool = list("aAbBxyz  .,!?-_'\"019\n\r\t") + list("éÉßſİıǅΣςσЖжД日本한국ไทยעבא\u0301\u0300\u0345\u200b\u200d"
            "\ufe0f😀👍🏽🇩🇪½²Ⅷ①₂ﬁＡ｡「」。、…—’“«»€™\u00a0\u2003\u3000\u0085\u2028\ufeff\ufffd\x00\x07\x1c\x7f\u0600\u070f\ue000ー々")
    for _ in range(extra):
        texts.append("".join(rng.choice(pool) for _ in range(rng.randint(1, 14))))
    return texts


def pieces(tokenizer, texts):
    """Every piece that the model will see."""
    seen = {}
    for text in texts:
        normal = tokenizer.normalizer.normalize_str(text) if tokenizer.normalizer else text
        parts = ([p for p, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal)]
                 if tokenizer.pre_tokenizer else [normal])
        for part in parts:
            seen.setdefault(part, len(seen))
    return seen


def word_level(texts, normalizer=None, pre_tokenizer=None):
    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0}, unk_token="[UNK]"))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    vocabulary = {"[UNK]": 0}
    for piece in pieces(tokenizer, texts):
        vocabulary.setdefault(piece, len(vocabulary))
    made = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    if normalizer:
        made.normalizer = normalizer
    if pre_tokenizer:
        made.pre_tokenizer = pre_tokenizer
    return made


ALPHABET = sorted(set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,!?'-é日▁"))
MERGES = [("t", "h"), ("th", "e"), ("a", "n"), ("i", "n"), ("in", "g"), ("an", "d"), ("o", "n"), ("l", "l"),
          ("h", "e"), ("he", "ll"), ("o", "f"), ("▁", "the"), ("a", "b"), ("ab", "ab"), ("a", "a"), ("aa", "aa")]


def bpe(**options):
    prefix = options.get("continuing_subword_prefix") or ""
    suffix = options.get("end_of_word_suffix") or ""
    vocabulary = {}

    def add(token):
        vocabulary.setdefault(token, len(vocabulary))

    for token in ["<unk>"] + ALPHABET:
        add(token)
    if prefix or suffix:
        for c in ALPHABET:
            for variant in (prefix + c, c + suffix, prefix + c + suffix):
                add(variant)
    if options.pop("bytes", False):
        for b in range(256):
            add("<0x%02X>" % b)
    merges = []
    for a, b in MERGES:
        for left, right in sorted({(a, prefix + b), (a, prefix + b + suffix), (prefix + a, prefix + b)}):
            merged = left + right[len(prefix):]
            if left in vocabulary and right in vocabulary:
                add(merged)
                merges.append((left, right))
    add("hello")
    add("hello" + suffix)
    return Tokenizer(models.BPE(vocabulary, merges, **options))


def unigram(byte_fallback=False):
    pieces_ = [("<unk>", 0.0), ("▁", -2.0), ("▁the", -2.5), ("a", -3.0), ("ab", -4.5), ("abab", -8.9), ("b", -3.2),
               ("▁a", -3.1), ("ing", -3.3), ("th", -3.4), ("e", -2.9), ("he", -4.0), ("hello", -6.0), ("l", -3.0),
               ("o", -3.0), ("ll", -5.0), ("日", -6.0), ("日本", -7.0), ("x", -4.0), ("xy", -8.0), ("y", -4.0)]
    if byte_fallback:
        pieces_ += [("<0x%02X>" % b, -9.0) for b in range(256)]
    return Tokenizer(models.Unigram(pieces_, 0, byte_fallback))


def word_piece(**options):
    prefix = options.get("continuing_subword_prefix", "##")
    words = ["[UNK]", "the", "un", "able", "hello", "a", "b", "c", "x", "日", prefix + "able", prefix + "ing", prefix + "s",
             prefix + "a", prefix + "b", prefix + "é", prefix + "aff", "un" + "aff"]
    return Tokenizer(models.WordPiece({w: i for i, w in enumerate(words)}, unk_token="[UNK]", **options))


def with_parts(tokenizer, normalizer=None, pre_tokenizer=None, post_processor=None, decoder=None, added=()):
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre_tokenizer:
        tokenizer.pre_tokenizer = pre_tokenizer
    if post_processor:
        tokenizer.post_processor = post_processor
    if decoder:
        tokenizer.decoder = decoder
    for token in added:
        tokenizer.add_tokens([token]) if not token.special else tokenizer.add_special_tokens([token])
    return tokenizer


def components(texts):
    n, p, d = normalizers, pre_tokenizers, decoders
    made = {}
    for name, normalizer in {
        "nfc": n.NFC(), "nfd": n.NFD(), "nfkc": n.NFKC(), "nfkd": n.NFKD(), "lowercase": n.Lowercase(),
        "strip": n.Strip(), "strip-left": n.Strip(left=True, right=False), "strip-accents": n.StripAccents(),
        "nfd-strip-accents": n.Sequence([n.NFD(), n.StripAccents()]), "nmt": n.Nmt(),
        "bert-cased": n.BertNormalizer(lowercase=False), "bert-accents": n.BertNormalizer(strip_accents=False),
        "bert-plain": n.BertNormalizer(clean_text=False, handle_chinese_chars=False, strip_accents=True, lowercase=False),
        "replace": n.Sequence([n.Replace("a", "<aa>"), n.Replace(Regex(r"\s{2,}|\d"), "_")]),
        "prepend": n.Prepend("▁"), "byte-level": n.ByteLevel(),
    }.items():
        made["normalizer-" + name] = word_level(texts, normalizer)
    for name, pre in {
        "byte-level-prefix": p.ByteLevel(add_prefix_space=True),
        "byte-level-whole": p.ByteLevel(add_prefix_space=False, use_regex=False),
        "bert": p.BertPreTokenizer(), "whitespace": p.Whitespace(), "whitespace-split": p.WhitespaceSplit(),
        "metaspace-first": p.Metaspace(prepend_scheme="first"), "metaspace-never": p.Metaspace(prepend_scheme="never"),
        "metaspace-whole": p.Metaspace(split=False), "digits": p.Digits(), "digits-single": p.Digits(individual_digits=True),
        "scripts": p.UnicodeScripts(), "delimiter": p.CharDelimiterSplit("e"),
        "split-metaspace": p.Sequence([p.WhitespaceSplit(), p.Metaspace(prepend_scheme="first")]),
        "sequence": p.Sequence([p.Punctuation(), p.Digits(True), p.ByteLevel(add_prefix_space=True)]),
    }.items():
        made["pre-" + name] = word_level(texts, pre_tokenizer=pre)
    for behavior in ["removed", "isolated", "merged_with_previous", "merged_with_next", "contiguous"]:
        for invert in [False, True]:
            made[f"split-{behavior}{'-inverted' if invert else ''}".replace("_", "-")] = word_level(
                texts, pre_tokenizer=p.Split(Regex(r"[aeiou]|\s"), behavior, invert))
        made["punctuation-" + behavior.replace("_", "-")] = word_level(texts, pre_tokenizer=p.Punctuation(behavior))
    made["split-literal"] = word_level(texts, pre_tokenizer=p.Split("a.", "isolated"))
    for name, pattern in PATTERNS.items():
        made["regex-" + name] = word_level(texts, pre_tokenizer=p.Split(Regex(pattern), "isolated"))
    made["model-bpe"] = bpe(unk_token="<unk>")
    made["model-bpe-drop"] = bpe()
    made["model-bpe-fused"] = bpe(unk_token="<unk>", fuse_unk=True)
    made["model-bpe-bytes"] = with_parts(
        bpe(unk_token="<unk>", byte_fallback=True, bytes=True),
        decoder=d.Sequence([d.Replace("▁", " "), d.ByteFallback(), d.Fuse(), d.Strip(" ", 1, 0)]))
    made["model-bpe-affixes"] = with_parts(
        bpe(unk_token="<unk>", continuing_subword_prefix="##", end_of_word_suffix="</w>"),
        pre_tokenizer=p.WhitespaceSplit(), decoder=d.BPEDecoder("</w>"))
    made["model-bpe-whole"] = with_parts(bpe(unk_token="<unk>", ignore_merges=True), pre_tokenizer=p.Whitespace())
    made["model-unigram"] = with_parts(unigram(), pre_tokenizer=p.Metaspace(), decoder=d.Metaspace())
    made["model-unigram-bytes"] = with_parts(
        unigram(True), pre_tokenizer=p.Metaspace(prepend_scheme="never"),
        decoder=d.Sequence([d.ByteFallback(), d.Metaspace(prepend_scheme="never")]))
    made["model-word-piece"] = with_parts(
        word_piece(continuing_subword_prefix="@@", max_input_chars_per_word=6), pre_tokenizer=p.Whitespace(),
        decoder=d.WordPiece("@@", cleanup=False))
    made["decoder-word-piece"] = with_parts(
        word_level(["do not . x ? y ! , a ' b n't 'm 's 've 're ## ##a"], pre_tokenizer=p.WhitespaceSplit()),
        decoder=d.WordPiece("##", cleanup=True))
    made["decoder-strip"] = with_parts(
        word_level(["__a__ _b_ ___ c"], pre_tokenizer=p.WhitespaceSplit()), decoder=d.Strip("_", 2, 1))
    made["decoder-replace"] = with_parts(
        word_level(["a1b 22 c"], pre_tokenizer=p.WhitespaceSplit()),
        decoder=d.Sequence([d.Replace(Regex(r"\d+"), "-"), d.Fuse()]))
    special = [AddedToken("<s>", special=True), AddedToken("</s>", special=True), AddedToken("<pad>", special=True)]
    base = lambda: with_parts(bpe(unk_token="<unk>"), pre_tokenizer=p.Whitespace(), decoder=d.Fuse(), added=special)
    ids = {t: base().token_to_id(t) for t in ("<s>", "</s>", "<pad>")}
    made["post-template"] = with_parts(base(), post_processor=processors.TemplateProcessing(
        single="<s>:3 $A:1 </s> </s>:2", pair="$B:1 <s> $A:2 </s>:4", special_tokens=[("<s>", ids["<s>"]), ("</s>", ids["</s>"])]))
    made["post-template-wide"] = with_parts(base(), post_processor=processors.TemplateProcessing(
        single="BOS $A", pair="BOS $A $B",
        special_tokens=[{"id": "BOS", "ids": [ids["<s>"], ids["</s>"]], "tokens": ["<s>", "</s>"]}]))
    made["post-bert"] = with_parts(base(), post_processor=processors.BertProcessing(("</s>", ids["</s>"]), ("<s>", ids["<s>"])))
    made["post-roberta"] = with_parts(base(), post_processor=processors.RobertaProcessing(("</s>", ids["</s>"]), ("<s>", ids["<s>"])))
    made["post-sequence"] = with_parts(base(), post_processor=processors.Sequence([
        processors.ByteLevel(), processors.TemplateProcessing(single="<s> $A", pair="<s> $A <s>:1 $B:1", special_tokens=[("<s>", ids["<s>"])])]))
    made["post-none"] = base()
    made["added"] = with_parts(
        bpe(unk_token="<unk>"), normalizer=n.Lowercase(), pre_tokenizer=p.Metaspace(prepend_scheme="first"), decoder=d.Fuse(),
        added=[AddedToken("<l>", lstrip=True), AddedToken("<r>", rstrip=True), AddedToken("<lr>", lstrip=True, rstrip=True, special=True),
               AddedToken("word", single_word=True), AddedToken("RAW", normalized=False), AddedToken("Norm", normalized=True),
               AddedToken("<l><r>", normalized=False), AddedToken("the", special=True, normalized=False)])
    return made


ADDED_TEXTS = ["a <l> b", "a <r>  b", " \n<lr>\t x", "word", "sword word words a-word_ word", "RAW raw Norm NORM norm",
               "<l><r>", "<l><l>  <l>", "<r> <r> <l>", "<r>  <l>x", "the other THE the", "wordword", "éword", "word\u200d", "<lr><lr> <lr>",
               "  <l>", "<r>  ", "x <r> \n <lr> y", "RAWRAW<l>", "Norm<r>Norm"]


def record(name, tokenizer, texts, out):
    folder = out / ("made-" + name)
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = {"tokenizer_class": "PreTrainedTokenizerFast", "clean_up_tokenization_spaces": False}
    if name == "pre-byte-level-prefix":
        config["add_prefix_space"] = True
    if "post-" in name:
        config["pad_token"] = "<pad>"
    if name in ("post-bert", "post-none"):
        config.update(padding_side="left", truncation_side="left")
    (folder / "tokenizer_config.json").write_text(json.dumps(config) + "\n")
    fast = PreTrainedTokenizerFast.from_pretrained(str(folder))
    rng = random.Random(3)
    rows, decode, batches = [], [], []
    for text in texts:
        ids = fast(text)["input_ids"]
        row = {"text": text, "ids": ids}
        bare = fast(text, add_special_tokens=False)["input_ids"]
        if bare != ids:
            row["ids_no_special"] = bare
        decoded = fast.decode(ids)
        if decoded != text:
            row["decoded"] = decoded
        skipped = fast.decode(ids, skip_special_tokens=True)
        if skipped != decoded:
            row["decoded_skip_special"] = skipped
        rows.append(row)
    if not name.startswith(("normalizer", "pre-", "regex", "split", "punctuation")):
        for _ in range(15):
            ids = [rng.randrange(len(fast)) for _ in range(rng.randint(0, 9))]
            decoded, skipped = fast.decode(ids), fast.decode(ids, skip_special_tokens=True)
            row = {"ids": ids, "decoded": decoded}
            if skipped != decoded:
                row["decoded_skip_special"] = skipped
            decode.append(row)
    if name.startswith("post-"):
        firsts = ["the and of", "hello the thing", "", "a b c d e f g h"]
        seconds = ["and", "ab ab ab ab ab ab", "the", ""]
        for pairs in (False, True):
            for options in [{"padding": True}, {"padding": True, "pad_to_multiple_of": 8},
                            {"padding": "max_length", "max_length": 40},
                            {"padding": "max_length", "max_length": 9, "truncation": True},
                            {"truncation": True, "max_length": 5}, {"truncation": True, "max_length": 6},
                            {"truncation": True, "max_length": 4, "add_special_tokens": False},
                            {"padding": True, "padding_side": "left"}, {"padding": True, "padding_side": "right"}]:
                encoded = fast(firsts, seconds if pairs else None, return_token_type_ids=True, **options)
                batch = {"texts": firsts}
                if pairs:
                    batch["pairs"] = seconds
                batch.update(options=options, input_ids=encoded["input_ids"],
                             token_type_ids=encoded["token_type_ids"], attention_mask=encoded["attention_mask"])
                batches.append(batch)
    head = {"tokenizer": "made-" + name,
            "reference": f"tokenizers {tokenizers.__version__}, transformers {transformers.__version__}"}
    with open(folder / "cases.json", "w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1])
        for key, values in (("cases", rows), ("decode", decode), ("batches", batches)):
            file.write(f', "{key}": [\n' + ",\n".join(json.dumps(v) for v in values) + "\n]")
        file.write("}\n")


def main():
    source, out = sys.argv[1], pathlib.Path(sys.argv[2])
    extra = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else 1
    texts = texts_of(source, 30, extra, seed)
    for name, tokenizer in components(texts).items():
        record(name, tokenizer, ADDED_TEXTS + texts[:10] if name == "added" else texts, out)


main()
