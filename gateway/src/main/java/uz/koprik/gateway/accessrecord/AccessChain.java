package uz.koprik.gateway.accessrecord;

import java.nio.charset.StandardCharsets;
import uz.koprik.crypto.Sha256;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;

/**
 * Lines that are chained: each ends with the SHA-256 of the chain of the line before and of its own text, so that no
 * line can be changed, removed or added without all lines after it.
 *
 * @param number of the last line
 * @param hash of the last line, in hexadecimal; empty before the first
 */
record AccessChain(long number, String hash) {

    /** Before the first line. */
    static final AccessChain EMPTY = new AccessChain(0, "");

    private static final String MEMBER = ",\"chain\":\"";
    private static final int TAIL = MEMBER.length() + 64 + 2;

    /** A line and the chain that it ends. */
    record Link(String line, AccessChain chain) {}

    /** The line of the next entry, with a line feed. */
    Link next(AccessEntry entry) {
        String text = entry.numbered(number + 1).text();
        String body = text.substring(0, text.length() - 1);
        String last = hash(body);
        return new Link(body + MEMBER + last + "\"}\n", new AccessChain(number + 1, last));
    }

    private String hash(String body) {
        return Sha256.hex((hash + body).getBytes(StandardCharsets.UTF_8));
    }

    /** Whether {@code line} is the one after this. */
    boolean leadsTo(String line) {
        if (line.length() <= TAIL || !line.startsWith(MEMBER, line.length() - TAIL)) {
            return false;
        }
        String body = line.substring(0, line.length() - TAIL);
        AccessChain own;
        try {
            own = of(line);
        } catch (MalformedJson damaged) {
            return false;
        }
        return own.number == number + 1 && own.hash.equals(hash(body));
    }

    /** The chain that a line ends, as the line says. */
    static AccessChain of(String line) throws MalformedJson {
        JsonObject json = StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
        return new AccessChain(
                AccessEntry.number(json, "n"), json.string("chain").orElse(""));
    }
}
