@NullMarked
package dev.foldback.core.log;

import org.jspecify.annotations.NullMarked;
