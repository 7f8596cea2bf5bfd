package dev.fovea.core.weights;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tensors that a reader found. */
record LoadedWeights(
    Map<String, StoredTensor> tensors, Map<String, String> metadata, List<String> fileNames)
    implements WeightFiles {
  LoadedWeights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    fileNames = List.copyOf(fileNames);
  }
}
