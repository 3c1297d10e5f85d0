/** What a person configures: {@code foldback.yaml}, URLs, and where passwords come from. */
@NullMarked
package dev.foldback.cli.config;

import org.jspecify.annotations.NullMarked;
