package dev.fovea.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Constructor;

/**
 * The standard error of the program. The launcher may have set the JVM's own aside, to take out a
 * line that it prints on every start; then the property {@code fovea.stderr.descriptor} says where
 * the user's is.
 */
final class StandardError {
  private StandardError() {}

  static OutputStream open() {
    int number = Integer.getInteger("fovea.stderr.descriptor", 2);
    if (number != 2) {
      try {
        // Opening /dev/fd instead would write at an offset of its own, over what others write.
        Constructor<FileDescriptor> constructor =
            FileDescriptor.class.getDeclaredConstructor(int.class);
        constructor.setAccessible(true);
        return new FileOutputStream(constructor.newInstance(number));
      } catch (ReflectiveOperationException | RuntimeException e) {
        // Needs --add-opens java.base/java.io; without, the JVM's own leads to the same place.
      }
    }
    return new FileOutputStream(FileDescriptor.err);
  }

  /** Whether a person watches it, as far as the launcher could tell. */
  static boolean isTerminal() {
    return "terminal".equals(System.getProperty("fovea.stderr"));
  }
}
