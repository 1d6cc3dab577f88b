package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A table of case files whose values nobody has, but for those that were put among them: accounts, cards and wallets
 * with valid checksums, names below {@code .example}, and names that differ from known ones by a label.
 */
final class GeneratedRegister {

    private static final int VALUES_A_CASE = 40;
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private final SplittableRandom random = new SplittableRandom(20_261_122);
    private final Set<String> names;
    private final Map<String, Set<String>> overlap = new HashMap<>();
    private final Set<String> nearMisses = new HashSet<>();
    private int accounts;
    private int cards;

    /**
     * Begins an empty one.
     *
     * @param names domain names that others reported: what is made here is none of them, nor above or below one
     */
    GeneratedRegister(Set<String> names) {
        this.names = names;
    }

    /**
     * Writes a table with one row per case; the last of its values, if any, is one of the known ones.
     *
     * @param values how many values all cases have together, about
     * @param known values that others have reported, each put into one case or two
     */
    void write(Path file, int values, List<String> known) throws IOException {
        int cases = values / VALUES_A_CASE;
        List<List<String>> planted = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            planted.add(new ArrayList<>());
        }
        for (String value : known) {
            plant(planted, value, random.nextInt(cases));
            if (random.nextInt(4) == 0) {
                plant(planted, value, random.nextInt(cases));
            }
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("number\ttitle\ttype\tvalues\n");
            for (int i = 0; i < cases; i++) {
                List<String> row = new ArrayList<>();
                for (int j = 0; j < VALUES_A_CASE; j++) {
                    row.add(generated(i, j, known));
                }
                row.addAll(planted.get(i));
                out.write(number(i) + "\tGenerated\tfraud\t" + String.join(";", row) + "\n");
            }
        }
    }

    private void plant(List<List<String>> planted, String value, int where) {
        if (overlap.computeIfAbsent(number(where), n -> new HashSet<>()).add(value)) {
            planted.get(where).add(value);
        }
    }

    /** By number of a case, the known values that were put into it. */
    Map<String, Set<String>> overlap() {
        return overlap;
    }

    static String number(int number) {
        return String.format(Locale.ROOT, "R-%06d", number);
    }

    private String generated(int row, int column, List<String> known) {
        return switch (column % 5) {
            case 0, 1 -> iban();
            case 2 -> "0x" + hex(20);
            case 3 -> card();
            default -> column == 4 ? nearMiss(known) : "host-" + column + ".case-" + row + ".example";
        };
    }

    /**
     * A name that looks like one that is known: another label in the place of its first, or one joined to its front.
     */
    private String nearMiss(List<String> known) {
        while (true) {
            String base = known.get(random.nextInt(known.size()));
            int dot = base.indexOf('.');
            if (dot > 0) {
                String name = "zz" + random.nextInt(1_000_000) + "-" + base.substring(0, dot) + base.substring(dot);
                if (name.length() < 200 && dot < 40 && unrelated(name) && nearMisses.add(name)) {
                    return name;
                }
            }
        }
    }

    private boolean unrelated(String name) {
        for (int dot = 0; dot >= 0; dot = name.indexOf('.', dot + 1)) {
            if (names.contains(dot == 0 ? name : name.substring(dot + 1))) {
                return false;
            }
        }
        return true;
    }

    /** Of a bank that is not: its code is all zeros (ISO 13616, check digits by ISO 7064 mod 97-10). */
    private String iban() {
        String account = String.format(Locale.ROOT, "00000000%010d", mixed(++accounts, 10_000_000_000L));
        int check = 98 - new BigInteger(account + "131400").mod(NINETY_SEVEN).intValue(); // D, E and two zeros
        return String.format(Locale.ROOT, "DE%02d%s", check, account);
    }

    /** With a right last digit (ISO/IEC 7812-1, Luhn). */
    private String card() {
        String digits = "860000" + String.format(Locale.ROOT, "%09d", mixed(++cards, 1_000_000_000L));
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /**
     * Another number below {@code below}, a power of ten, for each one: no value is made twice, for then two cases
     * would match.
     */
    private static long mixed(int number, long below) {
        return number * 7_654_321L % below;
    }

    private String hex(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
