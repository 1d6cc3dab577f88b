package uz.koprik.crypto.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Where passphrases come from: a file or the environment, never the command line, which everybody on the machine sees. */
public final class Passphrase {

    private Passphrase() {}

    /**
     * The first line of a file that nobody else can open.
     *
     * @throws KeyFileRejected when there is none, it is empty or others may read it
     */
    public static char[] fromFile(Path path) throws IOException, KeyFileRejected {
        byte[] bytes = OwnerOnly.readSecret(path, "passphrase file");
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        int end = 0;
        while (end < text.length() && text.get(end) != '\n' && text.get(end) != '\r') {
            end++;
        }
        char[] passphrase = new char[end];
        text.get(passphrase);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(text.array(), '\0');
        return notEmpty(passphrase, "the passphrase file " + path);
    }

    /**
     * The value of an environment variable.
     *
     * @param environment {@code System.getenv()}
     * @throws KeyFileRejected when it is not set, or empty
     */
    public static char[] fromEnvironment(String variable, Map<String, String> environment) throws KeyFileRejected {
        String value = environment.get(variable);
        if (value == null) {
            throw new KeyFileRejected("the environment variable " + variable + " with the passphrase is not set");
        }
        return notEmpty(value.toCharArray(), "the environment variable " + variable);
    }

    private static char[] notEmpty(char[] passphrase, String where) throws KeyFileRejected {
        if (passphrase.length == 0) {
            throw new KeyFileRejected(where + " holds no passphrase: it is empty");
        }
        return passphrase;
    }
}
