import dev.fovea.core.backend.BackendProvider;
import dev.fovea.kernels.cpu.reference.ReferenceProvider;
import dev.fovea.kernels.cpu.vector.VectorProvider;

/** The CPU backends: the reference, which is the specification, and the Vector API kernels. */
module dev.fovea.kernels.cpu {
  requires dev.fovea.core;
  requires org.jspecify;
  requires org.slf4j;
  requires jdk.incubator.vector;

  provides BackendProvider with
      ReferenceProvider,
      VectorProvider;
}
