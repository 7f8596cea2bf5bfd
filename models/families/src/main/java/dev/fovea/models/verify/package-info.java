/**
 * Holds models to outputs that were recorded from the reference implementation, through the same
 * loaders, tokenizers, image processors and forward passes that everybody uses.
 */
@NullMarked
package dev.fovea.models.verify;

import org.jspecify.annotations.NullMarked;
