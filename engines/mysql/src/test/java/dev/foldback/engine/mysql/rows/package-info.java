@NullMarked
package dev.foldback.engine.mysql.rows;

import org.jspecify.annotations.NullMarked;
