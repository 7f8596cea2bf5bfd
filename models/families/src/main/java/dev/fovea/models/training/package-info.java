/**
 * Learning: losses, optimisers, schedules, linear probes. The forward passes are those of the
 * models.
 */
@NullMarked
package dev.fovea.models.training;

import org.jspecify.annotations.NullMarked;
