/** Embeddings on their way to a file. */
@NullMarked
package dev.fovea.cli.embed;

import org.jspecify.annotations.NullMarked;
