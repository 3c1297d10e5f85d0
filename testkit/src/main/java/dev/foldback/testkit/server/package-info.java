/** Real database servers, an independent judge over two of them, and data that is hard to carry. */
@NullMarked
package dev.foldback.testkit.server;

import org.jspecify.annotations.NullMarked;
