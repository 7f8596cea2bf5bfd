package dev.fovea.kernels.cpu.vector;

import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.kernels.cpu.vector.Scratch.Buffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Scaled dot-product attention, {@link Tiles#WIDTH} queries at a time. Everything is transposed:
 * queries are the columns of tiles, so that the softmax runs down columns without any sum across
 * lanes, keys and values are read where they lie, and probabilities come out in the panels that the
 * second product reads. Only the queries and the result are ever rearranged.
 */
final class Attention {
  private static final int MOST_VALUE_ROWS = 8;
  private static final double FLOPS_PER_NANO = 60;

  private final Cpu cpu;
  private final Tensor q;
  private final Tensor k;
  private final Tensor v;
  private final AttentionSpec spec;
  private final Optional<Tensor> probabilities;
  private final Tensor out;
  private final int queries;
  private final int keys;
  private final int headDim;
  private final int strips;

  private Attention(
      Cpu cpu,
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    this.cpu = cpu;
    this.q = q;
    this.k = k;
    this.v = v;
    this.spec = spec;
    this.probabilities = probabilities;
    this.out = out;
    this.queries = q.dim(1);
    this.keys = k.dim(1);
    this.headDim = q.dim(2) / spec.numHeads();
    this.strips = Math.ceilDiv(queries, Tiles.WIDTH);
  }

  static void run(
      Cpu cpu,
      Tensor q,
      Tensor k,
      Tensor v,
      AttentionSpec spec,
      Optional<Tensor> probabilities,
      Tensor out) {
    cpu.withDenseRows(
        q,
        denseQ ->
            cpu.withDenseRows(
                k,
                denseK ->
                    cpu.withDenseRows(
                        v,
                        denseV ->
                            new Attention(cpu, denseQ, denseK, denseV, spec, probabilities, out)
                                .run())));
  }

  private void run() {
    double flops = 4.0 * q.shape().elementCount() * keys;
    cpu.forRanges(
        q.dim(0) * spec.numHeads() * strips,
        flops / FLOPS_PER_NANO,
        (first, end, scratch) -> {
          for (int unit = first; unit < end; unit++) {
            int head = unit / strips;
            strip(head / spec.numHeads(), head % spec.numHeads(), unit % strips, scratch);
          }
        });
  }

  private void strip(int batch, int head, int strip, Scratch scratch) {
    int first = strip * Tiles.WIDTH;
    int count = Math.min(Tiles.WIDTH, queries - first);
    int seen = keysSeen(first + count - 1);
    float[] scores = scratch.floats(Buffer.STRIP, seen * Tiles.WIDTH);
    float[] sums = scratch.floats(Buffer.LANES, Tiles.WIDTH);
    score(batch, head, first, count, seen, scores, scratch);
    hide(batch, first, count, seen, scores);
    Functions functions = cpu.kernels().functions();
    functions.softmaxColumns(scores, 0, seen, sums, 0);
    functions.softmaxColumns(scores, seen * Tiles.PANEL, seen, sums, Tiles.PANEL);
    for (int i = 0; i < Tiles.WIDTH; i++) {
      sums[i] = sums[i] == 0 ? 0 : 1 / sums[i];
    }
    probabilities.ifPresent(p -> keep(p, batch, head, first, count, seen, scores, sums));
    average(batch, head, first, count, seen, scores, sums, scratch);
  }

  /** How many keys, from the first on, a query may see at most. */
  private int keysSeen(int query) {
    return switch (spec.mask()) {
      case Mask.Causal causal -> Math.clamp(query + causal.offset() + 1L, 0, keys);
      case Mask.Padding padding when padding.causal() -> Math.min(query + 1, keys);
      case Mask.Padding padding -> keys;
      case Mask.None none -> keys;
    };
  }

  private int tokenStart(Tensor x, int batch, int head) {
    return Math.toIntExact(x.offset() + (long) batch * x.stride(0) + (long) head * headDim);
  }

  private int keyHead(int head) {
    return head / (spec.numHeads() / spec.numKeyValueHeads());
  }

  /** scores[key, query] = scale * q · k, in two panels of queries. */
  private void score(
      int batch, int head, int first, int count, int seen, float[] scores, Scratch scratch) {
    float[] panels = scratch.floats(Buffer.PANELS, headDim * Tiles.WIDTH);
    float[] from = Rows.array(q.storage());
    int q0 = tokenStart(q, batch, head) + first * q.stride(1);
    int panel = headDim * Tiles.PANEL;
    for (int i = 0; i < Tiles.WIDTH; i++) {
      int to = i / Tiles.PANEL * panel + i % Tiles.PANEL;
      if (i < count) {
        int row = q0 + i * q.stride(1);
        for (int d = 0; d < headDim; d++) {
          panels[to + d * Tiles.PANEL] = from[row + d] * spec.scale();
        }
      } else {
        for (int d = 0; d < headDim; d++) {
          panels[to + d * Tiles.PANEL] = 0;
        }
      }
    }
    Tiles tiles = cpu.kernels().tiles();
    float[] keyArray = Rows.array(k.storage());
    int k0 = tokenStart(k, batch, keyHead(head));
    int step = k.stride(1);
    int rowTiles = Math.ceilDiv(seen, tiles.mostByRows());
    for (int tile = 0; tile < rowTiles; tile++) {
      int key = Workers.start(seen, rowTiles, tile);
      tiles.byRows(
          Workers.start(seen, rowTiles, tile + 1) - key,
          headDim,
          keyArray,
          k0 + key * step,
          step,
          panels,
          0,
          panel,
          scores,
          key * Tiles.PANEL,
          Tiles.PANEL,
          seen * Tiles.PANEL,
          true);
    }
  }

  /** Sets what the mask hides to minus infinity. */
  private void hide(int batch, int first, int count, int seen, float[] scores) {
    if (spec.mask() instanceof Mask.None) {
      return;
    }
    for (int key = 0; key < seen; key++) {
      for (int i = 0; i < count; i++) {
        if (!spec.mask().visible(batch, first + i, key)) {
          scores[index(seen, key, i)] = Float.NEGATIVE_INFINITY;
        }
      }
    }
  }

  private static int index(int seen, int key, int query) {
    return (query / Tiles.PANEL * seen + key) * Tiles.PANEL + query % Tiles.PANEL;
  }

  private void keep(
      Tensor to,
      int batch,
      int head,
      int first,
      int count,
      int seen,
      float[] numerators,
      float[] factors) {
    float[] array = Rows.array(to.storage());
    long row = ((long) batch * spec.numHeads() + head) * queries + first;
    for (int i = 0; i < count; i++) {
      int start = Math.toIntExact(to.offset() + (row + i) * keys);
      for (int key = 0; key < seen; key++) {
        array[start + key] = numerators[index(seen, key, i)] * factors[i];
      }
      Arrays.fill(array, start + seen, start + keys, 0);
    }
  }

  /** out[query] = factor * sum over keys of numerator * v. */
  private void average(
      int batch,
      int head,
      int first,
      int count,
      int seen,
      float[] numerators,
      float[] factors,
      Scratch scratch) {
    float[] sums = scratch.floats(Buffer.TILE, headDim * Tiles.WIDTH);
    if (seen == 0) {
      Arrays.fill(sums, 0, headDim * Tiles.WIDTH, 0);
    } else {
      multiplyValues(batch, head, seen, numerators, sums);
    }
    float[] array = Rows.array(out.storage());
    int o0 = tokenStart(out, batch, head) + first * out.stride(1);
    for (int i = 0; i < count; i++) {
      int row = o0 + i * out.stride(1);
      float factor = factors[i];
      for (int d = 0; d < headDim; d++) {
        array[row + d] = sums[d * Tiles.WIDTH + i] * factor;
      }
    }
  }

  private void multiplyValues(int batch, int head, int seen, float[] numerators, float[] sums) {
    Tiles tiles = cpu.kernels().tiles();
    float[] values = Rows.array(v.storage());
    int v0 = tokenStart(v, batch, keyHead(head));
    int most = Math.min(tiles.mostByColumns(), MOST_VALUE_ROWS);
    int rowTiles = Math.ceilDiv(headDim, most);
    for (int tile = 0; tile < rowTiles; tile++) {
      int d = Workers.start(headDim, rowTiles, tile);
      tiles.byColumns(
          Workers.start(headDim, rowTiles, tile + 1) - d,
          seen,
          values,
          v0 + d,
          v.stride(1),
          numerators,
          0,
          seen * Tiles.PANEL,
          sums,
          d * Tiles.WIDTH,
          Tiles.WIDTH,
          Tiles.PANEL,
          true);
    }
  }
}
