/** What to keep of a repository, what to delete, and why. */
@NullMarked
package dev.foldback.core.prune;

import org.jspecify.annotations.NullMarked;
