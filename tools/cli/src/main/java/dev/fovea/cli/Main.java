package dev.fovea.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Starts the command line in a JVM of its own. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.setErr(new PrintStream(StandardError.open(), true, StandardCharsets.UTF_8));
    Interrupt interrupt = new Interrupt().onShutdown();
    Console console =
        new Console(
            System.in,
            new PrintWriter(
                new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            StandardError.isTerminal(),
            System.getenv(),
            Path.of(System.getProperty("user.home", ".")),
            interrupt::requested);
    int code = ExitCode.INTERNAL;
    try {
      code = Cli.run(console, List.of(arguments));
    } catch (OutOfMemoryError e) {
      console.say(
          "out of memory with a heap of %d MiB; try a smaller --batch-size or FOVEA_OPTS=-Xmx..."
              .formatted(Runtime.getRuntime().maxMemory() >> 20));
    } finally {
      console.out().flush();
      console.err().flush();
      interrupt.ended();
    }
    System.exit(code);
  }
}
