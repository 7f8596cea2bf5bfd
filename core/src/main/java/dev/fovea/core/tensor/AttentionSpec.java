package dev.fovea.core.tensor;

/**
 * What scaled dot-product attention needs besides its tensors.
 *
 * @param numHeads heads of the queries
 * @param numKeyValueHeads heads of keys and values; divides numHeads (grouped-query attention)
 * @param scale factor on the products, usually 1 / sqrt(headDim)
 */
public record AttentionSpec(int numHeads, int numKeyValueHeads, float scale, Mask mask) {
  public AttentionSpec {
    if (numHeads < 1 || numKeyValueHeads < 1 || numHeads % numKeyValueHeads != 0) {
      throw new IllegalArgumentException(
          "%d query heads cannot share %d key heads".formatted(numHeads, numKeyValueHeads));
    }
  }
}
