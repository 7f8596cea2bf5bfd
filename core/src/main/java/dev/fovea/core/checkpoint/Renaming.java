package dev.fovea.core.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of a layout: names that fit a pattern, and what they become.
 *
 * @param target the new name, with {@code *} or {@code **} where a part of the old one goes
 */
record Renaming(Pattern from, String target) {
  private static final Pattern WILDCARD = Pattern.compile("\\*\\*?");

  /**
   * A renaming.
   *
   * @throws IllegalArgumentException if the two sides do not have the same wildcards
   */
  static Renaming of(String from, String to) {
    if (!wildcards(from).equals(wildcards(to))) {
      throw new IllegalArgumentException(
          "'%s' and '%s' do not have the same wildcards in the same order".formatted(from, to));
    }
    return new Renaming(pattern(from), to);
  }

  /** The new name, if the old one fits. */
  Optional<String> apply(String name) {
    Matcher parts = from.matcher(name);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int[] group = {0};
    return Optional.of(
        WILDCARD
            .matcher(target)
            .replaceAll(wildcard -> Matcher.quoteReplacement(parts.group(++group[0]))));
  }

  /** The pattern of names in which {@code *} is one part and {@code **} any rest. */
  static Pattern pattern(String glob) {
    Matcher wildcard = WILDCARD.matcher(glob);
    StringBuilder regex = new StringBuilder();
    int end = 0;
    while (wildcard.find()) {
      regex.append(Pattern.quote(glob.substring(end, wildcard.start())));
      regex.append(wildcard.group().length() == 2 ? "(.*)" : "([^.]+)");
      end = wildcard.end();
    }
    return Pattern.compile(regex.append(Pattern.quote(glob.substring(end))).toString());
  }

  private static String wildcards(String glob) {
    StringBuilder found = new StringBuilder();
    Matcher wildcard = WILDCARD.matcher(glob);
    while (wildcard.find()) {
      found.append(wildcard.group()).append(' ');
    }
    return found.toString();
  }
}
