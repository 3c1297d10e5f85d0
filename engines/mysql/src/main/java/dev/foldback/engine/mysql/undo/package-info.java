/** Values of the log as people and scripts have them, and scripts that take changes back. */
@NullMarked
package dev.foldback.engine.mysql.undo;

import org.jspecify.annotations.NullMarked;
