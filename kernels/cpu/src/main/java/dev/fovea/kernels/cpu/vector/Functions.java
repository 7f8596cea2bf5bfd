package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.Activation;

/**
 * Functions over stretches of arrays, and sums over rows. Sums are kept in {@value #LANES} parts:
 * part j sums the elements whose position is j modulo {@value #LANES}, so that every width of
 * vectors gives the same bits.
 */
interface Functions {
  /** Parts of a sum. */
  int LANES = 32;

  /** out[i] = activation(in[i]) for n elements; in and out may be the same place. */
  void activate(Activation activation, float[] in, int i0, float[] out, int o0, int n);

  /** out[i] = e to the in[i]. */
  void exp(float[] in, int i0, float[] out, int o0, int n);

  /** Adds n elements in parts; n is a multiple of {@value #LANES}. */
  void sums(float[] in, int i0, int n, float[] lanes);

  /** Adds (in[i] - centre)² in parts; n is a multiple of {@value #LANES}. */
  void squares(float[] in, int i0, int n, float centre, float[] lanes);

  /** The largest of n elements, without regard to NaN; minus infinity if there is none. */
  float largest(float[] in, int i0, int n);

  /** out[i] = e to the (in[i] - max), added in parts; n is a multiple of {@value #LANES}. */
  void expSums(float[] in, int i0, float[] out, int o0, int n, float max, float[] lanes);

  /**
   * The numerators of a softmax down each of the {@value Tiles#PANEL} columns of a panel, in place.
   * A column of minus infinities becomes zeros.
   *
   * @param sums the sum of each column goes here, from {@code sums0} on
   */
  void softmaxColumns(float[] panel, int p0, int rows, float[] sums, int sums0);
}
