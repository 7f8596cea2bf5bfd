package dev.fovea.core.checkpoint;

import java.util.ArrayList;
import java.util.List;
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
  private final List<Renaming> ties;
  private final List<Pattern> leftovers;
  private final List<String> prefixes;

  private record Rule(Renaming renaming, Source.Form form) {}

  private Layout(
      List<Rule> rules, List<Renaming> ties, List<Pattern> leftovers, List<String> prefixes) {
    this.rules = List.copyOf(rules);
    this.ties = List.copyOf(ties);
    this.leftovers = List.copyOf(leftovers);
    this.prefixes = List.copyOf(prefixes);
  }

  /** The layout in which canonical names are the stored names. */
  public static Layout canonical() {
    return new Layout(List.of(), List.of(), List.of(), List.of(""));
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

  /**
   * Adds: two stored tensors are one parameter, as an output layer that repeats the embedding. A
   * file may hold either or both; if both, they must be equal, and both are saved.
   */
  public Layout tie(String stored, String repeated) {
    return new Layout(
        rules,
        appended(appended(ties, Renaming.of(stored, repeated)), Renaming.of(repeated, stored)),
        leftovers,
        prefixes);
  }

  /** Adds: a stored tensor that the model knows and does not need, such as a position buffer. */
  public Layout leftover(String stored) {
    return new Layout(rules, ties, appended(leftovers, Renaming.pattern(stored)), prefixes);
  }

  /**
   * Adds: this may stand before any stored name, as {@code bert.} does in a file that holds a head
   * too. Rules, ties and leftovers are written without it.
   */
  public Layout optionalPrefix(String prefix) {
    return new Layout(rules, ties, leftovers, appended(prefixes, prefix));
  }

  /** The rules of this layout, then those of another. */
  public Layout and(Layout other) {
    return new Layout(
        joined(rules, other.rules),
        joined(ties, other.ties),
        joined(leftovers, other.leftovers),
        joined(prefixes, other.prefixes).stream().distinct().toList());
  }

  /** Where a parameter may lie, in order of preference. */
  List<Source> sources(String canonical) {
    List<Source> plain = new ArrayList<>();
    for (Rule rule : rules) {
      rule.renaming().apply(canonical).ifPresent(name -> plain.add(new Source(name, rule.form())));
    }
    plain.add(new Source(canonical, new Source.Form.Whole()));
    return prefixes.stream()
        .flatMap(prefix -> plain.stream().map(s -> new Source(prefix + s.tensorName(), s.form())))
        .flatMap(
            source ->
                Stream.concat(
                    Stream.of(source),
                    tied(source.tensorName()).stream().map(n -> new Source(n, source.form()))))
        .toList();
  }

  /** The other names that a stored tensor may have in the same file. */
  List<String> tied(String stored) {
    return withoutPrefix(stored)
        .flatMap(
            split ->
                ties.stream()
                    .flatMap(tie -> tie.apply(split.name()).stream())
                    .map(name -> split.prefix() + name))
        .toList();
  }

  boolean isLeftover(String stored) {
    return withoutPrefix(stored)
        .anyMatch(split -> leftovers.stream().anyMatch(p -> p.matcher(split.name()).matches()));
  }

  private record Split(String prefix, String name) {}

  private Stream<Split> withoutPrefix(String stored) {
    return prefixes.stream()
        .filter(stored::startsWith)
        .map(prefix -> new Split(prefix, stored.substring(prefix.length())));
  }

  private Layout with(String canonical, String stored, Source.Form form) {
    return new Layout(
        appended(rules, new Rule(Renaming.of(canonical, stored), form)), ties, leftovers, prefixes);
  }

  private static <T> List<T> appended(List<T> list, T item) {
    return joined(list, List.of(item));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }
}
