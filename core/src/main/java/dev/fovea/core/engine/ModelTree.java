package dev.fovea.core.engine;

import dev.fovea.core.tensor.Parameter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Walks a model, which is a tree of records. Record components are the names of paths, elements of
 * lists are numbered; this one walk serves counting, saving, tapping and inspection.
 */
public final class ModelTree {
  /** What a walk meets. */
  public interface Visitor {
    /** A record: a model, a block or a layer. */
    default void layer(String path, Record layer) {}

    /** A parameter; a tied one is met once for every place. */
    default void parameter(String path, Parameter parameter) {}
  }

  private ModelTree() {}

  /** Visits all records and parameters below a root, outermost first, in declaration order. */
  public static void walk(Record root, Visitor visitor) {
    walk("", root, visitor);
  }

  /** All parameters by path; a tied one appears under each of its paths. */
  public static Map<String, Parameter> parameters(Record root) {
    Map<String, Parameter> found = new LinkedHashMap<>();
    walk(
        root,
        new Visitor() {
          @Override
          public void parameter(String path, Parameter parameter) {
            found.put(path, parameter);
          }
        });
    return Collections.unmodifiableMap(found);
  }

  /** The number of distinct learned values: tied parameters count once. */
  public static long parameterCount(Record root) {
    return parameters(root).values().stream()
        .distinct()
        .mapToLong(p -> p.shape().elementCount())
        .sum();
  }

  /** The path of every record, by identity. */
  static IdentityHashMap<Record, String> paths(Record root) {
    IdentityHashMap<Record, String> paths = new IdentityHashMap<>();
    walk(
        root,
        new Visitor() {
          @Override
          public void layer(String path, Record layer) {
            paths.putIfAbsent(layer, path);
          }
        });
    return paths;
  }

  private static void walk(String path, Object node, Visitor visitor) {
    switch (node) {
      case Parameter parameter -> visitor.parameter(path, parameter);
      case Optional<?> optional -> optional.ifPresent(value -> walk(path, value, visitor));
      case List<?> list -> {
        for (int i = 0; i < list.size(); i++) {
          walk(join(path, Integer.toString(i)), list.get(i), visitor);
        }
      }
      case Record layer -> {
        visitor.layer(path, layer);
        for (RecordComponent component : layer.getClass().getRecordComponents()) {
          walk(join(path, component.getName()), value(layer, component), visitor);
        }
      }
      default -> {}
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static Object value(Record layer, RecordComponent component) {
    try {
      return component.getAccessor().invoke(layer);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(
          "%s.%s cannot be read; layers are public records of exported packages"
              .formatted(layer.getClass().getName(), component.getName()),
          e);
    }
  }
}
