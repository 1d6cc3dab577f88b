package uz.koprik.gateway.renewal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uz.koprik.crypto.algorithm.HardwareKeys;
import uz.koprik.crypto.algorithm.SigningKey;
import uz.koprik.crypto.algorithm.SigningUnavailable;
import uz.koprik.crypto.algorithm.VerificationKey;
import uz.koprik.crypto.pkcs11.PinSource;
import uz.koprik.crypto.pkcs11.SigningToken;
import uz.koprik.crypto.pkcs11.TokenKey;
import uz.koprik.crypto.pkcs11.TokenSettings;
import uz.koprik.crypto.trust.KeyFileRejected;
import uz.koprik.crypto.trust.Passphrase;
import uz.koprik.gateway.config.ConfigException;
import uz.koprik.gateway.config.ConfigFile;
import uz.koprik.gateway.config.Home;
import uz.koprik.gateway.config.SigningConfig;

/**
 * The PKCS#11 token that {@code koprik.yaml} names. Settings are read when a key of the token is asked for, so that a
 * home without one needs none. Sessions with a token are those of the process.
 *
 * @param home whose settings, PIN and keys these are
 */
public record HomeToken(Home home) implements HardwareKeys {

    /** Goes before the file with the PIN. */
    public static final String PIN = "KOPRIK_PIN";

    private static final Logger LOG = LoggerFactory.getLogger(HomeToken.class);
    private static final byte[] PROBE = "koprik start".getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private static final Map<TokenSettings, SigningToken> TOKENS = new ConcurrentHashMap<>();

    private record HomePin(Path file) implements PinSource {

        @Override
        public char[] read() throws IOException, KeyFileRejected {
            return fromEnvironment() ? System.getenv(PIN).toCharArray() : Passphrase.pin(file);
        }

        @Override
        public String place() {
            return fromEnvironment() ? "the environment variable " + PIN : "the file " + file;
        }

        private static boolean fromEnvironment() {
            String value = System.getenv(PIN);
            return value != null && !value.isEmpty();
        }
    }

    /**
     * The token; empty when the settings name none.
     *
     * @throws SigningUnavailable when the settings cannot be read
     */
    public Optional<SigningToken> token() {
        SigningConfig.Pkcs11 wanted;
        try {
            wanted = ConfigFile.read(home.config()).signing().pkcs11();
        } catch (ConfigException wrong) {
            throw new SigningUnavailable(wrong.getMessage(), wrong);
        }
        return wanted.on()
                ? Optional.of(TOKENS.computeIfAbsent(
                        new TokenSettings(
                                Path.of(wanted.module()),
                                wanted.token(),
                                wanted.serial(),
                                wanted.sessions(),
                                new HomePin(
                                        home.root().resolve(wanted.pinFile()).normalize()),
                                home.refusedPin()),
                        SigningToken::new))
                : Optional.empty();
    }

    /**
     * The token, for a change that needs one.
     *
     * @throws KeyChangeRefused when the settings name none
     */
    public SigningToken required() throws KeyChangeRefused {
        return token().orElseThrow(
                        () -> new KeyChangeRefused("koprik.yaml names no PKCS#11 token: set signing.pkcs11.module and"
                                + " signing.pkcs11.token, and write the PIN into the file of signing.pkcs11.pin_file"
                                + " (docs/running.md, Signing by PKCS#11)"));
    }

    /** Label of a key that is made now. */
    public static String newLabel(String centre, Instant now) {
        return centre + "-" + LABEL.format(now);
    }

    @Override
    public SigningKey key(VerificationKey publicKey) {
        Optional<SigningToken> token = token();
        return token.isPresent()
                ? token.get().key(publicKey)
                : new TokenKey(publicKey, "a PKCS#11 token that koprik.yaml does not name", (key, hash) -> {
                    throw new SigningUnavailable("the private key " + key.kid()
                            + " is on a PKCS#11 token, and koprik.yaml names none: set signing.pkcs11.module and"
                            + " signing.pkcs11.token");
                });
    }

    /**
     * Has a key in hardware sign something, so that a start fails at once when it cannot; does nothing for others.
     *
     * @throws SigningUnavailable when it does not sign: says why and what to do
     */
    public static void prove(SigningKey key) {
        if (key.hardware().isPresent()) {
            key.sign(PROBE);
            LOG.info(
                    "{} signs, by the key {}",
                    key.hardware().get(),
                    key.publicKey().kid());
        }
    }
}
