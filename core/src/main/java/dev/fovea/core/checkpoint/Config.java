package dev.fovea.core.checkpoint;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.Activation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One object of a configuration file. Every getter checks the type and the range of what it reads
 * and names file and field when they are wrong; an absent or null field takes the default.
 */
public final class Config {
  /** No size in a model's configuration is larger; it also keeps products within a long. */
  private static final int LARGEST = 1 << 24;

  /** How much of a wrong value an error shows. */
  private static final int SHOWN = 20;

  private static final int LONGEST = 60;

  private final JsonNode node;
  private final String source;
  private final String path;

  private Config(JsonNode node, String source, String path) {
    this.node = node;
    this.source = source;
    this.path = path;
  }

  /**
   * The root object of a file.
   *
   * @param source what to call the file in an error
   */
  public static Config of(JsonNode root, String source) {
    if (!root.isObject()) {
      throw new BadInputException(source + ": expected a JSON object");
    }
    return new Config(root, source, "");
  }

  /** What to call the file in an error. */
  public String source() {
    return source;
  }

  public boolean has(String field) {
    return node.hasNonNull(field);
  }

  /** A nested object; an absent one reads as empty, so that every field takes its default. */
  public Config object(String field) {
    JsonNode child = node.path(field);
    if (child.isMissingNode() || child.isNull()) {
      return new Config(Json.mapper().createObjectNode(), source, name(field) + ".");
    }
    if (!child.isObject()) {
      throw wrong(field, "an object");
    }
    return new Config(child, source, name(field) + ".");
  }

  /** A size: a whole number from 1 on. */
  public int size(String field, int defaultValue) {
    return integer(field, defaultValue, 1, LARGEST);
  }

  /** A size without a default. */
  public int size(String field) {
    require(field);
    return size(field, 1);
  }

  /** A whole number within a range. */
  public int integer(String field, int defaultValue, int least, int most) {
    if (!has(field)) {
      return defaultValue;
    }
    double value = number(node.get(field));
    if (!(value >= least && value <= most) || value != Math.rint(value)) {
      throw wrong(field, "a whole number from %d to %d".formatted(least, most));
    }
    return (int) value;
  }

  /** A finite number. */
  public double number(String field, double defaultValue) {
    if (!has(field)) {
      return defaultValue;
    }
    double value = number(node.get(field));
    if (!Double.isFinite(value)) {
      throw wrong(field, "a number");
    }
    return value;
  }

  /** The value, NaN where it is no number; numbers beyond the range of a double are infinite. */
  private static double number(JsonNode value) {
    return value.isNumber() ? Double.parseDouble(value.asString()) : Double.NaN;
  }

  public boolean flag(String field, boolean defaultValue) {
    if (!has(field)) {
      return defaultValue;
    }
    if (!node.get(field).isBoolean()) {
      throw wrong(field, "true or false");
    }
    return node.get(field).booleanValue();
  }

  public String text(String field, String defaultValue) {
    return optionalText(field).orElse(defaultValue);
  }

  public Optional<String> optionalText(String field) {
    if (!has(field)) {
      return Optional.empty();
    }
    if (!node.get(field).isString()) {
      throw wrong(field, "a string");
    }
    return Optional.of(node.get(field).stringValue());
  }

  /** An activation function by its name in transformers. */
  public Activation activation(String field, String defaultName) {
    return Activation.byConfigName(text(field, defaultName), source + ": " + name(field));
  }

  /** A list of sizes. */
  public List<Integer> sizes(String field, List<Integer> defaultValue) {
    if (!has(field)) {
      return defaultValue;
    }
    JsonNode value = node.get(field);
    List<Integer> sizes = new ArrayList<>();
    for (JsonNode element : value) {
      double size = number(element);
      if (!(size >= 1 && size <= LARGEST) || size != Math.rint(size)) {
        throw wrong(field, "a list of whole numbers from 1 to " + LARGEST);
      }
      sizes.add((int) size);
    }
    if (!value.isArray() || sizes.isEmpty()) {
      throw wrong(field, "a list of whole numbers");
    }
    return List.copyOf(sizes);
  }

  /** A nested object, or empty where the field is absent or null. */
  public Optional<Config> optionalObject(String field) {
    return has(field) ? Optional.of(object(field)) : Optional.empty();
  }

  /** A list of objects; an absent one is empty. */
  public List<Config> objects(String field) {
    if (!has(field)) {
      return List.of();
    }
    JsonNode value = node.get(field);
    if (!value.isArray()) {
      throw wrong(field, "a list of objects");
    }
    List<Config> objects = new ArrayList<>();
    for (JsonNode element : value) {
      String name = "%s[%d]".formatted(name(field), objects.size());
      if (!element.isObject()) {
        throw new BadInputException("%s: %s is not an object".formatted(source, name));
      }
      objects.add(new Config(element, source, name + "."));
    }
    return List.copyOf(objects);
  }

  /** A string without a default. */
  public String text(String field) {
    require(field);
    return text(field, "");
  }

  /** The raw value, for fields with a shape of their own. */
  public JsonNode node(String field) {
    return node.path(field);
  }

  /**
   * An error about a field.
   *
   * @param expected what should stand there
   */
  public BadInputException wrong(String field, String expected) {
    return new BadInputException(
        "%s: %s is %s, expected %s"
            .formatted(source, name(field), describe(node.path(field)), expected));
  }

  private static String describe(JsonNode value) {
    if (value.isMissingNode()) {
      return "nothing";
    }
    if (value.size() > SHOWN) {
      return (value.isArray() ? "a list of " : "an object of ") + value.size();
    }
    String text = value.toString();
    return Quoted.escaped(text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text);
  }

  /** Checks a relation between fields. */
  public void check(boolean holds, String message) {
    if (!holds) {
      throw new BadInputException(
          "%s: %s%s"
              .formatted(
                  source,
                  path.isEmpty() ? "" : path.substring(0, path.length() - 1) + ": ",
                  message));
    }
  }

  private void require(String field) {
    if (!has(field)) {
      throw new BadInputException("%s: %s is missing".formatted(source, name(field)));
    }
  }

  private String name(String field) {
    return Quoted.escaped(path + field);
  }
}
