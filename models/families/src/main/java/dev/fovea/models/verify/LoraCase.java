package dev.fovea.models.verify;

import dev.fovea.core.autograd.Gradients;
import dev.fovea.core.autograd.Tape;
import dev.fovea.core.engine.Engine;
import dev.fovea.core.engine.Session;
import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Shape;
import dev.fovea.core.tensor.Tensor;
import dev.fovea.models.layers.DenseLinear;
import dev.fovea.models.layers.LoraLinear;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One LoRA linear layer, forward, backward and merged. */
final class LoraCase {
  static final Set<String> INPUTS = Set.of("W", "b", "A", "B", "x", "grad_y");

  private LoraCase() {}

  static boolean accepts(TrainingCase recorded) {
    return recorded.holds("W", "A", "B", "x", "grad_y");
  }

  static void run(TrainingCase recorded, Outputs outputs, Engine engine) {
    Parameter a = parameter(recorded, "A");
    Parameter b = parameter(recorded, "B");
    DenseLinear base =
        new DenseLinear(parameter(recorded, "W"), Optional.of(parameter(recorded, "b")));
    LoraLinear lora =
        new LoraLinear(base, a, b, recorded.description().path("scaling").doubleValue());
    Tape tape = new Tape(List.of(a, b));
    try (Session session = engine.newSession().withTape(tape)) {
      Tensor x = tape.watch(recorded.tensor(session, "x"));
      Tensor y = lora.forward(x);
      outputs.put("y", y);
      Gradients gradients = tape.backward(y, recorded.tensor(session, "grad_y"));
      outputs.put("grad.x", gradients.of(x).orElseThrow());
      outputs.put("grad.lora_A", gradients.of(a).orElseThrow());
      outputs.put("grad.lora_B", gradients.of(b).orElseThrow());
    }
    DenseLinear merged = lora.merged(engine);
    outputs.put("merged_weight", merged.weight().toFloats(), merged.weight().shape().dims());
    try (Session session = engine.newSession()) {
      outputs.put("y_merged", merged.forward(recorded.tensor(session, "x")));
    }
  }

  private static Parameter parameter(TrainingCase recorded, String name) {
    return Parameter.of(name, Shape.of(recorded.dims(name)), recorded.floats(name));
  }
}
