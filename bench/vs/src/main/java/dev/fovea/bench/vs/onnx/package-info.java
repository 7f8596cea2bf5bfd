/** Builds ONNX models node by node, so that a race needs no export by another program. */
@NullMarked
package dev.fovea.bench.vs.onnx;

import org.jspecify.annotations.NullMarked;
