package dev.foldback.engine.mysql.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.ErrorCode;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorsTest {
  @ParameterizedTest
  @ValueSource(ints = {1053, 1152, 1158, 1927, 2006, 2013, 3169, 4031})
  void aLostConnectionIsLostAndMayBeTriedAgainWhateverTheStateSays(int code) {
    SQLException lost = new SQLException("gone", "HY000", code);
    assertThat(ServerErrors.isLost(lost)).isTrue();
    assertThat(ServerErrors.isPassing(lost)).isTrue();
    assertThat(ServerErrors.failed("reading", lost).code()).isEqualTo(ErrorCode.SERVER_LOST);
  }

  @ParameterizedTest
  @ValueSource(ints = {1180, 1205, 1213, 1317, 1969})
  void whatMayWorkLaterIsNotALostConnection(int code) {
    SQLException passing = new SQLException("later", "HY000", code);
    assertThat(ServerErrors.isPassing(passing)).isTrue();
    assertThat(ServerErrors.isLost(passing)).isFalse();
  }

  @Test
  void aPacketTooLargeIsNotTriedAgainThoughItEndsTheConnection() {
    assertThat(ServerErrors.isPassing(new SQLException("too large", "08S01", 1153))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1044, 1045, 1142, 1143, 1227, 1370, 1410, 1419})
  void aMissingRightIsSaidAsOne(int code) {
    SQLException denied = new SQLException("denied", "42000", code);
    assertThat(ServerErrors.failed("reading", denied).code())
        .isEqualTo(ErrorCode.PRIVILEGE_MISSING);
    assertThat(ServerErrors.isPassing(denied)).isFalse();
  }
}
