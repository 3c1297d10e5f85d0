@NullMarked
package dev.foldback.engine.mysql.source;

import org.jspecify.annotations.NullMarked;
