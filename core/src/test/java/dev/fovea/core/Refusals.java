package dev.fovea.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Objects;

/** Checks how bad input is refused: by one exception, with one line that a person can act on. */
public final class Refusals {
  private static final int LONGEST = 1500;

  private Refusals() {}

  /** Runs an action that must be refused and returns the message. */
  public static String refused(Runnable action) {
    BadInputException e = assertThrowsExactly(BadInputException.class, action::run);
    String message = Objects.requireNonNull(e.getMessage());
    assertEquals(1, message.lines().count(), message);
    assertTrue(
        message.chars().noneMatch(Character::isISOControl) && message.length() <= LONGEST, message);
    return message;
  }

  /** Runs an action that must be refused with a message that contains all these parts. */
  public static void assertRefused(Runnable action, String... parts) {
    String message = refused(action);
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "'%s' is not in: %s".formatted(part, message));
    }
  }
}
