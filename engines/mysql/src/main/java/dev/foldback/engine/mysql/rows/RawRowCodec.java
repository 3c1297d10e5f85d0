package dev.foldback.engine.mysql.rows;

import java.util.Calendar;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.client.ColumnDecoder;
import org.mariadb.jdbc.client.Context;
import org.mariadb.jdbc.client.ReadableByteBuf;
import org.mariadb.jdbc.client.socket.Writer;
import org.mariadb.jdbc.client.util.MutableInt;
import org.mariadb.jdbc.plugin.Codec;

/**
 * Hands out the driver's own row buffer, which the driver loads as a service: {@code
 * getObject(column, ReadableByteBuf.class)}. The driver sets the same buffer to each next row of a
 * result, so it needs to be asked for only once a result. Decodes nothing and encodes nothing.
 */
public final class RawRowCodec implements Codec<ReadableByteBuf> {

  @Override
  public String className() {
    return ReadableByteBuf.class.getName();
  }

  @Override
  public boolean canDecode(ColumnDecoder column, Class<?> type) {
    return type == ReadableByteBuf.class;
  }

  @Override
  public boolean canEncode(Object value) {
    return false;
  }

  @Override
  public ReadableByteBuf decodeText(
      ReadableByteBuf row,
      MutableInt length,
      ColumnDecoder column,
      @Nullable Calendar calendar,
      Context context) {
    return row;
  }

  @Override
  public ReadableByteBuf decodeBinary(
      ReadableByteBuf row,
      MutableInt length,
      ColumnDecoder column,
      @Nullable Calendar calendar,
      Context context) {
    throw new UnsupportedOperationException("rows are read with the text protocol");
  }

  @Override
  public void encodeText(
      Writer writer,
      Context context,
      ReadableByteBuf value,
      @Nullable Calendar calendar,
      @Nullable Long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getApproximateTextProtocolLength(ReadableByteBuf value, @Nullable Long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void encodeBinary(
      Writer writer,
      Context context,
      ReadableByteBuf value,
      @Nullable Calendar calendar,
      @Nullable Long length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int getBinaryEncodeType() {
    throw new UnsupportedOperationException();
  }
}
