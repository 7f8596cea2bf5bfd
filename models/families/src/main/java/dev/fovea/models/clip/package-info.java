/**
 * CLIP: pictures and texts in one space (Radford et al. 2021), as Hugging Face and OpenCLIP store
 * it.
 */
@NullMarked
package dev.fovea.models.clip;

import org.jspecify.annotations.NullMarked;
