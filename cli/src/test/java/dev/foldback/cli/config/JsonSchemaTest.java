package dev.foldback.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {

  @Test
  void theSchemaInTheDocumentsIsTheOneOfTheCode() throws Exception {
    ObjectMapper mapper = new ObjectMapper();
    Path file = Path.of("../docs/foldback.schema.json");
    String expected =
        mapper.writerWithDefaultPrettyPrinter().writeValueAsString(JsonSchema.document());
    assertThat(Files.exists(file) ? mapper.readTree(Files.readString(file)) : null)
        .as("docs/foldback.schema.json must be:%n%s%n", expected)
        .isEqualTo(JsonSchema.document());
  }
}
