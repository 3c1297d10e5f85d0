/** The use case of taking a snapshot. */
@NullMarked
package dev.foldback.core.backup;

import org.jspecify.annotations.NullMarked;
