@NullMarked
package dev.foldback.core.frame;

import org.jspecify.annotations.NullMarked;
