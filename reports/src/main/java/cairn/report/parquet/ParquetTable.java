package cairn.report.parquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/**
 * Writes a flat table as a Parquet file. It uses as little of the format as a reader needs: one
 * page for each column of a row group, plain values, optional columns, gzip (Apache Parquet,
 * parquet-format 2.12: README.md, Encodings.md, parquet.thrift). Memory is that of one row group.
 *
 * <pre>
 * "PAR1"  row group: column: [page head | page]  column ...  row group ...  foot  length of foot  "PAR1"
 * page    length of levels (4)  levels: runs of there or not there  values that are there
 * </pre>
 */
public final class ParquetTable implements AutoCloseable {

    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int ROWS_OF_GROUP = 10_000;
    private static final int OPTIONAL = 1;
    private static final int UTF8 = 0;
    private static final int PLAIN = 0;
    private static final int RLE = 3;
    private static final int GZIP = 2;
    private static final int DATA_PAGE = 0;

    private final OutputStream out;
    private final List<Column> columns;
    private final List<Group> groups = new ArrayList<>();
    private long position;

    /** A column of a row group, in the file. */
    private record Chunk(long offset, long plainBytes, long bytes) {}

    private record Group(int rows, List<Chunk> chunks) {
        long bytes() {
            return chunks.stream().mapToLong(Chunk::plainBytes).sum();
        }
    }

    /** A table of columns whose names say what their values are, as docs/data.md does. */
    public ParquetTable(OutputStream out, List<String> names) throws IOException {
        this.out = out;
        this.columns = names.stream().map(Column::new).toList();
        write(MAGIC);
    }

    /** Adds a row of fields as CSV has them; an empty field is not there. */
    public void row(List<String> fields) throws IOException {
        if (fields.size() != columns.size()) {
            throw new IllegalArgumentException(
                    fields.size() + " fields for " + columns.size() + " columns");
        }
        for (int i = 0; i < fields.size(); i++) {
            columns.get(i).add(fields.get(i));
        }
        if (columns.getFirst().rows() == ROWS_OF_GROUP) {
            endGroup();
        }
    }

    private void endGroup() throws IOException {
        int rows = columns.getFirst().rows();
        var chunks = new ArrayList<Chunk>();
        for (Column column : columns) {
            long offset = position;
            byte[] plain = column.page();
            byte[] page = gzip(plain);
            byte[] head =
                    new Compact()
                            .i32(1, DATA_PAGE)
                            .i32(2, plain.length)
                            .i32(3, page.length)
                            .struct(5)
                            .i32(1, rows)
                            .i32(2, PLAIN)
                            .i32(3, RLE)
                            .i32(4, RLE)
                            .end()
                            .done();
            write(head);
            write(page);
            chunks.add(
                    new Chunk(
                            offset, (long) head.length + plain.length, head.length + page.length));
        }
        groups.add(new Group(rows, chunks));
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /** Writes what is left and the foot, and closes the stream. */
    @Override
    public void close() throws IOException {
        try (out) {
            if (columns.getFirst().rows() > 0) {
                endGroup();
            }
            byte[] foot = foot();
            write(foot);
            write(
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(foot.length)
                            .array());
            write(MAGIC);
        }
    }

    private byte[] foot() {
        var foot = new Compact().i32(1, 1).structs(2, columns.size() + 1);
        foot.element().text(4, "table").i32(5, columns.size()).end();
        for (Column column : columns) {
            foot.element().i32(1, column.kind().type()).i32(3, OPTIONAL).text(4, column.name());
            if (column.kind() == Column.Kind.TEXT) {
                foot.i32(6, UTF8);
            }
            foot.end();
        }
        foot.i64(3, groups.stream().mapToLong(Group::rows).sum()).structs(4, groups.size());
        groups.forEach(group -> add(foot, group));
        return foot.text(6, "cairn").done();
    }

    private void add(Compact foot, Group group) {
        foot.element().structs(1, columns.size());
        for (int i = 0; i < columns.size(); i++) {
            Chunk chunk = group.chunks().get(i);
            foot.element()
                    .i64(2, chunk.offset())
                    .struct(3)
                    .i32(1, columns.get(i).kind().type())
                    .i32s(2, PLAIN, RLE)
                    .texts(3, columns.get(i).name())
                    .i32(4, GZIP)
                    .i64(5, group.rows())
                    .i64(6, chunk.plainBytes())
                    .i64(7, chunk.bytes())
                    .i64(9, chunk.offset())
                    .end()
                    .end();
        }
        foot.i64(2, group.bytes()).i64(3, group.rows()).end();
    }
}
