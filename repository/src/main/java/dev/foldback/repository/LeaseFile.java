package dev.foldback.repository;

import dev.foldback.core.store.ObjectStore;
import dev.foldback.core.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What one file below {@code leases/} says.
 *
 * @param since when the holder first took the lease
 * @param time when this file was written
 */
record LeaseFile(
    Holder holder, Instant since, Instant time, Duration timeToLive, boolean released) {

  byte[] bytes(long epoch) {
    return Json.checked(
        Json.file()
            .put("epoch", epoch)
            .put("host", holder.host())
            .put("machine", holder.machine())
            .put("process", holder.process())
            .put("processStarted", holder.started().toString())
            .put("token", holder.token())
            .put("since", since.toString())
            .put("time", time.toString())
            .put("seconds", timeToLive.toSeconds())
            .put("released", released));
  }

  static Optional<LeaseFile> read(ObjectStore store, String key) {
    byte[] bytes;
    try {
      bytes = store.get(key);
    } catch (StoreException e) {
      if (e.kind() == StoreException.Kind.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
    Fields fields = Json.checked(bytes, key);
    Holder holder =
        new Holder(
            fields.text("host"),
            fields.text("machine"),
            fields.count("process"),
            fields.instant("processStarted"),
            fields.text("token"));
    return Optional.of(
        new LeaseFile(
            holder,
            fields.instant("since"),
            fields.instant("time"),
            Duration.ofSeconds(fields.size("seconds")),
            fields.flag("released")));
  }

  boolean isFree(Clock clock) {
    return released || holder.isGone() || time.plus(timeToLive).isBefore(clock.instant());
  }
}
