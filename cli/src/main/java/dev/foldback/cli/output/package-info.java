/** What a person or a machine reads: progress, results and errors, as text or as JSON. */
@NullMarked
package dev.foldback.cli.output;

import org.jspecify.annotations.NullMarked;
