/** Residual convolutional networks (He et al. 2016), as Hugging Face stores them. */
@NullMarked
package dev.fovea.models.resnet;

import org.jspecify.annotations.NullMarked;
