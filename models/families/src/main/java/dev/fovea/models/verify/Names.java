package dev.fovea.models.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which recorded names belong to which tapped paths. */
public final class Names {
  private final Map<String, List<String>> names = new LinkedHashMap<>();

  private record Numbered(String prefix, String suffix, String recorded, int plus) {}

  private final List<Numbered> numbered = new ArrayList<>();

  /** Adds one pair; a path may have several recorded names. */
  public Names add(String path, String recordedName) {
    names.computeIfAbsent(path, key -> new ArrayList<>()).add(recordedName);
    return this;
  }

  /**
   * Adds a pair for every number: path {@code prefix + i + suffix} is recorded as {@code recorded +
   * (i + plus)}.
   */
  public Names addLayers(String prefix, String suffix, String recorded, int plus) {
    numbered.add(new Numbered(prefix, suffix, recorded, plus));
    return this;
  }

  /** The recorded names of a path. */
  List<String> of(String path) {
    List<String> found = new ArrayList<>(names.getOrDefault(path, List.of()));
    for (Numbered n : numbered) {
      if (path.startsWith(n.prefix)
          && path.endsWith(n.suffix)
          && path.length() > n.prefix.length() + n.suffix.length()) {
        String number = path.substring(n.prefix.length(), path.length() - n.suffix.length());
        if (number.chars().allMatch(Character::isDigit)) {
          found.add(n.recorded + (Integer.parseInt(number) + n.plus));
        }
      }
    }
    return found;
  }
}
