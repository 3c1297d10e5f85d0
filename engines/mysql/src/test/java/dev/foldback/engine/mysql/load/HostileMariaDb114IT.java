package dev.foldback.engine.mysql.load;

import dev.foldback.testkit.server.ServerKind;

class HostileMariaDb114IT extends HostileContract {
  @Override
  ServerKind kind() {
    return ServerKind.MARIADB_11_4;
  }

  /** A role given to an account that does not exist, which only CREATE ROLE … WITH ADMIN can do. */
  @Override
  boolean isKnown(String difference) {
    return difference.equals("account only left: roles_mapping [nowhere, ghost, r_write, Y]");
  }
}
