@NullMarked
package dev.foldback.engine.mysql.log.decode;

import org.jspecify.annotations.NullMarked;
