/** The statements that SHOW CREATE prints, taken apart and put together again. */
@NullMarked
package dev.foldback.engine.mysql.ddl;

import org.jspecify.annotations.NullMarked;
