package dev.fovea.core.tensor;

import dev.fovea.core.BadInputException;
import dev.fovea.core.Quoted;

/** Activation functions that a linear layer can apply while storing its result. */
public enum Activation {
  NONE,
  RELU,
  /** x * sigmoid(1.702 x), as OpenAI's CLIP weights were trained with. */
  QUICK_GELU,
  /** x/2 * (1 + erf(x / sqrt 2)). */
  GELU,
  /** The tanh approximation of GELU. */
  GELU_TANH,
  SILU,
  SIGMOID,
  TANH;

  /**
   * The function that a configuration names in {@code hidden_act}, as transformers spells it.
   *
   * @param source the file that names it, for the error
   */
  public static Activation byConfigName(String name, String source) {
    return switch (name) {
      case "relu" -> RELU;
      case "quick_gelu" -> QUICK_GELU;
      case "gelu", "gelu_python" -> GELU;
      case "gelu_pytorch_tanh", "gelu_new", "gelu_fast", "gelu_accurate" -> GELU_TANH;
      case "silu", "swish" -> SILU;
      case "sigmoid" -> SIGMOID;
      case "tanh" -> TANH;
      case "linear" -> NONE;
      default ->
          throw new BadInputException(
              ("%s: activation %s is not known; expected gelu, quick_gelu, gelu_new,"
                      + " gelu_pytorch_tanh, relu, silu, sigmoid, tanh or linear")
                  .formatted(source, Quoted.of(name)));
    };
  }
}
