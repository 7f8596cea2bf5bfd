/** What a command works on: pictures, texts, models. */
@NullMarked
package dev.fovea.cli.input;

import org.jspecify.annotations.NullMarked;
