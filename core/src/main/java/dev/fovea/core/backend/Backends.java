package dev.fovea.core.backend;

import dev.fovea.core.BadInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The backends on the class path or module path. */
public final class Backends {
  /** The name that stands for the best usable backend. */
  public static final String AUTO = "auto";

  /**
   * One backend that was looked at.
   *
   * @param unavailableBecause why it cannot be used, or empty
   */
  public record Candidate(
      String name, int preference, Optional<String> unavailableBecause, Opener opener) {
    public boolean usable() {
      return unavailableBecause.isEmpty();
    }
  }

  /** Opens a backend. */
  @FunctionalInterface
  public interface Opener {
    Backend open(BackendOptions options);
  }

  private Backends() {}

  /** All backends, best first; one that fails to load is listed with its reason. */
  public static List<Candidate> candidates() {
    List<Candidate> found = new ArrayList<>();
    Iterator<BackendProvider> providers = ServiceLoader.load(BackendProvider.class).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        BackendProvider provider = providers.next();
        found.add(
            new Candidate(
                provider.name(),
                provider.preference(),
                provider.unavailableBecause(),
                provider::open));
      } catch (LinkageError | ServiceConfigurationError e) {
        found.add(new Candidate("unknown", -1, Optional.of(reason(e)), options -> refuse(e)));
      }
    }
    found.sort(Comparator.comparingInt(Candidate::preference).reversed());
    return List.copyOf(found);
  }

  /**
   * Opens a backend.
   *
   * @param name its name, or {@link #AUTO}
   * @throws BadInputException if there is none of that name, or it cannot run here
   */
  public static Backend open(String name, BackendOptions options) {
    List<Candidate> candidates = candidates();
    Optional<Candidate> chosen =
        candidates.stream()
            .filter(c -> name.equals(AUTO) ? c.usable() : c.name().equals(name))
            .findFirst();
    if (chosen.isEmpty()) {
      throw new BadInputException(
          "no backend '%s'; there are: %s"
              .formatted(
                  name,
                  candidates.isEmpty()
                      ? "none (put fovea-kernels-cpu on the class path)"
                      : candidates.stream()
                          .map(
                              c ->
                                  c.name()
                                      + c.unavailableBecause().map(r -> " (" + r + ")").orElse(""))
                          .collect(Collectors.joining(", "))));
    }
    chosen
        .get()
        .unavailableBecause()
        .ifPresent(
            reason -> {
              throw new BadInputException(
                  "backend '%s' cannot run here: %s".formatted(name, reason));
            });
    return chosen.get().opener().open(options);
  }

  private static String reason(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String text = String.valueOf(cause.getMessage());
    return text.contains("jdk/incubator/vector")
        ? "start Java with --add-modules=jdk.incubator.vector"
        : cause.getClass().getSimpleName() + ": " + text.lines().findFirst().orElse("");
  }

  private static Backend refuse(Throwable e) {
    throw new BadInputException("this backend did not load: " + reason(e), e);
  }
}
