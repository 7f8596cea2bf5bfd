package dev.fovea.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.EngineOptions;
import dev.fovea.core.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A model")
class ModelLifetimeTest {
  private static final Image PICTURE =
      Image.read(TestData.project().resolve("examples/05-ship.png"));
  private static final List<String> TEXTS = List.of("a drawing of a ship", "a drawing of a dog");

  @Test
  void givesEightThreadsThatShareItWhatItGivesOne() throws Exception {
    try (ImageTextModel model = Models.openShipped();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      float[] picture = model.embed(PICTURE);
      float[][] texts = model.embedTexts(TEXTS);
      CountDownLatch start = new CountDownLatch(8);
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        running.add(
            threads.submit(
                () -> {
                  start.countDown();
                  start.await();
                  for (int repeat = 0; repeat < 2; repeat++) {
                    assertArrayEquals(picture, model.embed(PICTURE));
                    assertArrayEquals(texts, model.embedTexts(TEXTS));
                  }
                  return true;
                }));
      }
      for (Future<?> thread : running) {
        assertEquals(true, thread.get(60, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void cannotBeUsedAfterItIsClosed() {
    ImageTextModel model = Models.openShipped();
    model.close();
    model.close();

    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> model.embed("a drawing of a ship"));
    assertEquals("this model is closed", e.getMessage());
    assertThrows(IllegalStateException.class, () -> model.embed(PICTURE));
  }

  @Test
  void isNotClosedWhileItWorks() throws Exception {
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    Model model = Models.open(Models.shipped());
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Integer> work =
          threads.submit(
              () ->
                  model.run(
                      session -> {
                        working.countDown();
                        await(mayEnd);
                        return session.tensor(new float[] {1, 2}, 2).toFloats().length;
                      }));
      working.await();
      Future<?> closing = threads.submit(model::close);
      assertThrows(
          java.util.concurrent.TimeoutException.class,
          () -> closing.get(50, TimeUnit.MILLISECONDS));
      mayEnd.countDown();

      assertEquals(2, work.get(60, TimeUnit.SECONDS));
      closing.get(60, TimeUnit.SECONDS);
    }
    assertThrows(IllegalStateException.class, () -> model.run(session -> 0));
  }

  @Test
  void isNotClosedByItsOwnWork() {
    Model model = Models.open(Models.shipped());

    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () ->
                model.run(
                    session -> {
                      model.close();
                      return 0;
                    }));

    assertEquals("a model cannot be closed by the work that runs on it", e.getMessage());
    model.close();
  }

  @Test
  void leavesAnEngineThatIsNotItsOwnOpenForOthers() {
    try (Engine engine = Engine.open(EngineOptions.defaults().withThreads(1))) {
      float[] first;
      try (Model model = Models.open(Models.shipped(), engine)) {
        first = model.as(ImageTextModel.class).embed(PICTURE);
      }
      try (Model model = Models.open(Models.shipped(), engine)) {
        assertArrayEquals(first, model.as(ImageTextModel.class).embed(PICTURE));
      }
    }
  }

  @Test
  void servesOnlyWhatItCan() {
    try (Model model = Models.open(TestData.model("clip-vision-v5"))) {
      assertEquals(32, model.as(ImageEmbedder.class).dimension());
      String e = Refusal.of(() -> model.as(TextEmbedder.class));
      assertTrue(e.endsWith("a model of family clip_vision cannot serve as TextEmbedder"), e);
    }
  }

  @Test
  void embedsNothingAsNothing() {
    try (ImageTextModel model = Models.openShipped()) {
      assertEquals(0, model.embedImages(List.of()).length);
      assertEquals(0, model.embedTexts(List.of()).length);
    }
  }

  @Test
  void embedsManyInBatchesAsItEmbedsOne() {
    try (ImageTextModel model = Models.openShipped()) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        texts.add("a drawing of a ship number " + i);
      }

      float[][] all = model.embedTexts(texts);

      assertEquals(40, all.length);
      assertArrayEquals(model.embed(texts.get(39)), all[39], 1e-6f);
      assertFalse(java.util.Arrays.equals(all[0], all[39]));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
