package dev.fovea.models.training;

import dev.fovea.core.tensor.Parameter;
import dev.fovea.core.tensor.Storage;

/** The values of a trainable parameter in f32, where an optimiser may write. */
record MasterCopy(Parameter parameter, float[] array) {
  /** Takes the parameter over: from now on its values are this array. */
  static MasterCopy of(Parameter parameter) {
    if (parameter.storage() instanceof Storage.Floats floats) {
      return new MasterCopy(parameter, floats.array());
    }
    MasterCopy copy = new MasterCopy(parameter, parameter.toFloats());
    copy.publish();
    return copy;
  }

  /** Tells engines that the values changed. */
  void publish() {
    parameter.update(new Storage.Floats(array));
  }
}
