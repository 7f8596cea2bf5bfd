package dev.fovea.core.checkpoint;

import static dev.fovea.core.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fovea.core.files.ModelFiles;
import dev.fovea.core.tensor.DType;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Storage;
import dev.fovea.core.weights.RecordedFiles;
import dev.fovea.core.weights.SafeTensors;
import dev.fovea.core.weights.Samples;
import dev.fovea.core.weights.StoredTensor;
import dev.fovea.core.weights.WeightFiles;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Binding the tensors of a file to parameters by name, and writing them back. */
class CheckpointTest {
  @TempDir Path folder;

  @Test
  void aParameterIsTheTensorOfItsName() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("a.weight", 1, 2, 3))) {
      Parameter parameter = checkpoint.binder().at("a").parameter("weight", 2, 3);

      assertEquals("a.weight", parameter.name());
      assertEquals(Shape.of(2, 3), parameter.shape());
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, values(parameter));
    }
  }

  @Test
  void askingTwiceGivesTheSameParameter() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("w", 1, 2))) {
      assertSame(checkpoint.binder().parameter("w", 2), checkpoint.binder().parameter("w", 2));
    }
  }

  @Test
  void aNumberedPartIsNamedByItsIndex() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("layers.11.w", 1, 2))) {
      assertEquals("layers.11.w", checkpoint.binder().at("layers").at(11).parameter("w", 2).name());
    }
  }

  @Test
  void aRenamedParameterIsFoundAndSavedUnderItsStoredName() {
    Layout layout = Layout.canonical().rename("encoder.layers.*.**", "resblocks.*.**");
    try (Checkpoint checkpoint = open(layout, Samples.counting("resblocks.4.mlp.w", 1, 2))) {
      Parameter parameter = checkpoint.binder().parameter("encoder.layers.4.mlp.w", 2);

      assertArrayEquals(new float[] {1, 2}, values(parameter));
      assertSavesAsLoaded(checkpoint);
    }
  }

  @Test
  void theFirstRuleWhoseTensorIsThereCounts() {
    Layout layout = Layout.canonical().rename("w", "first").rename("w", "second");
    try (Checkpoint checkpoint =
        open(layout, Samples.counting("second", 7, 1), Samples.counting("w", 8, 1))) {
      assertArrayEquals(new float[] {7}, values(checkpoint.binder().parameter("w", 1)));
    }
  }

  @Test
  void aTransposedParameterHasRowsAndColumnsExchanged() {
    Layout layout = Layout.canonical().transpose("proj.weight", "proj");
    try (Checkpoint checkpoint = open(layout, Samples.counting("proj", 1, 2, 3))) {
      Parameter parameter = checkpoint.binder().parameter("proj.weight", 3, 2);

      assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, values(parameter));
      assertSavesAsLoaded(checkpoint);
    }
  }

  @Test
  void joinedParametersAreConsecutivePartsOfOneTensor() {
    try (Checkpoint checkpoint = open(queryKeyValue(), Samples.counting("in_proj", 1, 6, 2))) {
      Binder binder = checkpoint.binder();

      assertArrayEquals(new float[] {9, 10, 11, 12}, values(binder.parameter("v", 2, 2)));
      assertArrayEquals(new float[] {1, 2, 3, 4}, values(binder.parameter("q", 2, 2)));
      assertArrayEquals(new float[] {5, 6, 7, 8}, values(binder.parameter("k", 2, 2)));
      checkpoint.requireAllUsed();
      assertSavesAsLoaded(checkpoint);
    }
  }

  @Test
  void partsThatNobodyAskedForAreSavedAsTheyWere() {
    try (Checkpoint checkpoint = open(queryKeyValue(), Samples.counting("in_proj", 1, 6, 2))) {
      assertArrayEquals(new float[] {5, 6, 7, 8}, values(checkpoint.binder().parameter("k", 2, 2)));
      assertSavesAsLoaded(checkpoint);
    }
  }

  @Test
  void parametersThatAreStoredApartNeedNoJoin() {
    try (Checkpoint checkpoint = open(queryKeyValue(), Samples.counting("q", 1, 2, 2))) {
      assertArrayEquals(new float[] {1, 2, 3, 4}, values(checkpoint.binder().parameter("q", 2, 2)));
    }
  }

  @Test
  void anOptionalPrefixMayStandBeforeEveryStoredName() {
    Layout layout =
        Layout.canonical().optionalPrefix("bert.").rename("w", "stored").leftover("cls.**");
    try (Checkpoint checkpoint =
        open(layout, Samples.counting("bert.stored", 1, 1), Samples.counting("cls.bias", 1, 1))) {
      assertArrayEquals(new float[] {1}, values(checkpoint.binder().parameter("w", 1)));
      checkpoint.requireAllUsed();
    }
  }

  @Test
  void aTiedTensorServesForTheOther() {
    Layout layout = Layout.canonical().tie("embedding.weight", "head.weight");
    try (Checkpoint checkpoint = open(layout, Samples.counting("head.weight", 1, 2))) {
      assertArrayEquals(
          new float[] {1, 2}, values(checkpoint.binder().parameter("embedding.weight", 2)));
      checkpoint.requireAllUsed();
    }
  }

  @Test
  void tiedTensorsThatAreBothThereAreBothUsedAndSaved() {
    Layout layout = Layout.canonical().tie("embedding.weight", "head.weight");
    try (Checkpoint checkpoint =
        open(
            layout,
            Samples.counting("embedding.weight", 1, 2),
            Samples.counting("head.weight", 1, 2))) {
      checkpoint.binder().parameter("embedding.weight", 2);

      checkpoint.requireAllUsed();
      assertSavesAsLoaded(checkpoint);
    }
  }

  @Test
  void tiedTensorsThatDifferAreRefused() {
    Layout layout = Layout.canonical().tie("embedding.weight", "head.weight");
    try (Checkpoint checkpoint =
        open(
            layout,
            Samples.counting("embedding.weight", 1, 2),
            Samples.counting("head.weight", 2, 2))) {
      checkpoint.binder().parameter("embedding.weight", 2);

      assertRefused(checkpoint::requireAllUsed, "'embedding.weight' and 'head.weight' differ");
    }
  }

  @Test
  void aMissingTensorIsNamedWithItsShapeAndWhatTheFileHasInstead() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("model.a.w", 1, 2))) {
      assertRefused(
          () -> checkpoint.binder().parameter("a.w", 2),
          "model.safetensors: tensor 'a.w' [2] is missing",
          "the file has it as model.a.w");
    }
  }

  @Test
  void aMissingTensorThatGoesBySeveralNamesListsThem() {
    Layout layout = Layout.canonical().rename("a.w", "stored.a");
    try (Checkpoint checkpoint = open(layout, Samples.counting("other", 1, 2))) {
      assertRefused(
          () -> checkpoint.binder().parameter("a.w", 2),
          "tensor 'stored.a' [2] is missing",
          "also looked for a.w");
    }
  }

  @Test
  void aTensorOfAnotherShapeIsRefusedWithBothShapes() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("w", 1, 4, 2))) {
      assertRefused(
          () -> checkpoint.binder().parameter("w", 4, 3),
          "tensor 'w' is [4, 2]",
          "makes it [4, 3]",
          "do not belong together");
    }
  }

  @Test
  void aTensorInReverseOrderIsRefusedWithThatCause() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("w", 1, 4, 2))) {
      assertRefused(() -> checkpoint.binder().parameter("w", 2, 4), "in reverse order");
    }
  }

  @Test
  void aJoinedTensorOfAnotherShapeIsRefusedWithTheJoinedShape() {
    try (Checkpoint checkpoint = open(queryKeyValue(), Samples.counting("in_proj", 1, 5, 2))) {
      assertRefused(
          () -> checkpoint.binder().parameter("q", 2, 2), "'in_proj' is [5, 2]", "[6, 2]");
    }
  }

  @Test
  void aTensorThatIsNotAFloatIsRefused() {
    StoredTensor integers =
        new StoredTensor("w", DType.I32, List.of(2L), Arena.ofAuto().allocate(8));
    try (Checkpoint checkpoint = open(Layout.canonical(), integers)) {
      assertRefused(() -> checkpoint.binder().parameter("w", 2), "'w' has type I32");
    }
  }

  @Test
  void aTensorThatNobodyAskedForIsRefused() {
    try (Checkpoint checkpoint =
        open(
            Layout.canonical(),
            Samples.counting("w", 1, 2),
            Samples.counting("adapter.a", 1, 2),
            Samples.counting("adapter.b", 1, 2))) {
      checkpoint.binder().parameter("w", 2);

      assertRefused(checkpoint::requireAllUsed, "2 tensors", "adapter.a, adapter.b");
    }
  }

  @Test
  void aNameThatForgesASecondLineIsEscaped() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("a\nOK", 1, 2))) {
      assertRefused(checkpoint::requireAllUsed, "a\\u000aOK");
    }
  }

  @Test
  void aKnownLeftoverIsLeftAloneAndSaved() {
    Layout layout = Layout.canonical().leftover("*.position_ids");
    StoredTensor ids =
        new StoredTensor("text.position_ids", DType.I64, List.of(1L), Arena.ofAuto().allocate(8));
    try (Checkpoint checkpoint = open(layout, Samples.counting("w", 1, 2), ids)) {
      checkpoint.binder().parameter("w", 2);

      checkpoint.requireAllUsed();
      assertSavesAsLoaded(checkpoint);
    }
  }

  @Test
  void anOptionalParameterMayBeAbsent() {
    try (Checkpoint checkpoint = open(Layout.canonical(), Samples.counting("w", 1, 2))) {
      assertFalse(checkpoint.binder().optional("bias", 2).isPresent());
      assertTrue(checkpoint.binder().optional("w", 2).isPresent());
    }
  }

  @Test
  void aShapeThatNoTensorCanHaveIsTheConfigurationsFault() {
    assertRefused(
        () -> Binder.shapesOnly().parameter("conv.weight", 1 << 24, 1 << 24, 1 << 24),
        "conv.weight",
        "[16777216, 16777216, 16777216]");
  }

  @Test
  void aBinderWithoutWeightsGivesShapesAlone() {
    Parameter parameter = Binder.shapesOnly().at("a").parameter("w", 2, 3);

    assertEquals("a.w F32 [2, 3]", parameter.toString());
    assertThrows(IllegalStateException.class, parameter::storage);
  }

  private static Layout queryKeyValue() {
    return Layout.canonical().join("in_proj", "q", "k", "v");
  }

  private Checkpoint open(Layout layout, StoredTensor... tensors) {
    SafeTensors.write(
        folder.resolve("model.safetensors"), List.of(tensors), Map.of("format", "pt"));
    return Checkpoint.open(ModelFiles.directory(folder), layout);
  }

  private void assertSavesAsLoaded(Checkpoint checkpoint) {
    checkpoint.save(folder.resolve("saved.safetensors"));
    try (Arena arena = Arena.ofConfined()) {
      WeightFiles saved =
          SafeTensors.read(ModelFiles.directory(folder), "saved.safetensors", arena);

      assertEquals(checkpoint.weights().metadata(), saved.metadata());
      RecordedFiles.assertSameTensors(checkpoint.weights(), saved);
    }
  }

  private static float[] values(Parameter parameter) {
    return parameter.storage() instanceof Storage.Mapped(DType dtype, MemorySegment segment)
        ? Samples.values(segment)
        : new float[0];
  }
}
