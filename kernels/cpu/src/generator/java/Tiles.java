import java.util.ArrayList;
import java.util.List;

/**
 * The register tiles of matrix products, one class per vector width.
 *
 * <p>What the code must look like is a property of the JIT compiler, found by measuring: the sums
 * in named locals, one step of the inner dimension per iteration, plain int offsets, heap arrays.
 */
final class Tiles {
  private static final int PANEL = 16;

  /**
   * What one width offers.
   *
   * @param bits of a vector
   * @param panels of the right matrix that one tile spans
   * @param byRows the most rows of a tile that reads its left matrix row by row: each row needs an
   *     address register
   * @param byColumns the most rows where the elements of a column are neighbours
   */
  record Width(int bits, int panels, int byRows, int byColumns) {
    int lanes() {
      return bits / 32;
    }

    int vectors() {
      return panels * PANEL / lanes();
    }

    String className() {
      return "Tiles" + bits;
    }
  }

  /** 32 registers of 512 bits; 16 of 256 bits; 32 of 128 bits (NEON). */
  static final List<Width> WIDTHS =
      List.of(new Width(512, 2, 8, 12), new Width(256, 1, 6, 6), new Width(128, 1, 6, 6));

  private static final String PARAMETERS =
      "int depth, float[] a, int a0, int aStep, float[] b, int b0, int bPanel,"
          + " float[] c, int c0, int cRow, int cPanel, boolean first";
  private static final String ARGUMENTS =
      "depth, a, a0, aStep, b, b0, bPanel, c, c0, cRow, cPanel, first";

  private Tiles() {}

  static String classOf(Width width) {
    List<String> lines = new ArrayList<>();
    lines.add("package " + Generate.PACKAGE + ";");
    lines.add("");
    lines.add("import java.util.List;");
    lines.add("import jdk.incubator.vector.FloatVector;");
    lines.add("");
    lines.add("/** Register tiles in vectors of %d bits. */".formatted(width.bits()));
    lines.add("final class %s implements VectorTiles {".formatted(width.className()));
    lines.add("  @Override");
    lines.add("  public int bits() {");
    lines.add("    return %d;".formatted(width.bits()));
    lines.add("  }");
    lines.add("");
    lines.add("  @Override");
    lines.add("  public List<TileShape> candidates() {");
    lines.add("    return List.of(%s);".formatted(candidates(width)));
    lines.add("  }");
    dispatch(lines, width, "byRows", width.byRows());
    dispatch(lines, width, "byColumns", width.byColumns());
    for (int rows = 1; rows <= width.byRows(); rows++) {
      tile(lines, width, "byRows", rows);
    }
    for (int rows = 1; rows <= width.byColumns(); rows++) {
      tile(lines, width, "byColumns", rows);
    }
    lines.add("}");
    return String.join("\n", lines) + "\n";
  }

  private static String candidates(Width width) {
    String rows = "new TileShape(false, %d)".formatted(width.byRows());
    String columns = "new TileShape(true, %d)".formatted(width.byColumns());
    return width.panels() == 2 ? columns + ", " + rows : rows + ", " + columns;
  }

  private static void dispatch(List<String> lines, Width width, String order, int largest) {
    String most = "most" + Character.toUpperCase(order.charAt(0)) + order.substring(1);
    lines.add("");
    lines.add("  @Override");
    lines.add("  public int %s() {".formatted(most));
    lines.add("    return %d;".formatted(largest));
    lines.add("  }");
    lines.add("");
    lines.add("  @Override");
    lines.add("  public void %s(int rows, %s) {".formatted(order, PARAMETERS));
    if (width.panels() == 1) {
      one(lines, order, ARGUMENTS);
      one(
          lines,
          order,
          ARGUMENTS.replace(" b0,", " b0 + bPanel,").replace(" c0,", " c0 + cPanel,"));
    } else {
      one(lines, order, ARGUMENTS);
    }
    lines.add("  }");
    lines.add("");
    lines.add("  private static void %sOf(int rows, %s) {".formatted(order, PARAMETERS));
    lines.add("    switch (rows) {");
    for (int rows = 1; rows <= largest; rows++) {
      lines.add("      case %d -> %s%d(%s);".formatted(rows, order, rows, ARGUMENTS));
    }
    lines.add("      default -> throw new IllegalArgumentException(\"rows: \" + rows);");
    lines.add("    }");
    lines.add("  }");
  }

  private static void one(List<String> lines, String order, String arguments) {
    lines.add("    %sOf(rows, %s);".formatted(order, arguments));
  }

  private static void tile(List<String> lines, Width width, String order, int rows) {
    boolean byRows = order.equals("byRows");
    lines.add("");
    lines.add("  static void %s%d(%s) {".formatted(order, rows, PARAMETERS));
    lines.add("    final var species = FloatVector.SPECIES_%d;".formatted(width.bits()));
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < width.vectors(); v++) {
        lines.add("    FloatVector %s;".formatted(sum(i, v)));
      }
    }
    lines.add("    if (first) {");
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < width.vectors(); v++) {
        lines.add("      %s = FloatVector.zero(species);".formatted(sum(i, v)));
      }
    }
    lines.add("    } else {");
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < width.vectors(); v++) {
        lines.add(
            "      %s = FloatVector.fromArray(species, c, %s);"
                .formatted(sum(i, v), target(width, i, v)));
      }
    }
    lines.add("    }");
    if (width.panels() == 2) {
      lines.add("    int b1 = b0 + bPanel;");
    }
    if (byRows) {
      for (int i = 0; i < rows; i++) {
        lines.add("    int a%dk = a0 + %d * aStep;".formatted(i, i));
      }
    }
    lines.add("    for (int k = 0; k < depth; k++) {");
    if (!byRows) {
      lines.add("      int ak = a0 + k * aStep;");
    }
    for (int v = 0; v < width.vectors(); v++) {
      int panel = v * width.lanes() / PANEL;
      lines.add(
          "      FloatVector y%d = FloatVector.fromArray(species, b, b%d + k * %d + %d);"
              .formatted(v, panel, PANEL, v * width.lanes() % PANEL));
    }
    for (int i = 0; i < rows; i++) {
      String at = byRows ? "a%dk + k".formatted(i) : "ak + %d".formatted(i);
      lines.add("      FloatVector x%d = FloatVector.broadcast(species, a[%s]);".formatted(i, at));
      for (int v = 0; v < width.vectors(); v++) {
        lines.add("      %s = x%d.fma(y%d, %s);".formatted(sum(i, v), i, v, sum(i, v)));
      }
    }
    lines.add("    }");
    for (int i = 0; i < rows; i++) {
      for (int v = 0; v < width.vectors(); v++) {
        lines.add("    %s.intoArray(c, %s);".formatted(sum(i, v), target(width, i, v)));
      }
    }
    lines.add("  }");
  }

  private static String sum(int row, int vector) {
    return "s%d_%d".formatted(row, vector);
  }

  private static String target(Width width, int row, int vector) {
    int element = vector * width.lanes();
    return "c0 + %d * cRow + %d * cPanel + %d".formatted(row, element / PANEL, element % PANEL);
  }
}
