@NullMarked
package dev.foldback.core.capture;

import org.jspecify.annotations.NullMarked;
