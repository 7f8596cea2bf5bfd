/** The vision transformer (Dosovitskiy et al. 2021), as Hugging Face stores it. */
@NullMarked
package dev.fovea.models.vit;

import org.jspecify.annotations.NullMarked;
