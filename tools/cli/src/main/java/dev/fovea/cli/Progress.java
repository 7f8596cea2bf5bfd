package dev.fovea.cli;

import java.io.PrintWriter;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar for a person at a terminal, and nothing for anybody else. */
public final class Progress implements AutoCloseable {
  private final Optional<ProgressBar> bar;

  private Progress(Optional<ProgressBar> bar) {
    this.bar = bar;
  }

  /** Starts at 0 of {@code total}. */
  static Progress start(Console console, OutputOptions output, String task, long total) {
    if (!console.interactive() || output.quiet || total < 2) {
      return new Progress(Optional.empty());
    }
    return new Progress(
        Optional.of(
            new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .setConsumer(new Line(console.err()))
                .build()));
  }

  public void step(long done) {
    bar.ifPresent(b -> b.stepBy(done));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  /** One line that is written over again and again, and wiped in the end. */
  private record Line(PrintWriter err) implements ProgressBarConsumer {
    private static final int WIDTH = 79;

    @Override
    public int getMaxRenderedLength() {
      return WIDTH;
    }

    @Override
    public void accept(String rendered) {
      err.print('\r' + rendered);
      err.flush();
    }

    @Override
    public void close() {
      err.print('\r' + " ".repeat(WIDTH) + '\r');
      err.flush();
    }
  }
}
