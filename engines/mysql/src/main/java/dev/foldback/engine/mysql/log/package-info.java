/** The binary log of MySQL and MariaDB: its events, captured and decoded. */
@NullMarked
package dev.foldback.engine.mysql.log;

import org.jspecify.annotations.NullMarked;
