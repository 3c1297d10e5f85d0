/** The port to the repository of backups. */
@NullMarked
package dev.foldback.core.repository;

import org.jspecify.annotations.NullMarked;
