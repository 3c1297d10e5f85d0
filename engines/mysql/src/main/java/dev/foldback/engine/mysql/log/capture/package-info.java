/** Reads the binary log over the replication protocol, as a replica would. */
@NullMarked
package dev.foldback.engine.mysql.log.capture;

import org.jspecify.annotations.NullMarked;
