/** What a machine is and what it can do. */
@NullMarked
package dev.fovea.cli.doctor;

import org.jspecify.annotations.NullMarked;
