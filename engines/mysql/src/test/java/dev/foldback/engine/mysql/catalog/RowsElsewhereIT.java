package dev.foldback.engine.mysql.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.foldback.core.Finding;
import dev.foldback.core.Selection;
import dev.foldback.core.TableName;
import dev.foldback.engine.mysql.connect.Connector;
import dev.foldback.testkit.server.ServerKind;
import dev.foldback.testkit.server.ServerOptions;
import dev.foldback.testkit.server.TestServer;
import dev.foldback.testkit.server.TestServers;
import java.sql.Connection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** MySQL's FEDERATED, which a server has only when it is told to. */
class RowsElsewhereIT {
  @Test
  void aTableWhoseRowsLieOnAnotherServerIsNamed() throws Exception {
    try (TestServer server =
        TestServers.fresh(ServerKind.MYSQL_8_0, ServerOptions.quick().with("--federated"))) {
      server.execute(
          "create database far",
          "create table far.near (id int primary key)",
          "create table far.away (id int primary key) engine=federated connection='mysql://"
              + server.user()
              + ":"
              + server.password()
              + "@127.0.0.1:"
              + server.port()
              + "/far/near'");
      Connector connector = Connector.to(server.endpoint());
      try (Connection connection = connector.open("catalog")) {
        Catalog catalog =
            CatalogReader.read(
                List.of(connection), connector.flavor(), new Selection(List.of("far"), List.of()));
        assertThat(catalog.findings())
            .filteredOn(f -> f.code().equals("rows-not-carried"))
            .singleElement()
            .satisfies(f -> assertThat(f.subject()).isEqualTo("table far.away"))
            .satisfies(f -> assertThat(f.severity()).isEqualTo(Finding.Severity.WARNING));
        assertThat(catalog.tables())
            .filteredOn(t -> t.name().equals(new TableName("far", "away")))
            .singleElement()
            .satisfies(
                t ->
                    assertThat(t.properties())
                        .containsEntry(TableProperties.ROWS, TableProperties.ROWS_NONE));
        assertThat(catalog.objects()).anyMatch(o -> o.name().equals("away"));
      }
    }
  }
}
