/** Reading: rights, consistency, slices, rows. */
@NullMarked
package dev.foldback.engine.mysql.source;

import org.jspecify.annotations.NullMarked;
