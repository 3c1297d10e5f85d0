/** The port to a family of database servers. */
@NullMarked
package dev.foldback.core.engine;

import org.jspecify.annotations.NullMarked;
