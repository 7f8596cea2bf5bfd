package dev.fovea.kernels.cpu.autograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.autograd.Gradients;
import dev.fovea.core.autograd.Tape;
import dev.fovea.core.backend.BackendOptions;
import dev.fovea.core.backend.Backends;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Holds recorded gradients to central differences, all in double precision on the reference. */
final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double ALLOWED = 1e-7;
  private static final int MOST_PROBES = 60;

  /** A computation on parameters. */
  @FunctionalInterface
  interface Function {
    Tensor apply(Session session);
  }

  private final Random random;
  private final List<Parameter> parameters = new ArrayList<>();

  GradientCheck(long seed) {
    random = new Random(seed);
  }

  /** A parameter with normally distributed values. */
  Parameter parameter(int... dims) {
    Shape shape = Shape.of(dims);
    double[] values = random.doubles(shape.elementCount()).map(u -> gaussian()).toArray();
    Parameter made =
        new Parameter(
            "p" + parameters.size(),
            DType.F64,
            shape,
            java.util.Optional.of(new Storage.Doubles(values)));
    parameters.add(made);
    return made;
  }

  /** Checks the gradient of every parameter. */
  void check(Function function) {
    try (Engine engine =
        Engine.over(Backends.open("reference", new BackendOptions(1, DType.F64)))) {
      double[] weights = weights(engine, function);
      for (Parameter parameter : parameters) {
        double[] gradient = gradient(engine, function, weights, parameter);
        probe(engine, function, weights, parameter, gradient);
      }
    }
  }

  private void probe(
      Engine engine, Function function, double[] weights, Parameter parameter, double[] gradient) {
    double[] values = ((Storage.Doubles) parameter.storage()).array();
    int stride = Math.max(1, values.length / MOST_PROBES);
    for (int i = 0; i < values.length; i += stride) {
      double up = loss(engine, function, weights, parameter, i, STEP);
      double down = loss(engine, function, weights, parameter, i, -STEP);
      double expected = (up - down) / (2 * STEP);
      double scale = Math.max(1, Math.abs(expected));
      assertEquals(expected, gradient[i], ALLOWED * scale, "%s element %d".formatted(parameter, i));
    }
  }

  private static double loss(
      Engine engine, Function function, double[] weights, Parameter p, int index, double step) {
    double[] original = ((Storage.Doubles) p.storage()).array();
    double[] moved = original.clone();
    moved[index] += step;
    p.update(new Storage.Doubles(moved));
    try (Session session = engine.newSession()) {
      double[] result = doubles(function.apply(session));
      double sum = 0;
      for (int i = 0; i < result.length; i++) {
        sum += weights[i] * result[i];
      }
      return sum;
    } finally {
      p.update(new Storage.Doubles(original));
    }
  }

  private double[] weights(Engine engine, Function function) {
    try (Session session = engine.newSession()) {
      double[] result = doubles(function.apply(session));
      assertTrue(result.length > 0, "an empty result checks nothing");
      return random.doubles(result.length).map(u -> gaussian()).toArray();
    }
  }

  private static double[] gradient(
      Engine engine, Function function, double[] weights, Parameter parameter) {
    Tape tape = new Tape(List.of(parameter));
    try (Session session = engine.newSession().withTape(tape)) {
      Tensor result = function.apply(session);
      Tensor start = session.allocate(result.shape());
      System.arraycopy(weights, 0, ((Storage.Doubles) start.storage()).array(), 0, weights.length);
      Gradients gradients = tape.backward(result, start);
      return doubles(gradients.of(parameter).orElseThrow());
    }
  }

  static double[] doubles(Tensor tensor) {
    Tensor contiguous = tensor.contiguous();
    double[] all = ((Storage.Doubles) contiguous.storage()).array();
    double[] values = new double[Math.toIntExact(tensor.shape().elementCount())];
    System.arraycopy(all, Math.toIntExact(contiguous.offset()), values, 0, values.length);
    return values;
  }

  private double gaussian() {
    return random.nextGaussian();
  }
}
