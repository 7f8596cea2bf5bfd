package dev.fovea.core.tensor;

/** Reductions over the innermost dimension. */
public enum ReduceOp {
  SUM,
  MEAN,
  MAX
}
