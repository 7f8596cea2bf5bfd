/** The same work done by Fovea and by ONNX Runtime in one process, as ratios. */
@NullMarked
package dev.fovea.bench.vs;

import org.jspecify.annotations.NullMarked;
