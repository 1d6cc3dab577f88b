package uz.koprik.indicators.documents;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the headers of a mail say of its sender, its way and its recipients. */
final class MailHeader {

    private static final Pattern BY = Pattern.compile("(?is)\\s(?:by|for)\\s.*");

    private MailHeader() {}

    /**
     * The passage of a header; empty for one whose values are of no use, such as the id of the message.
     *
     * @param mail place of the mail; empty for the document itself
     * @param name in lower case
     * @param body decoded
     */
    static Optional<Passage> passage(String mail, String name, String body) {
        String place = (mail.isEmpty() ? "" : mail + ", ") + "header " + name;
        return switch (name) {
            case "subject", "reply-to" -> Optional.of(Passage.of(place, body));
            case "from", "sender", "return-path", "x-sender" ->
                Optional.of(Passage.doubtful(place, body, "a sender can be forged, and name a victim"));
            case "received" ->
                Optional.of(Passage.doubtful(
                        place,
                        BY.matcher(body).replaceFirst(""),
                        "a mail server on the way may be a relay or your own"));
            case "x-originating-ip", "x-sender-ip", "x-client-ip", "x-source-ip" ->
                Optional.of(Passage.doubtful(place, body, "servers on the way write this header"));
            case "to", "cc", "bcc", "delivered-to", "x-original-to", "envelope-to", "resent-to", "apparently-to" ->
                Optional.of(new Passage(place, 0, body, Passage.Standing.LEFT_OUT, "it is the address of a recipient"));
            default -> Optional.empty();
        };
    }

    /** The value of a parameter with its charset (RFC 2231, section 4). */
    static String extended(String value) {
        String[] parts = value.split("'", 3);
        if (parts.length < 3) {
            return value;
        }
        try {
            Charset charset = parts[0].isEmpty() ? StandardCharsets.UTF_8 : Charset.forName(parts[0]);
            return URLDecoder.decode(parts[2].replace("+", "%2B"), charset);
        } catch (IllegalArgumentException unknown) {
            return parts[2].toLowerCase(Locale.ROOT);
        }
    }
}
