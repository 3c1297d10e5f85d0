@NullMarked
package dev.foldback.core.fold;

import org.jspecify.annotations.NullMarked;
