package dev.foldback.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
  void theDocumentListsEveryCodeAndStatusAndNoOther() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("../docs/errors.md"));
    for (ErrorCode code : ErrorCode.values()) {
      String row =
          "| " + code.code() + " | `" + code.name() + "` | " + code.exit().status() + " | ";
      assertThat(lines).as(row).anyMatch(line -> line.startsWith(row));
    }
    for (ExitStatus status : ExitStatus.values()) {
      assertThat(lines).contains("| " + status.status() + " | " + status.meaning() + " |");
    }
    assertThat(lines.stream().filter(line -> line.matches("[|] (FB-)?[0-9].*")))
        .hasSize(ErrorCode.values().length + ExitStatus.values().length);
  }

  @Test
  void aSecretIsNeverShown() {
    assertThat(new Secret("hunter2")).hasToString("********");
    assertThat(new Secret("hunter2").reveal()).isEqualTo("hunter2");
  }
}
