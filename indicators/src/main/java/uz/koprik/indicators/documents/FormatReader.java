package uz.koprik.indicators.documents;

import java.io.IOException;
import java.nio.file.Path;

/** Reads documents of one format. */
interface FormatReader {

    /**
     * Reads a document and hands its passages over in their order.
     *
     * @param file its bytes
     * @param context takes the passages, and holds the limits
     * @throws DocumentRefused when the document is damaged, encrypted, exceeds a limit or has no text
     * @throws IOException when the file cannot be read
     */
    void read(Path file, ReadContext context) throws IOException, DocumentRefused;
}
