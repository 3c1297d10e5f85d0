/** Running pieces of work on several threads. */
@NullMarked
package dev.foldback.core.work;

import org.jspecify.annotations.NullMarked;
