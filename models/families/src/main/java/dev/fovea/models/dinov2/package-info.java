/** DINOv2 (Oquab et al. 2023), with and without registers, as Hugging Face stores it. */
@NullMarked
package dev.fovea.models.dinov2;

import org.jspecify.annotations.NullMarked;
