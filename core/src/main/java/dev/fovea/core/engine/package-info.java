/** Running models: the engine with its packed weights, and sessions with their memory. */
@NullMarked
package dev.fovea.core.engine;

import org.jspecify.annotations.NullMarked;
