@NullMarked
package dev.foldback.core;

import org.jspecify.annotations.NullMarked;
