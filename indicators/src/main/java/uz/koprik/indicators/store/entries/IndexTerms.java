package uz.koprik.indicators.store.entries;

import java.nio.charset.StandardCharsets;
import java.util.List;
import uz.koprik.crypto.Sha256;

/** Values as terms of an index: those that are too long for one are known by their SHA-256. */
public final class IndexTerms {

    private static final int LONGEST = 8192; // characters; Lucene takes 32,766 bytes

    private IndexTerms() {}

    /** The kinds of these observables, each once. */
    public static List<String> kinds(List<String> observables) {
        return observables.stream()
                .map(key -> key.substring(0, Math.max(0, key.indexOf(':'))))
                .distinct()
                .toList();
    }

    public static String of(String value) {
        return value.length() <= LONGEST ? value : Sha256.hex(value.getBytes(StandardCharsets.UTF_8));
    }
}
