package dev.fovea.core.backend;

/** A weight matrix in the layout that a backend's linear operation reads. Immutable. */
public interface PackedWeight {
  /** Rows of the weight as stored: output features. */
  int outFeatures();

  /** Columns of the weight as stored: input features. */
  int inFeatures();

  /** What it costs of the engine's budget. */
  long byteSize();
}
