package dev.fovea.cli.cache;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where Fovea keeps what it can make again. */
public final class CacheFolder {
  private CacheFolder() {}

  /** {@code fovea} below {@code XDG_CACHE_HOME} or {@code ~/.cache}; it need not exist. */
  public static Path of(Map<String, String> environment, Path home) {
    return Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
        .filter(value -> !value.isBlank())
        .map(Path::of)
        .orElse(home.resolve(".cache"))
        .resolve("fovea");
  }
}
