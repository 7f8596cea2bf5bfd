package dev.fovea.models.verify;

import dev.fovea.core.BadInputException;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.StoredTensor;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import tools.jackson.databind.JsonNode;

/** A tensor of an expected.safetensors file. */
record RecordedTensor(StoredTensor stored) {
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfDouble F64 =
      ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt I32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  String name() {
    return stored.name();
  }

  int size() {
    return Math.toIntExact(stored.elementCount());
  }

  boolean isInteger() {
    return !stored.dtype().isFloat();
  }

  double element(int i) {
    return switch (stored.dtype()) {
      case F64 -> stored.data().get(F64, 8L * i);
      case F32 -> stored.data().get(F32, 4L * i);
      case I32 -> stored.data().get(I32, 4L * i);
      case U8 -> stored.data().get(ValueLayout.JAVA_BYTE, i) & 0xff;
      default ->
          throw new BadInputException(
              "expected.safetensors: tensor '%s' has type %s, expected %s, %s, %s or %s"
                  .formatted(name(), stored.dtype(), DType.F64, DType.F32, DType.I32, DType.U8));
    };
  }

  /** What a recording allows, or what its format does where the recording is silent. */
  static double tolerance(JsonNode entry, RecordedTensor tensor) {
    if (entry.path("exact").asBoolean(false) || tensor.isInteger()) {
      return 0;
    }
    return entry.path("atol").isNumber()
        ? entry.path("atol").doubleValue()
        : Math.max(4e-6 * tensor.largestMagnitude(), 1e-6);
  }

  double largestMagnitude() {
    double largest = 0;
    for (int i = 0; i < size(); i++) {
      largest = Math.max(largest, Math.abs(element(i)));
    }
    return largest;
  }

  /**
   * Compares every element but the ignored ones.
   *
   * @param ignored one flag for each of some equal pieces; empty to ignore nothing
   */
  Check compare(Outputs.Value computed, double tolerance, boolean... ignored) {
    if (!computed.shape().toString().equals(stored.describeShape())) {
      return Check.failed(
          name(),
          "has shape %s, recorded is %s".formatted(computed.shape(), stored.describeShape()));
    }
    double worst = 0;
    int worstAt = -1;
    int piece = ignored.length == 0 ? 1 : size() / ignored.length;
    for (int i = 0; i < size(); i++) {
      if (ignored.length > 0 && ignored[i / piece]) {
        continue;
      }
      double error = difference(computed.values()[i], element(i));
      if (error > worst) {
        worst = error;
        worstAt = i;
      }
    }
    double largest = largestMagnitude();
    String problem =
        worst <= tolerance
            ? ""
            : "element %d is %.9g, recorded is %.9g, allowed difference %.3g"
                .formatted(worstAt, computed.values()[worstAt], element(worstAt), tolerance);
    return new Check(name(), worst, largest == 0 ? worst : worst / largest, tolerance, problem);
  }

  private static double difference(double computed, double recorded) {
    if (Double.compare(computed, recorded) == 0) {
      return 0;
    }
    double difference = Math.abs(computed - recorded);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }
}
