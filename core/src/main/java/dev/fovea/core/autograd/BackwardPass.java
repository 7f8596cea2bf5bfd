package dev.fovea.core.autograd;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;

/** One walk over a tape, last operation first. */
final class BackwardPass {
  private final Tape tape;
  private final Session session;
  private final IdentityHashMap<Tensor, Tensor> pending = new IdentityHashMap<>();
  private final IdentityHashMap<Tensor, Tensor> watched = new IdentityHashMap<>();
  private final IdentityHashMap<Parameter, Tensor> byParameter = new IdentityHashMap<>();

  /** How many pending or final gradients lie in a storage: views of one gradient share it. */
  private final IdentityHashMap<Storage, Integer> uses = new IdentityHashMap<>();

  BackwardPass(Tape tape, Session session) {
    this.tape = tape;
    this.session = session;
  }

  Gradients run(Tensor result, Tensor gradient) {
    put(pending, result, gradient);
    for (int i = tape.nodes().size() - 1; i >= 0; i--) {
      Tape.Node node = tape.nodes().removeLast();
      Tensor found = pending.remove(node.result());
      if (found != null) {
        session.scopedAll(() -> step(node, found));
        if (tape.isWatched(node.result())) {
          put(watched, node.result(), found);
        }
        release(found);
      }
      tape.forget(node).forEach(session::release);
    }
    pending.forEach((tensor, found) -> put(watched, tensor, found));
    watched.keySet().removeIf(tensor -> !tape.isWatched(tensor));
    return new Gradients(byParameter, watched);
  }

  /** Runs one derivative; returns the gradients that outlive it. */
  private List<Tensor> step(Tape.Node node, Tensor gradient) {
    Collector collector = new Collector();
    node.backward().run(gradient, collector);
    return collector.kept;
  }

  private final class Collector implements GradientSink {
    private final List<Tensor> kept = new ArrayList<>();

    @Override
    public void add(Tensor input, Supplier<Tensor> gradient) {
      if (wants(input)) {
        addTo(pending, input, checked(gradient.get(), input.shape(), input));
      }
    }

    @Override
    public void add(Parameter parameter, Supplier<Tensor> gradient) {
      if (wants(parameter)) {
        addTo(byParameter, parameter, checked(gradient.get(), parameter.shape(), parameter));
      }
    }

    @Override
    public boolean wants(Tensor input) {
      return tape.tracks(input);
    }

    @Override
    public boolean wants(Parameter parameter) {
      return tape.trains(parameter);
    }

    private <K> void addTo(IdentityHashMap<K, Tensor> gradients, K key, Tensor gradient) {
      Tensor before = gradients.remove(key);
      Tensor sum = before == null ? gradient : before.plus(gradient);
      put(gradients, key, sum);
      kept.add(sum);
      if (before != null) {
        kept.remove(before);
        release(before);
      }
    }

    private Tensor checked(Tensor gradient, Shape shape, Object of) {
      if (!gradient.shape().equals(shape)) {
        throw new IllegalStateException(
            "a gradient of shape %s for %s".formatted(gradient.shape(), of));
      }
      return gradient;
    }
  }

  private <K> void put(IdentityHashMap<K, Tensor> gradients, K key, Tensor gradient) {
    gradients.put(key, gradient);
    uses.merge(gradient.storage(), 1, Integer::sum);
  }

  private void release(Tensor gradient) {
    if (uses.merge(gradient.storage(), -1, Integer::sum) == 0) {
      uses.remove(gradient.storage());
      session.release(gradient.storage());
    }
  }
}
