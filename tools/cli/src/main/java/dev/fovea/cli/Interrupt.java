package dev.fovea.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The user's wish to stop, as by Ctrl-C. The run sees it between two steps, keeps what is done and
 * ends; the JVM waits for that a while.
 */
final class Interrupt {
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean requested;

  /** Makes Ctrl-C and other ends of this JVM request a stop. */
  Interrupt onShutdown() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "interrupt"));
    return this;
  }

  private void stopAndWait() {
    requested = true;
    try {
      ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean requested() {
    return requested;
  }

  /** Says that the run has ended and has written all that it wanted to. */
  void ended() {
    ended.countDown();
  }
}
