/** Layers that model families share: records of parameters with a forward pass. */
@NullMarked
package dev.fovea.models.layers;

import org.jspecify.annotations.NullMarked;
