package dev.fovea.core.tokenizer.pipeline;

import dev.fovea.core.BadInputException;
import dev.fovea.core.checkpoint.Config;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Reads the {@code model} of a tokenizer.json. */
public final class TokenModelReader {
  private TokenModelReader() {}

  public static TokenModel read(Config component) {
    String type = component.text("type", component.has("merges") ? "BPE" : "");
    return switch (type) {
      case "BPE" -> bpe(component);
      default -> throw Components.unknown("a model", component);
    };
  }

  private static Bpe bpe(Config component) {
    if (component.number("dropout", 0) != 0) {
      throw component.wrong("dropout", "0 or null, because dropout makes results random");
    }
    Vocabulary vocabulary = vocabulary(component);
    String prefix = component.text("continuing_subword_prefix", "");
    Merges merges =
        new Merges(
            merges(component), vocabulary, prefix.length(), component.source() + ": model.merges");
    return new Bpe(
        vocabulary,
        merges,
        new Bpe.Options(
            component.optionalText("unk_token"),
            prefix,
            component.text("end_of_word_suffix", ""),
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
