/** The command line. */
module dev.fovea.cli {
  requires dev.fovea.core;
  requires dev.fovea.models;
  requires info.picocli;
  requires progressbar;
  requires org.jspecify;
  requires org.slf4j;
}
