package uz.koprik.indicators.translate.export;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Rows of a workbook (ECMA-376), written as they come. Every cell is text by its type, so no program takes it for a
 * formula. What does not fit into one sheet goes on in another one with the same header.
 */
final class XlsxRows implements TableRows {

    /** The limits of Excel itself (Excel specifications and limits). */
    static final int LONGEST_CELL = 32_767;

    static final int MOST_ROWS = 1_048_576;

    /** Rows that are kept before they are written. */
    private static final int KEPT = 256;

    private final Workbook workbook;
    private final OutputStream out;
    private final int mostRows;
    private Worksheet sheet;
    private List<String> header = List.of();
    private int row;
    private int sheets;

    XlsxRows(OutputStream out) {
        this(out, MOST_ROWS);
    }

    XlsxRows(OutputStream out, int mostRows) {
        this.out = out;
        this.mostRows = mostRows;
        this.workbook = new Workbook(new KeptOpen(out), "Koprik", null);
    }

    @Override
    public int longestCell() {
        return LONGEST_CELL;
    }

    @Override
    public void write(List<String> cells) throws IOException {
        if (sheet == null) {
            header = List.copyOf(cells);
            begin();
            return;
        }
        if (row == mostRows) {
            sheet.finish();
            begin();
        }
        add(cells);
    }

    @Override
    public void finish() throws IOException {
        sheet.finish();
        workbook.finish();
        out.flush();
    }

    private void begin() throws IOException {
        sheets++;
        sheet = workbook.newWorksheet(sheets == 1 ? "indicators" : "indicators " + sheets);
        sheet.freezePane(0, 1);
        row = 0;
        add(header);
    }

    private void add(List<String> cells) throws IOException {
        for (int i = 0; i < cells.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                // Not a shared string: the library keeps those until the end.
                sheet.inlineString(row, i, XlsxText.escaped(SpreadsheetText.typed(cells.get(i))));
            }
        }
        row++;
        if (row % KEPT == 0) {
            sheet.flush();
        }
    }

    /** The workbook closes what it writes to; the stream belongs to another. */
    private static final class KeptOpen extends FilterOutputStream {

        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
