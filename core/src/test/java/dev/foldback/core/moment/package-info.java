@NullMarked
package dev.foldback.core.moment;

import org.jspecify.annotations.NullMarked;
