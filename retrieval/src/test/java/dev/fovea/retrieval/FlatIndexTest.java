package dev.fovea.retrieval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlatIndexTest {
  @ParameterizedTest
  @EnumSource(Metric.class)
  void findsWhatSortingAllScoresFinds(Metric metric) {
    Random random = new Random(5);
    FlatIndex index = new FlatIndex(7, metric);
    float[][] vectors = new float[300][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = vector(random);
      index.add(vectors[i]);
    }
    float[] query = vector(random);
    List<Integer> sorted =
        IntStream.range(0, vectors.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -metric.score(query, vectors[i], 0)))
            .limit(20)
            .toList();

    assertEquals(sorted, index.search(query, 20).stream().map(Hit::id).toList());
  }

  @Test
  void scoresAreInnerProductsOrNegativeSquaredDistances() {
    FlatIndex products = new FlatIndex(2, Metric.INNER_PRODUCT);
    FlatIndex distances = new FlatIndex(2, Metric.EUCLIDEAN);
    products.add(new float[] {3, 4});
    distances.add(new float[] {3, 4});

    assertEquals(List.of(new Hit(0, 11)), products.search(new float[] {1, 2}, 1));
    assertEquals(List.of(new Hit(0, -8)), distances.search(new float[] {1, 2}, 1));
  }

  @Test
  void equalScoresComeInTheOrderOfAdding() {
    FlatIndex index = new FlatIndex(1, Metric.INNER_PRODUCT);
    for (int i = 0; i < 9; i++) {
      index.add(new float[] {1});
    }

    assertEquals(
        List.of(0, 1, 2, 3), index.search(new float[] {1}, 4).stream().map(Hit::id).toList());
  }

  @Test
  void givesWhatThereIsWhenAskedForMore() {
    FlatIndex index = new FlatIndex(1, Metric.INNER_PRODUCT);
    assertEquals(List.of(), index.search(new float[] {1}, 3));
    index.add(new float[] {2});
    assertEquals(List.of(new Hit(0, 2)), index.search(new float[] {1}, 3));
    assertEquals(List.of(), index.search(new float[] {1}, 0));
  }

  @Test
  void refusesVectorsOfAnotherLengthAndValuesThatAreNoNumber() {
    FlatIndex index = new FlatIndex(2, Metric.INNER_PRODUCT);
    assertThrows(IllegalArgumentException.class, () -> index.add(new float[] {1}));
    assertThrows(IllegalArgumentException.class, () -> index.add(new float[] {1, Float.NaN}));
    assertThrows(IllegalArgumentException.class, () -> index.search(new float[] {1, 2, 3}, 1));
    assertThrows(IllegalArgumentException.class, () -> index.search(new float[] {1, 2}, -1));
  }

  private static float[] vector(Random random) {
    float[] vector = new float[7];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) random.nextGaussian();
    }
    return vector;
  }
}
