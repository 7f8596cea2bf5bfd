package dev.fovea.cli.embed;

import dev.fovea.core.tensor.DType;
import dev.fovea.core.weights.StoredTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outcome of a run.
 *
 * @param problems by item index, why there is no embedding
 */
public record Embeddings(List<Item> items, Journal journal, Map<Integer, String> problems) {
  private static final ValueLayout.OfFloat F32 =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** The indexes of the items that have an embedding, in order: the rows of a matrix. */
  public List<Integer> rows() {
    List<Integer> rows = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (journal.contains(i)) {
        rows.add(i);
      }
    }
    return rows;
  }

  public int dimension() {
    return journal.dimension();
  }

  /** All rows as one tensor: [rows, dimension], f32. */
  StoredTensor matrix(Arena arena) {
    List<Integer> rows = rows();
    long rowBytes = (long) dimension() * Float.BYTES;
    MemorySegment data = arena.allocate(Math.multiplyExact(rows.size(), rowBytes), Float.BYTES);
    for (int i = 0; i < rows.size(); i++) {
      MemorySegment.copy(journal.embedding(rows.get(i)), 0, data, F32, i * rowBytes, dimension());
    }
    return new StoredTensor(
        "embeddings", DType.F32, List.of((long) rows.size(), (long) dimension()), data);
  }

  /** What each row is of, as JSON. */
  List<ObjectNode> rowItems() {
    return rows().stream().map(row -> items.get(row).toJson()).toList();
  }

  /** What an item became, as one line of JSON. */
  String line(int item) {
    return Optional.ofNullable(problems.get(item))
        .map(problem -> items.get(item).line(problem))
        .orElseGet(() -> items.get(item).line(journal.embedding(item)));
  }
}
