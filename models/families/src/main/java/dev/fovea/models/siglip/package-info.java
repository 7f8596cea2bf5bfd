/** SigLIP: pictures and texts in one space, pair by pair (Zhai et al. 2023). */
@NullMarked
package dev.fovea.models.siglip;

import org.jspecify.annotations.NullMarked;
