package uz.koprik.indicators.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What the import reads of a file. */
final class ReadItems {

    private ReadItems() {}

    static ImportReader open(String text, String name) throws IOException, ImportRefused {
        return ImportReader.open(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), ImportOptions.of(name));
    }

    static List<ImportItem> read(String text) throws IOException, ImportRefused {
        return read(text, "");
    }

    static List<ImportItem> read(String text, String name) throws IOException, ImportRefused {
        return all(open(text, name));
    }

    /** Reads to the end, and closes the reader. */
    static List<ImportItem> all(ImportReader opened) throws IOException, ImportRefused {
        List<ImportItem> items = new ArrayList<>();
        try (ImportReader reader = opened) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                items.add(item);
            }
        }
        return items;
    }
}
