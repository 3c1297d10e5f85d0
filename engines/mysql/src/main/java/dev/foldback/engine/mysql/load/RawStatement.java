package dev.foldback.engine.mysql.load;

import java.io.IOException;
import java.sql.SQLException;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.message.ClientMessage;

/**
 * A statement in the bytes of another character set than UTF-8, which is the only one that the
 * driver writes. The server keeps the character set that a program was written in, and reads its
 * text by it.
 */
final class RawStatement implements ClientMessage {
  private static final int COM_QUERY = 3;

  private final byte[] bytes;

  RawStatement(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Runs it; of a request of several statements all results are read. */
  void send(Db db) throws SQLException {
    db.connection().unwrap(org.mariadb.jdbc.Connection.class).getClient().execute(this, true);
  }

  @Override
  public int encode(Writer writer, Context context) throws IOException {
    writer.initPacket();
    writer.writeByte(COM_QUERY);
    writer.writeBytes(bytes);
    writer.flush();
    return 1;
  }
}
