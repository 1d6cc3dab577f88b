package uz.koprik.gateway.oidc;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import uz.koprik.crypto.json.JsonArray;
import uz.koprik.crypto.json.JsonObject;
import uz.koprik.crypto.json.JsonString;
import uz.koprik.crypto.json.StrictJson;

/**
 * A real Keycloak in a process of its own, unpacked from the artifact of its vendor. A test makes realm, client, groups
 * and people by its admin API. It ends with {@link #close}.
 */
final class Keycloak implements AutoCloseable {

    private static final String VERSION = "26.4.0";
    private static final String ADMIN = "admin";
    private static final Duration START = Duration.ofMinutes(10);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path folder;
    private final int port;
    private final Path trusted;
    private Process process;

    private Keycloak(Path folder, int port, Path trusted) {
        this.folder = folder;
        this.port = port;
        this.trusted = trusted;
    }

    /** The artifact, where profile {@code keycloak} puts it or in the local repository of Maven; empty when absent. */
    static Optional<Path> zip() {
        String name = "keycloak-quarkus-dist-" + VERSION + ".zip";
        Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
        return Stream.of(
                        Path.of("target", "keycloak", name),
                        repository.resolve(Path.of("org", "keycloak", "keycloak-quarkus-dist", VERSION, name)))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /**
     * Unpacks it into a folder, starts it on a free port of the loopback interface, and waits until it answers.
     *
     * @param trusted certificate (PEM) of the centre, to which it reports sign-outs
     */
    static Keycloak start(Path zip, Path folder, Path trusted) throws Exception {
        unpack(zip, folder);
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Keycloak keycloak = new Keycloak(folder.resolve("keycloak-" + VERSION), port, trusted);
        keycloak.start();
        return keycloak;
    }

    /** Starts it, again on its port, with what its realms held before. */
    void start() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        folder.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host",
                        "127.0.0.1",
                        "--http-port",
                        Integer.toString(port),
                        "--truststore-paths",
                        trusted.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment()
                .put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1 --add-opens=java.base/java.lang=ALL-UNNAMED");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN);
        process = builder.start();
        Instant end = Instant.now().plus(START);
        while (!answers()) {
            if (!process.isAlive() || Instant.now().isAfter(end)) {
                String log = Files.readString(folder.resolve("log"));
                close();
                throw new AssertionError("Keycloak did not start: " + log);
            }
            Thread.sleep(200);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(url("/realms/master")))
                                            .timeout(Duration.ofSeconds(10))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Ends its process; {@link #start()} starts it again. */
    void stop() throws InterruptedException {
        Stream.concat(process.descendants(), Stream.of(process.toHandle())).forEach(ProcessHandle::destroy);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        http.close();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** The issuer of a realm. */
    String issuer(String realm) {
        return url("/realms/" + realm);
    }

    /** Sends to the admin API, and returns the id of what was made; empty when nothing was. */
    String admin(String method, String path, String json) throws Exception {
        HttpResponse<String> response = send(method, path, json);
        if (response.statusCode() / 100 != 2) {
            throw new AssertionError(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.headers()
                .firstValue("Location")
                .map(location -> location.substring(location.lastIndexOf('/') + 1))
                .orElse("");
    }

    /** Reads from the admin API. */
    String read(String path) throws Exception {
        return send("GET", path, "").body();
    }

    private HttpResponse<String> send(String method, String path, String json) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(url("/admin/realms" + path)))
                        .header("Authorization", "Bearer " + adminToken())
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                json.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String adminToken() throws Exception {
        String form = Map.of("client_id", "admin-cli", "grant_type", "password", "username", ADMIN, "password", ADMIN)
                .entrySet()
                .stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(issuer("master") + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonObject json = StrictJson.parseObject(response.body().getBytes(StandardCharsets.UTF_8));
        return json.string("access_token").orElseThrow(() -> new AssertionError(response.body()));
    }

    /** The id under which the admin API has the item whose {@code member} is {@code value}. */
    String find(String path, String member, String value) throws Exception {
        return StrictJson.parse(read(path).getBytes(StandardCharsets.UTF_8)) instanceof JsonArray items
                ? items.items().stream()
                        .map(JsonObject.class::cast)
                        .filter(item -> item.get(member) instanceof JsonString text
                                && text.value().equals(value))
                        .map(item -> item.string("id").orElseThrow())
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + value + " in " + path))
                : "";
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        try (InputStream file = Files.newInputStream(zip);
                ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path target = folder.resolve(entry.getName()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("an entry leads out of the folder");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(in, target);
                }
            }
        }
        Path script = folder.resolve("keycloak-" + VERSION).resolve("bin/kc.sh");
        if (!script.toFile().setExecutable(true)) {
            throw new IOException(script + " cannot be made executable");
        }
    }

    /**
     * Makes a realm with a client, three groups and a person.
     *
     * @param callback the redirect URI of the client
     * @param logout where the client hears of sign-outs
     */
    void realm(String realm, String secret, String callback, String logout) throws Exception {
        admin(
                "POST",
                "",
                "{\"realm\":\"" + realm + "\",\"enabled\":true,\"sslRequired\":\"none\",\"accessTokenLifespan\":60}");
        admin(
                "POST",
                "/" + realm + "/clients",
                "{\"clientId\":\"koprik\",\"secret\":\"" + secret
                        + "\",\"protocol\":\"openid-connect\",\"publicClient\":false,\"standardFlowEnabled\":true,"
                        + "\"directAccessGrantsEnabled\":false,\"redirectUris\":[\"" + callback
                        + "\"],\"attributes\":{\"pkce.code.challenge.method\":\"S256\",\"backchannel.logout.url\":\""
                        + logout
                        + "\",\"backchannel.logout.session.required\":\"true\"},\"protocolMappers\":[{\"name\":\"groups\","
                        + "\"protocol\":\"openid-connect\",\"protocolMapper\":\"oidc-group-membership-mapper\",\"config\":"
                        + "{\"claim.name\":\"groups\",\"full.path\":\"true\",\"id.token.claim\":\"true\","
                        + "\"access.token.claim\":\"false\",\"userinfo.token.claim\":\"true\"}}]}");
        String parent = admin("POST", "/" + realm + "/groups", "{\"name\":\"koprik\"}");
        for (String group : List.of("analysts", "operators", "admins")) {
            admin("POST", "/" + realm + "/groups/" + parent + "/children", "{\"name\":\"" + group + "\"}");
        }
    }

    /** Makes a person. */
    String person(String realm, String name, String password) throws Exception {
        return admin(
                "POST",
                "/" + realm + "/users",
                "{\"username\":\"" + name + "\",\"enabled\":true,\"emailVerified\":true,\"firstName\":\"" + name
                        + "\",\"lastName\":\"Example\",\"email\":\"" + name
                        + "@example.org\",\"credentials\":[{\"type\":\"password\",\"temporary\":false,\"value\":\""
                        + password
                        + "\"}]}");
    }

    /** Puts a person into a group, or takes it out. */
    void member(String realm, String person, String group, boolean in) throws Exception {
        String parent = find("/" + realm + "/groups", "name", "koprik");
        String id = find("/" + realm + "/groups/" + parent + "/children", "name", group);
        admin(in ? "PUT" : "DELETE", "/" + realm + "/users/" + person + "/groups/" + id, "");
    }
}
