package dev.fovea.core.weights;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;
import java.util.Comparator;
import java.util.List;

/** The rule that tensors cover the data of a safetensors file exactly: no overlap, gap or rest. */
final class SafeTensorsLayout {
  private SafeTensorsLayout() {}

  /**
   * The entries in file order.
   *
   * @param dataBytes bytes of the file after its header
   * @throws BadInputException if they do not cover the data exactly
   */
  static List<SafeTensorsHeader.Entry> check(
      List<SafeTensorsHeader.Entry> entries, long dataBytes, String file) {
    List<SafeTensorsHeader.Entry> sorted =
        entries.stream()
            .sorted(
                Comparator.comparingLong(SafeTensorsHeader.Entry::begin)
                    .thenComparingLong(SafeTensorsHeader.Entry::end))
            .toList();
    long covered = 0;
    String previous = "";
    for (SafeTensorsHeader.Entry entry : sorted) {
      if (entry.begin() < covered) {
        throw new BadInputException(
            "%s: tensor %s: data_offsets [%d, %d] overlap tensor %s, which ends at %d"
                .formatted(
                    file,
                    Quoted.of(entry.name()),
                    entry.begin(),
                    entry.end(),
                    Quoted.of(previous),
                    covered));
      }
      if (entry.begin() > covered) {
        throw new BadInputException(
            "%s: tensor %s: data_offsets [%d, %d] leave a hole of %d bytes before it"
                .formatted(
                    file,
                    Quoted.of(entry.name()),
                    entry.begin(),
                    entry.end(),
                    entry.begin() - covered));
      }
      covered = entry.end();
      previous = entry.name();
    }
    if (covered > dataBytes) {
      throw new BadInputException(
          "%s: the file is truncated: %d bytes missing (tensors end at %d, data at %d, last tensor"
                  .formatted(file, covered - dataBytes, covered, dataBytes)
              + " %s); download it again".formatted(Quoted.of(previous)));
    }
    if (covered < dataBytes) {
      throw new BadInputException(
          "%s: %d bytes after the last tensor belong to none; the header and the data are not of"
                  .formatted(file, dataBytes - covered)
              + " one file, download it again");
    }
    return sorted;
  }
}
