package dev.fovea.core.checkpoint;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is said when a file and a model do not fit: the tensor, both sides, the likely cause. */
record Mismatch(ModelFiles files, WeightFiles weights) {
  private static final int SHOWN = 4;

  BadInputException missing(Shape shape, List<Source> sources) {
    List<String> names = sources.stream().map(Source::tensorName).distinct().toList();
    List<String> others = names.subList(1, names.size());
    return new BadInputException(
        "%s: tensor %s %s is missing; config.json asks for it%s%s"
            .formatted(
                describe(),
                Quoted.of(names.getFirst()),
                shape,
                others.isEmpty() ? "" : " (also looked for " + some(others) + ")",
                near(names)));
  }

  BadInputException wrongShape(StoredTensor stored, Shape expected) {
    List<Long> wanted = Arrays.stream(expected.dims()).mapToObj(d -> (long) d).toList();
    boolean reversed = !stored.shape().equals(wanted) && stored.shape().reversed().equals(wanted);
    return new BadInputException(
        "%s: tensor %s is %s, but config.json makes it %s; %s"
            .formatted(
                describe(),
                Quoted.of(stored.name()),
                stored.describeShape(),
                expected,
                reversed
                    ? "its dimensions are in reverse order, as another exporter writes them"
                    : "config and weights do not belong together"));
  }

  BadInputException wrongType(StoredTensor stored) {
    return new BadInputException(
        "%s: tensor %s has type %s, expected F32, F16, BF16 or F64; quantised weights are not read"
            .formatted(describe(), Quoted.of(stored.name()), stored.dtype()));
  }

  BadInputException unexpected(Collection<String> names) {
    return new BadInputException(
        "%s: %d tensors that a model with this config.json does not have: %s; config and weights do not belong together"
            .formatted(describe(), names.size(), some(names)));
  }

  BadInputException notEqual(String stored, String repeated) {
    return new BadInputException(
        "%s: tensors %s and %s differ, but the model has them as one"
            .formatted(describe(), Quoted.of(stored), Quoted.of(repeated)));
  }

  /** Names in the file that may be meant. */
  private String near(List<String> missing) {
    Collection<String> present = weights.tensors().keySet();
    for (String name : missing) {
      Optional<String> prefixed = present.stream().filter(n -> n.endsWith("." + name)).findFirst();
      if (prefixed.isPresent()) {
        return "; the file has it as " + Quoted.escaped(prefixed.get());
      }
    }
    String name = missing.getFirst();
    int lastDot = Math.max(name.lastIndexOf('.'), 0);
    String end = name.substring(name.lastIndexOf('.', lastDot - 1) + 1);
    List<String> similar = present.stream().filter(n -> n.endsWith(end)).limit(3).toList();
    return similar.isEmpty() ? "" : "; the file has " + some(similar);
  }

  private static String some(Collection<String> names) {
    String shown =
        names.stream().limit(SHOWN).map(Quoted::escaped).collect(Collectors.joining(", "));
    return names.size() > SHOWN ? shown + ", ..." : shown;
  }

  private String describe() {
    List<String> names = weights.fileNames();
    return files.describe(names.size() == 1 ? names.getFirst() : "");
  }
}
