@NullMarked
package dev.foldback.engine.mysql.log.json;

import org.jspecify.annotations.NullMarked;
