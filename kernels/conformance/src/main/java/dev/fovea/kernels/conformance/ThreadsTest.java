package dev.fovea.kernels.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Activation;
import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Conv2d;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results do not depend on how many threads compute them, nor on who else computes. */
class ThreadsTest {
  private static final int CALLERS = 4;
  private static final int ROUNDS = 2;

  private record Owner() {}

  private static final Parameter WEIGHT = Stored.F16.parameter("w", Numbers.random(2, 301, 515));
  private static final Parameter BIAS = Stored.floats("b", Numbers.random(3, 301));
  private static final Parameter SCALE = Stored.floats("s", Numbers.random(4, 515));
  private static final Parameter KERNEL = Stored.floats("k", Numbers.random(5, 21, 6, 3, 3));

  @ParameterizedTest
  @MethodSource("dev.fovea.kernels.conformance.Subject#usable")
  void everyNumberOfThreadsGivesTheSameBits(String backend) {
    List<float[]> alone = results(backend, 1);
    for (int threads : new int[] {2, 3, 4, 7}) {
      List<float[]> together = results(backend, threads);
      for (int i = 0; i < together.size(); i++) {
        int operation = i;
        assertArrayEquals(
            alone.get(i),
            together.get(i),
            () -> "operation %d on %d threads".formatted(operation, threads));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.fovea.kernels.conformance.Subject#all")
  void severalCallersDoNotDisturbEachOther(Subject subject)
      throws InterruptedException, ExecutionException {
    List<float[]> alone = run(subject);
    try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
      List<Future<List<float[]>>> all = new ArrayList<>();
      for (int i = 0; i < CALLERS * ROUNDS; i++) {
        all.add(callers.submit(() -> run(subject)));
      }
      for (Future<List<float[]>> one : all) {
        List<float[]> results = one.get();
        assertEquals(alone.size(), results.size());
        for (int i = 0; i < results.size(); i++) {
          assertArrayEquals(alone.get(i), results.get(i));
        }
      }
    }
  }

  /** Empty where the backend takes no such number of threads. */
  private static List<float[]> results(String backend, int threads) {
    Optional<Subject> opened = Subject.open(backend, threads, DType.F32);
    if (opened.isEmpty()) {
      return List.of();
    }
    try (Subject subject = opened.get()) {
      return run(subject);
    }
  }

  /** Large enough that backends share the work among threads. */
  private static List<float[]> run(Subject subject) {
    try (Session session = subject.engine().newSession()) {
      Tensor x = tensor(session, Numbers.random(1, 2, 67, 515));
      Tensor heads = x.narrow(-1, 3, 480);
      Tensor picture = tensor(session, Numbers.random(6, 2, 6, 41, 37));
      List<Tensor> results =
          List.of(
              x.linear(WEIGHT, Optional.of(BIAS), Activation.QUICK_GELU),
              x.narrow(1, 0, 1).linear(WEIGHT, Optional.empty(), Activation.NONE),
              x.matmulTransposed(x),
              heads.attend(
                  new Owner(), heads, heads, new AttentionSpec(8, 8, 0.125f, Mask.causal(0))),
              x.layerNorm(SCALE, SCALE, 1e-5),
              x.softmax(),
              x.sum(),
              x.activate(Activation.GELU),
              x.plus(x.narrow(1, 0, 1)),
              picture.conv2d(KERNEL, Optional.empty(), Conv2d.square(3, 2, 1), Activation.RELU),
              picture.maxPool2d(Conv2d.square(3, 2, 1)),
              picture.averagePool2d(Conv2d.square(2, 2, 0)),
              picture.patchify(4),
              picture.interpolateBicubic(29, 31, 41 / 29.0, 37 / 31.0),
              x.permute(2, 0, 1));
      return results.stream().map(Tensor::toFloats).toList();
    }
  }

  private static Tensor tensor(Session session, Numbers x) {
    float[] values = new float[x.values().length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x.values()[i];
    }
    return session.tensor(values, x.dims());
  }
}
