/** Makes a new snapshot of an earlier one and the log after it, without the source. */
@NullMarked
package dev.foldback.core.consolidate;

import org.jspecify.annotations.NullMarked;
