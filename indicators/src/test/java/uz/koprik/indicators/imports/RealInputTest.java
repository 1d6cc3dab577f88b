package uz.koprik.indicators.imports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uz.koprik.crypto.Oracles;

/** Files as they are found outside. */
class RealInputTest {

    @Test
    void readsEveryLineOfAMalwareTrail() throws Exception {
        Map<String, Integer> reasons = new HashMap<>();
        int values = 0;
        int lines = 0;
        ImportOptions options = ImportOptions.of("malware-trails.tsv.gz").withColumns(Columns.parse("name,value"));
        try (InputStream in = Files.newInputStream(Oracles.path("real/malware-trails.tsv.gz"));
                ImportReader reader = ImportReader.open(in, options)) {
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                lines++;
                assertEquals("line " + lines, item.where());
                if (item instanceof ImportItem.RefusedRow refused) {
                    reasons.merge(refused.reason(), 1, Integer::sum);
                } else {
                    values++;
                }
            }
        }
        assertEquals(911_504, lines);
        assertTrue(values >= 911_000, values + " values; refused: " + reasons);
    }

    @Test
    void readsAListOfWallets() throws Exception {
        try (InputStream in = Files.newInputStream(Oracles.path("real/ofac-wallets/sanctioned_addresses_XBT.txt"));
                ImportReader reader = ImportReader.open(in, ImportOptions.of("sanctioned_addresses_XBT.txt"))) {
            assertEquals(ImportFormat.LIST, reader.format());
            int lines = 0;
            for (ImportItem item = reader.next(); item != null; item = reader.next()) {
                lines++;
            }
            assertTrue(lines > 400, lines + " lines");
        }
    }
}
