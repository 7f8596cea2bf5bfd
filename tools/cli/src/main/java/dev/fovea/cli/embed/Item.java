package dev.fovea.cli.embed;

import dev.fovea.core.json.Json;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an embedding is of.
 *
 * @param kind {@code image} or {@code text}: the key under which JSON shows the name
 * @param name the picture's name, or the text
 */
public record Item(String kind, String name) {
  public static final String IMAGE = "image";
  public static final String TEXT = "text";

  public static Item image(String name) {
    return new Item(IMAGE, name);
  }

  public static Item text(String text) {
    return new Item(TEXT, text);
  }

  public boolean isImage() {
    return kind.equals(IMAGE);
  }

  ObjectNode toJson() {
    return Json.mapper().createObjectNode().put(kind, name);
  }

  /** One line of JSON with the embedding. */
  public String line(float[] embedding) {
    ObjectNode line = toJson();
    var values = line.putArray("embedding");
    for (float value : embedding) {
      values.add(value);
    }
    return line.toString();
  }

  /** One line of JSON with the reason why there is no embedding. */
  public String line(String problem) {
    return toJson().put("error", problem).toString();
  }
}
