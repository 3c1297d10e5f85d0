/** The use case of bringing a snapshot back and comparing it. */
@NullMarked
package dev.foldback.core.restore;

import org.jspecify.annotations.NullMarked;
