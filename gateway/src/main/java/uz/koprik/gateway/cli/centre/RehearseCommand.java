package uz.koprik.gateway.cli.centre;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import uz.koprik.gateway.centre.CentreInitializer;
import uz.koprik.gateway.centre.Gateway;
import uz.koprik.gateway.centre.StartFailure;
import uz.koprik.gateway.cli.CentreAddress;
import uz.koprik.gateway.cli.CentreClient;
import uz.koprik.gateway.cli.ExitCode;
import uz.koprik.gateway.cli.Failure;
import uz.koprik.gateway.clock.ProcessClock;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;

/**
 * {@code koprik rehearse}: creates a centre in a temporary folder, starts it, sends it a few requests and removes the
 * folder. The launcher runs it once after a build, while the JVM records into its ahead-of-time cache what a start
 * needs.
 */
@Command(
        name = "rehearse",
        hidden = true,
        description = "Start a centre of no consequence and stop it; for the launcher.")
public final class RehearseCommand implements Callable<Integer> {

    private static final List<String> QUESTIONS = List.of(
            "/readyz",
            "/healthz",
            "/metrics",
            "/api/status",
            "/api/search?q=example.com",
            "/taxii2/",
            "/exchange/collections/");

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("koprik-rehearsal");
        try {
            Home home = new Home(folder.resolve("home"));
            CentreInitializer.found(
                    home,
                    new CentreInitializer.Wishes("rehearsal", "Rehearsal", "127.0.0.1", 0, "", List.of()),
                    ProcessClock.get());
            try (Gateway gateway = Gateway.start(home);
                    CentreClient client = new CentreClient(new CentreAddress(
                            URI.create(gateway.url()),
                            Files.readString(home.adminToken()).strip(),
                            home.certificate(),
                            false,
                            Optional.of(home.root())))) {
                client.post(
                        "/api/search/values",
                        "application/json",
                        "{\"values\":[\"198.51.100.7\",\"example.com\"]}".getBytes(StandardCharsets.UTF_8));
                for (String question : QUESTIONS) {
                    client.get(question);
                }
            }
        } catch (ConfigException | StartFailure reason) {
            throw new Failure(ExitCode.FAILED, reason.getMessage());
        } finally {
            delete(folder);
        }
        return ExitCode.OK;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
