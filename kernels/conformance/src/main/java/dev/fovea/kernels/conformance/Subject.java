package dev.fovea.kernels.conformance;

import dev.fovea.core.BadInputException;
import dev.fovea.core.backend.Backend;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** A backend under test. */
final class Subject implements AutoCloseable {
  private static final int SEVERAL_THREADS = 3;

  private final String label;
  private final Engine engine;
  private final Session session;

  private Subject(Backend backend) {
    this.label =
        "%s %s %d threads".formatted(backend.name(), backend.computeType(), backend.threads());
    this.engine = Engine.over(backend);
    this.session = engine.newSession();
  }

  /** Every usable backend, in each compute type that it offers, on one thread and on several. */
  static Stream<Subject> all() {
    return usable()
        .flatMap(
            name ->
                Stream.of(
                        open(name, 1, DType.F32),
                        open(name, SEVERAL_THREADS, DType.F32),
                        open(name, 1, DType.F64))
                    .flatMap(Optional::stream));
  }

  /** The names of the usable backends. */
  static Stream<String> usable() {
    return Backends.candidates().stream()
        .filter(Backends.Candidate::usable)
        .map(Backends.Candidate::name);
  }

  /** Empty if the backend does not offer that type or number of threads. */
  static Optional<Subject> open(String name, int threads, DType computeType) {
    Backend backend;
    try {
      backend = Backends.open(name, new BackendOptions(threads, computeType));
    } catch (BadInputException notOffered) {
      return Optional.empty();
    }
    if (backend.threads() != threads) {
      backend.close();
      return Optional.empty();
    }
    return Optional.of(new Subject(backend));
  }

  Backend backend() {
    return engine.backend();
  }

  Engine engine() {
    return engine;
  }

  /** The error that one rounding and a short sum may make, relative to what is summed. */
  double tolerance() {
    return backend().computeType() == DType.F64 ? 1e-13 : 1e-6;
  }

  /** What results below this may become 0: subnormal numbers. */
  double smallest() {
    return backend().computeType() == DType.F64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
  }

  Tensor view(Storage storage, long offset, int[] dims, int... strides) {
    return new Tensor(session, storage, offset, Shape.of(dims), strides);
  }

  /** The first {@code count} numbers of some memory, in full precision. */
  double[] read(Storage storage, int count) {
    if (storage instanceof Storage.Doubles doubles) {
      return Arrays.copyOf(doubles.array(), count);
    }
    float[] values = backend().read(view(storage, 0, new int[] {count}, 1));
    double[] wide = new double[count];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  @Override
  public void close() {
    session.close();
    engine.close();
  }

  @Override
  public String toString() {
    return label;
  }
}
