package uz.koprik.indicators.observable;

import java.util.Locale;
import java.util.regex.Pattern;

/** Hashes of files: fixed-length hexadecimal, and the two fuzzy ones STIX knows (ssdeep, TLSH). */
public final class Hash {

    private static final Pattern SSDEEP = Pattern.compile("[0-9]{1,10}:[A-Za-z0-9+/]{0,64}:[A-Za-z0-9+/]{0,64}");
    private static final Pattern TLSH = Pattern.compile("(T[0-9A-F])?[0-9A-F]{70}([0-9A-F]{64})?");

    private Hash() {}

    /** Exactly {@code length} hexadecimal digits, kept in lower case. */
    static Normaliser hex(int length) {
        return Normaliser.of((kind, raw) -> {
            if (raw.length() != length) {
                throw new InvalidObservable(
                        kind, length + " hexadecimal digits are expected, not " + raw.length() + " characters");
            }
            if (!isHex(raw)) {
                throw new InvalidObservable(kind, "a character that is not a hexadecimal digit");
            }
            return raw.toLowerCase(Locale.ROOT);
        });
    }

    static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Ascii.isHexDigit(c)) {
                return false;
            }
        }
        return true;
    }

    /** The name of a hash in STIX 2.1 (section 10.7), from the spellings in use: {@code sha256} is {@code SHA-256}. */
    public static String stixName(String name) {
        return switch (name.toUpperCase(Locale.ROOT).replace("-", "").replace("_", "")) {
            case "MD5" -> "MD5";
            case "SHA1" -> "SHA-1";
            case "SHA256" -> "SHA-256";
            case "SHA512" -> "SHA-512";
            case "SHA3256" -> "SHA3-256";
            case "SHA3512" -> "SHA3-512";
            case "SSDEEP" -> "SSDEEP";
            case "TLSH" -> "TLSH";
            default -> name;
        };
    }

    /**
     * A first look: begins with the size of a block, which is 3 times a power of two, and has two parts after it that
     * are no digits of a clock. The first part has six characters at least; shorter ones say nothing of a file.
     */
    static boolean looksLikeSsdeep(String text) {
        int first = text.indexOf(':');
        int second = text.indexOf(':', first + 1);
        if (first <= 0 || first > 10 || second < first + 7 || !Ascii.allDigits(text.substring(0, first))) {
            return false;
        }
        long size = Long.parseLong(text.substring(0, first));
        return size >= 3
                && size % 3 == 0
                && Long.bitCount(size / 3) == 1
                && text.chars().skip(first).anyMatch(Ascii::isLetter);
    }

    /** A first look: the version in front and the length. */
    static boolean looksLikeTlsh(String text) {
        return text.length() >= 70 && text.startsWith("T1");
    }

    /** {@code blocksize:hash:hash}; case matters, and what follows a comma is a file name. */
    static String ssdeep(ObservableKind kind, String raw) throws InvalidObservable {
        int comma = raw.indexOf(',');
        String hash = comma < 0 ? raw : raw.substring(0, comma);
        if (!SSDEEP.matcher(hash).matches()) {
            throw new InvalidObservable(kind, "blocksize:hash:hash is expected");
        }
        return hash;
    }

    /** 70 or 134 hexadecimal digits after an optional version ({@code T1}), in upper case as its authors write it. */
    static String tlsh(ObservableKind kind, String raw) throws InvalidObservable {
        String hash = raw.toUpperCase(Locale.ROOT);
        if (!TLSH.matcher(hash).matches()) {
            throw new InvalidObservable(kind, "T1 and 70 hexadecimal digits are expected");
        }
        return hash.startsWith("T") ? hash : "T1" + hash;
    }
}
