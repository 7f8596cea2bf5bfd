/** Layers and model families. */
module dev.fovea.models {
  requires transitive dev.fovea.core;
  requires org.jspecify;
  requires org.slf4j;

  exports dev.fovea.models;
  exports dev.fovea.models.bert;
  exports dev.fovea.models.clip;
  exports dev.fovea.models.dinov2;
  exports dev.fovea.models.layers;
  exports dev.fovea.models.resnet;
  exports dev.fovea.models.sentence;
  exports dev.fovea.models.siglip;
  exports dev.fovea.models.training;
  exports dev.fovea.models.verify;
  exports dev.fovea.models.vit;
}
