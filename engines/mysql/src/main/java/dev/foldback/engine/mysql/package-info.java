/** The engine for MySQL and MariaDB. */
@NullMarked
package dev.foldback.engine.mysql;

import org.jspecify.annotations.NullMarked;
