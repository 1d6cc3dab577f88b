package uz.koprik.indicators.cases;

import java.util.List;

/** Types of crime: an open vocabulary. These are suggestions; any other word of the same form is as good. */
public final class CrimeTypes {

    /** What is taken when nothing is said. */
    public static final String OTHER = "other";

    /** The broad types first, then what centres mostly mean by fraud in particular. */
    public static final List<String> SUGGESTED = List.of(
            "fraud",
            "phishing",
            "account-takeover",
            "money-mule",
            "ransomware",
            "botnet",
            "online-drug-trade",
            "terrorism-financing",
            "child-protection",
            "bank-transfer-fraud",
            "card-fraud",
            "data-theft",
            "extortion",
            "identity-theft",
            "investment-fraud",
            "malware",
            "marketplace-fraud",
            "money-laundering",
            "romance-fraud",
            "sextortion",
            "telephone-fraud",
            OTHER);

    private static final int MAX_LENGTH = 64;

    private CrimeTypes() {}

    /** Whether a text can be a type of crime: a–z, 0–9 and hyphens. */
    public static boolean isType(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(c -> c == '-' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }
}
