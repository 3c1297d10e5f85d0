@NullMarked
package dev.foldback.core.prune;

import org.jspecify.annotations.NullMarked;
