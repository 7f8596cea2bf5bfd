package dev.fovea.cli;

import dev.fovea.core.json.Json;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a command did.
 *
 * @param out its standard output
 * @param err its standard error
 */
record Run(int code, String out, String err) {
  /** Runs a command as the launcher does, away from the user's caches. */
  static Run fovea(String... arguments) {
    return new Setup().run(arguments);
  }

  /** The lines of standard output. */
  List<String> lines() {
    return out.lines().toList();
  }

  /** The lines of standard output, each a JSON document. */
  List<JsonNode> json() {
    return out.lines()
        .map(line -> Json.parse(line.getBytes(StandardCharsets.UTF_8), "standard output"))
        .toList();
  }

  /** The surroundings of a command. */
  static final class Setup {
    private final Map<String, String> environment = new HashMap<>();
    private int steps = Integer.MAX_VALUE;
    private byte[] in = new byte[0];

    Setup() {
      // Below a file nothing can be written.
      environment.put("XDG_CACHE_HOME", Data.TENT);
    }

    Setup cache(Path folder) {
      environment.put("XDG_CACHE_HOME", folder.toString());
      return this;
    }

    Setup huggingFace(Path folder) {
      environment.put("HF_HUB_CACHE", folder.toString());
      return this;
    }

    Setup standardInput(byte[] bytes) {
      in = bytes;
      return this;
    }

    Setup standardInput(String text) {
      return standardInput(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ctrl-C after some steps; a step is a batch. */
    Setup interruptedAfter(int number) {
      steps = number;
      return this;
    }

    Run run(String... arguments) {
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      Console console =
          new Console(
              new ByteArrayInputStream(in),
              new PrintWriter(out),
              new PrintWriter(err),
              false,
              environment,
              Path.of(Data.TENT),
              () -> steps-- <= 0);
      int code = Cli.run(console, List.of(arguments));
      return new Run(code, out.toString(), err.toString());
    }
  }
}
