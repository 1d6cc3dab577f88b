package uz.koprik.gateway.centre;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.CanonicalJson;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.trust.CardRejected;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.SecretHash;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.crypto.trust.TrustList;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.crypto.trust.TrustListRejected;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.backup.FreshFolder;
import uz.koprik.gateway.config.Config;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.HomeManifest;
import uz.koprik.gateway.config.SecretFile;
import uz.koprik.gateway.renewal.CardFindings;
import uz.koprik.gateway.renewal.OwnCardMaker;
import uz.koprik.indicators.policy.Tlp;

/** Makes the home of a new centre. */
public final class CentreInitializer {

    /** The account that a new centre has. */
    public static final String FIRST_ACCOUNT = "admin";

    /** The account of the command line on the centre's own machine. */
    public static final String LOCAL_ACCOUNT = "local";

    private static final int HEALTH_PORT_DISTANCE = 1000;
    private static final int PEOPLE_PORT_DISTANCE = 2000;
    private static final int LAST_PORT = 65_535;

    private CentreInitializer() {}

    /**
     * What the founder says.
     *
     * @param publicUrl empty when others reach the centre where it listens
     * @param tlsNames further names and addresses for the certificate
     */
    public record Wishes(String name, String title, String host, int port, String publicUrl, List<String> tlsNames) {

        public Wishes {
            tlsNames = List.copyOf(tlsNames);
        }
    }

    /**
     * What came of it.
     *
     * @param oneTimeSecret the first administrator's; kept nowhere
     * @param fingerprint of the centre's card
     * @param warnings what is wrong with the card for partners, a sentence each
     */
    public record InitResult(String oneTimeSecret, String fingerprint, List<String> warnings) {

        public InitResult {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Makes it.
     *
     * @throws ConfigException when a wish breaks a rule of the settings; nothing was made then
     * @throws IOException when the home is not empty or cannot be written
     */
    public static InitResult found(Home home, Wishes wishes, InstantSource clock) throws IOException, ConfigException {
        Set<String> hosts = hosts(wishes);
        String yaml = ConfigFile.write(settings(wishes, hosts));
        Config config = ConfigFile.parse("koprik.yaml", yaml);
        home.requireEmpty();
        try (FreshFolder fresh = new FreshFolder(home.root())) {
            InitResult made = fill(home, yaml, config, hosts, clock.instant());
            fresh.keep();
            return made;
        }
    }

    private static InitResult fill(Home home, String yaml, Config config, Set<String> hosts, Instant now)
            throws IOException, ConfigException {
        home.create();
        char[] passphrase = Secrets.random().toCharArray();
        SecretFile.replace(home.passphrase(), (new String(passphrase) + "\n").getBytes(StandardCharsets.UTF_8));
        CentreKeys keys =
                CentreKeys.generate(config.name(), SignatureAlgorithms.ALL.getFirst(), List.copyOf(hosts), now);
        new KeyFile(home.keyFile()).create(keys, passphrase);
        SecretFile.replace(home.cardKey(), Secrets.randomBytes(32));
        SecretFile.replace(home.cursorKey(), Secrets.randomBytes(16));
        SecretFile.replace(home.certificate(), keys.tlsCertificatePem());
        OwnCardMaker maker = new OwnCardMaker(config, keys);
        CentreCard card = maker.sign(
                maker.contents("identity--" + UUID.randomUUID(), List.of(), Optional.empty(), "", now), 1, now);
        SecretFile.replace(home.ownCard(), card.bytes());
        try {
            new TrustListFile(home.trust()).save(TrustList.initial(card, now), keys.signingKey());
        } catch (CardRejected | TrustListRejected impossible) {
            throw new IllegalStateException("a fresh card must be good for a fresh list", impossible);
        }
        String secret = accounts(home, now);
        // Last, so that a home that was not finished does not count as one.
        SecretFile.replace(home.config(), yaml.getBytes(StandardCharsets.UTF_8));
        new HomeManifest(home).record(Map.of(HomeManifest.TRUST_SEQUENCE, 1L));
        return new InitResult(secret, card.fingerprint().toString(), CardFindings.of(card, keys.tlsCertificate(), now));
    }

    private static String accounts(Home home, Instant now) throws IOException, ConfigException {
        String secret = Secrets.random().substring(0, 24);
        String token = Secrets.random();
        Account admin = new Account(
                FIRST_ACCOUNT,
                Role.ADMIN,
                Tlp.RED,
                Optional.of(SecretHash.hash(secret.toCharArray())),
                true,
                List.of(),
                now);
        Account local = new Account(
                LOCAL_ACCOUNT,
                Role.ADMIN,
                Tlp.RED,
                Optional.empty(),
                false,
                List.of(new Account.Token("admin.token", Secrets.sha256(token), now, Optional.empty())),
                now);
        new AccountsFile(home.accounts()).update(accounts -> {
            accounts.put(admin.name(), admin);
            accounts.put(local.name(), local);
            return accounts;
        });
        SecretFile.replace(home.adminToken(), (token + "\n").getBytes(StandardCharsets.UTF_8));
        return secret;
    }

    private static Set<String> hosts(Wishes wishes) {
        Set<String> hosts = new LinkedHashSet<>();
        if (!wishes.publicUrl().isEmpty()) {
            Optional.ofNullable(java.net.URI.create(wishes.publicUrl()).getHost())
                    .ifPresent(hosts::add);
        }
        hosts.addAll(wishes.tlsNames());
        if (!wishes.host().equals("0.0.0.0") && !wishes.host().equals("::")) {
            hosts.add(wishes.host());
        }
        hosts.add("localhost");
        hosts.add("127.0.0.1");
        return hosts;
    }

    private static Map<String, String> settings(Wishes wishes, Set<String> hosts) {
        Map<String, String> values = new HashMap<>();
        values.put("name", quoted(wishes.name()));
        values.put("title", quoted(wishes.title()));
        values.put("public_url", quoted(wishes.publicUrl()));
        values.put("agreements.required", "true");
        values.put("release.desk", "true");
        values.put("listen.host", quoted(wishes.host()));
        values.put("listen.port", Integer.toString(wishes.port()));
        values.put("people.port", Integer.toString(peoplePort(wishes.port())));
        values.put("health.listen", quoted(healthAddress(wishes.port())));
        values.put(
                "tls.host_names",
                new ArrayList<>(hosts)
                        .stream().map(CentreInitializer::quoted).collect(Collectors.joining(", ", "[", "]")));
        return values;
    }

    /** As for health checks; a centre whose port the system chooses has none. */
    private static int peoplePort(int port) {
        int beside = port + PEOPLE_PORT_DISTANCE;
        return port == 0 || beside > LAST_PORT ? -1 : beside;
    }

    /** Beside the centre's own port, so that two centres on one machine do not share one. */
    private static String healthAddress(int port) {
        int beside = port + HEALTH_PORT_DISTANCE;
        return port == 0 || beside > LAST_PORT ? "" : "127.0.0.1:" + beside;
    }

    /** JSON strings are YAML strings. */
    private static String quoted(String text) {
        return CanonicalJson.text(new JsonString(text));
    }
}
