package dev.fovea.core.hostile;

import dev.fovea.core.weights.WeightFiles;
import java.util.ArrayList;
import java.util.List;

/** Attacks on the index of a checkpoint in several files. */
final class IndexAttacks {
  private static final String INDEX = "model.safetensors.index.json";
  private static final String FIRST = "model-00001-of-00002.safetensors";
  private static final String SECOND = "model-00002-of-00002.safetensors";

  private final List<Attack> attacks = new ArrayList<>();

  private IndexAttacks() {}

  static List<Attack> all() {
    IndexAttacks all = new IndexAttacks();
    all.document();
    all.shardNames();
    all.contradictions();
    return all.attacks;
  }

  private void document() {
    add("ix-empty", "an empty index", "", "an index must be a JSON object");
    add("ix-list", "a list as index", "[]", "an index must be a JSON object");
    add("ix-no-map", "no weight_map", "{\"metadata\":{}}", "weight_map is missing");
    add("ix-map-empty", "an empty weight_map", "{\"weight_map\":{}}", "weight_map is empty");
    add("ix-map-list", "a list as weight_map", "{\"weight_map\":[]}", "must be an object");
    add("ix-map-number", "a number as shard", "{\"weight_map\":{\"a\":1}}", "a file name");
    add("ix-map-nested", "a list as shard", "{\"weight_map\":{\"a\":[\"x\"]}}", "a file name");
    add("ix-cut", "an index that was cut off", "{\"weight_map\":{\"a\":\"mod", "not valid JSON");
    add("ix-text-after", "text after the index", map("a", FIRST) + "x", "not valid JSON");
    add("ix-two-documents", "two documents", map("a", FIRST) + "{}", "text after the end");
    add(
        "ix-name-twice",
        "one tensor in two shards",
        "{\"weight_map\":{\"a\":\"" + FIRST + "\",\"a\":\"" + SECOND + "\"}}",
        "Duplicate");
    add(
        "ix-map-twice",
        "two weight_maps",
        "{\"weight_map\":{\"a\":\"" + FIRST + "\"},\"weight_map\":{}}",
        "Duplicate");
    add(
        "ix-deep",
        "an index nested 100,000 deep",
        "{\"metadata\":" + "[".repeat(100_000),
        "not valid JSON");
  }

  private void shardNames() {
    shard("ix-parent", "a shard outside the folder", "../model.safetensors");
    shard("ix-absolute", "a shard anywhere on the disk", "/etc/passwd");
    shard("ix-subfolder", "a shard in another folder", "sub/model.safetensors");
    shard("ix-backslash", "a shard outside, written as Windows does", "..\\\\model.safetensors");
    shard("ix-drive", "a shard on another drive", "c:model.safetensors");
    shard("ix-dots", "the folder itself as shard", "..");
    shard("ix-blank", "a shard without a name", " ");
    shard("ix-zero-byte", "a shard name that ends early", "model.safetensors\\u0000.txt");
    add("ix-missing", "a shard that is not there", map("a", "gone.safetensors"), "is missing");
    attacks.add(
        index(
            "ix-itself", "the index as its own shard", map("a", INDEX), "not a safetensors file"));
  }

  private void contradictions() {
    attacks.add(
        index(
                "ix-wrong-shard",
                "a tensor that is in another shard",
                map("a", FIRST, "b", FIRST),
                "tensor 'b' is not in its shard")
            .with(FIRST, one("a"))
            .with(SECOND, one("b")));
    attacks.add(
        index(
                "ix-swapped",
                "two tensors whose shards are exchanged",
                map("a", SECOND, "b", FIRST),
                "is in shard '" + SECOND + "'")
            .with(FIRST, one("a"))
            .with(SECOND, one("b")));
    attacks.add(
        index(
                "ix-in-both",
                "a tensor that both shards hold",
                map("a", FIRST, "b", SECOND),
                "tensor 'a' is in shard '" + SECOND + "'")
            .with(FIRST, one("a"))
            .with(SECOND, two("a", "b")));
    attacks.add(
        index(
                "ix-not-listed",
                "a tensor that the index does not list",
                map("a", FIRST),
                "tensor 'b' of shard",
                "is not in the weight_map")
            .with(FIRST, two("a", "b")));
    Attack bad =
        index("ix-bad-shard", "a shard that is damaged", map("a", FIRST), FIRST, "truncated");
    attacks.add(
        new Attack(bad.name(), bad.what(), bad.files(), FIRST, opening(INDEX), bad.message())
            .with(FIRST, new ByteBuilder().u64(1000).text("{").build()));
  }

  private static Attack.Reader opening(String name) {
    return (files, ignored, arena) -> WeightFiles.open(files, name, arena);
  }

  private static byte[] one(String name) {
    return SafeTensorsAttacks.file(
        "{\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}".formatted(name), 1);
  }

  private static byte[] two(String first, String second) {
    return SafeTensorsAttacks.file(
        "{\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"%s\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]}}"
            .formatted(first, second),
        2);
  }

  private static String map(String... namesAndShards) {
    StringBuilder json = new StringBuilder("{\"weight_map\":{");
    for (int i = 0; i < namesAndShards.length; i += 2) {
      json.append(i == 0 ? "" : ",")
          .append("\"%s\":\"%s\"".formatted(namesAndShards[i], namesAndShards[i + 1]));
    }
    return json.append("}}").toString();
  }

  private void shard(String name, String what, String shard) {
    add(name, what, map("a", shard), "is not a plain file name");
  }

  private void add(String name, String what, String json, String... message) {
    attacks.add(index(name, what, json, message).with(FIRST, one("a")).with(SECOND, one("b")));
  }

  private static Attack index(String name, String what, String json, String... message) {
    return Attack.of(name, what, INDEX, Attack.utf8(json), WeightFiles::open, message);
  }
}
