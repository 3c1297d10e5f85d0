@NullMarked
package dev.foldback.engine.mysql.ddl;

import org.jspecify.annotations.NullMarked;
