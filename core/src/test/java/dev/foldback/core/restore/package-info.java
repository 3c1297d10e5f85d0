@NullMarked
package dev.foldback.core.restore;

import org.jspecify.annotations.NullMarked;
