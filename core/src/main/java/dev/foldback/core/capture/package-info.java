/** The use case of capturing a source's log. */
@NullMarked
package dev.foldback.core.capture;

import org.jspecify.annotations.NullMarked;
