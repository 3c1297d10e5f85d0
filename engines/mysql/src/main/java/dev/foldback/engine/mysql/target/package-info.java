/** Writing: what stands in the way, tables, rows, indexes, programs, accounts. */
@NullMarked
package dev.foldback.engine.mysql.target;

import org.jspecify.annotations.NullMarked;
