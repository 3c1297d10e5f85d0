/** A demonstration on an embedded server. */
@NullMarked
package dev.foldback.demo;

import org.jspecify.annotations.NullMarked;
