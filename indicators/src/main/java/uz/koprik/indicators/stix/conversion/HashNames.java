package uz.koprik.indicators.stix.conversion;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names of hash algorithms, which people write in many ways and STIX 2.1 in one (section 10.7). */
final class HashNames {

    private static final Map<String, String> KNOWN = Map.of(
            "MD5",
            "MD5",
            "SHA1",
            "SHA-1",
            "SHA256",
            "SHA-256",
            "SHA512",
            "SHA-512",
            "SHA3256",
            "SHA3-256",
            "SHA3512",
            "SHA3-512",
            "SSDEEP",
            "SSDEEP",
            "TLSH",
            "TLSH");

    private HashNames() {}

    /** The name in the vocabulary; empty when the algorithm is not in it. */
    static Optional<String> of(String name) {
        return Optional.ofNullable(
                KNOWN.get(name.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "")));
    }
}
