/** The change log of a source: places in it, what it says, and the port that reads it. */
@NullMarked
package dev.foldback.core.log;

import org.jspecify.annotations.NullMarked;
