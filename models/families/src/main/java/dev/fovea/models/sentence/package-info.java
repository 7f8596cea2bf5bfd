/** Embeddings of sentences (Reimers and Gurevych 2019), as sentence-transformers stores them. */
@NullMarked
package dev.fovea.models.sentence;

import org.jspecify.annotations.NullMarked;
