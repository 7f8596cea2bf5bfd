/** Picture files: what they claim is checked before anything is allocated. */
@NullMarked
package dev.fovea.core.image.codec;

import org.jspecify.annotations.NullMarked;
