/** Where the files of a model come from: a directory, or resources inside an artifact. */
@NullMarked
package dev.fovea.core.files;

import org.jspecify.annotations.NullMarked;
