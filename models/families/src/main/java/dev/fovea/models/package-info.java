/** Opening models and what can be done with them: embed, compare, classify. */
@NullMarked
package dev.fovea.models;

import org.jspecify.annotations.NullMarked;
