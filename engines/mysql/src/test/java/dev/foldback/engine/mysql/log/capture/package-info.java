@NullMarked
package dev.foldback.engine.mysql.log.capture;

import org.jspecify.annotations.NullMarked;
