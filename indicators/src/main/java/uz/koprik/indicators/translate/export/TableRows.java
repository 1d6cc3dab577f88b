package uz.koprik.indicators.translate.export;

import java.io.IOException;
import java.util.List;

/** Where a table is written to, row by row. For one thread. */
interface TableRows {

    /** Most characters of a cell; a longer one cannot be written. */
    int longestCell();

    /** Writes a row, which may be the header. */
    void write(List<String> cells) throws IOException;

    /** Writes the end, without which the table is not complete. */
    void finish() throws IOException;
}
