/** The port to an object store. */
@NullMarked
package dev.foldback.core.store;

import org.jspecify.annotations.NullMarked;
