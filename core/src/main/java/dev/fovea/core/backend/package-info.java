/** What computes: the coarse set of operations that every backend offers, and how one is found. */
@NullMarked
package dev.fovea.core.backend;

import org.jspecify.annotations.NullMarked;
