package dev.fovea.retrieval;

/** How near two vectors are; a larger score is nearer. */
public enum Metric {
  /** The inner product; for vectors of length 1 the cosine. */
  INNER_PRODUCT {
    @Override
    float score(float[] query, float[] vectors, int offset) {
      double sum = 0;
      for (int i = 0; i < query.length; i++) {
        sum += (double) query[i] * vectors[offset + i];
      }
      return (float) sum;
    }
  },
  /** The negative squared Euclidean distance. */
  EUCLIDEAN {
    @Override
    float score(float[] query, float[] vectors, int offset) {
      double sum = 0;
      for (int i = 0; i < query.length; i++) {
        double difference = (double) query[i] - vectors[offset + i];
        sum += difference * difference;
      }
      return (float) -sum;
    }
  };

  /** The score of the vector that starts at an offset. */
  abstract float score(float[] query, float[] vectors, int offset);
}
