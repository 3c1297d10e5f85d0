/** The fold: a log's changes reduced to the last image of each row and merged into a snapshot. */
@NullMarked
package dev.foldback.core.fold;

import org.jspecify.annotations.NullMarked;
