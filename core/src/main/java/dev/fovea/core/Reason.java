package dev.fovea.core;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why an operation on a file failed, in words for the end of an error message. */
public final class Reason {
  private Reason() {}

  /** The reason; the standard library's own messages are often no more than a path. */
  public static String of(Exception e) {
    return switch (e) {
      case AccessDeniedException denied -> "no permission for " + denied.getFile();
      case NoSuchFileException gone -> "no such file or folder: " + gone.getFile();
      default ->
          e.getMessage() == null ? e.getClass().getSimpleName() : Quoted.line(e.getMessage());
    };
  }
}
