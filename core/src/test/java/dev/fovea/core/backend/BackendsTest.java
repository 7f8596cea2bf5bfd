package dev.fovea.core.backend;

import static dev.fovea.core.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With the three providers that the test resources name. */
class BackendsTest {
  /** Runs everywhere. */
  public static final class Plain implements BackendProvider {
    @Override
    public String name() {
      return "plain";
    }

    @Override
    public int preference() {
      return 1;
    }

    @Override
    public Optional<String> unavailableBecause() {
      return Optional.empty();
    }

    @Override
    public Backend open(BackendOptions options) {
      return new HeapBackend();
    }
  }

  /** Would be preferred, but cannot run here. */
  public static final class Lacking implements BackendProvider {
    @Override
    public String name() {
      return "lacking";
    }

    @Override
    public int preference() {
      return 100;
    }

    @Override
    public Optional<String> unavailableBecause() {
      return Optional.of("there is no such device");
    }

    @Override
    public Backend open(BackendOptions options) {
      throw new AssertionError("opened though unavailable");
    }
  }

  /** Does not even load, as one whose libraries are missing. */
  public static final class Broken implements BackendProvider {
    public Broken() {
      throw new NoClassDefFoundError("jdk/incubator/vector/Vector");
    }

    @Override
    public String name() {
      throw new AssertionError();
    }

    @Override
    public int preference() {
      throw new AssertionError();
    }

    @Override
    public Optional<String> unavailableBecause() {
      throw new AssertionError();
    }

    @Override
    public Backend open(BackendOptions options) {
      throw new AssertionError();
    }
  }

  @Test
  void listsAllBestFirstWithWhatIsMissing() {
    assertEquals(
        List.of(
            "lacking there is no such device",
            "plain usable",
            "unknown start Java with --add-modules=jdk.incubator.vector"),
        Backends.candidates().stream()
            .map(c -> c.name() + " " + c.unavailableBecause().orElse("usable"))
            .toList());
  }

  @Test
  void takesTheBestThatIsUsable() {
    try (Backend backend = Backends.open(Backends.AUTO, BackendOptions.defaults())) {
      assertEquals(HeapBackend.class, backend.getClass());
    }
  }

  @Test
  void saysWhyABackendCannotRun() {
    assertRefused(
        () -> Backends.open("lacking", BackendOptions.defaults()),
        "backend 'lacking' cannot run here: there is no such device");
  }

  @Test
  void saysWhichBackendsThereAre() {
    assertRefused(
        () -> Backends.open("warp", BackendOptions.defaults()),
        "no backend 'warp'",
        "plain",
        "lacking (there is no such device)");
  }
}
