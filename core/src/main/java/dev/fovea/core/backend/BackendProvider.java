package dev.fovea.core.backend;

import java.util.Optional;

/** Found by ServiceLoader: says whether a backend can run here, and opens it. */
public interface BackendProvider {
  /** The backend's name on the command line. */
  String name();

  /** Automatic choice takes the usable provider with the highest preference. */
  int preference();

  /** Why it cannot run here (a missing flag, driver or CPU feature), or empty if it can. */
  Optional<String> unavailableBecause();

  /**
   * Opens the backend.
   *
   * @throws dev.fovea.core.BadInputException if it cannot run here
   */
  Backend open(BackendOptions options);
}
