/** From the tensors of a file to the parameters of a model and back, strictly and by name. */
@NullMarked
package dev.fovea.core.checkpoint;

import org.jspecify.annotations.NullMarked;
