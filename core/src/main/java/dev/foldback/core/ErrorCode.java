package dev.foldback.core;

import java.util.Arrays;
import java.util.Optional;

/** Every error that Foldback reports, with its stable code. A code is never given a new meaning. */
public enum ErrorCode {
  // Usage and configuration
  USAGE("FB-1001", ExitStatus.USAGE),
  BAD_NAME("FB-1002", ExitStatus.USAGE),
  BAD_PATTERN("FB-1003", ExitStatus.USAGE),
  BAD_URL("FB-1004", ExitStatus.USAGE),
  BAD_CONFIGURATION("FB-1005", ExitStatus.USAGE),
  UNKNOWN_SOURCE("FB-1006", ExitStatus.USAGE),
  UNKNOWN_SNAPSHOT("FB-1007", ExitStatus.USAGE),
  KEY_NEEDED("FB-1008", ExitStatus.USAGE),
  BAD_KEY_FILE("FB-1009", ExitStatus.USAGE),
  NOTHING_SELECTED("FB-1010", ExitStatus.USAGE),
  KEY_FILE_EXISTS("FB-1011", ExitStatus.USAGE),
  MOMENT_UNREACHABLE("FB-1012", ExitStatus.USAGE),

  // The database server
  SERVER_UNREACHABLE("FB-2001", ExitStatus.SERVER),
  LOGIN_REFUSED("FB-2002", ExitStatus.SERVER),
  PRIVILEGE_MISSING("FB-2003", ExitStatus.SERVER),
  SERVER_UNSUPPORTED("FB-2004", ExitStatus.SERVER),
  SERVER_LOST("FB-2005", ExitStatus.SERVER),
  LOCK_NOT_GRANTED("FB-2006", ExitStatus.SERVER),
  DEFINITION_CHANGED("FB-2007", ExitStatus.SERVER),
  STATEMENT_FAILED("FB-2008", ExitStatus.SERVER),
  SNAPSHOT_LOST("FB-2009", ExitStatus.SERVER),
  VALUE_TOO_LARGE("FB-2010", ExitStatus.SERVER),
  LOAD_FAILED("FB-2011", ExitStatus.SERVER),
  TLS_FAILED("FB-2012", ExitStatus.SERVER),

  // The repository and its store
  STORE_UNREACHABLE("FB-3001", ExitStatus.STORE),
  STORE_DENIED("FB-3002", ExitStatus.STORE),
  STORE_FAILED("FB-3003", ExitStatus.STORE),
  STORE_FULL("FB-3004", ExitStatus.STORE),
  STORE_UNSUPPORTED("FB-3005", ExitStatus.STORE),
  REPOSITORY_MISSING("FB-3006", ExitStatus.STORE),
  REPOSITORY_EXISTS("FB-3007", ExitStatus.STORE),
  REPOSITORY_FORMAT("FB-3008", ExitStatus.STORE),
  COMMIT_UNKNOWN("FB-3009", ExitStatus.STORE),

  // Damage and differences
  OBJECT_MISSING("FB-4001", ExitStatus.DAMAGE),
  OBJECT_DAMAGED("FB-4002", ExitStatus.DAMAGE),
  MANIFEST_DAMAGED("FB-4003", ExitStatus.DAMAGE),
  WRONG_KEY("FB-4004", ExitStatus.USAGE),
  ROWS_DIFFER("FB-4005", ExitStatus.DAMAGE),
  FRAME_DAMAGED("FB-4006", ExitStatus.DAMAGE),
  FOLD_MISMATCH("FB-4008", ExitStatus.DAMAGE),
  LOG_DAMAGED("FB-4007", ExitStatus.DAMAGE),

  // Refusals
  TARGET_NOT_EMPTY("FB-5001", ExitStatus.REFUSED),
  NOT_RESTORABLE("FB-5002", ExitStatus.REFUSED),
  NOT_CONSISTENT("FB-5003", ExitStatus.REFUSED),
  LOG_NOT_FOLDABLE("FB-5004", ExitStatus.REFUSED),
  NOT_PRUNABLE("FB-5009", ExitStatus.REFUSED),
  LOG_BROKEN("FB-5010", ExitStatus.REFUSED),
  LOG_UNUSABLE("FB-5011", ExitStatus.REFUSED),
  NOT_REVERSIBLE("FB-5012", ExitStatus.REFUSED),
  RESTORE_ENDED("FB-5013", ExitStatus.REFUSED),

  // Leases
  LEASE_HELD("FB-6001", ExitStatus.BUSY),
  LEASE_LOST("FB-6002", ExitStatus.BUSY),
  OBJECTS_CONDEMNED("FB-6003", ExitStatus.BUSY),

  // The machine that Foldback runs on, and defects
  OUT_OF_MEMORY("FB-9001", ExitStatus.INTERNAL),
  INTERRUPTED("FB-9002", ExitStatus.INTERRUPTED),
  NATIVE_LIBRARY("FB-9003", ExitStatus.INTERNAL),
  WORK_FOLDER("FB-9004", ExitStatus.INTERNAL),
  INTERNAL("FB-9999", ExitStatus.INTERNAL);

  private final String code;
  private final ExitStatus exit;

  ErrorCode(String code, ExitStatus exit) {
    this.code = code;
    this.exit = exit;
  }

  public String code() {
    return code;
  }

  public ExitStatus exit() {
    return exit;
  }

  /** The error with this code, if there is one. */
  public static Optional<ErrorCode> find(String code) {
    return Arrays.stream(values()).filter(e -> e.code.equals(code)).findFirst();
  }
}
