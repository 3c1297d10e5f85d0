/** Connections to MySQL and MariaDB, and what kind of server answers. */
@NullMarked
package dev.foldback.engine.mysql.connect;

import org.jspecify.annotations.NullMarked;
