@NullMarked
package dev.foldback.engine.mysql.log;

import org.jspecify.annotations.NullMarked;
