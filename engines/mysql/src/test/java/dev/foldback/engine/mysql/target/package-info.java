@NullMarked
package dev.foldback.engine.mysql.target;

import org.jspecify.annotations.NullMarked;
