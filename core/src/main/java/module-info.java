/** Tensors, the backend interface, model files, tokenizers and images. */
module dev.fovea.core {
  requires transitive org.jspecify;
  requires transitive tools.jackson.databind;
  requires org.slf4j;
  requires java.desktop;

  exports dev.fovea.core;
  exports dev.fovea.core.autograd;
  exports dev.fovea.core.backend;
  exports dev.fovea.core.checkpoint;
  exports dev.fovea.core.engine;
  exports dev.fovea.core.files;
  exports dev.fovea.core.image;
  exports dev.fovea.core.json;
  exports dev.fovea.core.tensor;
  exports dev.fovea.core.tokenizer;
  exports dev.fovea.core.weights;

  uses dev.fovea.core.backend.BackendProvider;
}
