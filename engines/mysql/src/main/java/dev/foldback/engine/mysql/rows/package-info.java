/** How values become bytes of a frame and back. */
@NullMarked
package dev.foldback.engine.mysql.rows;

import org.jspecify.annotations.NullMarked;
