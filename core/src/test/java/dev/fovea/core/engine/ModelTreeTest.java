package dev.fovea.core.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelTreeTest {
  /** A layer. */
  public record Dense(Parameter weight, Optional<Parameter> bias, int size) {}

  /** A model. */
  public record Tower(Dense first, List<Dense> layers, Optional<Dense> head, String name) {}

  private final Parameter shared = parameter("shared", 6);
  private final Dense first = new Dense(shared, Optional.of(parameter("b", 2)), 2);
  private final Dense second = new Dense(parameter("w", 4), Optional.empty(), 2);
  private final Dense third = new Dense(shared, Optional.empty(), 2);
  private final Tower tower = new Tower(first, List.of(second, third), Optional.empty(), "tower");

  @Test
  void namesParametersByTheirPathInDeclarationOrder() {
    assertEquals(
        List.of("first.weight", "first.bias", "layers.0.weight", "layers.1.weight"),
        List.copyOf(ModelTree.parameters(tower).keySet()));
  }

  @Test
  void leavesOutWhatIsNotThere() {
    Tower withHead = new Tower(first, List.of(), Optional.of(second), "tower");
    assertEquals(
        List.of("first.weight", "first.bias", "head.weight"),
        List.copyOf(ModelTree.parameters(withHead).keySet()));
  }

  @Test
  void meetsATiedParameterInEachOfItsPlaces() {
    Map<String, Parameter> parameters = ModelTree.parameters(tower);
    assertSame(parameters.get("first.weight"), parameters.get("layers.1.weight"));
  }

  @Test
  void countsATiedParameterOnce() {
    assertEquals(6 + 2 + 4, ModelTree.parameterCount(tower));
  }

  @Test
  void visitsLayersBeforeWhatTheyHold() {
    List<String> met = new ArrayList<>();
    ModelTree.walk(
        tower,
        new ModelTree.Visitor() {
          @Override
          public void layer(String path, Record layer) {
            met.add(path + ":" + layer.getClass().getSimpleName());
          }

          @Override
          public void parameter(String path, Parameter parameter) {
            met.add(path);
          }
        });
    assertEquals(
        List.of(
            ":Tower",
            "first:Dense",
            "first.weight",
            "first.bias",
            "layers.0:Dense",
            "layers.0.weight",
            "layers.1:Dense",
            "layers.1.weight"),
        met);
  }

  @Test
  void findsPathsByIdentity() {
    Dense twin = new Dense(second.weight(), second.bias(), second.size());
    assertEquals(second, twin);
    Tower twins = new Tower(first, List.of(second, twin), Optional.empty(), "twins");
    assertEquals("layers.0", ModelTree.paths(twins).get(second));
    assertEquals("layers.1", ModelTree.paths(twins).get(twin));
    assertEquals("", ModelTree.paths(twins).get(twins));
  }

  private static Parameter parameter(String name, int size) {
    return Parameter.of(name, Shape.of(size), new float[size]);
  }
}
