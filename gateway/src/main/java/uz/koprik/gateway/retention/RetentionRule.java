package uz.koprik.gateway.retention;

/**
 * A rule that ends the time of an object.
 *
 * @param words for people: where the rule stands, and for how long it lets an object be kept
 * @param days for which an object is kept after it was received
 */
public record RetentionRule(String words, int days) {

    static RetentionRule marking(String label, String setting, int days) {
        return new RetentionRule(label + " is kept for " + days(days) + " (" + setting + ")", days);
    }

    static RetentionRule agreement(String partner, String signed, int days) {
        return new RetentionRule(
                "article 6 of the agreement with " + partner + " (version of " + signed + "): " + days(days), days);
    }

    private static String days(int days) {
        return days == 1 ? "1 day" : days + " days";
    }
}
