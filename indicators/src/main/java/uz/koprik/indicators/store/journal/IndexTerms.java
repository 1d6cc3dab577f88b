package uz.koprik.indicators.store.journal;

import java.nio.charset.StandardCharsets;
import uz.koprik.crypto.Sha256;

/** Values as terms of an index: those that are too long for one are known by their SHA-256. */
public final class IndexTerms {

    private static final int LONGEST = 8192; // characters; Lucene takes 32,766 bytes

    private IndexTerms() {}

    public static String of(String value) {
        return value.length() <= LONGEST ? value : Sha256.hex(value.getBytes(StandardCharsets.UTF_8));
    }
}
