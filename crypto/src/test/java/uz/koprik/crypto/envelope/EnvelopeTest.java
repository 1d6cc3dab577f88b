package uz.koprik.crypto.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeTest {

    private static final KeyPair KEY = EnvelopeKeys.generate(3072);
    private static final byte[] PLAIN = new byte[100_000];

    static {
        new Random(1).nextBytes(PLAIN);
    }

    private static byte[] sealed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream seal = Envelope.seal(KEY.getPublic(), out)) {
            seal.write(PLAIN);
        }
        return out.toByteArray();
    }

    private static byte[] open(KeyPair key, byte[] sealed) throws IOException {
        try (InputStream in = Envelope.open(key.getPrivate(), new ByteArrayInputStream(sealed))) {
            return in.readAllBytes();
        }
    }

    @Test
    void thePrivateKeyOpensWhatThePublicKeySealed() throws IOException {
        assertArrayEquals(PLAIN, open(KEY, sealed()));
    }

    @Test
    void anotherKeyIsNamedAsTheReason() throws IOException {
        byte[] sealed = sealed();
        assertThrows(Envelope.WrongKey.class, () -> open(EnvelopeKeys.generate(3072), sealed));
    }

    /** A few bytes of the frame mean nothing to the reader; a changed one then changes nothing. */
    @Test
    void aChangedByteNeverGivesOtherContent() throws IOException {
        byte[] sealed = sealed();
        for (int at = 0; at < sealed.length; at += at < 700 || at > sealed.length - 64 ? 11 : 19_973) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            try {
                assertArrayEquals(PLAIN, open(KEY, changed), "byte " + at);
                assertTrue(at < 700, "byte " + at + " is of the content and was not missed");
            } catch (IOException refused) {
                assertTrue(refused.getMessage().startsWith("it is "), refused::getMessage);
            }
        }
    }

    @Test
    void aCutFileIsFound() throws IOException {
        byte[] sealed = sealed();
        for (int length : new int[] {0, 1, 100, 500, 1000, sealed.length / 2, sealed.length - 40, sealed.length - 18}) {
            assertThrows(IOException.class, () -> open(KEY, Arrays.copyOf(sealed, length)), () -> "length " + length);
        }
    }

    @Test
    void keysAreReadFromTheirFilesOnly(@TempDir Path folder) throws IOException {
        Path secret = Files.write(folder.resolve("key"), EnvelopeKeys.privatePem(KEY));
        Path open = Files.write(folder.resolve("key.pem"), EnvelopeKeys.publicPem(KEY));
        assertEquals(KEY.getPublic(), EnvelopeKeys.readPublic(open));
        assertEquals(KEY.getPrivate(), EnvelopeKeys.readPrivate(secret));
        assertTrue(assertThrows(IOException.class, () -> EnvelopeKeys.readPublic(secret))
                .getMessage()
                .contains("holds a private key"));
        assertTrue(assertThrows(IOException.class, () -> EnvelopeKeys.readPrivate(open))
                .getMessage()
                .contains("holds no private key"));
        Path weak = Files.write(folder.resolve("weak"), EnvelopeKeys.publicPem(EnvelopeKeys.generate(2048)));
        assertTrue(assertThrows(IOException.class, () -> EnvelopeKeys.readPublic(weak))
                .getMessage()
                .contains("at least 3072 bits"));
        Path text = Files.writeString(folder.resolve("text"), "no key");
        assertTrue(assertThrows(IOException.class, () -> EnvelopeKeys.readPublic(text))
                .getMessage()
                .contains("not a key in PEM form"));
    }

    @Test
    void opensslOpensAnEnvelope(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "openssl is not on this machine");
        Path secret = Files.write(folder.resolve("key"), EnvelopeKeys.privatePem(KEY));
        Path sealed = Files.write(folder.resolve("sealed"), sealed());
        Path plain = folder.resolve("plain");
        Process openssl = new ProcessBuilder(
                        "/usr/bin/openssl",
                        "cms",
                        "-decrypt",
                        "-binary",
                        "-inform",
                        "DER",
                        "-inkey",
                        secret.toString(),
                        "-in",
                        sealed.toString(),
                        "-out",
                        plain.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(openssl.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, openssl.waitFor(), said);
        assertArrayEquals(PLAIN, Files.readAllBytes(plain));
    }
}
