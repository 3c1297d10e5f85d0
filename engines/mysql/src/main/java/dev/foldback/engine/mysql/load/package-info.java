/** Writing: what stands in the way, tables, rows, indexes, programs, accounts. */
@NullMarked
package dev.foldback.engine.mysql.load;

import org.jspecify.annotations.NullMarked;
