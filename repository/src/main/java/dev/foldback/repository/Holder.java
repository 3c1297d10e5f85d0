package dev.foldback.repository;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who holds a lease.
 *
 * @param machine marks one run of one host's kernel and process numbers; two that differ can say
 *     nothing of each other's processes
 * @param started when the process began, so that a reused number is not taken for it
 * @param token random, different for each writer of one process
 */
record Holder(String host, String machine, long process, Instant started, String token) {
  /** Tokens of writers in this process that are not closed yet. */
  private static final Set<String> LIVING = ConcurrentHashMap.newKeySet();

  /** The kernel gives a process's start to a second or so, and by a clock that may be set. */
  private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

  /** A new writer in this process, living until {@link #retire}. */
  static Holder create() {
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    ProcessHandle self = ProcessHandle.current();
    Holder holder =
        new Holder(
            hostName(),
            machineMark(),
            self.pid(),
            self.info().startInstant().orElse(Instant.EPOCH),
            HexFormat.of().formatHex(random));
    LIVING.add(holder.token);
    return holder;
  }

  void retire() {
    LIVING.remove(token);
  }

  /** Whether it is certain that nobody is there any more. */
  boolean isGone() {
    if (!machine.equals(machineMark())) {
      return false;
    }
    if (process == ProcessHandle.current().pid()) {
      return !LIVING.contains(token);
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(process);
    if (handle.isEmpty() || !handle.get().isAlive()) {
      return true;
    }
    return handle
        .get()
        .info()
        .startInstant()
        .map(s -> Duration.between(started, s).abs().compareTo(START_TOLERANCE) > 0)
        .orElse(false);
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String machineMark() {
    try {
      // The same boot and the same process number space, as inside one container.
      return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
          + " "
          + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
    } catch (IOException | UnsupportedOperationException e) {
      return "host " + hostName();
    }
  }
}
