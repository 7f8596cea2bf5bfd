package dev.fovea.core.tensor;

/** Elementwise functions of one tensor; activation functions are in {@link Activation}. */
public enum UnaryOp {
  EXP,
  LOG,
  SQRT,
  NEGATE
}
