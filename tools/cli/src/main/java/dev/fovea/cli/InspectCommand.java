package dev.fovea.cli;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.files.ModelLocator;
import dev.fovea.core.json.Json;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import dev.fovea.models.Inspection;
import dev.fovea.models.Models;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Says how large a model is and what it costs, from its configuration alone. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = FoveaCommand.Version.class,
    sortOptions = false,
    description = {
      "Counts a model's parameters, operations and memory from its config.json; the weights need not"
          + " be there.",
      "With --tensors also lists the tensors in its weight files."
    })
final class InspectCommand implements Callable<Integer> {
  private static final List<DType> TYPES = List.of(DType.F32, DType.F16, DType.BF16, DType.I8);

  private final Console console;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..1",
      description =
          "A model folder, a file in one, or org/name in the local Hugging Face cache."
              + " Default: the small model that ships with Fovea.")
  private Optional<String> model = Optional.empty();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "The same as the argument.")
  private Optional<String> modelOption = Optional.empty();

  @Option(names = "--tensors", description = "List the tensors in the weight files, too.")
  private boolean tensors;

  @Mixin private OutputOptions output = new OutputOptions();

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ModelFiles files =
        model
            .or(() -> modelOption)
            .map(name -> new ModelLocator(console.environment(), console.home()).locate(name))
            .orElseGet(Models::shipped);
    Inspection inspection = Inspection.of(files);
    try (Arena arena = Arena.ofConfined()) {
      List<StoredTensor> stored =
          tensors ? List.copyOf(WeightFiles.open(files, arena).tensors().values()) : List.of();
      console.print(output.json ? json(inspection, stored).toString() : text(inspection, stored));
    }
    return ExitCode.DONE;
  }

  private String text(Inspection inspection, List<StoredTensor> stored) {
    StringBuilder text = new StringBuilder();
    row(text, "family", inspection.family());
    row(text, "parameters", "%,15d".formatted(inspection.parameters()));
    for (Inspection.Part part : inspection.parts()) {
      row(text, "  " + part.name(), "%,15d".formatted(part.parameters()));
    }
    for (DType type : TYPES) {
      row(text, "weights in " + name(type), "%15s".formatted(bytes(inspection.weightBytes(type))));
    }
    row(text, "one forward pass", inspection.input());
    row(
        text,
        "  operations",
        String.format(Locale.ROOT, "%,11.2f GFLOP", inspection.floatingPointOperations() / 1e9));
    row(text, "  activations", "%15s".formatted(bytes(inspection.peakActivationBytes())));
    for (StoredTensor tensor : stored) {
      text.append(
          "%n%-6s %-20s %s".formatted(tensor.dtype(), tensor.describeShape(), tensor.name()));
    }
    return text.toString().strip();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append("%-22s %s%n".formatted(name, value));
  }

  private static ObjectNode json(Inspection inspection, List<StoredTensor> stored) {
    ObjectNode node = Json.mapper().createObjectNode().put("family", inspection.family());
    ObjectNode parameters = node.putObject("parameters").put("total", inspection.parameters());
    ObjectNode parts = parameters.putObject("parts");
    inspection.parts().forEach(part -> parts.put(part.name(), part.parameters()));
    ObjectNode weights = node.putObject("weightBytes");
    TYPES.forEach(type -> weights.put(name(type), inspection.weightBytes(type)));
    node.putObject("forward")
        .put("input", inspection.input())
        .put("floatingPointOperations", inspection.floatingPointOperations())
        .put("peakActivationBytes", inspection.peakActivationBytes());
    if (!stored.isEmpty()) {
      ArrayNode list = node.putArray("tensors");
      for (StoredTensor tensor : stored) {
        ObjectNode entry =
            list.addObject().put("name", tensor.name()).put("dtype", tensor.dtype().name());
        ArrayNode shape = entry.putArray("shape");
        tensor.shape().forEach(shape::add);
      }
    }
    return node;
  }

  private static String name(DType type) {
    return type == DType.I8 ? "int8" : type.name().toLowerCase(Locale.ROOT);
  }

  private static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MiB", bytes / (double) (1 << 20));
  }
}
