package uz.koprik.indicators.observable.forms;

import java.util.Map;
import java.util.function.Predicate;

/**
 * National check digits of the accounts in IBANs, of countries with a public rule. An IBAN has check digits of its own
 * (ISO 7064), which can fit although these do not: some banks number accounts without regard to the rule.
 */
public final class NationalCheck {

    private static final int[] SPAIN = {1, 2, 4, 8, 5, 10, 9, 7, 3, 6};
    private static final int[] NORWAY = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1};
    private static final int[] HUNGARY = {9, 7, 3, 1};
    private static final int[] POLAND = {3, 9, 7, 1};
    private static final int[] CZECH_PREFIX = {10, 5, 8, 4, 2, 1};
    private static final int[] CZECH_ACCOUNT = {6, 3, 7, 9, 10, 5, 8, 4, 2, 1};

    /** By what the number of a character of Italy counts at odd places; letters as digits from A on. */
    private static final int[] ITALY = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    /** By country: whether the account fits, from the fifth character of the IBAN on. */
    private static final Map<String, Predicate<String>> RULES = Map.ofEntries(
            Map.entry("BE", NationalCheck::belgium),
            Map.entry("ES", NationalCheck::spain),
            Map.entry("FR", NationalCheck::rib),
            Map.entry("MC", NationalCheck::rib),
            Map.entry("MR", NationalCheck::rib),
            Map.entry("TN", NationalCheck::rib),
            Map.entry("IT", NationalCheck::italy),
            Map.entry("SM", NationalCheck::italy),
            Map.entry("PT", account -> remainder(account) == 1),
            Map.entry("SI", account -> remainder(account) == 1),
            Map.entry("BA", account -> remainder(account) == 1),
            Map.entry("ME", account -> remainder(account) == 1),
            Map.entry("MK", account -> remainder(account) == 1),
            Map.entry("RS", account -> remainder(account) == 1),
            Map.entry("XK", account -> remainder(account) == 1),
            Map.entry("TL", account -> remainder(account) == 1),
            Map.entry("NO", NationalCheck::norway),
            Map.entry("FI", NationalCheck::luhn),
            Map.entry("HU", account -> sum(account, 0, 8, HUNGARY) % 10 == 0 && sum(account, 8, 24, HUNGARY) % 10 == 0),
            Map.entry("AL", account -> sum(account, 0, 8, HUNGARY) % 10 == 0),
            Map.entry("PL", account -> sum(account, 0, 8, POLAND) % 10 == 0),
            Map.entry("CZ", NationalCheck::czech),
            Map.entry("SK", NationalCheck::czech),
            Map.entry("EE", NationalCheck::estonia),
            Map.entry("HR", account -> hybrid(account.substring(0, 7)) && hybrid(account.substring(7))));

    /** Countries whose accounts may have letters. */
    private static final String LETTERS = "FR MC IT SM";

    private NationalCheck() {}

    /**
     * Whether the national check digits fit; true for countries without a rule here.
     *
     * @param iban in normal form, whose length and check digits are right
     */
    public static boolean fits(String iban) {
        String country = iban.substring(0, 2);
        Predicate<String> rule = RULES.get(country);
        String account = iban.substring(4);
        if (rule == null) {
            return true;
        }
        boolean readable = LETTERS.contains(country) || account.chars().allMatch(c -> c >= '0' && c <= '9');
        return readable && rule.test(account);
    }

    private static boolean belgium(String account) {
        int rest = remainder(account.substring(0, 10));
        return (rest == 0 ? 97 : rest) == Integer.parseInt(account, 10, 12, 10);
    }

    private static boolean spain(String account) {
        return spanish("00" + account.substring(0, 8)) == digit(account, 8)
                && spanish(account.substring(10)) == digit(account, 9);
    }

    private static int spanish(String ten) {
        int check = 11 - sum(ten, 0, 10, SPAIN) % 11;
        return check == 11 ? 0 : check == 10 ? 1 : check;
    }

    /** The key of a RIB: letters count from 1 to 9, again from J, and from S with 2. */
    private static boolean rib(String account) {
        StringBuilder digits = new StringBuilder(account.length());
        for (int i = 0; i < account.length(); i++) {
            char c = account.charAt(i);
            int letter = c - 'A';
            digits.append(letter < 0 ? c - '0' : letter < 9 ? letter + 1 : letter < 18 ? letter - 8 : letter - 16);
        }
        return remainder(digits.toString()) == 0;
    }

    private static boolean italy(String account) {
        int sum = 0;
        for (int i = 1; i < account.length(); i++) {
            char c = account.charAt(i);
            int value = c <= '9' ? c - '0' : c - 'A';
            sum += i % 2 == 1 ? ITALY[value] : value;
        }
        return account.charAt(0) == 'A' + sum % 26;
    }

    /** Accounts with two zeros after the bank are numbered by an older rule. */
    private static boolean norway(String account) {
        return account.startsWith("00", 4) || sum(account, 0, 11, NORWAY) % 11 == 0;
    }

    private static boolean luhn(String account) {
        int sum = 0;
        for (int i = 0; i < account.length(); i++) {
            int weighted = digit(account, account.length() - 1 - i) * (1 + i % 2);
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    private static boolean czech(String account) {
        return sum(account, 4, 10, CZECH_PREFIX) % 11 == 0 && sum(account, 10, 20, CZECH_ACCOUNT) % 11 == 0;
    }

    /** Weights 7, 3 and 1 from the digit before the check digit to the left, without the bank. */
    private static boolean estonia(String account) {
        int last = account.length() - 1;
        int sum = digit(account, last);
        for (int i = last - 1; i >= 2; i--) {
            sum += digit(account, i)
                    * switch ((last - 1 - i) % 3) {
                        case 0 -> 7;
                        case 1 -> 3;
                        default -> 1;
                    };
        }
        return sum % 10 == 0;
    }

    /** ISO 7064 mod 11,10. */
    private static boolean hybrid(String digits) {
        int product = 10;
        for (int i = 0; i < digits.length() - 1; i++) {
            int sum = (product + digit(digits, i)) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        return (product + digit(digits, digits.length() - 1)) % 10 == 1;
    }

    private static int remainder(String digits) {
        int rest = 0;
        for (int i = 0; i < digits.length(); i++) {
            rest = (rest * 10 + digit(digits, i)) % 97;
        }
        return rest;
    }

    /** Digits by weights, which begin anew after the last one. */
    private static int sum(String digits, int from, int to, int[] weights) {
        int sum = 0;
        for (int i = from; i < to; i++) {
            sum += digit(digits, i) * weights[(i - from) % weights.length];
        }
        return sum;
    }

    private static int digit(String text, int at) {
        return text.charAt(at) - '0';
    }
}
