/** What every part of Fovea shares: its error type. */
@NullMarked
package dev.fovea.core;

import org.jspecify.annotations.NullMarked;
