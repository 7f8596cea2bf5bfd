package dev.fovea.core.tokenizer;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tokenizer.pipeline.AddedToken;
import dev.fovea.core.tokenizer.pipeline.Vocabulary;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Brings the added tokens of tokenizer.json together with those of the configuration, which wins
 * where both describe a token.
 */
final class AddedTokens {
  private final Vocabulary vocabulary;
  private final String source;
  private final Map<String, AddedToken> tokens = new LinkedHashMap<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> owners = new HashMap<>();

  private AddedTokens(Vocabulary vocabulary, String source) {
    this.vocabulary = vocabulary;
    this.source = source;
  }

  static Map<AddedToken, Integer> merge(Draft draft, SideFiles side) {
    AddedTokens merged = new AddedTokens(draft.model().vocabulary(), draft.source());
    draft.added().forEach(declared -> merged.add(declared.token(), declared.id()));
    side.added().forEach(declared -> merged.add(declared.token(), declared.id()));
    side.roles().forEach((role, token) -> merged.addIfNew(token, side.config().has(role)));
    side.additional().forEach(token -> merged.addIfNew(token, true));
    Map<AddedToken, Integer> result = new LinkedHashMap<>();
    merged.tokens.forEach((content, token) -> result.put(token, merged.ids.get(content)));
    return result;
  }

  private void addIfNew(AddedToken token, boolean evenIfUnknown) {
    if (!tokens.containsKey(token.content())
        && (evenIfUnknown || vocabulary.id(token.content()).isPresent())) {
      int next = 1 + owners.keySet().stream().reduce(vocabulary.highestId(), Integer::max);
      add(token, next);
    }
  }

  /** The id of the vocabulary goes before the declared one. */
  private void add(AddedToken token, int declaredId) {
    String content = token.content();
    if (content.isEmpty()) {
      return;
    }
    OptionalInt known = vocabulary.id(content);
    int id = known.orElse(ids.getOrDefault(content, declaredId));
    String owner = owners.getOrDefault(id, vocabulary.token(id).orElse(content));
    if (!owner.equals(content)) {
      throw new BadInputException(
          "%s: added token '%s' has id %d, which is the id of '%s'"
              .formatted(source, content, id, owner));
    }
    tokens.put(content, token);
    ids.put(content, id);
    owners.put(id, content);
  }
}
