package uz.koprik.gateway.renewal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import uz.koprik.crypto.pkcs11.SoftHsm;
import uz.koprik.gateway.config.SecretFile;

/** Has a home use a token of SoftHSM2. */
public final class TokenHome {

    private TokenHome() {}

    /** Writes {@code signing.pkcs11} and the PIN. */
    public static void use(Path home, String label) throws Exception {
        settings(home, SoftHsm.MODULE.toString(), label);
        pin(home, SoftHsm.PIN);
    }

    /** Writes {@code signing.pkcs11.module} and {@code token}. */
    public static void settings(Path home, String module, String label) throws Exception {
        Path file = home.resolve("koprik.yaml");
        String text = Files.readString(file)
                .replaceFirst("(?m)^    module: .*$", "    module: \"" + module + "\"")
                .replaceFirst("(?m)^    token: .*$", "    token: \"" + label + "\"");
        Files.writeString(file, text);
    }

    /** Writes the PIN. */
    public static void pin(Path home, String pin) throws Exception {
        SecretFile.replace(home.resolve("keys/pin"), (pin + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
