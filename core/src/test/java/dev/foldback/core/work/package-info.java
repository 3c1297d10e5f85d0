@NullMarked
package dev.foldback.core.work;

import org.jspecify.annotations.NullMarked;
