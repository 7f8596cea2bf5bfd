package dev.fovea.core.tensor;

import dev.fovea.core.autograd.GradientSink;
import dev.fovea.core.autograd.Gradients;
import dev.fovea.core.autograd.Tape;
import dev.fovea.core.engine.Session;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Trades time for memory: a block is recorded only while its gradient is computed. */
final class Checkpointing {
  private Checkpointing() {}

  static Tensor run(Tensor x, UnaryOperator<Tensor> block) {
    Session session = x.session();
    if (session.tape().isEmpty()) {
      return x.scoped(block);
    }
    Set<Parameter> trainable = session.tape().get().trainable();
    Tensor result = session.withoutRecording(() -> x.scoped(block));
    return session.record(
        result,
        List.of(x),
        List.of(x),
        (g, to) -> again(x, block, trainable, g, to),
        trainable.toArray(Parameter[]::new));
  }

  private static void again(
      Tensor x,
      UnaryOperator<Tensor> block,
      Set<Parameter> trainable,
      Tensor gradient,
      GradientSink to) {
    Tape inner = new Tape(trainable);
    Tensor leaf = inner.watch(x.reshape(x.shape().dims()));
    Tensor result = x.session().recording(inner, () -> block.apply(leaf));
    if (!inner.tracks(result)) {
      return;
    }
    Gradients gradients = inner.backward(result, gradient);
    gradients.of(leaf).ifPresent(g -> to.add(x, () -> g));
    for (Parameter parameter : gradients.parameters()) {
      to.add(parameter, () -> gradients.of(parameter).orElseThrow());
    }
  }
}
