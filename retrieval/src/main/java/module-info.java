/** Vector indexes. */
module dev.fovea.retrieval {
  requires transitive dev.fovea.core;
  requires org.jspecify;

  exports dev.fovea.retrieval;
}
