package uz.koprik.crypto.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Where passphrases come from: a file or the environment, never the command line, which everybody on the machine sees.
 */
public final class Passphrase {

    private Passphrase() {}

    /**
     * The first line of a file that nobody else can open.
     *
     * @throws KeyFileRejected when there is none, it is empty, not plain ASCII, or others may read the file
     */
    public static char[] fromFile(Path path) throws IOException, KeyFileRejected {
        return checked(firstLine(path, "passphrase file"), "the passphrase file " + path);
    }

    /**
     * The PIN of a PKCS#11 token: the first line of a file that nobody else can open.
     *
     * @throws KeyFileRejected when there is none, it is empty, or others may read the file
     */
    public static char[] pin(Path path) throws IOException, KeyFileRejected {
        char[] pin = firstLine(path, "PIN file");
        if (pin.length == 0) {
            throw new KeyFileRejected("the PIN file " + path + " holds no PIN: it is empty");
        }
        return pin;
    }

    private static char[] firstLine(Path path, String what) throws IOException, KeyFileRejected {
        byte[] bytes = OwnerOnly.readSecret(path, what);
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        int end = 0;
        while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
            end++;
        }
        char[] passphrase = new char[end];
        text.get(passphrase);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(text.array(), '\0');
        return passphrase;
    }

    /**
     * The value of an environment variable.
     *
     * @param environment {@code System.getenv()}
     * @throws KeyFileRejected when it is not set, empty, or not plain ASCII
     */
    public static char[] fromEnvironment(String variable, Map<String, String> environment) throws KeyFileRejected {
        String value = environment.get(variable);
        if (value == null) {
            throw new KeyFileRejected("the environment variable " + variable + " with the passphrase is not set");
        }
        return checked(value.toCharArray(), "the environment variable " + variable);
    }

    private static char[] checked(char[] passphrase, String where) throws KeyFileRejected {
        if (passphrase.length == 0) {
            throw new KeyFileRejected(where + " holds no passphrase: it is empty");
        }
        if (!isPlain(passphrase)) {
            throw new KeyFileRejected(where + " holds a passphrase with " + NOT_PLAIN);
        }
        return passphrase;
    }

    static final String NOT_PLAIN = "characters other than printable ASCII, which programs that read PKCS#12 encode in"
            + " different ways: choose one of letters a to z, digits and signs";

    /** Whether every reader of PKCS#12 (RFC 7292) makes the same bytes of the passphrase; Java's own takes no other. */
    static boolean isPlain(char[] passphrase) {
        for (char c : passphrase) {
            if (c < 0x20 || c > 0x7E) {
                return false;
            }
        }
        return true;
    }
}
