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

  /** Tokens that are not looked for in texts. */
  public static AddedVocabulary forDecoding(Map<AddedToken, Integer> tokens) {
    AddedVocabulary added = new AddedVocabulary(Map.of(), Normalizer.NONE);
    tokens.forEach(
        (token, id) -> {
          added.ids.put(token.content(), id);
          added.byId.put(id, token);
        });
    return added;
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
            Piece normalized = Piece.open(normalizer.normalize(piece.text()), piece.atStart());
            cut(normalized, inNormalized, pieces::add);
          }
        });
    return pieces;
  }

  private void cut(Piece piece, CharTrie trie, Consumer<Piece> out) {
    String text = piece.text();
    int done = 0;
    for (int at = 0; at < text.length(); ) {
      CharTrie.Match match = trie.longestMatch(text, at);
      AddedToken token = byId.get(match.value());
      if (token == null || (token.singleWord() && !standsAlone(text, at, match.end()))) {
        at = Math.max(at + 1, match.end());
        continue;
      }
      int start = token.leftStrip() ? spaceBefore(text, at, done) : at;
      if (start > done) {
        out.accept(piece.part(done, start));
      }
      out.accept(new Piece(token.content(), piece.atStart() && start == 0, match.value()));
      at = match.end();
      done = token.rightStrip() ? spaceBehind(text, Math.max(at, done)) : at;
    }
    if (done < text.length()) {
      out.accept(piece.part(done, text.length()));
    }
  }

  private static boolean standsAlone(String text, int start, int end) {
    return (start == 0 || !Characters.isJoinedWord(text.codePointBefore(start)))
        && (end == text.length() || !Characters.isJoinedWord(text.codePointAt(end)));
  }

  private static int spaceBefore(String text, int at, int least) {
    int start = at;
    while (start > least && Characters.isWhiteSpace(text.charAt(start - 1))) {
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
