/** Strict, bounded reading of JSON files that come from outside. */
@NullMarked
package dev.fovea.core.json;

import org.jspecify.annotations.NullMarked;
