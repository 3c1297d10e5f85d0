/** The words of the domain: sources, positions, selections, findings and errors. */
@NullMarked
package dev.foldback.core;

import org.jspecify.annotations.NullMarked;
