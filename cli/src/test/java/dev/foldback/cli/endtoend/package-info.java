@NullMarked
package dev.foldback.cli.endtoend;

import org.jspecify.annotations.NullMarked;
