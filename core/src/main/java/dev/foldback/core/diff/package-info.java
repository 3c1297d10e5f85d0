/** Tells what differs between two restore points. */
@NullMarked
package dev.foldback.core.diff;

import org.jspecify.annotations.NullMarked;
