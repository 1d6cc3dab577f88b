package uz.koprik.gateway.centre;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import uz.koprik.crypto.algorithm.SignatureAlgorithms;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.MalformedJson;
import uz.koprik.crypto.json.StrictJson;
import uz.koprik.crypto.trust.CentreCard;
import uz.koprik.crypto.trust.CentreKeys;
import uz.koprik.crypto.trust.KeyFile;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.crypto.trust.Secrets;
import uz.koprik.crypto.trust.TrustListFile;
import uz.koprik.gateway.auth.Account;
import uz.koprik.gateway.auth.AccountChanges;
import uz.koprik.gateway.auth.AccountsFile;
import uz.koprik.gateway.auth.Role;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreAnswers;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.concurrent.CentreThreads;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.http.RouteTable;
import uz.koprik.indicators.policy.CaseUnits;
import uz.koprik.indicators.policy.Tlp;

/** A real centre of {@link Centres}, answering over real TLS on a port of the system's choosing. */
public final class RunningCentre implements AutoCloseable {

    public static final String TAXII = "application/taxii+json;version=2.1";

    private final Home home;
    private final String oneTimeSecret;
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, CentreClient> clients = new ConcurrentHashMap<>();
    private Gateway gateway;
    private HttpClient anonymous;

    RunningCentre(Home home, String oneTimeSecret) {
        this.home = home;
        this.oneTimeSecret = oneTimeSecret;
    }

    /** A copy of {@code original}, whose accounts it has. */
    RunningCentre(Home home, RunningCentre original) {
        this(home, original.oneTimeSecret);
        tokens.putAll(original.tokens);
    }

    /** Replaces a piece of koprik.yaml, which must be there. The next start reads it. */
    public RunningCentre withConfig(String from, String to) throws IOException {
        return withConfig(yaml -> {
            if (!yaml.contains(from)) {
                throw new AssertionError("koprik.yaml does not contain " + from);
            }
            return yaml.replace(from, to);
        });
    }

    /** Changes the text of koprik.yaml. */
    public RunningCentre withConfig(UnaryOperator<String> change) throws IOException {
        Files.writeString(home.config(), change.apply(Files.readString(home.config())));
        return this;
    }

    /** Adds an account that may read up to TLP:GREEN. The next start reads it. */
    public RunningCentre withAccount(String name, Role role) throws Exception {
        return withAccount(name, role, CaseUnits.ALL);
    }

    /** As {@link #withAccount(String, Role)}, for the case files of some units. */
    public RunningCentre withAccount(String name, Role role, CaseUnits units) throws Exception {
        add(List.of(name), role, units, Tlp.GREEN);
        return this;
    }

    /** Starts the centre, or starts it again. */
    public RunningCentre start() throws ConfigException, StartFailure, IOException, InterruptedException {
        gateway = Gateway.start(home);
        return this;
    }

    /** As {@link #start()}, with threads that a test looks into. */
    public void start(CentreThreads threads) throws Exception {
        start(threads, new Gateway.StartTerms(InstantSource.system(), false, false));
    }

    /** As {@link #start()}, by another clock. */
    public void start(CentreThreads threads, Gateway.StartTerms time) throws Exception {
        gateway = Gateway.start(home, threads, time);
    }

    public Home home() {
        return home;
    }

    public String url() {
        return gateway.url();
    }

    /** Lets it listen for people, on a port of the system's choosing. The next start reads it. */
    public RunningCentre withPeople() throws IOException {
        return withConfig(yaml -> yaml.replaceFirst("(?m)^people:\\n((?:.*\\n)*?)  port: -1$", "people:\n$1  port: 0"));
    }

    /** Where people reach the console, without a slash at the end. */
    public String peopleUrl() {
        return gateway.peopleUrl().orElseThrow();
    }

    /** Where it answers health checks by plain HTTP. */
    public String healthUrl() {
        return gateway.healthUrl().orElseThrow();
    }

    RunningParts parts() {
        return gateway.parts();
    }

    /** All routes that it serves. */
    public List<RouteTable.DeclaredRoute> routes() {
        return gateway.routes();
    }

    /** URL below the API root. */
    public String taxii(String path) {
        return url() + Gateway.API_ROOT + path;
    }

    public String oneTimeSecret() {
        return oneTimeSecret;
    }

    /** The header of the local administrator. */
    public String admin() throws IOException {
        return "Bearer " + Files.readString(home.adminToken()).strip();
    }

    public AccountChanges accounts() {
        return new AccountChanges(new AccountsFile(home.accounts()), InstantSource.system(), "a test");
    }

    /** Adds an account with a token and returns its Authorization header once the centre knows it. */
    public String account(String name, Role role, Tlp maxTlp) throws Exception {
        return accounts(List.of(name), role, maxTlp).getFirst();
    }

    /** The token of an account that {@link #withAccount} added. */
    public String tokenOf(String account) {
        return tokens.get(account);
    }

    /** Adds accounts with a token each and returns their Authorization headers once the centre knows them all. */
    public List<String> accounts(List<String> names, Role role, Tlp maxTlp) throws Exception {
        add(names, role, CaseUnits.ALL, maxTlp);
        List<String> headers =
                names.stream().map(name -> "Bearer " + tokens.get(name)).toList();
        await(() -> send(anonymous(), HttpRequest.newBuilder(URI.create(url() + "/taxii2/")), headers.getLast())
                        .statusCode()
                == 200);
        return headers;
    }

    private void add(List<String> names, Role role, CaseUnits units, Tlp maxTlp) throws Exception {
        new AccountsFile(home.accounts()).update(accounts -> {
            for (String name : names) {
                String token = Secrets.random();
                Account.Token known = new Account.Token("test", Secrets.sha256(token), Instant.now(), Optional.empty());
                accounts.put(
                        name,
                        new Account(name, role, units, maxTlp, Optional.empty(), false, List.of(known), Instant.now()));
                tokens.put(name, token);
            }
            return accounts;
        });
    }

    /** The client that sends as an account, as {@link #clientWith}. */
    public CentreClient clientOf(String account) {
        return clientWith(tokens.get(account));
    }

    /** The client that sends as the local administrator, as {@link #clientWith}. */
    public CentreClient adminClient() throws IOException {
        return clientWith(Files.readString(home.adminToken()).strip());
    }

    /**
     * The client that sends {@code token}; closed with the centre. It is the same one each time, while the centre keeps
     * its address and certificate: who waits asks often, and an address has a share of the centre's connections.
     */
    public CentreClient clientWith(String token) {
        return clients.computeIfAbsent(url() + "\n" + token + "\n" + certificate(), place -> newClient(token));
    }

    /** A client of its own, which the caller closes. */
    public CentreClient newClient(String token) {
        return new CentreClient(
                new CentreAddress(URI.create(url()), token, home.certificate(), false, Optional.of(home.root())));
    }

    private String certificate() {
        try {
            return Files.readString(home.certificate());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command of the product on this home. */
    public CommandResult koprik(String... arguments) {
        return CommandResult.of(home, arguments);
    }

    /** Adds another running centre as {@link #addPartner(CentreCard, List)}, by the card that it hands out. */
    public void addPartner(RunningCentre other, List<String> options) throws Exception {
        Path file = other.cardBeside("handed-out");
        other.succeed(List.of("partner", "card", "--output", file.toString()));
        addPartner(CentreCard.read(Files.readAllBytes(file)), options);
    }

    /** Lets this running centre and another one know each other and exchange in both directions. */
    public void exchangeWith(RunningCentre other) throws Exception {
        addPartner(other, List.of("--push", "--pull"));
        other.addPartner(this, List.of("--push", "--pull"));
    }

    /**
     * Adds a partner by its card and fingerprint, as operators do while the centre runs, and waits until the centre has
     * noticed its changed file, which takes up to a second.
     */
    public void addPartner(CentreCard card, List<String> options) throws Exception {
        Path file = Files.write(cardBeside("of-" + card.name()), card.bytes());
        List<String> line = new ArrayList<>(List.of("partner", "add", file.toString(), "--fingerprint"));
        line.add(card.fingerprint().toString());
        line.addAll(options);
        succeed(line);
        await(() -> adminClient().get("/api/partners/" + card.name()).status() == 200);
    }

    /** A file beside the home, so that nothing counts it as part of the home. */
    private Path cardBeside(String what) {
        return home.root().resolveSibling(home.root().getFileName() + "-" + what + ".card");
    }

    private void succeed(List<String> line) {
        CommandResult result = koprik(line.toArray(String[]::new));
        if (result.code() != 0) {
            throw new AssertionError(result.all());
        }
    }

    /** Another centre's keys, whose card this centre trusts when {@code trusted}. Only before the start. */
    public CentreKeys partner(String name, boolean trusted) throws Exception {
        Instant now = Instant.now();
        CentreKeys keys = CentreKeys.generate(name, SignatureAlgorithms.ALL.getFirst(), List.of("localhost"), now);
        if (trusted) {
            CentreCard card = CentreCard.issue(name, name, "identity--" + UUID.randomUUID(), keys, "", now);
            CentreKeys own = new KeyFile(home.keyFile()).load(Passphrase.fromFile(home.passphrase()));
            TrustListFile file = new TrustListFile(home.trust());
            file.save(
                    file.load(own.publicKey().kid(), now).with(card, Set.of("producer", "relay"), now),
                    own.signingKey());
        }
        return keys;
    }

    /** One client for all requests without a certificate, so that they share connections. */
    private HttpClient anonymous() throws Exception {
        if (anonymous == null) {
            anonymous = client(null);
        }
        return anonymous;
    }

    public HttpResponse<String> get(String url, String authorization) throws Exception {
        return send(anonymous(), HttpRequest.newBuilder(URI.create(url)), authorization);
    }

    /** A figure of /metrics without labels, or 0 when it is not there. */
    public double metric(String name) throws Exception {
        return get(url() + "/metrics", null)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(0);
    }

    public HttpResponse<String> post(String url, String authorization, String contentType, String body)
            throws Exception {
        return send(
                anonymous(),
                HttpRequest.newBuilder(URI.create(url))
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body)),
                authorization);
    }

    public static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request, String authorization)
            throws Exception {
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    public static JsonObject json(HttpResponse<String> response) throws MalformedJson {
        return StrictJson.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
    }

    /** The JSON of a reply that must be a success. */
    public static JsonNode ok(CentreClient.Reply reply) {
        if (!reply.ok()) {
            throw new AssertionError(reply.status() + ": " + reply.text());
        }
        return CentreAnswers.parse(reply.body());
    }

    /** A client that trusts this centre's certificate only, and shows {@code keys} when it is asked. */
    public HttpClient client(CentreKeys keys) throws Exception {
        return HttpClient.newBuilder().sslContext(tls(keys)).build();
    }

    public SSLContext tls(CentreKeys keys) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("centre", certificate(Files.readAllBytes(home.certificate())));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys == null ? null : new KeyManager[] {keys.tlsKeyManager()}, trust.getTrustManagers(), null);
        return context;
    }

    private static Certificate certificate(byte[] pem) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
    }

    /** Something that becomes true a little later. */
    public interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until {@code condition} holds, and fails when it does not within ten seconds. */
    public static void await(Condition condition) throws Exception {
        await(Duration.ofSeconds(10), condition);
    }

    /** Waits until {@code condition} holds, and fails when it does not within {@code limit}. */
    public static void await(Duration limit, Condition condition) throws Exception {
        Instant end = Instant.now().plus(limit);
        while (!condition.holds()) {
            if (Instant.now().isAfter(end)) {
                throw new AssertionError("it did not come true within " + limit.toSeconds() + " s");
            }
            Thread.sleep(20);
        }
    }

    /** Closes the clients and stops the gateway, which may be started again at another port. */
    public void stop() {
        clients.values().forEach(CentreClient::close);
        clients.clear();
        if (gateway != null) {
            gateway.close();
            gateway = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public String toString() {
        return "centre " + home.root().getFileName();
    }

    /** An indicator for {@code value} with this marking; {@code minute} is that of its version. */
    public static String indicator(String id, String value, Tlp tlp, int minute) {
        return "{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"" + id
                + "\",\"created\":\"2026-01-01T00:00:00.000Z\","
                + "\"modified\":\"2026-01-01T00:" + (minute < 10 ? "0" : "") + minute
                + ":00.000Z\",\"pattern\":\"[ipv4-addr:value = '"
                + value
                + "']\",\"pattern_type\":\"stix\",\"valid_from\":\"2026-01-01T00:00:00Z\",\"object_marking_refs\":[\""
                + uz.koprik.indicators.policy.Markings.id(tlp) + "\"]}";
    }

    public static String freshId() {
        return "indicator--" + UUID.randomUUID();
    }

    public static String envelope(List<String> objects) {
        return "{\"objects\":[" + String.join(",", new ArrayList<>(objects)) + "]}";
    }
}
