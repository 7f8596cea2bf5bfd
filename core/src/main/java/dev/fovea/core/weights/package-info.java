/** Files that hold tensors: safetensors (read and written) and PyTorch's zipped pickles (read). */
@NullMarked
package dev.fovea.core.weights;

import org.jspecify.annotations.NullMarked;
