package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fovea.core.BadInputException;
import java.util.Objects;

/** What Fovea says to bad input. */
public final class Refusal {
  private Refusal() {}

  /** The message of the BadInputException that this throws. */
  public static String of(Runnable action) {
    return Objects.requireNonNull(assertThrows(BadInputException.class, action::run).getMessage());
  }
}
