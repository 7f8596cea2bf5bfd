package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Reads the {@code model} of a tokenizer.json. */
public final class TokenModelReader {
  private TokenModelReader() {}

  public static TokenModel read(Config component) {
    String type = component.optionalText("type").orElseGet(() -> typeByFields(component));
    return switch (type) {
      case "BPE" -> bpe(component);
      case "WordPiece" ->
          new WordPiece(
              vocabulary(component),
              component.text("unk_token", "[UNK]"),
              Components.affix(component, "continuing_subword_prefix", "##"),
              component.integer("max_input_chars_per_word", 100, 0, 1 << 24));
      case "WordLevel" ->
          new WordLevel(vocabulary(component), component.text("unk_token", "<unk>"));
      case "Unigram" -> unigram(component);
      default -> throw Components.unknown("a model", component);
    };
  }

  /** Old files do not name the type. */
  private static String typeByFields(Config component) {
    if (component.has("merges")) {
      return "BPE";
    }
    if (component.has("unk_id")) {
      return "Unigram";
    }
    return component.has("continuing_subword_prefix") ? "WordPiece" : component.text("type");
  }

  private static Unigram unigram(Config component) {
    JsonNode entries = component.node("vocab");
    if (!entries.isArray()) {
      throw component.wrong("vocab", "a list of tokens with their scores");
    }
    Map<String, Integer> ids = HashMap.newHashMap(entries.size());
    double[] scores = new double[entries.size()];
    for (int id = 0; id < scores.length; id++) {
      JsonNode entry = entries.get(id);
      if (entry.size() != 2
          || !entry.path(0).isString()
          || !entry.path(1).isNumber()
          || !Double.isFinite(entry.path(1).doubleValue())) {
        throw new BadInputException(
            "%s: model.vocab: entry %d is not a token with its score"
                .formatted(component.source(), id));
      }
      scores[id] = entry.get(1).doubleValue();
      if (ids.putIfAbsent(entry.get(0).stringValue(), id) != null) {
        throw new BadInputException(
            "%s: model.vocab: token '%s' is there twice"
                .formatted(component.source(), entry.get(0).stringValue()));
      }
    }
    OptionalInt unknown =
        component.has("unk_id")
            ? OptionalInt.of(component.integer("unk_id", 0, 0, scores.length - 1))
            : OptionalInt.empty();
    return new Unigram(
        new Vocabulary(ids, component.source() + ": model.vocab"),
        scores,
        unknown,
        component.flag("byte_fallback", false));
  }

  private static Bpe bpe(Config component) {
    if (component.number("dropout", 0) != 0) {
      throw component.wrong("dropout", "0 or null, because dropout makes results random");
    }
    Vocabulary vocabulary = vocabulary(component);
    String prefix = Components.affix(component, "continuing_subword_prefix", "");
    Merges merges =
        new Merges(
            merges(component), vocabulary, prefix.length(), component.source() + ": model.merges");
    return new Bpe(
        vocabulary,
        merges,
        new Bpe.Options(
            component.optionalText("unk_token"),
            prefix,
            Components.affix(component, "end_of_word_suffix", ""),
            component.flag("fuse_unk", false),
            component.flag("byte_fallback", false),
            component.flag("ignore_merges", false)));
  }

  private static Vocabulary vocabulary(Config component) {
    return vocabulary(component.node("vocab"), component.source() + ": model.vocab");
  }

  /** A vocabulary written as an object of tokens and ids. */
  public static Vocabulary vocabulary(JsonNode tokens, String source) {
    if (!tokens.isObject()) {
      throw new BadInputException(source + ": expected an object of tokens and their ids");
    }
    Map<String, Integer> ids = HashMap.newHashMap(tokens.size());
    for (Map.Entry<String, JsonNode> entry : tokens.properties()) {
      JsonNode id = entry.getValue();
      if (!id.isIntegralNumber()) {
        throw new BadInputException(
            "%s: token '%s' has id %s, expected a whole number"
                .formatted(source, entry.getKey(), id));
      }
      long value = id.canConvertToLong() ? id.longValue() : -1;
      Vocabulary.checkId(entry.getKey(), value, source);
      ids.put(entry.getKey(), (int) value);
    }
    return new Vocabulary(ids, source);
  }

  private static List<Merges.Pair> merges(Config component) {
    JsonNode merges = component.node("merges");
    if (!merges.isArray()) {
      throw component.wrong("merges", "a list of pairs");
    }
    List<Merges.Pair> pairs = new ArrayList<>(merges.size());
    for (JsonNode merge : merges) {
      if (merge.isString()) {
        pairs.add(Merges.Pair.parse(merge.stringValue(), component.source() + ": model.merges"));
      } else if (merge.size() == 2 && merge.path(0).isString() && merge.path(1).isString()) {
        pairs.add(new Merges.Pair(merge.get(0).stringValue(), merge.get(1).stringValue()));
      } else {
        throw new BadInputException(
            "%s: model.merges: merge %d is not a pair of tokens"
                .formatted(component.source(), pairs.size()));
      }
    }
    return pairs;
  }
}
