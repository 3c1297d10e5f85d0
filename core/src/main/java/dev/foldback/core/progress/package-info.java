/** What long work says while it runs. */
@NullMarked
package dev.foldback.core.progress;

import org.jspecify.annotations.NullMarked;
