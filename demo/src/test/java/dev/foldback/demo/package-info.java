/** Tests of the demonstration, as a person runs it. */
@NullMarked
package dev.foldback.demo;

import org.jspecify.annotations.NullMarked;
