package dev.foldback.engine.mysql.log.capture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Statement;
import org.mariadb.jdbc.client.Completion;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.socket.Reader;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.ClosableLock;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.message.ClientMessage;

/**
 * COM_BINLOG_DUMP: after it the server sends nothing but events. The driver sends it as it would
 * any command, and hands its reader over in place of reading an answer.
 */
final class DumpCommand implements ClientMessage {
  private static final int COM_BINLOG_DUMP = 0x12;
  private static final int NON_BLOCK = 1;

  /** MariaDB leaves the statements that rows came from out unless asked. */
  private static final int WITH_ANNOTATIONS = 2;

  private final String file;
  private final long offset;
  private final int flags;
  private final long serverId;
  private @Nullable Reader reader;

  /**
   * @param offset fits four bytes
   * @param serverId one that no replica has: a second one with it would end the first
   */
  DumpCommand(String file, long offset, boolean once, boolean mariaDb, long serverId) {
    this.file = file;
    this.offset = offset;
    this.flags = (once ? NON_BLOCK : 0) | (mariaDb ? WITH_ANNOTATIONS : 0);
    this.serverId = serverId;
  }

  /** Where events come from once the command was sent. */
  Reader reader() {
    if (reader == null) {
      throw new IllegalStateException("the command was not sent");
    }
    return reader;
  }

  @Override
  public int encode(Writer writer, Context context) throws IOException {
    writer.initPacket();
    writer.writeByte(COM_BINLOG_DUMP);
    writer.writeInt((int) offset);
    writer.writeShort((short) flags);
    writer.writeInt((int) serverId);
    writer.writeBytes(file.getBytes(StandardCharsets.UTF_8));
    writer.flush();
    return 1;
  }

  @Override
  public Completion readPacket(
      Statement statement,
      int fetchSize,
      long maxRows,
      int resultSetConcurrency,
      int resultSetType,
      boolean closeOnCompletion,
      Reader from,
      Writer writer,
      Context context,
      ExceptionFactory exceptionFactory,
      ClosableLock lock,
      boolean traceEnable,
      ClientMessage message,
      Consumer<String> redirect) {
    reader = from;
    return new Completion() {};
  }

  @Override
  public String description() {
    return "COM_BINLOG_DUMP";
  }
}
