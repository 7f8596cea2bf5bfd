package dev.fovea.core.hostile;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.fovea.core.BadInputException;
import dev.fovea.core.weights.RecordedFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Feeds a reader with changed files for some seconds. A file that is refused in a way not seen
 * before is kept and changed further: new messages stand for new paths through the reader.
 *
 * <p>{@code -Dfovea.fuzz.seconds=600} makes a long run of it, {@code -Dfovea.fuzz.seed=7} another.
 */
final class Fuzzer {
  static final int LARGEST = 64 << 10;

  private static final long SEED = Long.getLong("fovea.fuzz.seed", 1);
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("fovea.fuzz.seconds", "4"));
  private static final int LATEST = 64;
  private static final long ALLOWED = 8 << 20;
  private static final long ALLOWED_PER_BYTE = 400;
  private static final double SLOWEST = 5;
  private static final Pattern DETAIL = Pattern.compile("'[^']*'|\"[^\"]*\"|\\[[^]]*]|[0-9]+");
  private static final Path FOUND =
      RecordedFiles.TESTDATA.resolveSibling("core").resolve("target/fuzz");

  private final String name;
  private final Target target;
  private final List<byte[]> corpus;
  private final int seeds;
  private final Set<String> seen = new HashSet<>();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long tried;
  private long accepted;

  /** What is fed. */
  @FunctionalInterface
  interface Target {
    /**
     * Reads a file and checks what came of it.
     *
     * @throws BadInputException if the file is refused, as it should be when it is bad
     */
    void read(byte[] file);
  }

  private Fuzzer(String name, List<byte[]> seeds, Target target) {
    this.name = name;
    this.target = target;
    this.corpus = new ArrayList<>(seeds);
    this.seeds = seeds.size();
  }

  /**
   * Runs for the set time.
   *
   * @param name names the run in reports
   * @param seeds files to start from, a good one first
   * @param words what files of the format are made of
   */
  static void run(String name, List<byte[]> seeds, List<byte[]> words, Target target) {
    new Fuzzer(name, seeds, target).run(words);
  }

  private void run(List<byte[]> words) {
    SplittableRandom random = new SplittableRandom(SEED ^ name.hashCode());
    Mutator mutator = new Mutator(random, words);
    corpus.forEach(this::isNew);
    long end = System.nanoTime() + (long) (SECONDS * 1e9);
    while (System.nanoTime() < end) {
      byte[] changed = mutator.mutate(pick(random), pick(random));
      if (isNew(changed)) {
        corpus.add(changed);
      }
    }
    System.out.printf(
        "fuzzed %s: seed %d, %,d files, %,d accepted, %d ways of refusal%n",
        name, SEED, tried, accepted, seen.size());
  }

  /** The first file, which is good, those given, the latest finds, and all have equal shares. */
  private byte[] pick(SplittableRandom random) {
    int size = corpus.size();
    return switch (random.nextInt(4)) {
      case 0 -> corpus.getFirst();
      case 1 -> corpus.get(random.nextInt(seeds));
      case 2 -> corpus.get(size - 1 - random.nextInt(Math.min(size, LATEST)));
      default -> corpus.get(random.nextInt(size));
    };
  }

  /** Feeds one file; whether it was refused in a new way. */
  private boolean isNew(byte[] file) {
    long before = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime();
    String outcome = "accepted";
    try {
      target.read(file);
      accepted++;
    } catch (BadInputException e) {
      outcome = checkedMessage(file, e);
    } catch (RuntimeException | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw report(file, e.toString(), e);
    }
    tried++;
    double seconds = (threads.getCurrentThreadCpuTime() - start) / 1e9;
    long taken = threads.getCurrentThreadAllocatedBytes() - before;
    if (tried > corpus.size() && taken > ALLOWED + ALLOWED_PER_BYTE * file.length) {
      throw report(file, "took %,d bytes for a file of %,d".formatted(taken, file.length), null);
    }
    if (seconds > SLOWEST) {
      throw report(file, "took %.1f s of processor time".formatted(seconds), null);
    }
    return seen.add(outcome);
  }

  private String checkedMessage(byte[] file, BadInputException e) {
    String message = String.valueOf(e.getMessage());
    if (message.isBlank() || message.chars().anyMatch(Character::isISOControl)) {
      throw report(file, "a message that is not one line: " + message, e);
    }
    return DETAIL.matcher(message).replaceAll("_");
  }

  private AssertionError report(byte[] file, String problem, Throwable cause) {
    Path saved = FOUND.resolve("%s-%d-%d".formatted(name, SEED, tried));
    try {
      Files.createDirectories(FOUND);
      Files.write(saved, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return fail("%s: seed %d, file %s: %s".formatted(name, SEED, saved, problem), cause);
  }
}
