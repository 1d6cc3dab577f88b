package uz.koprik.gateway.config;

/** Where private signing keys are, besides the key file. */
public record SigningConfig(
        @Setting("A hardware security module or smart card that holds signing keys (docs/running.md).") Pkcs11 pkcs11) {

    /**
     * A token with a PKCS#11 module. A key on it is announced by {@code koprik key announce --pkcs11} and used by
     * {@code koprik key rotate}.
     */
    public record Pkcs11(
            @Setting(
                            value =
                                    "Shared library of the token's vendor, such as /usr/lib/softhsm/libsofthsm2.so; \"\" for no token.",
                            preset = "\"\"",
                            matches = "(/[^\\x00]{1,500})?",
                            shape = "an absolute path")
                    String module,
            @Setting(
                            value = "Label of the token.",
                            preset = "\"\"",
                            matches = "(\\S|\\S.{0,30}\\S)?",
                            shape = "1 to 32 characters")
                    String token,
            @Setting(
                            value = "Serial number of the token, where several have the label; \"\" otherwise.",
                            preset = "\"\"",
                            matches = "(\\S|\\S.{0,14}\\S)?",
                            shape = "1 to 16 characters in quotes")
                    String serial,
            @Setting(
                            value =
                                    "File with the PIN of the token's user, seen from the home folder. The environment variable KOPRIK_PIN"
                                            + " goes before it.",
                            preset = "keys/pin",
                            matches = "[^\\x00]{1,500}",
                            shape = "a path")
                    String pinFile,
            @Setting(
                            value = "Signatures that the token makes at one time; each takes a session of it.",
                            preset = "4",
                            min = 1,
                            max = 64)
                    int sessions) {

        public Pkcs11 {
            if (module.isEmpty() != token.isEmpty()) {
                throw new IllegalArgumentException(
                        "signing.pkcs11: module and token belong together: set both, or leave both \"\"");
            }
        }

        /** Whether there is a token. */
        public boolean on() {
            return !module.isEmpty();
        }
    }
}
