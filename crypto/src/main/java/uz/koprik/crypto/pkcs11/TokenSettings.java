package uz.koprik.crypto.pkcs11;

import java.nio.file.Path;

/**
 * Which token signs, and how.
 *
 * @param module the shared library of the token's vendor
 * @param label label of the token
 * @param serial its serial number, where several have the label; may be empty
 * @param sessions signatures at one time, at least 1
 * @param pin of the user of the token
 * @param refused file that remembers a PIN that the token refused; its folder must exist
 */
public record TokenSettings(Path module, String label, String serial, int sessions, PinSource pin, Path refused) {

    public TokenSettings {
        if (sessions < 1) {
            throw new IllegalArgumentException("at least one session");
        }
    }

    /** For messages. */
    String name() {
        return "the PKCS#11 token " + label;
    }
}
