/**
 * BERT (Devlin et al. 2019), an encoder of texts that several families are built on, as Hugging
 * Face stores it.
 */
@NullMarked
package dev.fovea.models.bert;

import org.jspecify.annotations.NullMarked;
