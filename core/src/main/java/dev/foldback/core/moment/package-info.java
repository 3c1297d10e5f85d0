/** What a source was at any moment: a snapshot, the log after it, and the fold of both. */
@NullMarked
package dev.foldback.core.moment;

import org.jspecify.annotations.NullMarked;
