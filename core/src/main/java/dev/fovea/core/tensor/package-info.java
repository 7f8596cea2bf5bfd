/** Tensors: element types, shapes, storage, and the operations on them. */
@NullMarked
package dev.fovea.core.tensor;

import org.jspecify.annotations.NullMarked;
