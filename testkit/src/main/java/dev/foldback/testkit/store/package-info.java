/** Stores for tests: the contract, real servers, and stores that fail or lag on purpose. */
@NullMarked
package dev.foldback.testkit.store;

import org.jspecify.annotations.NullMarked;
