package dev.foldback.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {

  @Test
  void aReferenceMayStandForAnyValue() {
    JsonNode source =
        JsonSchema.document().at("/properties/sources/patternProperties").iterator().next();
    Pattern size = Pattern.compile(source.at("/properties/max-rate/pattern").asText());
    Pattern wait = Pattern.compile(source.at("/properties/lock-wait/pattern").asText());
    Pattern count = Pattern.compile(source.at("/properties/threads/anyOf/1/pattern").asText());
    for (Pattern each : List.of(size, wait, count)) {
      assertThat(each.matcher("${env:VALUE}").find()).isTrue();
      assertThat(each.matcher("fast").find()).isFalse();
    }
    assertThat(size.matcher("50MiB").find()).isTrue();
    assertThat(wait.matcher("30s").find()).isTrue();
    assertThat(source.at("/properties/threads/anyOf/0/maximum").asInt()).isEqualTo(4096);
  }

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
