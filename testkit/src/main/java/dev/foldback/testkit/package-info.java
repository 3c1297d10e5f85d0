/** Real servers and stores for tests. */
@NullMarked
package dev.foldback.testkit;

import org.jspecify.annotations.NullMarked;
