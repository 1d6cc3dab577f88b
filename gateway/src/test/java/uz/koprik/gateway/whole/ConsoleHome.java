package uz.koprik.gateway.whole;

import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import uz.koprik.crypto.Sha256;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.config.Home;
import uz.koprik.indicators.policy.Tlp;

/**
 * A centre with very many objects for {@link ConsoleFigures}: indicators of names, links, addresses, hashes, accounts
 * and wallets, case files with such values, a warning list, and a threat actor with a neighbourhood of 500.
 */
final class ConsoleHome {

    static final String ACCOUNT = "anna";
    static final String SECRET = "a password of twenty-odd letters";
    /** A domain that the warning list of the centre names. */
    static final String SILENCED = "intranet.example.net";

    private static final String NAME = "tashkent";
    private static final int CASES = 2_000;
    private static final int VALUES_A_CASE = 20;
    private static final int FAMILIES = 10;
    private static final int MEMBERS = 48;
    private static final BigInteger NINETY_SEVEN = BigInteger.valueOf(97);

    private ConsoleHome() {}

    /**
     * A running centre; its home is made when the folder has none.
     *
     * @param count of objects, without relationships
     */
    static ChildCentre start(Path folder, int count, String... jvmOptions) throws Exception {
        Path ready = folder.resolve("objects-" + count);
        if (Files.exists(ready)) {
            ChildCentre centre = ChildCentre.open(NAME, folder, jvmOptions);
            centre.start();
            return centre;
        }
        ChildCentre centre = ChildCentre.init(NAME, folder, jvmOptions);
        centre.settings("  port: -1", "  port: 0");
        Path lists = Files.createDirectories(centre.home().resolve("warning-lists"));
        Files.writeString(
                lists.resolve("ours.json"),
                "{\"name\":\"Our own hosts\",\"version\":1,\"type\":\"hostname\",\"category\":\"false_positive\","
                        + "\"matching_attributes\":[\"domain\",\"hostname\",\"url\"],\"list\":[\"" + SILENCED + "\"]}");
        AccountChanges changes = new AccountChanges(
                new AccountsFile(new Home(centre.home()).accounts()), InstantSource.system(), "a measurement");
        changes.add(ACCOUNT, Role.ANALYST, Tlp.AMBER);
        changes.setSecret(ACCOUNT, SECRET.toCharArray(), SECRET.length());
        centre.start();
        bring(centre, folder, count);
        Files.writeString(ready, "");
        return centre;
    }

    /** How many of the objects are indicators with a {@link #value}: the first values are known, all others are not. */
    static int known(int count) {
        return count - CASES - 1 - FAMILIES - FAMILIES * MEMBERS;
    }

    private static void bring(ChildCentre centre, Path folder, int count) throws IOException {
        int known = known(count);
        Path rows = folder.resolve("rows.tsv");
        try (BufferedWriter out = Files.newBufferedWriter(rows)) {
            for (int i = 0; i < known; i++) {
                out.write("Campaign " + i % 1000 + "\t" + value(i) + "\n");
            }
        }
        say(centre.koprik("import", rows.toString(), "--columns", "name,value", "--tlp", "green"));
        Path cases = folder.resolve("cases.tsv");
        SplittableRandom random = new SplittableRandom(2);
        try (BufferedWriter out = Files.newBufferedWriter(cases)) {
            out.write("number\ttitle\ttype\tvalues\n");
            for (int i = 0; i < CASES; i++) {
                List<String> values = new ArrayList<>();
                for (int j = 0; j < VALUES_A_CASE; j++) {
                    values.add(value(j % 2 == 0 ? random.nextInt(known) : count + i * VALUES_A_CASE + j));
                }
                out.write(String.format(Locale.ROOT, "C-%05d\tTransfers to mule accounts\tfraud\t", i)
                        + String.join(";", values) + "\n");
            }
        }
        say(centre.koprik("case", "import", cases.toString()));
        Path bundle = Files.writeString(folder.resolve("actor.json"), neighbourhood());
        say(centre.koprik("import", bundle.toString(), "--format", "stix", "--tlp", "green"));
    }

    private static void say(String said) {
        System.out.println(
                said.strip().lines().reduce((first, second) -> second).orElse(""));
    }

    /** The i-th value; those below the count of objects are known. */
    static String value(int i) {
        return switch (i % 10) {
            case 0, 1, 2, 3 -> "pay-" + i + ".shop" + i % 97 + ".example.org";
            case 4, 5 -> "https://login-" + i + ".example.com/verify/" + i;
            case 6 -> String.format(Locale.ROOT, "2001:db8:%x:%x::7", i >>> 16, i & 0xffff);
            case 7 -> Sha256.hex(Integer.toString(i).getBytes(StandardCharsets.UTF_8));
            case 8 -> iban(i);
            default ->
                "0x" + Sha256.hex(("w" + i).getBytes(StandardCharsets.UTF_8)).substring(0, 40);
        };
    }

    /** Of a bank that is not: its code is all zeros (ISO 13616, check digits by ISO 7064 mod 97-10). */
    private static String iban(int number) {
        String account = String.format(Locale.ROOT, "00000000%010d", number * 7_654_321L % 10_000_000_000L);
        int check = 98 - new BigInteger(account + "131400").mod(NINETY_SEVEN).intValue(); // D, E and two zeros
        return String.format(Locale.ROOT, "DE%02d%s", check, account);
    }

    /** The actor in the middle of the graph. */
    static String actor() {
        return id("threat-actor", "actor");
    }

    /** What the actor uses; each has as many indicators. Together with them and their values they fill the graph. */
    static List<String> families() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < FAMILIES; i++) {
            ids.add(id("malware", "family" + i));
        }
        return ids;
    }

    private static String id(String type, String name) {
        return type + "--"
                + UUID.nameUUIDFromBytes((type + name).getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replaceFirst("-3", "-4");
    }

    private static String neighbourhood() {
        List<String> objects = new ArrayList<>();
        objects.add(object("threat-actor", "actor", "\"name\":\"Goose\",\"threat_actor_types\":[\"criminal\"]"));
        for (int i = 0; i < FAMILIES; i++) {
            String family = "family" + i;
            objects.add(object("malware", family, "\"name\":\"Loader " + i + "\",\"is_family\":true"));
            objects.add(relationship("uses", actor(), id("malware", family)));
            for (int j = 0; j < MEMBERS; j++) {
                String member = "member-" + i + "-" + j;
                objects.add(
                        object(
                                "indicator",
                                member,
                                "\"name\":\"Server of loader " + i + "\",\"pattern\":\"[domain-name:value = '" + member
                                        + ".example.net']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\""));
                objects.add(relationship("indicates", id("indicator", member), id("malware", family)));
            }
        }
        return "{\"type\":\"bundle\",\"id\":\"" + id("bundle", "all") + "\",\"objects\":[" + String.join(",", objects)
                + "]}";
    }

    private static String object(String type, String name, String rest) {
        return "{\"type\":\"" + type + "\",\"spec_version\":\"2.1\",\"id\":\"" + id(type, name)
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\",\"modified\":\"2026-01-01T00:00:00.000Z\"," + rest + "}";
    }

    private static String relationship(String type, String from, String to) {
        return object(
                "relationship",
                from + type + to,
                "\"relationship_type\":\"" + type + "\",\"source_ref\":\"" + from + "\",\"target_ref\":\"" + to + "\"");
    }
}
