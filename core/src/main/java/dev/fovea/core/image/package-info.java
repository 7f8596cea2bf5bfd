/** Pictures: decoding, resizing as Pillow does it, and the preprocessing that models ask for. */
@NullMarked
package dev.fovea.core.image;

import org.jspecify.annotations.NullMarked;
