package dev.foldback.engine.mysql.catalog;

import dev.foldback.core.engine.SchemaObject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Spatial reference systems that people added to MySQL: its own are EPSG's, by EPSG's numbers. */
final class ReferenceSystems {
  private static final String FOREIGN =
      "select srs_id, srs_name, organization, organization_coordsys_id, definition, description"
          + " from information_schema.st_spatial_reference_systems where srs_id <> 0 and"
          + " (organization is null or organization <> 'EPSG' or organization_coordsys_id <> srs_id"
          + " or srs_id > 32767) order by srs_id";

  private ReferenceSystems() {}

  static List<SchemaObject> read(Reading reading) throws SQLException {
    if (!reading.flavor().mySqlAtLeast(8, 0, 0)) {
      return List.of();
    }
    return reading
        .attempt("spatial reference systems", () -> reading.list(FOREIGN, ReferenceSystems::system))
        .orElse(List.of());
  }

  private static SchemaObject system(ResultSet row) throws SQLException {
    StringBuilder sql = new StringBuilder("CREATE SPATIAL REFERENCE SYSTEM IF NOT EXISTS ");
    sql.append(row.getLong(1)).append(" NAME ").append(literal(row.getString(2)));
    @Nullable String organization = row.getString(3);
    if (organization != null) {
      sql.append(" ORGANIZATION ").append(literal(organization));
      sql.append(" IDENTIFIED BY ").append(row.getLong(4));
    }
    sql.append(" DEFINITION ").append(literal(row.getString(5)));
    @Nullable String description = row.getString(6);
    if (description != null) {
      sql.append(" DESCRIPTION ").append(literal(description));
    }
    return new SchemaObject(
        "spatial reference system",
        "",
        Long.toString(row.getLong(1)),
        sql.toString(),
        Map.of(Context.DATA, row.getString(5)));
  }

  /** The grammar takes plain literals only. */
  private static String literal(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
