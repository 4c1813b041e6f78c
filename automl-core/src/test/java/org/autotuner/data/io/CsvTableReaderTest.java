package org.autotuner.data.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.autotuner.data.ColumnType;
import org.autotuner.data.ReadOptions;
import org.autotuner.data.Role;
import org.autotuner.data.Table;
import org.autotuner.error.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableReaderTest {

    @TempDir
    Path folder;

    private Path file(String text) {
        return file("data.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private Table read(String text) {
        return Table.read(file(text));
    }

    @Test
    void typesFollowTheCells() {
        Table table = read("n,c,d,b\n1,red,2024-05-31,true\n2.5,blue,2024-06-01,false\n,red,,true\n");
        assertThat(table.schema().fields().stream().map(field -> field.type()).toList())
                .containsExactly(
                        ColumnType.NUMERIC, ColumnType.CATEGORICAL, ColumnType.DATE_TIME, ColumnType.CATEGORICAL);
        assertThat(table.row(1).value("n")).isEqualTo(2.5);
        assertThat(table.row(1).value("d")).isEqualTo(Instant.parse("2024-06-01T00:00:00Z"));
        assertThat(table.column("n").isMissing(2)).isTrue();
        assertThat(table.column("b").levels()).containsExactly("true", "false");
        assertThat(table.schema().field("b").reason()).isEqualTo("true or false");
    }

    @Test
    void quotesFollowRfc4180() {
        Table table = read("a,b\r\n\"x, \"\"y\"\"\nz\", 1 \r\n\" kept \",2\r\n");
        assertThat(table.column("a").value(0)).isEqualTo("x, \"y\"\nz");
        assertThat(table.column("a").value(1)).isEqualTo(" kept ");
        assertThat(table.column("b").value(0)).isEqualTo(1.0);
    }

    @Test
    void delimitersAreFound() {
        for (char delimiter : new char[] {',', ';', '\t', '|'}) {
            Table table = read("a,b,c\n1,2,x y\n3,4,z\n".replace(',', delimiter));
            assertThat(table.schema().names()).as("delimiter '%s'", delimiter).containsExactly("a", "b", "c");
            assertThat(table.column("b").value(1)).isEqualTo(4.0);
        }
        assertThat(read("a\n1\n2\n").columnCount()).isEqualTo(1);
        assertThat(Table.read(file("a;b,c\n1;2,3\n"), ReadOptions.defaults().withDelimiter(';'))
                        .schema()
                        .names())
                .containsExactly("a", "b,c");
    }

    @Test
    void encodingsAreFound() {
        String text = "stadt,n\nKöln,1\nMünchen,2\n";
        assertThat(Table.read(file("a.csv", text.getBytes(StandardCharsets.UTF_8)))
                        .column("stadt")
                        .levels())
                .containsExactly("Köln", "München");
        assertThat(Table.read(file("b.csv", text.getBytes(Charset.forName("windows-1252"))))
                        .column("stadt")
                        .levels())
                .containsExactly("Köln", "München");
        for (Charset utf16 : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, StandardCharsets.UTF_8)) {
            Table marked = Table.read(file("c.csv", ("\uFEFF" + text).getBytes(utf16)));
            assertThat(marked.schema().names()).as(utf16.name()).containsExactly("stadt", "n");
            assertThat(marked.column("stadt").levels()).containsExactly("Köln", "München");
        }
    }

    @Test
    void windowsBytesLateInALargeFileAreStillDecoded() {
        StringBuilder text = new StringBuilder("city,n\n");
        for (int i = 0; i < 20_000; i++) {
            text.append(i < 19_990 ? "Bonn," : "Köln,").append(i).append('\n');
        }
        Table table = Table.read(file("late.csv", text.toString().getBytes(Charset.forName("windows-1252"))));
        assertThat(table.column("city").levels()).containsExactly("Bonn", "Köln");
    }

    @Test
    void unreadableEncodingsAreNamed() {
        byte[] neither = {'a', '\n', (byte) 0x81, (byte) 0x8D, '\n'};
        assertThatThrownBy(() -> Table.read(file("x.csv", neither)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("neither UTF-8 nor windows-1252")
                .hasMessageContaining("withCharset");
        byte[] unmarked = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> Table.read(file("y.csv", unmarked)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("zero bytes");
    }

    @Test
    void gzipIsUnpackedAndTsvTaken() throws IOException {
        Path packed = folder.resolve("data.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write("a\tb\n1\tx\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(Table.read(packed).schema().names()).containsExactly("a", "b");
        assertThatThrownBy(() -> Table.read(file("bad.csv.gz", "no gzip at all".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("bad.csv.gz");
    }

    @Test
    void aColumnThatTurnsToTextInRow90000KeepsEverySpelling() {
        StringBuilder text = new StringBuilder("id,code\n");
        for (int row = 1; row <= 90_010; row++) {
            text.append(row)
                    .append(',')
                    .append(row == 90_000 ? "unknown" : row % 7 + ".50")
                    .append('\n');
        }
        Path file = file(text.toString());
        Table table = Table.read(file);
        assertThat(table.rowCount()).isEqualTo(90_010);
        assertThat(table.schema().field("code").type()).isEqualTo(ColumnType.CATEGORICAL);
        assertThat(table.column("code").value(0)).isEqualTo("1.50");
        assertThat(table.column("code").value(89_999)).isEqualTo("unknown");
        assertThat(table.column("code").value(90_000)).isEqualTo(90_001 % 7 + ".50");
        assertThat(table.schema().field("code").reason()).contains("'unknown' in row 90000");
        assertThatThrownBy(() -> Table.read(file, ReadOptions.defaults().withType("code", ColumnType.NUMERIC)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'code'")
                .hasMessageContaining("row 90000 (line 90001)")
                .hasMessageContaining("'unknown'")
                .hasMessageContaining("withMissing");
        Table told = Table.read(
                file,
                ReadOptions.defaults().withType("code", ColumnType.NUMERIC).withMissing("unknown"));
        assertThat(told.column("code").isMissing(89_999)).isTrue();
    }

    @Test
    void raggedRowsAreNamedByRowAndLine() {
        assertThatThrownBy(() -> read("a,b\n1,2\n3\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Row 2 (line 3)")
                .hasMessageContaining("1 cells")
                .hasMessageContaining("2 columns");
        assertThatThrownBy(() -> read("a,b\n1,2\n3,4,5\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("3 cells");
    }

    @Test
    void headersMustBeFullAndDifferent() {
        assertThatThrownBy(() -> read("a,b,a\n1,2,3\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names column 3 'a', but column 1");
        assertThatThrownBy(() -> read("a,,c\n1,2,3\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no name for column 2");
        assertThat(Table.read(file("1,2\n3,4\n"), ReadOptions.defaults().withNames(List.of("x", "y")))
                        .rowCount())
                .isEqualTo(2);
    }

    @Test
    void emptyAndAbsentFilesAreRefused() {
        assertThatThrownBy(() -> read("")).isInstanceOf(DataException.class).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read("a,b\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no rows");
        assertThatThrownBy(() -> Table.read(folder.resolve("none.csv")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("none.csv");
        assertThatThrownBy(() -> Table.read(folder.resolve("x.parquet")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("csv");
    }

    @Test
    void anOpenQuoteIsOneClearError() {
        assertThatThrownBy(() -> read("a,b\n1,\"open\n2,3\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("data.csv");
    }

    @Test
    void missingMarksDependOnTheRestOfTheColumn() {
        Table table = read("n,c,s,k\n1,?,+,None\nNA,a,-,x\n?,b,+,NA\n-,a,-,x\nNone,a,+,x\n");
        assertThat(table.schema().field("n").type()).isEqualTo(ColumnType.NUMERIC);
        for (int row = 1; row < 5; row++) {
            assertThat(table.column("n").isMissing(row)).isTrue();
        }
        assertThat(table.column("c").levels()).containsExactly("a", "b");
        assertThat(table.column("c").isMissing(0)).isTrue();
        assertThat(table.column("s").levels()).containsExactly("+", "-");
        assertThat(table.column("k").levels()).containsExactly("None", "x");
        assertThat(table.column("k").isMissing(2)).isTrue();
    }

    @Test
    void datesAreReadInTheirCommonForms() {
        Table table = read("iso,dot,us,eu,time,zone\n"
                + "2024-01-02,02.01.2024,01/02/2024,01/02/2024,2024-01-02 03:04,2024-01-02T03:04:05.678+02:00\n"
                + "2024-01-03,03.01.2024,12/31/2024,31/12/2024,2024-01-02 03:04:05,2024-01-02T03:04:05Z\n");
        assertThat(table.row(0).value("iso")).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(table.row(0).value("dot")).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(table.row(0).value("us")).isEqualTo(Instant.parse("2024-01-02T00:00:00Z"));
        assertThat(table.row(0).value("eu")).isEqualTo(Instant.parse("2024-02-01T00:00:00Z"));
        assertThat(table.row(1).value("time")).isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
        assertThat(table.row(0).value("zone")).isEqualTo(Instant.parse("2024-01-02T01:04:05.678Z"));
    }

    @Test
    void codesWithLeadingZerosAreLevels() {
        Table table = read("zip,n\n53111,0\n01067,0.5\n");
        assertThat(table.column("zip").levels()).containsExactly("53111", "01067");
        assertThat(table.schema().field("zip").reason()).contains("leading zero");
        assertThat(table.schema().field("n").type()).isEqualTo(ColumnType.NUMERIC);
    }

    @Test
    void longDifferentStringsAreText() {
        StringBuilder text = new StringBuilder("words,short\n");
        for (int i = 0; i < 50; i++) {
            text.append("this is review number ")
                    .append(i)
                    .append(",k")
                    .append(i % 4)
                    .append('\n');
        }
        Table table = read(text.toString());
        assertThat(table.schema().field("words").type()).isEqualTo(ColumnType.TEXT);
        assertThat(table.schema().field("short").type()).isEqualTo(ColumnType.CATEGORICAL);
    }

    @Test
    void optionsOverrideTypesRolesAndLimits() {
        Path file = file("y,x\n1,2\n0,3\n1,4\n");
        Table table = Table.read(
                file,
                ReadOptions.defaults()
                        .withType("y", ColumnType.CATEGORICAL)
                        .withRole("y", Role.TARGET)
                        .withRowLimit(2));
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.column("y").levels()).containsExactly("1", "0");
        assertThat(table.schema().field("y").role()).isEqualTo(Role.TARGET);
        assertThatThrownBy(() -> Table.read(file, ReadOptions.defaults().withRole("z", Role.ID)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'z'");
    }

    @Test
    void tenThousandColumnsAreRead() {
        StringBuilder text = new StringBuilder();
        for (int row = -1; row < 3; row++) {
            for (int column = 0; column < 10_000; column++) {
                text.append(column == 0 ? "" : ",").append(row < 0 ? "c" + column : row + column);
            }
            text.append('\n');
        }
        Table table = read(text.toString());
        assertThat(table.columnCount()).isEqualTo(10_000);
        assertThat(table.column("c9999").value(2)).isEqualTo(10_001.0);
    }
}
