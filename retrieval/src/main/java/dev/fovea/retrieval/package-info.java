/** Vector indexes. */
@NullMarked
package dev.fovea.retrieval;

import org.jspecify.annotations.NullMarked;
