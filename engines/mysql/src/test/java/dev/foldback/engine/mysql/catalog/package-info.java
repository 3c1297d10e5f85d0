@NullMarked
package dev.foldback.engine.mysql.catalog;

import org.jspecify.annotations.NullMarked;
