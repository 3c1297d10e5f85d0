@NullMarked
package dev.foldback.storage;

import org.jspecify.annotations.NullMarked;
