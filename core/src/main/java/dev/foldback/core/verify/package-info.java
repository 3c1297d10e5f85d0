/** The use case of proving what is stored. */
@NullMarked
package dev.foldback.core.verify;

import org.jspecify.annotations.NullMarked;
