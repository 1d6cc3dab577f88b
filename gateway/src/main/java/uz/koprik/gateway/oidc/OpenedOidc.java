package uz.koprik.gateway.oidc;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import uz.koprik.crypto.PrivateFiles;
import uz.koprik.gateway.accessrecord.AccessRecorder;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.OidcConfig;
import uz.koprik.gateway.sessions.Sealing;
import uz.koprik.gateway.sessions.Sessions;
import uz.koprik.gateway.sessions.SignInRoutes;
import uz.koprik.indicators.store.state.StateStore;

/**
 * Sign-in by a provider, ready for use.
 *
 * @param rights keeps the rights of sessions as the provider has them
 * @param routes for the port of people
 * @param button on the sign-in page
 */
public record OpenedOidc(
        ProviderSessions rights,
        OidcRoutes routes,
        SignInRoutes.Provider button,
        SingleSignOn signOn,
        ProviderHealth health) {

    private static final String FILE = "koprik.yaml";

    /**
     * Opens it; the provider is not asked yet.
     *
     * @param papers what all gateways of the centre share
     * @param account whether this centre has an account of that name
     * @param recorder enters who signs in, or tries to
     * @param peopleUrl where people reach this gateway, without a slash at the end
     * @throws ConfigException when a file that the settings name is missing, empty, or open to others
     */
    public static OpenedOidc open(
            OidcConfig config,
            Home home,
            Vertx vertx,
            StateStore papers,
            Sessions sessions,
            Predicate<String> account,
            AccessRecorder recorder,
            Supplier<String> peopleUrl,
            MeterRegistry meters,
            InstantSource clock)
            throws ConfigException, IOException {
        byte[] key = Files.readAllBytes(home.cursorKey());
        OidcMeters figures = new OidcMeters(meters);
        SingleSignOn signOn = new SingleSignOn(
                config,
                provider(config, home, vertx, clock),
                papers,
                account,
                new Sealing(key, "oidc sign-in"),
                () -> peopleUrl.get() + OidcPaths.CALLBACK,
                clock);
        ProviderSessions rights =
                new ProviderSessions(config, signOn, sessions, new Sealing(key, "oidc sessions"), figures, clock);
        return new OpenedOidc(
                rights,
                new OidcRoutes(signOn, rights, figures, recorder),
                new SignInRoutes.Provider(config.label(), OidcPaths.BEGIN),
                signOn,
                new ProviderHealth(meters));
    }

    private static Provider provider(OidcConfig config, Home home, Vertx vertx, InstantSource clock)
            throws ConfigException {
        return new Provider(config, secret(config, home.root()), trusted(config, home.root()), vertx, clock);
    }

    /**
     * Whether the provider of the settings can be asked: for `koprik doctor`, without a running centre.
     *
     * @return a sentence about what is in the way; empty when nothing is
     */
    public static Optional<String> trouble(OidcConfig config, Home home, Vertx vertx, InstantSource clock)
            throws ConfigException {
        try {
            provider(config, home, vertx, clock).probe();
            return Optional.empty();
        } catch (ProviderAway away) {
            return Optional.of(away.getMessage());
        }
    }

    /**
     * What is done every half minute, also at the start: asks the provider, and says in the log when it cannot be asked
     * or can again. The centre runs in either case.
     */
    public void look() {
        health.look(signOn.trouble());
    }

    private static String secret(OidcConfig config, Path home) throws ConfigException {
        Path file = home.resolve(config.clientSecretFile());
        String secret = new String(read("oidc.client_secret_file", file), StandardCharsets.UTF_8).strip();
        if (openToOthers(file)) {
            throw new ConfigException(
                    FILE, 0, "oidc.client_secret_file: others than its owner may use it; run: chmod 600 " + file);
        }
        if (secret.isEmpty()) {
            throw new ConfigException(FILE, 0, "oidc.client_secret_file: " + file + " is empty");
        }
        return secret;
    }

    private static Optional<Buffer> trusted(OidcConfig config, Path home) throws ConfigException {
        return config.trust().isEmpty()
                ? Optional.empty()
                : Optional.of(Buffer.buffer(read("oidc.trust", home.resolve(config.trust()))));
    }

    private static boolean openToOthers(Path file) throws ConfigException {
        try {
            return Files.getFileStore(file).supportsFileAttributeView("posix")
                    && !PrivateFiles.FOLDER_MODE.containsAll(Files.getPosixFilePermissions(file));
        } catch (IOException unreadable) {
            throw new ConfigException(FILE, 0, "oidc.client_secret_file: the mode of " + file + " cannot be read");
        }
    }

    private static byte[] read(String setting, Path file) throws ConfigException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new ConfigException(
                    FILE, 0, setting + ": " + file + " cannot be read; put the file there, for the centre's user only");
        }
    }
}
