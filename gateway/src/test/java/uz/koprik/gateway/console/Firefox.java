package uz.koprik.gateway.console;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Debian's Firefox without a window, driven by its own protocol (Marionette): a socket, and lists of JSON after their
 * length. Playwright drives none but a Firefox of its own, which no package manager has.
 */
final class Firefox implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/firefox-esr");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofMillis(Browser.WAIT_MILLIS);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String SETTINGS =
            """
            user_pref("marionette.port", 0);
            user_pref("app.update.enabled", false);
            user_pref("browser.shell.checkDefaultBrowser", false);
            user_pref("datareporting.policy.dataSubmissionEnabled", false);
            user_pref("toolkit.telemetry.enabled", false);
            user_pref("network.captive-portal-service.enabled", false);
            user_pref("network.connectivity-service.enabled", false);
            user_pref("browser.safebrowsing.downloads.enabled", false);
            user_pref("services.settings.server", "data:,");
            user_pref("intl.accept_languages", "en-GB");
            user_pref("devtools.console.stdout.content", true);
            """;

    private final Process process;
    private final Socket socket;
    private final Path log;
    private int messages;

    private Firefox(Process process, Socket socket, Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /** Skips the test where Firefox is missing; fails it in CI. */
    static void require() {
        if (!Files.isExecutable(PROGRAM)) {
            String missing = PROGRAM + " is missing; install it by: apt-get install firefox-esr";
            assertTrue(System.getenv("CI") == null, missing);
            Assumptions.abort(missing);
        }
    }

    /** @param folder for its profile */
    static Firefox start(Path folder) throws Exception {
        Path profile = Files.createDirectories(folder.resolve("profile"));
        Files.writeString(profile.resolve("user.js"), SETTINGS);
        Path log = folder.resolve("firefox.log");
        ProcessBuilder line = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--headless",
                        "--marionette",
                        "--no-remote",
                        "--profile",
                        profile.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        line.environment().put("HOME", folder.toString());
        Process process = line.start();
        Path port = profile.resolve("MarionetteActivePort");
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(port) || Files.readString(port).isBlank()) {
            assertTrue(process.isAlive() && System.nanoTime() < end, () -> "Firefox does not start: " + log);
            TimeUnit.MILLISECONDS.sleep(100);
        }
        Firefox firefox = new Firefox(
                process,
                new Socket(
                        InetAddress.getLoopbackAddress(),
                        Integer.parseInt(Files.readString(port).strip())),
                log);
        firefox.read(); // it says which protocol it speaks
        firefox.send("WebDriver:NewSession", Map.of("acceptInsecureCerts", true));
        firefox.send("WebDriver:SetWindowRect", Map.of("width", 1280, "height", 900));
        return firefox;
    }

    private JsonNode send(String command, Map<String, ?> parameters) throws IOException {
        byte[] message = JSON.writeValueAsBytes(List.of(0, ++messages, command, parameters));
        socket.getOutputStream().write((message.length + ":").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(message);
        socket.getOutputStream().flush();
        JsonNode answer = read();
        assertTrue(answer.path(2).isNull(), () -> command + ": " + answer.path(2));
        return answer.path(3);
    }

    private JsonNode read() throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream length = new ByteArrayOutputStream();
        for (int next = in.read(); next != ':'; next = in.read()) {
            assertTrue(next >= 0, "Firefox closed the connection");
            length.write(next);
        }
        return JSON.readTree(in.readNBytes(Integer.parseInt(length.toString(StandardCharsets.US_ASCII))));
    }

    void open(String url) throws IOException {
        send("WebDriver:Navigate", Map.of("url", url));
    }

    /**
     * What a function body of JavaScript returns. {@code all('koprik-cases >> tr')} finds elements, also within
     * components, and then what is in them.
     */
    JsonNode run(String script) throws IOException {
        String find =
                """
                const within = (selector, root) => [...root.querySelectorAll('*')].flatMap((one) =>
                    [...(Element.prototype.matches.call(one, selector) ? [one] : []), ...(one.shadowRoot ? within(selector, one.shadowRoot) : [])]);
                const all = (path) => path.split(' >> ').reduce((roots, selector) =>
                    roots.flatMap((root) => [root.shadowRoot, root].filter(Boolean).flatMap((one) => within(selector, one))), [document]);
                """;
        return send("WebDriver:ExecuteScript", Map.of("script", find + script, "args", List.of()))
                .path("value");
    }

    /** Waits until there is one. */
    void awaitAny(String path) throws Exception {
        await("return all('" + path + "').length > 0");
    }

    /** Waits until a function body of JavaScript returns true. */
    void await(String script) throws Exception {
        long end = System.nanoTime() + WAIT.toNanos();
        while (!run("return Boolean((() => {" + script + "})());").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("in vain: " + script + "; the page says "
                        + run("return all('main').map((one) => one.innerText)") + "\n" + Files.readString(log));
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** Types into the first field of a path. */
    void type(String path, String text) throws IOException {
        run("all('" + path + "')[0].focus(); return null;");
        List<Map<String, String>> keys = text.codePoints()
                .mapToObj(Character::toString)
                .flatMap(key ->
                        Stream.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key)))
                .toList();
        send(
                "WebDriver:PerformActions",
                Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions", keys))));
    }

    /** Saves a picture of what is seen to {@code target/screens/NAME.png}. */
    void screenshot(String name) throws IOException {
        Path folder = Files.createDirectories(Path.of("target", "screens"));
        String png = send("WebDriver:TakeScreenshot", Map.of("full", false))
                .path("value")
                .asText();
        Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode(png));
    }

    @Override
    public void close() throws IOException {
        socket.close();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
