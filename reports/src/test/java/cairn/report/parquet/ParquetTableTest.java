package cairn.report.parquet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cairn.report.CsvRows;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is written is read back by a reader that shares no code with the writer. */
class ParquetTableTest {

    private static final List<String> HEAD = List.of("variant", "seed", "overhead");

    @TempDir private Path folder = Path.of("");

    private Path write(List<List<String>> rows) throws IOException {
        Path file = folder.resolve("x.parquet");
        try (var table = new ParquetTable(Files.newOutputStream(file), HEAD)) {
            for (List<String> row : rows) {
                table.row(row);
            }
        }
        return file;
    }

    private static List<List<String>> read(Path file) throws IOException {
        var rows = new ArrayList<List<String>>();
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
                RowReader found = reader.rowReader()) {
            while (found.hasNext()) {
                found.next();
                rows.add(
                        List.of(
                                found.isNull(0) ? "" : found.getString(0),
                                found.isNull(1) ? "" : Long.toString(found.getLong(1)),
                                found.isNull(2) ? "" : Double.toString(found.getDouble(2))));
            }
            assertEquals(rows.size(), reader.getFileMetaData().numRows());
        }
        return rows;
    }

    @Test
    void everyValueComesBackAndSoDoesEveryGap() throws IOException {
        var rows =
                List.of(
                        List.of("", "1", "0.1"),
                        List.of("µ, \"quoted\"\nand broken", "-9223372036854775808", ""),
                        List.of("b", "", ""),
                        List.of("", "", "1.7976931348623157E308"),
                        List.of("c", "9223372036854775807", "-0.0"));
        assertEquals(rows, read(write(rows)));
    }

    @Test
    void manyRowsAreSeveralGroups() throws IOException {
        var rows = new ArrayList<List<String>>();
        for (int i = 0; i < 25_001; i++) {
            rows.add(List.of("v" + i % 3, i % 7 == 0 ? "" : "" + i, i + ".5"));
        }
        Path file = write(rows);
        assertEquals(rows, read(file));
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
            assertEquals(3, reader.getFileMetaData().rowGroups().size());
        }
    }

    @Test
    void aTableWithoutRowsIsATable() throws IOException {
        assertEquals(List.of(), read(write(List.of())));
    }

    @Test
    void aRowThatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> write(List.of(List.of("a", "1"))));
    }

    @Test
    void rowsOfCsvAreReadAsTheyWereWritten() throws IOException {
        Path csv = folder.resolve("x.csv");
        Files.writeString(csv, "variant,seed\r\n\"a, \"\"b\"\"\nc\",1\r\n,\r\n");
        try (var rows = new CsvRows(csv)) {
            assertEquals(List.of("variant", "seed"), rows.next());
            assertEquals(List.of("a, \"b\"\nc", "1"), rows.next());
            assertEquals(List.of("", ""), rows.next());
            assertEquals(List.of(), rows.next());
        }
    }
}
