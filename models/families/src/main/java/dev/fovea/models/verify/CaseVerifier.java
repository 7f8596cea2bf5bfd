package dev.fovea.models.verify;

import dev.fovea.core.engine.Engine;
import java.nio.file.Path;

/** Replays one kind of recorded case. */
interface CaseVerifier {
  /** Whether a folder holds a case of this kind, judged by the names of its files. */
  boolean accepts(Path directory);

  /**
   * Replays a case. What cannot be opened or run at all is a BadInputException; a difference is a
   * failed check in the report.
   */
  CaseReport verify(Path directory, Engine engine);
}
