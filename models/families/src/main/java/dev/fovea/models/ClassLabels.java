package dev.fovea.models;

import dev.fovea.core.checkpoint.Config;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The classes of a classifier, from config.json. */
public final class ClassLabels {
  private ClassLabels() {}

  /**
   * The labels by class index: {@code id2label}, or {@code LABEL_0} and so on where only their
   * number is known, which is 2 by default, as in transformers.
   *
   * @throws dev.fovea.core.BadInputException if the ids do not run from 0 without gaps
   */
  public static List<String> read(Config config) {
    JsonNode labels = config.node("id2label");
    if (labels.isMissingNode() || labels.isNull()) {
      List<String> names = new ArrayList<>();
      int count = config.size("num_labels", 2);
      for (int i = 0; i < count; i++) {
        names.add("LABEL_" + i);
      }
      return List.copyOf(names);
    }
    if (!labels.isObject() || labels.isEmpty()) {
      throw config.wrong("id2label", "an object with a label for each of 0, 1, 2, ...");
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < labels.size(); i++) {
      JsonNode label = labels.path(Integer.toString(i));
      config.check(
          label.isString(),
          "id2label has %d entries, but no label for class %d".formatted(labels.size(), i));
      names.add(label.stringValue());
    }
    return List.copyOf(names);
  }

  /** Whether {@code architectures} names a classifier of pictures. */
  public static boolean areAskedFor(Config config) {
    for (JsonNode architecture : config.node("architectures")) {
      if (architecture.asString("").endsWith("ForImageClassification")) {
        return true;
      }
    }
    return false;
  }
}
