package dev.fovea.core.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A two-way table between the canonical names of a model's parameters and the names, splits and
 * transpositions of an exporter. It serves loading and saving.
 *
 * <p>In patterns {@code *} stands for one part of a dotted name and {@code **} for any rest; the
 * other side repeats them in the same order. The first rule whose tensor is in the file counts; a
 * name that no rule fits stands for itself.
 */
public final class Layout {
  private final List<Rule> rules;
  private final List<Pattern> leftovers;
  private final List<String> prefixes;

  private record Rule(Pattern canonical, String stored, Source.Form form) {
    Optional<Source> source(String name) {
      Matcher matcher = canonical.matcher(name);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      StringBuilder result = new StringBuilder();
      int group = 1;
      for (int i = 0; i < stored.length(); i++) {
        if (stored.charAt(i) == '*') {
          result.append(matcher.group(group++));
          if (i + 1 < stored.length() && stored.charAt(i + 1) == '*') {
            i++;
          }
        } else {
          result.append(stored.charAt(i));
        }
      }
      return Optional.of(new Source(result.toString(), form));
    }
  }

  private Layout(List<Rule> rules, List<Pattern> leftovers, List<String> prefixes) {
    this.rules = List.copyOf(rules);
    this.leftovers = List.copyOf(leftovers);
    this.prefixes = List.copyOf(prefixes);
  }

  /** The layout in which canonical names are the stored names. */
  public static Layout canonical() {
    return new Layout(List.of(), List.of(), List.of(""));
  }

  /** Adds: the parameter is stored under another name. */
  public Layout rename(String canonical, String stored) {
    return with(canonical, stored, new Source.Form.Whole());
  }

  /** Adds: the parameter is stored under another name with rows and columns exchanged. */
  public Layout transpose(String canonical, String stored) {
    return with(canonical, stored, new Source.Form.Transposed());
  }

  /** Adds: these parameters are stored as one, joined along the first dimension in this order. */
  public Layout join(String stored, String... canonicals) {
    Layout joined = this;
    for (int i = 0; i < canonicals.length; i++) {
      joined = joined.with(canonicals[i], stored, new Source.Form.Part(i, canonicals.length));
    }
    return joined;
  }

  /** Adds: a stored tensor that the model knows and does not need, such as a position buffer. */
  public Layout leftover(String stored) {
    List<Pattern> more = new ArrayList<>(leftovers);
    more.add(pattern(stored));
    return new Layout(rules, more, prefixes);
  }

  /**
   * Adds: this may stand before any stored name, as {@code bert.} does in a file that holds a head
   * too. Rules and leftovers are written without it.
   */
  public Layout optionalPrefix(String prefix) {
    List<String> more = new ArrayList<>(prefixes);
    more.add(prefix);
    return new Layout(rules, leftovers, more);
  }

  /** The rules of this layout, then those of another. */
  public Layout and(Layout other) {
    return new Layout(
        Stream.concat(rules.stream(), other.rules.stream()).toList(),
        Stream.concat(leftovers.stream(), other.leftovers.stream()).toList(),
        Stream.concat(prefixes.stream(), other.prefixes.stream()).distinct().toList());
  }

  /** Where a parameter may lie, in order of preference. */
  List<Source> sources(String canonical) {
    List<Source> plain = new ArrayList<>();
    for (Rule rule : rules) {
      rule.source(canonical).ifPresent(plain::add);
    }
    plain.add(new Source(canonical, new Source.Form.Whole()));
    return prefixes.stream()
        .flatMap(prefix -> plain.stream().map(s -> new Source(prefix + s.tensorName(), s.form())))
        .toList();
  }

  boolean isLeftover(String stored) {
    return prefixes.stream()
        .filter(stored::startsWith)
        .map(prefix -> stored.substring(prefix.length()))
        .anyMatch(name -> leftovers.stream().anyMatch(p -> p.matcher(name).matches()));
  }

  private Layout with(String canonical, String stored, Source.Form form) {
    List<Rule> more = new ArrayList<>(rules);
    more.add(new Rule(pattern(canonical), stored, form));
    return new Layout(more, leftovers, prefixes);
  }

  private static Pattern pattern(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      if (glob.startsWith("**", i)) {
        regex.append("(.*)");
        i++;
      } else if (glob.charAt(i) == '*') {
        regex.append("([^.]+)");
      } else {
        regex.append(Pattern.quote(glob.substring(i, i + 1)));
      }
    }
    return Pattern.compile(regex.toString());
  }
}
