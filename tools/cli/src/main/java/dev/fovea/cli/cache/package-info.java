/** What is worth keeping between two runs. */
@NullMarked
package dev.fovea.cli.cache;

import org.jspecify.annotations.NullMarked;
