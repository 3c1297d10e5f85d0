package dev.foldback.engine.mysql.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.testkit.server.ServerKind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TlsMySql80IT extends TlsContract {
  @Override
  ServerKind kind() {
    return ServerKind.MYSQL_8_0;
  }

  /** The server forgets the password's hash each time, so it needs the password itself. */
  @Test
  void aPasswordThatTheServerHasNotCachedTravelsInTlsOrUnderTheServersKey() throws SQLException {
    secured().execute("alter user anyone identified with caching_sha2_password by 'hush hush'");
    plain().execute("alter user anyone identified with caching_sha2_password by 'hush hush'");
    secured().execute("flush privileges");
    assertThat(cipher(secured(), "anyone", "ssl-ca", ca())).isNotEmpty();
    secured().execute("flush privileges");
    assertThat(cipher(secured(), "anyone", "ssl-mode", "disabled")).isEmpty();
    plain().execute("flush privileges");
    assertThat(cipher(plain(), "anyone")).isEmpty();
  }
}
