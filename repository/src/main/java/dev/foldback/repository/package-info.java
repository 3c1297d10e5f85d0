/** Snapshots in an object store: objects, manifests, sealing, leases. */
@NullMarked
package dev.foldback.repository;

import org.jspecify.annotations.NullMarked;
