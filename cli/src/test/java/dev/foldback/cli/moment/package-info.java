/** Moments restored by fold, judged by the server that lived through them. */
@NullMarked
package dev.foldback.cli.moment;

import org.jspecify.annotations.NullMarked;
