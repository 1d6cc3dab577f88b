package uz.koprik.indicators.imports;

import java.io.IOException;
import java.util.List;
import uz.koprik.indicators.wording.Sentence;

/** A table of any size, read row by row. Not safe for use by several threads. */
public interface Table extends AutoCloseable {

    /** What a cell holds; it decides how a text in it is read. */
    enum Content {
        /** Characters, to be read as the mapping says. */
        TEXT,
        /** A number of a spreadsheet, written with a point, for every decimal sign of the table. */
        NUMBER,
        /** A moment of a spreadsheet, written as {@code 2026-11-22T08:30:00} without a zone. */
        MOMENT,
        /** Nothing that can be used; the text says why. */
        FAULT
    }

    /**
     * A cell.
     *
     * @param text empty for an empty cell
     */
    record Cell(Content content, String text) {

        static final Cell EMPTY = new Cell(Content.TEXT, "");
    }

    /**
     * Reads the next row that is not blank.
     *
     * @return false at the end
     * @throws ImportRefused when the file cannot be read on; rows before stay good
     */
    boolean next() throws IOException, ImportRefused;

    /** Line of the row, from 1, as an editor or the spreadsheet counts. */
    long line();

    /** The cells of the row from the left; valid until the next one is read. */
    List<Cell> cells();

    /** Why the row cannot be read; empty when it can. */
    Sentence fault();

    @Override
    void close() throws IOException;
}
