/** The command line. */
@NullMarked
package dev.foldback.cli;

import org.jspecify.annotations.NullMarked;
