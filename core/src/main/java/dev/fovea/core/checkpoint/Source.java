package dev.fovea.core.checkpoint;

/**
 * Where a parameter lies in a file.
 *
 * @param tensorName the file's name for the tensor that holds it
 * @param form how it lies in that tensor
 */
record Source(String tensorName, Form form) {
  /** How a parameter relates to the stored tensor; each form can be undone for saving. */
  sealed interface Form {
    /** As it is. */
    record Whole() implements Form {}

    /** A matrix stored with rows and columns exchanged. */
    record Transposed() implements Form {}

    /** One of several equal parts of the first dimension, as in a fused q, k, v projection. */
    record Part(int index, int count) implements Form {}
  }
}
