package dev.fovea.core.autograd;

import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Records the operations of one forward pass, to run them backwards. Only what depends on a
 * trainable parameter or a watched tensor is recorded; the memory of the rest is free as without a
 * tape. A tape serves one backward pass, which frees recorded activations as it goes: read results
 * before it.
 */
public final class Tape {
  private final Set<Parameter> trainable = identitySet();
  private final Set<Tensor> watched = identitySet();
  private final Set<Tensor> tracked = identitySet();
  private final List<Node> nodes = new ArrayList<>();
  private final IdentityHashMap<Storage, Integer> uses = new IdentityHashMap<>();
  private boolean spent;

  /** One recorded operation; {@code reads} are the tensors whose values its derivative needs. */
  record Node(Tensor result, List<Tensor> reads, Backward backward) {}

  /** A tape that finds the gradients of these parameters. */
  public Tape(Collection<Parameter> trainable) {
    this.trainable.addAll(trainable);
  }

  /** Asks for the gradient of a tensor that no recorded operation made, such as the pixels. */
  public Tensor watch(Tensor tensor) {
    watched.add(tensor);
    tracked.add(tensor);
    return tensor;
  }

  /** Whether gradients of this parameter are wanted. */
  public boolean trains(Parameter parameter) {
    return trainable.contains(parameter);
  }

  /** The parameters whose gradients are wanted. */
  public Set<Parameter> trainable() {
    return Collections.unmodifiableSet(trainable);
  }

  /** Whether this tensor depends on a trainable parameter or a watched tensor. */
  public boolean tracks(Tensor tensor) {
    return tracked.contains(tensor);
  }

  /** Whether a later backward pass reads this memory. */
  public boolean retains(Storage storage) {
    return uses.containsKey(storage);
  }

  /**
   * Records an operation.
   *
   * @param reads the tensors whose values its derivative reads, whether tracked or not; they stay
   *     in memory until then
   */
  public void record(Tensor result, List<Tensor> reads, Backward backward) {
    if (spent) {
      throw new IllegalStateException("this tape has run backwards; each pass needs a new one");
    }
    tracked.add(result);
    nodes.add(new Node(result, reads, backward));
    reads.forEach(this::use);
  }

  /**
   * Runs backwards from a scalar.
   *
   * @param loss a recorded tensor with one element
   */
  public Gradients backward(Tensor loss) {
    if (loss.shape().elementCount() != 1) {
      throw new IllegalArgumentException(
          "the gradient of %s needs a gradient to start from".formatted(loss.shape()));
    }
    return backward(loss, loss.session().tensor(new float[] {1}, loss.shape().dims()));
  }

  /**
   * Runs backwards from any recorded tensor, which itself stays readable.
   *
   * @param gradient of the quantity of interest with respect to {@code result}, in its shape
   */
  public Gradients backward(Tensor result, Tensor gradient) {
    if (!tracks(result)) {
      throw new IllegalArgumentException(
          "%s does not depend on any of %d trainable parameters"
              .formatted(result, trainable.size()));
    }
    if (!gradient.shape().equals(result.shape())) {
      throw new IllegalArgumentException(
          "a gradient of shape %s for %s".formatted(gradient.shape(), result.shape()));
    }
    spent = true;
    use(result);
    Session session = result.session();
    BackwardPass pass = new BackwardPass(this, session);
    return session.withoutRecording(() -> pass.run(result, gradient));
  }

  List<Node> nodes() {
    return nodes;
  }

  boolean isWatched(Tensor tensor) {
    return watched.contains(tensor);
  }

  /** Forgets a node; returns the memory that no other node reads. */
  List<Storage> forget(Node node) {
    List<Storage> free = new ArrayList<>();
    node.reads().forEach(tensor -> release(tensor, free));
    return free;
  }

  private void use(Tensor tensor) {
    uses.merge(tensor.storage(), 1, Integer::sum);
  }

  private void release(Tensor tensor, List<Storage> free) {
    if (uses.merge(tensor.storage(), -1, Integer::sum) == 0) {
      uses.remove(tensor.storage());
      free.add(tensor.storage());
    }
  }

  private static <T> Set<T> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }
}
