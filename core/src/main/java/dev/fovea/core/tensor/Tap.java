package dev.fovea.core.tensor;

/**
 * Looks at named intermediates of a forward pass, and may replace them. Names are paths of record
 * components, as in {@code visionModel.encoder.layers.3.selfAttn.probs}.
 */
public interface Tap {
  /**
   * Whether this intermediate is wanted; asking for one that fusion removes selects the plain path.
   */
  boolean wants(String name);

  /**
   * Takes an intermediate. Its memory is used again later: copy what is to be kept, with {@link
   * Tensor#toFloats}.
   *
   * @return what the forward pass goes on with: {@code value} itself or another of the same shape
   */
  Tensor take(String name, Tensor value);
}
