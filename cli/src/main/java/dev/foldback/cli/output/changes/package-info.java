/** Changes of rows as text, JSON lines and CSV. */
@NullMarked
package dev.foldback.cli.output.changes;

import org.jspecify.annotations.NullMarked;
