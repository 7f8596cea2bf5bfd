package dev.fovea.cli;

import dev.fovea.cli.cache.CacheFolder;
import dev.fovea.cli.doctor.BackendProbe;
import dev.fovea.cli.doctor.Processor;
import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.files.ModelLocator;
import dev.fovea.core.json.Json;
import dev.fovea.models.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says what this machine can do. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    sortOptions = false,
    description = {
      "Says what Fovea finds on this machine: Java, processor, backends and why each can or cannot be"
          + " used, models, caches.",
      "Tries each backend against the reference and measures it; exits with 1 if one computes"
          + " something else."
    })
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads to compute with. Default: all processors.")
  private Optional<Integer> threads = Optional.empty();

  @Option(names = "--no-speed", description = "Measure no speed; it takes some seconds.")
  private boolean noSpeed;

  @Mixin private OutputOptions output = new OutputOptions();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    int count =
        threads
            .map(n -> ModelOptions.atLeastOne("--threads", n))
            .orElse(BackendOptions.defaults().threads());
    ObjectNode report =
        Json.mapper().createObjectNode().put("fovea", FoveaCommand.Version.number());
    describeMachine(report, count);
    boolean healthy = true;
    ArrayNode backends = report.putArray("backends");
    for (Backends.Candidate candidate : Backends.candidates()) {
      healthy &= examine(candidate, count, backends.addObject());
    }
    describeFolders(report);
    console.print(output.json ? report.toString() : text(report));
    return healthy ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private void describeMachine(ObjectNode report, int count) {
    Processor processor = Processor.here();
    report
        .put("java", "%s (%s)".formatted(Runtime.version(), System.getProperty("java.vendor")))
        .put("javaHome", System.getProperty("java.home"))
        .put(
            "system",
            "%s %s, %s"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.version"),
                    System.getProperty("os.arch")))
        .put("processor", processor.model())
        .put("processorFeatures", String.join(" ", processor.features()))
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("threads", count)
        .put("largestHeapMebibytes", Runtime.getRuntime().maxMemory() >> 20);
  }

  /** Fills in what is known of a backend; false if it computes something else than it should. */
  private boolean examine(Backends.Candidate candidate, int count, ObjectNode into) {
    into.put("name", candidate.name()).put("usable", candidate.usable());
    if (!candidate.usable()) {
      into.put("reason", candidate.unavailableBecause().orElseThrow());
      return true;
    }
    try (Backend backend =
        candidate
            .opener()
            .open(new BackendOptions(count, BackendOptions.defaults().computeType()))) {
      into.put("description", backend.describe());
    }
    double difference = BackendProbe.differenceFromReference(candidate, count);
    boolean agrees = BackendProbe.isRounding(difference);
    into.put("selfTest", agrees).put("differenceFromReference", difference);
    if (!noSpeed) {
      BackendProbe.Speed speed = BackendProbe.speed(candidate, count);
      into.put("gigaflopsPerSecond", rounded(speed.gigaflops()))
          .put("gigabytesPerSecond", rounded(speed.gigabytes()));
    }
    return agrees;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private void describeFolders(ObjectNode report) {
    Path hub = new ModelLocator(console.environment(), console.home()).cacheFolder();
    report.put("shippedModel", shippedModel()).put("huggingFaceCache", hub.toString());
    ArrayNode models = report.putArray("modelsInIt");
    modelsIn(hub).forEach(models::add);
    report.put("cache", CacheFolder.of(console.environment(), console.home()).toString());
  }

  private static String shippedModel() {
    try {
      Models.shipped();
      return "fovea-emoji-clip";
    } catch (BadInputException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static List<String> modelsIn(Path hub) {
    if (!Files.isDirectory(hub)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(hub)) {
      return folders
          .map(folder -> String.valueOf(folder.getFileName()))
          .filter(name -> name.startsWith("models--"))
          .map(name -> name.substring("models--".length()).replaceFirst("--", "/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static String text(ObjectNode report) {
    StringBuilder text = new StringBuilder();
    report
        .properties()
        .forEach(
            entry -> {
              switch (entry.getKey()) {
                case "backends" -> entry.getValue().forEach(backend -> describe(text, backend));
                case "modelsInIt" ->
                    entry.getValue().forEach(model -> row(text, "", model.asString()));
                default -> row(text, words(entry.getKey()), entry.getValue().asString());
              }
            });
    return text.toString().stripTrailing();
  }

  private static void describe(StringBuilder text, JsonNode backend) {
    String name = "backend " + backend.path("name").asString();
    if (!backend.path("usable").asBoolean()) {
      row(text, name, "not usable: " + backend.path("reason").asString());
      return;
    }
    row(text, name, backend.path("description").asString());
    row(
        text,
        "",
        "self-test %s (largest difference from the reference %s)"
            .formatted(
                backend.path("selfTest").asBoolean() ? "passed" : "FAILED",
                String.format(
                    Locale.ROOT, "%.1e", backend.path("differenceFromReference").asDouble())));
    if (backend.has("gigaflopsPerSecond")) {
      row(
          text,
          "",
          "%s GFLOP/s in a matrix product, %s GB/s in a sum of arrays"
              .formatted(
                  backend.path("gigaflopsPerSecond").asString(),
                  backend.path("gigabytesPerSecond").asString()));
    }
  }

  /** From a JSON name to words: javaHome to "java home". */
  private static String words(String key) {
    return key.replaceAll("(\\p{Lower})(\\p{Upper})", "$1 $2").toLowerCase(Locale.ROOT);
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("%-20s %s%n".formatted(name, value));
  }
}
