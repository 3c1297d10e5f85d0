@NullMarked
package dev.foldback.engine.mysql.load;

import org.jspecify.annotations.NullMarked;
