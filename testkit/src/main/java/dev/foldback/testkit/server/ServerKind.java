package dev.foldback.testkit.server;

/** The servers that tests can run. The label is what {@code FOLDBACK_SERVERS} names them by. */
public enum ServerKind {
  /** From Maven's jars: nothing needs to be installed. */
  MARIADB_11_4("mariadb-11.4", true),
  /** From Maven's jars, the server alone; client and dump tool are those of MySQL 9.7. */
  MYSQL_8_0("mysql-8.0", false),
  /** Unpacked by testkit/setup from Debian bookworm. */
  MARIADB_10_11("mariadb-10.11", true),
  /** Unpacked by testkit/setup from Debian sid. */
  MYSQL_9_7("mysql-9.7", false),
  /** Unpacked by testkit/setup from Debian trixie. */
  MARIADB_11_8("mariadb-11.8", true);

  private final String label;
  private final boolean mariaDb;

  ServerKind(String label, boolean mariaDb) {
    this.label = label;
    this.mariaDb = mariaDb;
  }

  public String label() {
    return label;
  }

  public boolean mariaDb() {
    return mariaDb;
  }

  /** The URL scheme that such a server is spoken of with. */
  public String scheme() {
    return mariaDb ? "mariadb" : "mysql";
  }

  @Override
  public String toString() {
    return label;
  }
}
