package dev.fovea.core.tensor;

/** Elementwise functions of two tensors. */
public enum BinaryOp {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  MAXIMUM
}
