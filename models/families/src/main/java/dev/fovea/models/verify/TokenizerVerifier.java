package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.json.Json;
import dev.fovea.core.tokenizer.EncodeOptions;
import dev.fovea.core.tokenizer.Tokenizer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Replays a recorded tokenizer folder: every text, every list of ids and every batch in its {@code
 * cases.json}.
 */
final class TokenizerVerifier implements CaseVerifier {
  private static final EncodeOptions WITH_SPECIAL = EncodeOptions.defaults();
  private static final EncodeOptions WITHOUT_SPECIAL = WITH_SPECIAL.withSpecialTokens(false);

  @Override
  public boolean accepts(Path directory) {
    return Files.exists(directory.resolve("cases.json"));
  }

  @Override
  public CaseReport verify(Path directory, Engine engine) {
    return verify(directory);
  }

  /** A tokenizer needs no engine. */
  static CaseReport verify(Path directory) {
    JsonNode recorded = Json.read(directory.resolve("cases.json"));
    ModelFiles files = ModelFiles.directory(directory);
    Tokenizer tokenizer = Tokenizer.load(files);
    List<Check> checks = new ArrayList<>();
    for (JsonNode text : recorded.path("cases")) {
      checks.add(checkText(text, tokenizer, "cases[%d]".formatted(checks.size())));
    }
    checks.addAll(OpenAiClipChecks.of(recorded, files));
    int done = checks.size();
    for (JsonNode ids : recorded.path("decode")) {
      checks.add(checkDecoding(ids, tokenizer, "decode[%d]".formatted(checks.size() - done)));
    }
    done = checks.size();
    for (JsonNode batch : recorded.path("batches")) {
      checks.add(
          TokenizerBatch.check(batch, tokenizer, "batches[%d]".formatted(checks.size() - done)));
    }
    return new CaseReport(CaseReport.nameOf(directory), "tokenizer", checks.size(), checks);
  }

  /** A text: ids with and without special tokens, and both ways back. */
  private static Check checkText(JsonNode recorded, Tokenizer tokenizer, String name) {
    return checked(
        name,
        () -> {
          String text = recorded.path("text").asString();
          int[] ids = ids(recorded.path("ids"));
          Difference difference = new Difference();
          difference.ids("ids", ids, tokenizer.encode(text, WITH_SPECIAL).ids());
          difference.ids(
              "ids without special tokens",
              recorded.has("ids_no_special") ? ids(recorded.path("ids_no_special")) : ids,
              tokenizer.encode(text, WITHOUT_SPECIAL).ids());
          String decoded = recorded.path("decoded").asString(text);
          difference.text("decoded", decoded, tokenizer.decode(ids, false));
          difference.text(
              "decoded without special tokens",
              recorded.path("decoded_skip_special").asString(decoded),
              tokenizer.decode(ids, true));
          return difference;
        });
  }

  /** A list of ids: the text with and without special tokens. */
  private static Check checkDecoding(JsonNode recorded, Tokenizer tokenizer, String name) {
    return checked(
        name,
        () -> {
          int[] ids = ids(recorded.path("ids"));
          Difference difference = new Difference();
          String decoded = recorded.path("decoded").asString();
          difference.text("decoded", decoded, tokenizer.decode(ids, false));
          difference.text(
              "decoded without special tokens",
              recorded.path("decoded_skip_special").asString(decoded),
              tokenizer.decode(ids, true));
          return difference;
        });
  }

  /** Runs a comparison; an error is a failed check. */
  static Check checked(String name, java.util.function.Supplier<Difference> comparison) {
    try {
      String problem = comparison.get().describe();
      return Check.exact(name, problem.isEmpty(), problem);
    } catch (BadInputException e) {
      return Check.failed(name, String.valueOf(e.getMessage()));
    }
  }

  static int[] ids(JsonNode list) {
    int[] ids = new int[list.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = list.get(i).asInt();
    }
    return ids;
  }

  /** What was found to differ. */
  static final class Difference {
    private final List<String> problems = new ArrayList<>();

    void ids(String what, int[] recorded, int[] computed) {
      if (!Arrays.equals(recorded, computed)) {
        problems.add(
            "%s are %s, recorded are %s"
                .formatted(what, Arrays.toString(computed), Arrays.toString(recorded)));
      }
    }

    void text(String what, String recorded, String computed) {
      if (!recorded.equals(computed)) {
        problems.add("%s is '%s', recorded is '%s'".formatted(what, computed, recorded));
      }
    }

    String describe() {
      return String.join("; ", problems);
    }
  }
}
