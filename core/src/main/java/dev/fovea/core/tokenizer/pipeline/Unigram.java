package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.OptionalInt;

/**
 * Finds the split of a text whose tokens have the highest sum of log-probabilities (Kudo 2018),
 * with the Viterbi algorithm. Neighbouring unknown characters become one token.
 */
public final class Unigram implements TokenModel {
  /** How much less likely than the least likely token an unknown character is. */
  private static final double UNKNOWN_PENALTY = 10;

  private final Vocabulary vocabulary;
  private final double[] scores;
  private final OptionalInt unknown;
  private final boolean byteFallback;
  private final ByteTokens bytes;
  private final CharTrie trie = new CharTrie();
  private final double unknownScore;

  /**
   * A model.
   *
   * @param scores log-probabilities by id; ids run from 0 without gaps
   * @param byteFallback whether an unknown character becomes tokens such as {@code <0x0A>}
   */
  public Unigram(
      Vocabulary vocabulary, double[] scores, OptionalInt unknown, boolean byteFallback) {
    this.vocabulary = vocabulary;
    this.scores = scores;
    this.unknown = unknown;
    this.byteFallback = byteFallback;
    bytes = new ByteTokens(vocabulary);
    vocabulary.forEach(
        (token, id) -> {
          if (!token.isEmpty()) {
            trie.put(token, id);
          }
        });
    unknownScore = Arrays.stream(scores).min().orElse(0) - UNKNOWN_PENALTY;
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void tokenize(String piece, Ints out) {
    int length = piece.length();
    double[] best = new double[length + 1];
    int[] from = new int[length + 1];
    int[] token = new int[length + 1];
    Arrays.fill(from, -1);
    for (int start = 0; start < length; ) {
      int next = start + Character.charCount(piece.codePointAt(start));
      boolean single = false;
      int node = CharTrie.ROOT;
      for (int at = start; at < length; ) {
        node = trie.step(node, piece.charAt(at++));
        if (node == CharTrie.NONE) {
          break;
        }
        int id = trie.value(node);
        if (id != CharTrie.NONE) {
          offer(start, at, best[start] + scores[id], id, best, from, token);
          single |= at == next;
        }
      }
      if (!single) {
        offer(start, next, best[start] + unknownScore, unknownId(), best, from, token);
      }
      start = next;
    }
    append(piece, from, token, out);
  }

  private static void offer(
      int start, int end, double score, int id, double[] best, int[] from, int[] token) {
    if (from[end] < 0 || score > best[end]) {
      best[end] = score;
      from[end] = start;
      token[end] = id;
    }
  }

  /** Walks back along the best path, fusing unknown characters, and appends it forwards. */
  private void append(String piece, int[] from, int[] token, Ints out) {
    Deque<int[]> spans = new ArrayDeque<>();
    for (int end = piece.length(); end > 0; ) {
      int start = from[end];
      int id = token[end];
      while (isUnknown(id) && start > 0 && isUnknown(token[start])) {
        start = from[start];
      }
      spans.push(new int[] {start, end, id});
      end = start;
    }
    for (int[] span : spans) {
      if (!isUnknown(span[2])) {
        out.add(span[2]);
      } else {
        appendUnknown(piece.substring(span[0], span[1]), out);
      }
    }
  }

  private void appendUnknown(String text, Ints out) {
    int known = vocabulary.idOrMinus1(text);
    if (known >= 0) {
      out.add(known);
    } else if (!(byteFallback && bytes.append(text, out))) {
      out.add(unknownId());
    }
  }

  private boolean isUnknown(int id) {
    return unknown.isPresent() && unknown.getAsInt() == id;
  }

  private int unknownId() {
    return unknown.orElseThrow(
        () ->
            new BadInputException(
                "the tokenizer has no unknown token (unk_id), and the text has a character that its"
                    + " vocabulary lacks"));
  }
}
