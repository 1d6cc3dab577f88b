package uz.koprik.gateway.oidc;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.auth.Account;

/** Names of people whom the provider knows, as they stand in logs, cases and histories; of the form of an account's. */
final class PersonName {

    private static final int LONGEST = 49;
    private static final int MARK = 8;

    private PersonName() {}

    /**
     * The name of a person, which begins with {@link Account#PROVIDER_PREFIX}.
     *
     * @param claimed the name at the provider; case is of no matter, and a hyphen replaces other characters than those
     *     of names here
     * @param subject the person at the provider, for names of which nothing would be left
     */
    static String of(String claimed, String subject) {
        String plain = claimed.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        if (plain.replaceAll("[._-]", "").isEmpty()) {
            plain = mark(subject);
        }
        return Account.PROVIDER_PREFIX + (plain.length() > LONGEST ? plain.substring(0, LONGEST) : plain);
    }

    /** The name of a person when another one has {@code name} already. */
    static String distinct(String name, String subject) {
        return name + '.' + mark(subject);
    }

    /** Few characters that differ between people. */
    static String mark(String subject) {
        return Sha256.hex(Sha256.of(subject.getBytes(StandardCharsets.UTF_8))).substring(0, MARK);
    }
}
