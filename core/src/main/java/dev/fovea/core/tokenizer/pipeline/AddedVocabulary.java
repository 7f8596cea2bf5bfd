package dev.fovea.core.tokenizer.pipeline;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The added tokens, found in a text longest first from left to right. */
public final class AddedVocabulary {
  private final Map<String, Integer> ids = new LinkedHashMap<>();
  private final Map<Integer, AddedToken> byId = new HashMap<>();
  private final CharTrie inText = new CharTrie();
  private final CharTrie inNormalized = new CharTrie();
  private final Normalizer normalizer;

  /**
   * Prepares the search.
   *
   * @param tokens added tokens and their ids
   */
  public AddedVocabulary(Map<AddedToken, Integer> tokens, Normalizer normalizer) {
    this.normalizer = normalizer;
    tokens.forEach(
        (token, id) -> {
          ids.put(token.content(), id);
          byId.put(id, token);
          if (!token.normalized()) {
            inText.put(token.content(), id);
          } else {
            String content = normalizer.normalize(token.content());
            if (!content.isEmpty()) {
              inNormalized.put(content, id);
            }
          }
        });
  }

  public OptionalInt id(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  public Optional<AddedToken> token(int id) {
    return Optional.ofNullable(byId.get(id));
  }

  public int highestId() {
    return ids.values().stream().mapToInt(Integer::intValue).max().orElse(-1);
  }

  /** Cuts the added tokens out of a text and normalizes the rest. */
  List<Piece> split(String text) {
    List<Piece> pieces = new java.util.ArrayList<>();
    cut(
        Piece.open(text, true),
        inText,
        piece -> {
          if (piece.isToken()) {
            pieces.add(piece);
          } else {
            Piece normalized =
                Piece.open(normalizer.normalize(piece.text()), piece.atStart());
            cut(normalized, inNormalized, pieces::add);
          }
        });
    return pieces;
  }

  private void cut(Piece piece, CharTrie trie, Consumer<Piece> out) {
    String text = piece.text();
    int done = 0;
    for (int at = 0; at < text.length(); ) {
      int matchEnd = longestMatch(trie, text, at);
      if (matchEnd < 0) {
        at++;
        continue;
      }
      int id = value(trie, text, at, matchEnd);
      AddedToken token = byId.get(id);
      if (token.singleWord() && !standsAlone(text, at, matchEnd)) {
        at = matchEnd;
        continue;
      }
      int start = token.leftStrip() ? Math.max(done, spaceBefore(text, at)) : at;
      int end = token.rightStrip() ? spaceBehind(text, matchEnd) : matchEnd;
      if (start > done) {
        out.accept(piece.part(done, start));
      }
      out.accept(new Piece(token.content(), piece.atStart() && start == 0, id));
      done = end;
      at = matchEnd;
    }
    if (done < text.length()) {
      out.accept(piece.part(done, text.length()));
    }
  }

  private static int longestMatch(CharTrie trie, String text, int start) {
    int longest = -1;
    int node = CharTrie.ROOT;
    for (int at = start; at < text.length(); at++) {
      node = trie.step(node, text.charAt(at));
      if (node == CharTrie.NONE) {
        break;
      }
      if (trie.value(node) != CharTrie.NONE) {
        longest = at + 1;
      }
    }
    return longest;
  }

  private static int value(CharTrie trie, String text, int start, int end) {
    int node = CharTrie.ROOT;
    for (int at = start; at < end; at++) {
      node = trie.step(node, text.charAt(at));
    }
    return trie.value(node);
  }

  private static boolean standsAlone(String text, int start, int end) {
    return (start == 0 || !Characters.isWord(text.codePointBefore(start)))
        && (end == text.length() || !Characters.isWord(text.codePointAt(end)));
  }

  private static int spaceBefore(String text, int at) {
    int start = at;
    while (start > 0 && Characters.isWhiteSpace(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static int spaceBehind(String text, int at) {
    int end = at;
    while (end < text.length() && Characters.isWhiteSpace(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
