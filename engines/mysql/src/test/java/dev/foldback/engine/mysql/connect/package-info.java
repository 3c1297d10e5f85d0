@NullMarked
package dev.foldback.engine.mysql.connect;

import org.jspecify.annotations.NullMarked;
