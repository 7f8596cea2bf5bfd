package dev.fovea.kernels.conformance;

import dev.fovea.core.tensor.AttentionSpec;
import dev.fovea.core.tensor.Indices;
import dev.fovea.core.tensor.Mask;
import dev.fovea.core.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** softmax(scale · q·kᵀ + mask) · v, head by head. */
class AttentionTest extends Conformance {
  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfQueries(int queries) {
    check(new Case(2, queries, 11, 8, spec(3, 3, Mask.none())));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyNumberOfKeys(int keys) {
    check(new Case(2, 7, keys, 8, spec(3, 3, Mask.none())));
  }

  @ParameterizedTest
  @MethodSource("tails")
  void takesAnyHeadDimension(int headDim) {
    check(new Case(1, 7, 11, headDim, spec(2, 2, Mask.none())));
  }

  @ParameterizedTest
  @CsvSource({"50,50,64,4", "257,257,64,2", "77,77,64,2", "1,300,128,2", "196,197,80,1"})
  void takesSizesOfRealModels(int queries, int keys, int headDim, int heads) {
    check(new Case(1, queries, keys, headDim, spec(heads, heads, Mask.none())));
  }

  @ParameterizedTest
  @CsvSource({"6,2", "4,1", "8,8"})
  void sharesKeysAmongGroupsOfHeads(int heads, int keyValueHeads) {
    check(new Case(2, 5, 9, 12, spec(heads, keyValueHeads, Mask.none())));
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "9,9,0", "40,40,0", "65,65,0", "5,12,7", "1,33,32", "20,50,30"})
  void hidesLaterKeys(int queries, int keys, int offset) {
    check(new Case(2, queries, keys, 16, spec(2, 2, Mask.causal(offset))));
  }

  @Test
  void givesZerosWhereACausalMaskHidesEverything() {
    check(new Case(1, 20, 20, 8, spec(2, 2, Mask.causal(-3))));
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void hidesPaddedKeys(boolean causal) {
    Indices tokens =
        Indices.ofRows(
            List.of(
                new int[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0},
                new int[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
                new int[] {0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
                new int[] {1, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1}));
    check(new Case(4, 13, 13, 16, spec(3, 3, Mask.padding(tokens, causal))));
  }

  @Test
  void givesZerosForARowThatIsAllPadding() {
    Indices tokens = Indices.ofRows(List.of(new int[] {0, 0, 0, 0, 0}, new int[] {1, 1, 1, 1, 1}));
    check(new Case(2, 5, 5, 8, spec(2, 2, Mask.padding(tokens, false))));
  }

  @ParameterizedTest
  @EnumSource(
      value = Layout.class,
      names = {"SHIFTED", "GAPS", "OUTER_REVERSED"})
  void readsViews(Layout layout) {
    Case c = new Case(2, 9, 11, 16, spec(4, 2, Mask.causal(2)));
    check(c, input(c.q, layout), input(c.k, layout), input(c.v, layout), false);
  }

  @Test
  void readsRepeatedTensors() {
    AttentionSpec spec = spec(2, 2, Mask.none());
    Numbers q = Numbers.random(1, 1, 5, 16);
    Numbers k = Numbers.random(2, 1, 7, 16);
    Numbers v = Numbers.random(3, 3, 7, 1);
    Case c = new Case(q.repeated(3, 5, 16), k.repeated(3, 7, 16), v.repeated(3, 7, 16), spec);
    check(c, repeated(q, 3, 5, 16), repeated(k, 3, 7, 16), repeated(v, 3, 7, 16), false);
  }

  @ParameterizedTest
  @CsvSource({"7,11,8", "33,65,64", "1,1,1"})
  void givesProbabilities(int queries, int keys, int headDim) {
    Case c = new Case(2, queries, keys, headDim, spec(4, 2, Mask.causal(keys - queries)));
    check(c, input(c.q), input(c.k), input(c.v), true);
  }

  @Test
  void givesZeroProbabilitiesToWhatIsHidden() {
    Case c = new Case(1, 9, 9, 8, spec(2, 2, Mask.causal(-2)));
    check(c, input(c.q), input(c.k), input(c.v), true);
  }

  @ParameterizedTest
  @CsvSource({"0,3,4", "2,0,4", "2,3,0"})
  void takesEmptySizes(int batch, int queries, int keys) {
    check(new Case(batch, queries, keys, 8, spec(2, 2, Mask.none())));
  }

  @Test
  void survivesHugeScores() {
    Numbers q = Numbers.random(1, 1, 9, 16).map(x -> Math.rint(x * 2) * 1024);
    Numbers k = Numbers.random(2, 1, 21, 16).map(x -> Math.rint(x * 2) * 512);
    check(new Case(q, k, Numbers.random(3, 1, 21, 16), new AttentionSpec(1, 1, 1, Mask.none())));
  }

  @Test
  void survivesScoresThatAreAllVeryNegative() {
    Numbers q = Numbers.filled(-2048, 1, 9, 8);
    Numbers k = Numbers.filled(4096, 1, 21, 8);
    check(new Case(q, k, Numbers.random(3, 1, 21, 8), new AttentionSpec(1, 1, 1, Mask.none())));
  }

  @Test
  void keepsNaNOfAQueryInItsRow() {
    Case c = new Case(1, 9, 11, 16, spec(2, 2, Mask.none()));
    check(new Case(c.q.with(4 * 32 + 3, Double.NaN), c.k, c.v, c.spec));
  }

  private static AttentionSpec spec(int heads, int keyValueHeads, Mask mask) {
    return new AttentionSpec(heads, keyValueHeads, 0.375f, mask);
  }

  /** The inputs of one call. */
  private record Case(Numbers q, Numbers k, Numbers v, AttentionSpec spec) {
    Case(int batch, int queries, int keys, int headDim, AttentionSpec spec) {
      this(
          Numbers.random(1, batch, queries, spec.numHeads() * headDim),
          Numbers.random(2, batch, keys, spec.numKeyValueHeads() * headDim),
          Numbers.random(3, batch, keys, spec.numKeyValueHeads() * headDim),
          spec);
    }
  }

  private void check(Case c) {
    check(c, input(c.q), input(c.k), input(c.v), false);
  }

  private void check(Case c, Tensor q, Tensor k, Tensor v, boolean withProbabilities) {
    int batch = c.q.dim(0);
    int queries = c.q.dim(1);
    int keys = c.k.dim(1);
    int heads = c.spec.numHeads();
    int headDim = c.q.dim(2) / heads;
    Output out = output(c.q.dims());
    Output probabilities = output(batch, heads, queries, keys);
    subject
        .backend()
        .attention(
            q,
            k,
            v,
            c.spec,
            withProbabilities ? Optional.of(probabilities.tensor()) : Optional.empty(),
            out.tensor());
    Numbers expected = Numbers.filled(0, c.q.dims());
    Numbers magnitudes = Numbers.filled(0, c.q.dims());
    Numbers expectedProbabilities = Numbers.filled(0, batch, heads, queries, keys);
    Numbers probabilityMagnitudes = Numbers.filled(0, batch, heads, queries, keys);
    for (int row = 0; row < batch * heads * queries; row++) {
      int n = row / (heads * queries);
      int head = row / queries % heads;
      int query = row % queries;
      int keyHead = head / (heads / c.spec.numKeyValueHeads());
      double[] scores = new double[keys];
      double largest = 1;
      for (int key = 0; key < keys; key++) {
        double terms = 0;
        for (int d = 0; d < headDim; d++) {
          double term =
              c.spec.scale()
                  * c.q.get(n, query, head * headDim + d)
                  * c.k.get(n, key, keyHead * headDim + d);
          scores[key] += term;
          terms += Math.abs(term);
        }
        if (!c.spec.mask().visible(n, query, key)) {
          scores[key] = Double.NEGATIVE_INFINITY;
        }
        largest = Math.max(largest, terms);
      }
      double[] weights = softmax(scores);
      for (int key = 0; key < keys; key++) {
        expectedProbabilities.values()[row * keys + key] = weights[key];
        probabilityMagnitudes.values()[row * keys + key] = 2 * weights[key] * largest;
        for (int d = 0; d < headDim; d++) {
          int at = (n * queries + query) * heads * headDim + head * headDim + d;
          double term = weights[key] * c.v.get(n, key, keyHead * headDim + d);
          expected.values()[at] += term;
          magnitudes.values()[at] += 2 * Math.abs(term) * largest;
        }
      }
    }
    out.check(expected, magnitudes);
    if (withProbabilities) {
      probabilities.check(expectedProbabilities, probabilityMagnitudes);
    }
  }

  /** Zeros where everything is hidden. */
  private static double[] softmax(double... scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    double[] weights = new double[scores.length];
    if (max == Double.NEGATIVE_INFINITY) {
      return weights;
    }
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      weights[i] = Math.exp(scores[i] - max);
      sum += weights[i];
    }
    for (int i = 0; i < scores.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }
}
