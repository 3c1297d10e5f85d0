package dev.foldback.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void everyCodeIsUsedOnceAndCanBeFound() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).doesNotHaveDuplicates();
    for (ErrorCode code : ErrorCode.values()) {
      assertThat(ErrorCode.find(code.code())).contains(code);
    }
    assertThat(ErrorCode.find("FB-0000")).isEmpty();
  }

  @Test
  void everyExitStatusHasItsOwnNumber() {
    assertThat(Arrays.stream(ExitStatus.values()).map(ExitStatus::status)).doesNotHaveDuplicates();
  }

  @Test
  void aSecretIsNeverShown() {
    assertThat(new Secret("hunter2")).hasToString("********");
    assertThat(new Secret("hunter2").reveal()).isEqualTo("hunter2");
  }
}
