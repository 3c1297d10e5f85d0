@NullMarked
package dev.foldback.testkit.server;

import org.jspecify.annotations.NullMarked;
