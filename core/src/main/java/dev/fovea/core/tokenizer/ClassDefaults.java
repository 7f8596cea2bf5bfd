package dev.fovea.core.tokenizer;

import dev.fovea.core.tokenizer.EncodeOptions.Side;
import java.util.Map;
import java.util.Optional;

/** What the tokenizer classes of transformers assume where the files say nothing. */
record ClassDefaults(Map<String, String> specials, Side paddingSide) {
  private static final ClassDefaults NONE = new ClassDefaults(Map.of(), Side.RIGHT);
  private static final Map<String, ClassDefaults> BY_NAME =
      Map.of(
          "CLIPTokenizer",
          right(
              Map.of(
                  "bos_token", "<|startoftext|>",
                  "eos_token", "<|endoftext|>",
                  "unk_token", "<|endoftext|>",
                  "pad_token", "<|endoftext|>")),
          "GPT2Tokenizer",
          right(
              Map.of(
                  "bos_token", "<|endoftext|>",
                  "eos_token", "<|endoftext|>",
                  "unk_token", "<|endoftext|>")),
          "BertTokenizer",
          right(
              Map.of(
                  "unk_token", "[UNK]",
                  "sep_token", "[SEP]",
                  "pad_token", "[PAD]",
                  "cls_token", "[CLS]",
                  "mask_token", "[MASK]")),
          "RobertaTokenizer",
          right(
              Map.of(
                  "bos_token", "<s>",
                  "eos_token", "</s>",
                  "sep_token", "</s>",
                  "cls_token", "<s>",
                  "unk_token", "<unk>",
                  "pad_token", "<pad>",
                  "mask_token", "<mask>")),
          "T5Tokenizer",
          right(Map.of("eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>")),
          "SiglipTokenizer",
          right(Map.of("eos_token", "</s>", "unk_token", "<unk>", "pad_token", "</s>")),
          "LlamaTokenizer",
          new ClassDefaults(
              Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>"), Side.LEFT));

  private static ClassDefaults right(Map<String, String> specials) {
    return new ClassDefaults(specials, Side.RIGHT);
  }

  static ClassDefaults of(String tokenizerClass) {
    return BY_NAME.getOrDefault(tokenizerClass, NONE);
  }

  Optional<String> special(String role) {
    return Optional.ofNullable(specials.get(role));
  }
}
