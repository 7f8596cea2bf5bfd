package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The index of a checkpoint in several files: which shard holds which tensor.
 *
 * @param describe what to call the index in errors
 * @param weightMap shard by tensor name
 */
record ShardIndex(ModelFiles files, String describe, Map<String, String> weightMap) {
  /** Reads an index and checks that its shards are files of the same folder. */
  static ShardIndex read(ModelFiles files, String indexFile) {
    String describe = files.describe(indexFile);
    byte[] json = readBounded(files, indexFile, describe);
    Map<String, String> weightMap = new LinkedHashMap<>();
    boolean found = false;
    try (JsonParser parser = Json.parser(json, describe)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadInputException(describe + ": an index must be a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String key = parser.currentName();
        JsonToken value = parser.nextToken();
        if (key.equals("weight_map")) {
          found = true;
          readWeightMap(parser, value, describe, weightMap);
        } else {
          parser.skipChildren();
        }
      }
      if (parser.nextToken() != null) {
        throw new BadInputException(describe + ": there is text after the end of its JSON");
      }
    } catch (JacksonException e) {
      throw Json.invalid(describe, e);
    }
    if (!found) {
      throw new BadInputException(
          describe + ": weight_map is missing; an index maps each tensor name to its shard");
    }
    if (weightMap.isEmpty()) {
      throw new BadInputException(describe + ": weight_map is empty");
    }
    for (String shard : new LinkedHashSet<>(weightMap.values())) {
      checkShard(files, describe, shard);
    }
    return new ShardIndex(files, describe, weightMap);
  }

  /** Reads every shard once and puts the tensors together in the order of the index. */
  WeightFiles load(Function<String, WeightFiles> reader) {
    Set<String> shards = new LinkedHashSet<>(weightMap.values());
    Map<String, StoredTensor> found = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (String shard : shards) {
      WeightFiles weights = reader.apply(shard);
      weights.metadata().forEach(metadata::putIfAbsent);
      for (StoredTensor tensor : weights.tensors().values()) {
        String listed = weightMap.get(tensor.name());
        if (listed == null) {
          throw new BadInputException(
              "%s: tensor %s of shard %s is not in the weight_map; index and shards are of"
                      .formatted(describe, Quoted.of(tensor.name()), Quoted.of(shard))
                  + " different checkpoints");
        }
        if (!listed.equals(shard)) {
          throw new BadInputException(
              "%s: tensor %s is in shard %s, the weight_map says %s"
                  .formatted(
                      describe, Quoted.of(tensor.name()), Quoted.of(shard), Quoted.of(listed)));
        }
        found.put(tensor.name(), tensor);
      }
    }
    Map<String, StoredTensor> ordered = new LinkedHashMap<>();
    weightMap.forEach(
        (name, shard) -> {
          StoredTensor tensor = found.get(name);
          if (tensor == null) {
            throw new BadInputException(
                "%s: tensor %s is not in its shard %s; index and shards are of different"
                        .formatted(describe, Quoted.of(name), Quoted.of(shard))
                    + " checkpoints");
          }
          ordered.put(name, tensor);
        });
    return new LoadedWeights(ordered, metadata, List.copyOf(shards));
  }

  private static byte[] readBounded(ModelFiles files, String indexFile, String describe) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment content = files.map(indexFile, arena);
      if (content.byteSize() > SafeTensors.MAX_HEADER) {
        throw new BadInputException(
            "%s: %d bytes is more than an index may have (%d)"
                .formatted(describe, content.byteSize(), SafeTensors.MAX_HEADER));
      }
      return content.toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static void readWeightMap(
      JsonParser parser, JsonToken first, String describe, Map<String, String> weightMap) {
    if (first != JsonToken.START_OBJECT) {
      throw new BadInputException(
          "%s: weight_map must be an object, found %s"
              .formatted(describe, JsonTokens.describe(first)));
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value != JsonToken.VALUE_STRING) {
        throw new BadInputException(
            "%s: weight_map: tensor %s must map to a file name, found %s"
                .formatted(describe, Quoted.of(name), JsonTokens.describe(value)));
      }
      weightMap.put(name, parser.getString());
    }
  }

  private static void checkShard(ModelFiles files, String describe, String shard) {
    boolean plain =
        !shard.isBlank()
            && !shard.equals(".")
            && !shard.equals("..")
            && shard.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ');
    if (!plain) {
      throw new BadInputException(
          "%s: shard %s is not a plain file name; shards lie in the index's own folder"
              .formatted(describe, Quoted.of(shard)));
    }
    if (!files.contains(shard)) {
      throw new BadInputException(
          "%s: shard %s is missing; download it into the same folder"
              .formatted(describe, Quoted.of(shard)));
    }
  }
}
