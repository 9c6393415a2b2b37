package org.orrery.app.archive;

import static org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit.NANOS;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import blue.strategic.parquet.ParquetWriter;
import blue.strategic.parquet.ValueWriter;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.orrery.bus.csv.ArchiveRow;
import org.orrery.contract.value.ValueKind;

/**
 * Rows of an export as Parquet, row group by row group. A number stands in {@code number}, a whole
 * one also in {@code integer}; {@code text} is the value as the CSV has it. The time stands there
 * twice, because many readers cut a timestamp to microseconds. Not thread-safe.
 */
final class ParquetRows implements AutoCloseable {
  private static final MessageType SCHEMA =
      Types.buildMessage()
          .required(BINARY)
          .as(stringType())
          .named("channel")
          .required(BINARY)
          .as(stringType())
          .named("pv")
          .required(BINARY)
          .as(stringType())
          .named("row")
          .required(INT64)
          .as(timestampType(true, NANOS))
          .named("time")
          .required(INT64)
          .named("time_ns")
          .optional(INT64)
          .as(timestampType(true, NANOS))
          .named("to")
          .optional(INT64)
          .as(timestampType(true, NANOS))
          .named("received")
          .optional(INT64)
          .named("sequence")
          .optional(BINARY)
          .as(stringType())
          .named("kind")
          .optional(DOUBLE)
          .named("number")
          .optional(INT64)
          .named("integer")
          .required(BINARY)
          .as(stringType())
          .named("text")
          .required(BINARY)
          .as(stringType())
          .named("label")
          .required(BINARY)
          .as(stringType())
          .named("severity")
          .required(BINARY)
          .as(stringType())
          .named("status")
          .required(BINARY)
          .as(stringType())
          .named("quality")
          .required(INT64)
          .named("lost_before")
          .required(BOOLEAN)
          .named("late")
          .required(BOOLEAN)
          .named("ahead")
          .required(BOOLEAN)
          .named("backfilled")
          .named("archive");

  private final ParquetWriter<ArchiveRow> writer;

  private ParquetRows(ParquetWriter<ArchiveRow> writer) {
    this.writer = writer;
  }

  /** Begins a file that must not exist. */
  static ParquetRows create(Path file) throws IOException {
    return new ParquetRows(ParquetWriter.writeFile(SCHEMA, file.toFile(), ParquetRows::dehydrate));
  }

  void write(ArchiveRow row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static void dehydrate(ArchiveRow row, ValueWriter out) {
    out.write("channel", row.channel());
    out.write("pv", row.pv());
    out.write("row", row.row());
    out.write("time", row.timeNs());
    out.write("time_ns", row.timeNs());
    row.toNs().ifPresent(ns -> out.write("to", ns));
    row.receivedNs().ifPresent(ns -> out.write("received", ns));
    row.sequence().ifPresent(number -> out.write("sequence", number));
    row.kind().ifPresent(kind -> out.write("kind", kind.name()));
    row.kind().ifPresent(kind -> number(kind, row.value(), out));
    out.write("text", row.value());
    out.write("label", row.label());
    out.write("severity", row.severity());
    out.write("status", row.status());
    out.write("quality", row.quality());
    out.write("lost_before", row.lostBefore());
    out.write("late", row.late());
    out.write("ahead", row.ahead());
    out.write("backfilled", row.backfilled());
  }

  private static void number(ValueKind kind, String text, ValueWriter out) {
    switch (kind) {
      case DOUBLE -> out.write("number", Double.parseDouble(text));
      case LONG, CHOICE -> {
        out.write("number", (double) Long.parseLong(text));
        out.write("integer", Long.parseLong(text));
      }
      case TEXT, DOUBLE_ARRAY, HISTOGRAM -> {
        // stands in "text"
      }
    }
  }
}
