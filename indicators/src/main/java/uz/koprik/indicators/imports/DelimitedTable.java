package uz.koprik.indicators.imports;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import uz.koprik.indicators.translate.export.SpreadsheetText;
import uz.koprik.indicators.wording.Sentence;

/** A text table; no line of it is a comment. */
final class DelimitedTable implements Table {

    private final InputStream in;
    private final RowReader rows;

    DelimitedTable(InputStream in, char separator) {
        this.in = in;
        this.rows = RowReader.withoutComments(in, separator);
    }

    @Override
    public boolean next() throws IOException, ImportRefused {
        try {
            return rows.next();
        } catch (SuspiciousArchive e) {
            throw new ImportRefused(e);
        }
    }

    @Override
    public long line() {
        return rows.number();
    }

    @Override
    public List<Cell> cells() {
        return rows.fields().stream()
                .map(text -> new Cell(Content.TEXT, SpreadsheetText.unarmed(text.strip())))
                .toList();
    }

    @Override
    public Sentence fault() {
        return rows.fault();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
