package dev.fovea.core.tokenizer.clip;

import dev.fovea.core.tokenizer.pipeline.Bpe;
import dev.fovea.core.tokenizer.pipeline.ByteAlphabet;
import dev.fovea.core.tokenizer.pipeline.Merges;
import dev.fovea.core.tokenizer.pipeline.Vocabulary;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vocabulary that all of OpenAI's CLIP models share: 49,408 tokens. */
public final class ClipVocabulary {
  public static final String BEGIN = "<|startoftext|>";
  public static final String END = "<|endoftext|>";
  public static final String WORD_END = "</w>";

  private static final String SOURCE = "CLIP's vocabulary";

  private ClipVocabulary() {}

  /** The byte pair encoding: bytes, bytes at the end of a word, merges, begin and end. */
  public static Bpe load() {
    Map<String, Integer> ids = new HashMap<>();
    for (String suffix : List.of("", WORD_END)) {
      for (int printable = 1; printable >= 0; printable--) {
        for (int value = 0; value < 256; value++) {
          char c = ByteAlphabet.character(value);
          if ((c == value) == (printable == 1)) {
            ids.put(c + suffix, ids.size());
          }
        }
      }
    }
    List<Merges.Pair> pairs = new ArrayList<>();
    for (String line : DataFiles.lines("clip-merges.txt.gz")) {
      Merges.Pair pair = Merges.Pair.parse(line, SOURCE);
      pairs.add(pair);
      ids.put(pair.left() + pair.right(), ids.size());
    }
    ids.put(BEGIN, ids.size());
    ids.put(END, ids.size());
    Vocabulary vocabulary = new Vocabulary(ids, SOURCE);
    return new Bpe(
        vocabulary,
        new Merges(pairs, vocabulary, 0, SOURCE),
        new Bpe.Options(Optional.of(END), "", WORD_END, false, false, false));
  }
}
