package dev.fovea.bench.vs;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** {@code vs [all|matmul|tower] [laps]}: races Fovea against ONNX Runtime on this machine. */
public final class Main {
  private static final int LAPS = 25;

  private Main() {}

  /** Runs the races and prints one line for each. */
  public static void main(String[] args) throws IOException {
    String what = args.length > 0 ? args[0] : "all";
    int laps = args.length > 1 ? Integer.parseInt(args[1]) : LAPS;
    PrintStream out = System.out;
    out.printf(
        "JDK %s, %s, %d processors; %d laps in turn; a ratio above 1 means Fovea is faster%n",
        Runtime.version(),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors(),
        laps);
    for (int threads : List.of(1, 2)) {
      out.printf(
          "%d thread%s (%s time)%n",
          threads, threads == 1 ? "" : "s", threads == 1 ? "CPU" : "wall");
      if (!what.equals("tower")) {
        MatMulRace.run(threads, laps, out);
      }
      if (!what.equals("matmul")) {
        TowerRace.run(threads, laps, out);
      }
    }
  }
}
