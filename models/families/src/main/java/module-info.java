/** Layers and model families. */
module dev.fovea.models {
  requires transitive dev.fovea.core;
  requires org.jspecify;
  requires org.slf4j;

  exports dev.fovea.models;
  exports dev.fovea.models.clip;
  exports dev.fovea.models.layers;
  exports dev.fovea.models.verify;
}
